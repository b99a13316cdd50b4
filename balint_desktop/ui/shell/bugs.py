"""Exception hook: show a calm banner, and write none of the exception's message."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def hook_for(messages: Messages) -> Hook:
    """Return an excepthook that shows a message. Standard error gets only the exception's type and location.

    An exception's message may quote user data: a note, a name. It is omitted.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        print(describe_exception(kind, trace), file=sys.stderr)  # noqa: T201  one line for developers
        if isinstance(error, Trouble):
            messages.trouble(error)
        else:
            messages.wrong(inner_error_words())

    return hook


def inner_error_words() -> str:
    """Return the message for an internal error."""
    return tr(
        "Something went wrong in the app. Everything saved so far is safe, and a running session and its recording "
        "continue. If something looks wrong, close the window and open it again."
    )


def describe_exception(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return an exception's type and location, without its message."""
    import traceback  # noqa: PLC0415  rarely needed, and never before the first paint

    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    return f"balint-desktop: {kind.__name__} at {' < '.join(reversed(places[-6:]))}"
