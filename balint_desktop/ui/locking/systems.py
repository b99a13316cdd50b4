"""Choose the lock watch of this system, loaded after the first paint."""

from __future__ import annotations

import sys
from collections.abc import Callable

from balint_desktop.ui.locking.watch import NoWatch, Watch


def watch_for(platform: str = sys.platform) -> Watch:
    """Return the lock watch for a system."""
    return load_watch(platform)()


def load_watch(platform: str = sys.platform) -> Callable[[], Watch]:
    """Load a system's lock watch and return what makes one. It takes a while, and is called before it is needed."""
    if platform == "linux":
        return _linux()
    if platform == "win32":
        from balint_desktop.ui.locking.windows import WindowsWatch  # noqa: PLC0415  loaded where it can be used

        return WindowsWatch
    if platform == "darwin":
        from balint_desktop.ui.locking.macos import MacWatch  # noqa: PLC0415  loaded where it can be used

        return MacWatch
    return NoWatch


def _linux() -> Callable[[], Watch]:
    try:
        from balint_desktop.ui.locking.linux import LinuxWatch  # noqa: PLC0415  QtDBus is not needed for the first paint
    except ImportError:
        # If Qt was built without D-Bus, nothing is reported and the window still works.
        return NoWatch
    return LinuxWatch
