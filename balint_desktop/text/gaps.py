"""Wording of the gaps in a session: paused, not recorded, the window not responding."""

from __future__ import annotations

from balint_desktop.domain.session.session_record import GapKind, SessionGap
from balint_desktop.i18n import tr
from balint_desktop.text import durations


def gap_sentence(of: SessionGap) -> str:
    """Return the text of one gap."""
    template = {
        GapKind.NOT_RECORDED: tr("{when}: not recorded ({long})"),
        GapKind.APP_AWAY: tr("{when}: window not responding ({long})"),
    }[of.kind]
    return template.format(
        when=durations.span_words(of.from_s, of.until_s), long=durations.duration_words(of.until_s - of.from_s)
    )
