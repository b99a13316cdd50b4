"""The card of words to say shown before the prompts: opening, next step, closing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session.schedule import next_step, phase_end_s
from balint_desktop.domain.session.state import SessionState, elapsed_s

# A phase's own words are shown this long: five lines take two minutes to say slowly. In a short phase they give way
# to the words of the next step when a third of it is left.
_WORDS_S = 180
_WORDS_SHARE = 2 / 3


class CardKind(StrEnum):
    """Kind of a card's words."""

    OPENING = "opening"
    TRANSITION = "transition"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """Words to say, line by line, as the format has them: not yet filled in."""

    kind: CardKind
    lines: tuple[str, ...]


def first_card(state: SessionState, now: Instant) -> SpokenWords | None:
    """Return the card to show first now, or None where only prompts are shown.

    At the start of a phase its own words; in its last two minutes the words for the next step, since a leader speaks
    before clicking.
    """
    if state.ended_s is not None:
        return None
    session_format = state.format
    in_phase_s = elapsed_s(state, now) - state.entered_s
    planned_s = phase_end_s(state) - state.entered_s
    step = next_step(state, now)
    kind, lines = CardKind.OPENING, session_format.phases[state.phase].words
    if not lines or in_phase_s >= min(_WORDS_S, planned_s * _WORDS_SHARE):
        if not step.is_near:
            return None
        if step.phase is None:
            kind, lines = CardKind.CLOSING, (session_format.end_words,)
        else:
            kind, lines = CardKind.TRANSITION, (session_format.phases[step.phase].step_words,)
    said = tuple(line for line in lines if line.strip())
    return SpokenWords(kind, said) if said else None
