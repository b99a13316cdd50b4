"""Which prompts lie on the table: they stand until the facilitator, or the next phase, changes them."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.domain.session.formats import QUESTIONS_KEY, Phase, SessionFormat
from balint_desktop.domain.session.prompts import Chips, Prompt, PromptBank, basis_text, chips_for, choose_prompts


class PromptTable:
    """The prompts of one session. What the group was doing is never kept; only how many were shown is counted."""

    def __init__(
        self, bank: PromptBank, session_format: SessionFormat, count: Callable[[], None], *, themes: bool
    ) -> None:
        self._bank = bank
        self._has_questions = bool(session_format.questions)
        self._count = count
        self._phase: Phase | None = None
        self._before: tuple[str, ...] = ()
        self._shown: dict[str, None] = {}
        self._another = 0
        self._left_s: float | None = None
        self.themes = themes
        self.situation: str | None = None
        self.prompts: tuple[Prompt, ...] = ()

    def enter(self, phase: Phase, left_s: float) -> None:
        """Lay out the prompts of a phase that has so long to go."""
        self._phase = phase
        self.situation = None
        self._lay_out(left_s)

    def answer(self, situation: str | None, left_s: float) -> None:
        """Lay out what answers a situation; None goes back to the phase's own."""
        self.situation = situation
        self._lay_out(left_s)

    def allow_themes(self, *, themes: bool, left_s: float) -> None:
        """Allow prompts that rest on the paper's findings, or not."""
        self.themes = themes
        self._lay_out(left_s)

    @property
    def guided(self) -> bool:
        """Tell whether the core questions guide now, so that no prompt lies on the table: unless one was asked for."""
        phase = self._phase
        return self._has_questions and phase is not None and phase.prompts == QUESTIONS_KEY and self.situation is None

    def another(self) -> None:
        """Lay out the next ones."""
        self._another += 1
        self._choose()

    def chips(self) -> Chips:
        """Return the chips of the phase."""
        return chips_for(self._bank, self._phase) if self._phase is not None else Chips((), ())

    def care(self) -> tuple[Prompt, ...]:
        """Return what helps when someone needs care."""
        return self._bank.care()

    def basis(self, prompt: Prompt) -> str:
        """Return what a prompt rests on."""
        return basis_text(self._bank, prompt)

    def _lay_out(self, left_s: float) -> None:
        self._before = tuple(self._shown)
        self._another = 0
        self._left_s = left_s
        self._choose()

    def _choose(self) -> None:
        if self._phase is None or self.guided:
            self.prompts = ()
            return
        self.prompts = choose_prompts(
            self._bank,
            self._phase.prompts,
            self.situation,
            themes=self.themes,
            shown=self._before,
            another=self._another,
            left_s=self._left_s,
        )
        for prompt in self.prompts:
            self._shown[prompt.id] = None
            self._count()
