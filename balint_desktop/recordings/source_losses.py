"""Where one of the two sources of an online session's recording is missing, from the parts' marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from balint_desktop.domain.part_marks import SourceBackMark, SourceLostMark
from balint_desktop.domain.values import SoundSource
from balint_desktop.sealed.part_facts import PartFacts


@dataclass(frozen=True, slots=True)
class SourceLoss:
    """A stretch without one of the sources, in session seconds."""

    source: SoundSource
    from_s: float
    until_s: float


def source_losses(parts: Iterable[PartFacts]) -> tuple[SourceLoss, ...]:
    """Return the stretches without one of the sources, in order of time."""
    return tuple(sorted((loss for part in parts for loss in _losses(part)), key=lambda loss: loss.from_s))


def _losses(part: PartFacts) -> Iterator[SourceLoss]:
    since: dict[SoundSource, float] = {}
    for placed in part.marks:
        at_s = part.offset_s + placed.at_s
        if isinstance(placed.mark, SourceLostMark):
            # Told again where the other source changes: it is lost since the first.
            since.setdefault(placed.mark.source, at_s)
        elif isinstance(placed.mark, SourceBackMark) and placed.mark.source in since:
            yield SourceLoss(placed.mark.source, since.pop(placed.mark.source), at_s)
    for source, from_s in since.items():
        yield SourceLoss(source, from_s, part.offset_s + part.seconds)
