"""Remove redacted audio in the background after an unlock."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.recordings.redact_vault import RedactionResult
from balint_desktop.text import recordings
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work


def cut_struck(
    cut_all: Callable[[], RedactionResult], work: Work, messages: Messages, done: Callable[[], bool]
) -> None:
    """Cut what was struck. `done` shows it where it is in view, and tells whether it may be spoken of now."""

    def tell(cuts: RedactionResult) -> None:
        if cuts.recordings and done():
            messages.say(recordings.redaction_done(cuts.struck_s))

    # A disk that refuses is told as it is: everything is as it was, and the next unlock goes on from there.
    work.run(cut_all, tell, messages.trouble)
