#!/bin/sh
# Opens the window, or rehearses where there is no display to open it on. The argument is the program to run.
set -eu
here=$(dirname "$0")
program=$1
if "$program" doctor --only display >/dev/null 2>&1; then
  exec "$program"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "The display ${WAYLAND_DISPLAY:-$DISPLAY} cannot be opened, so here is a rehearsal instead."
else
  echo "There is no display here to open the window on, so here is a rehearsal instead: a shortened session."
fi
"$here/system.sh" packages-test
exec "$program" rehearse
