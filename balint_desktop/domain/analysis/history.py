"""Undo and redo over everything a coder does, codes and codings together: one stack."""

from __future__ import annotations

from dataclasses import dataclass, field

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Codings

# A sitting of some hours: each step shares all that did not change with the one before.
_DEEPEST = 1_000


@dataclass(frozen=True, slots=True)
class CoderWork:
    """What one coder has made: the codes and the codings."""

    book: Codebook = field(default_factory=Codebook)
    codings: Codings = field(default_factory=Codings)


@dataclass(frozen=True, slots=True)
class WorkHistory:
    """The work as it is, and as it was before and after each step."""

    now: CoderWork = field(default_factory=CoderWork)
    before: tuple[CoderWork, ...] = ()
    after: tuple[CoderWork, ...] = ()

    def then(self, work: CoderWork) -> WorkHistory:
        """Return the history after another step; what was undone cannot be redone any more."""
        if work == self.now:
            return self
        return WorkHistory(work, (*self.before[-_DEEPEST + 1 :], self.now), ())

    def undone(self) -> WorkHistory:
        """Return the history a step back, the same where there is none."""
        if not self.before:
            return self
        return WorkHistory(self.before[-1], self.before[:-1], (self.now, *self.after))

    def redone(self) -> WorkHistory:
        """Return the history a step forward again, the same where there is none."""
        if not self.after:
            return self
        return WorkHistory(self.after[0], (*self.before, self.now), self.after[1:])
