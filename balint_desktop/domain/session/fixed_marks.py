"""The fixed marks of a session (presenter returns, end) and the only acts that move them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from balint_desktop.domain.session.formats import SessionFormat

# When the room is needed early, the presenter still has this long after the return, or the planned time if less.
_LEAST_AFTER_A_MARK_S = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """A fixed point of the session, unaffected by overruns. `phase` is the phase it opens; the end opens none.

    `extended_s` is the sum of deliberate extensions, stored separately so that "out by" can be corrected.
    """

    phase: int | None
    name: str
    planned_s: int
    at_s: float
    extended_s: float = 0.0

    @property
    def is_end(self) -> bool:
        """Return whether this is the end of the session."""
        return self.phase is None


def marks_of(session_format: SessionFormat) -> tuple[Mark, ...]:
    """Return a format's marks in order, the end last.

    In the study's hour they are 45:00, when the presenter returns, and 60:00 (Ng, Seu & Cullum 2022, Methods).
    """
    inner = (
        Mark(index, phase.mark_name, phase.from_s, float(phase.from_s))
        for index, phase in enumerate(session_format.phases)
        if phase.fixed
    )
    end = session_format.length_s
    return (*inner, Mark(None, "", end, float(end)))


def is_ahead(mark: Mark, phase: int) -> bool:
    """Return whether a mark is after the phase with this index."""
    return mark.phase is None or mark.phase > phase


def moved(marks: tuple[Mark, ...], phase: int, by_s: float) -> tuple[Mark, ...]:
    """Return the marks with the later ones moved together."""
    return tuple(
        replace(m, at_s=m.at_s + by_s, extended_s=m.extended_s + by_s) if is_ahead(m, phase) else m for m in marks
    )


def next_of(marks: tuple[Mark, ...], phase: int) -> Mark:
    """Return the next mark after a phase; the end of the session is the last."""
    return next(mark for mark in marks if is_ahead(mark, phase))


def unadjusted_end_s(session_format: SessionFormat, marks: tuple[Mark, ...], phase: int, from_s: float) -> float:
    """Return the end by planned length of a phase that begins then; a phase before a mark ends at the mark.

    So the group's reflection shrinks or grows while the presenter's return stays fixed.
    """
    mark = next_of(marks, phase)
    before_mark = mark.phase == phase + 1 or (mark.is_end and phase == len(session_format.phases) - 1)
    return mark.at_s if before_mark else from_s + session_format.phases[phase].planned_s


def end_by(marks: tuple[Mark, ...], phase: int, end_s: float) -> tuple[Mark, ...]:
    """Return the marks with the end set. The others stay, unless too little time would follow them.

    "Others" means their places by the format and its extensions: an end set too early by mistake, and then later,
    restores them.
    """
    placed = [replace(marks[-1], at_s=end_s)]
    for mark, following in zip(reversed(marks[:-1]), reversed(marks[1:]), strict=True):
        if is_ahead(mark, phase):
            least_s = min(following.planned_s - mark.planned_s, _LEAST_AFTER_A_MARK_S)
            latest_s = max(0.0, placed[0].at_s - least_s)
            placed.insert(0, replace(mark, at_s=min(mark.planned_s + mark.extended_s, latest_s)))
        else:
            placed.insert(0, mark)
    return tuple(placed)
