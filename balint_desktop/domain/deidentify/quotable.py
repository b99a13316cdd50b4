"""Whether a passage of an approved text may be quoted: by its speakers, not by the room (design, section 8)."""

from __future__ import annotations

from collections.abc import Collection

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import CO_LEADER, LEADER, SEVERAL, UNKNOWN

_LEADERS = frozenset({LEADER, CO_LEADER})
_ANYBODY = frozenset({SEVERAL, UNKNOWN})


def quotable(text: ApprovedText, span: Span, agreed: Collection[str], *, everyone: bool) -> bool:
    """Return whether each speaker of a passage has agreed to be quoted. It never says who has not.

    `agreed` are the study numbers of those who have; `everyone` is whether all who were in the room have, which several
    speaking at once, or nobody known, need. Whoever leads quotes themselves. Without a word of anybody, there is
    nothing to quote.
    """
    turns = [turn for turn in text.turns if turn.speaker and turn.begin < span[1] and span[0] < turn.end]
    if not turns:
        return False
    return all(
        turn.role in _LEADERS or (everyone if turn.role in _ANYBODY else turn.speaker in agreed) for turn in turns
    )
