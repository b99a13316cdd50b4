"""Sign a transcript off: what was listened to, what is left open, by whom. It is never called complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.open_places import Need, count_needs
from balint_desktop.domain.transcript.spans import Span, length_ms
from balint_desktop.domain.transcript.transcript import Transcript

REASON_LIMIT = 200
# Playback reports where it is a few times a second.
_ROUNDING_MS = 2_000


@dataclass(frozen=True, slots=True)
class SignOffState:
    """What would be signed off: milliseconds listened to of those that can be heard, and the open places by need."""

    listened_ms: int
    audible_ms: int
    open: dict[Need, int]

    @property
    def needs_reason(self) -> bool:
        """Return whether something is left: then a reason stays in the record."""
        return not self.is_all_listened or any(self.open.values())

    @property
    def is_all_listened(self) -> bool:
        """Return whether a person has listened to all that can be heard."""
        return self.audible_ms - self.listened_ms <= _ROUNDING_MS

    @property
    def waits_for_speaker(self) -> bool:
        """Return whether a stretch waits for a speaker of another language.

        The recording is not offered for destruction before (practice, corrections, section 5).
        """
        return self.open.get(Need.OTHER_LANGUAGE, 0) > 0


def sign_off_state(transcript: Transcript, listened: Listened, audible: Sequence[Span]) -> SignOffState:
    """Return what would be signed off. `audible` are the stretches of the recording that can be heard."""
    return SignOffState(listened.within(audible), length_ms(audible), dict(count_needs(transcript)))
