"""Select the prompts that the room shows: they stay until the facilitator or the next phase changes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from balint_desktop.domain.session.formats import QUESTIONS_KEY, Phase, SessionFormat
from balint_desktop.domain.session.prompts import (
    Prompt,
    PromptBank,
    Situation,
    basis_text,
    chips_for,
    choose_prompts,
    is_said,
)


class PromptSelection:
    """The prompts of one session. Situations are never recorded; only how many prompts were shown is counted.

    Each is counted once. `recorded` offers the prompts about the recorder. What is offered fits the format's setting.
    """

    def __init__(
        self,
        bank: PromptBank,
        session_format: SessionFormat,
        count: Callable[[], None],
        *,
        themes: bool,
        recorded: bool = True,
    ) -> None:
        self._bank = bank.for_setting(online=session_format.online)
        self._recorded = recorded
        self._said: tuple[str, ...] = ()
        self._has_questions = bool(session_format.questions)
        self._count = count
        self._phase: Phase | None = None
        self._before: tuple[str, ...] = ()
        self._shown: dict[str, None] = {}
        self._counted: set[str] = set()
        self._others = 0
        self._left_s: float | None = None
        self.themes = themes
        self.situation: str | None = None
        self.prompts: tuple[Prompt, ...] = ()

    def enter_phase(self, phase: Phase, left_s: float, said: Sequence[str] = ()) -> None:
        """Select the prompts of a phase that has `left_s` seconds left; `said` are the lines on its card."""
        self._phase = phase
        self._said = tuple(said)
        self.situation = None
        # What was said to get here is not offered again at once.
        for prompt in self._bank.phase_prompts(phase.prompts):
            if is_said(prompt.text, (phase.step_words,)):
                self._shown[prompt.id] = None
        self._select_first(left_s)

    def set_said(self, lines: Sequence[str]) -> bool:
        """Replace a prompt that the lines now on the card say already. Return whether any was replaced.

        In this phase it is not offered again either: the next press on *Another* must not bring back the last one.
        """
        self._said = (*self._said, *(line for line in lines if line not in self._said))
        if not any(is_said(prompt.text, self._said) for prompt in self.prompts):
            return False
        self._select()
        return True

    def set_situation(self, situation: str | None, left_s: float) -> None:
        """Select the prompts for a situation; None returns to the phase's own."""
        self.situation = situation
        self._select_first(left_s)

    def set_themes(self, *, themes: bool, left_s: float) -> None:
        """Allow prompts based on the study's findings, or not."""
        self.themes = themes
        if not themes and self.situation not in {chip.key for chip in self.chips()}:
            self.situation = None
        self._select_first(left_s)

    @property
    def is_guided(self) -> bool:
        """Return whether core questions are shown instead of prompts: unless a situation is selected."""
        phase = self._phase
        return self._has_questions and phase is not None and phase.prompts == QUESTIONS_KEY and self.situation is None

    def select_others(self) -> None:
        """Select the next prompts of the same kind."""
        self._others += 1
        self._select()

    def chips(self) -> tuple[Situation, ...]:
        """Return the chips of the phase."""
        if self._phase is None:
            return ()
        return chips_for(self._bank, self._phase, themes=self.themes, recorded=self._recorded)

    def care_prompts(self) -> tuple[Prompt, ...]:
        """Return the prompts for when someone needs care."""
        return tuple(prompt for prompt in self._bank.care_prompts() if self._recorded or not prompt.recorded)

    def basis(self, prompt: Prompt) -> str:
        """Return the source that a prompt is based on."""
        return basis_text(self._bank, prompt)

    def _select_first(self, left_s: float) -> None:
        self._before = tuple(self._shown)
        self._others = 0
        self._left_s = left_s
        self._select()

    def _select(self) -> None:
        if self._phase is None or self.is_guided:
            self.prompts = ()
            return
        self.prompts = choose_prompts(
            self._bank,
            self._phase.prompts,
            self.situation,
            themes=self.themes,
            recorded=self._recorded,
            shown=self._before,
            said=() if self.situation is not None else self._said,
            another=self._others,
            left_s=self._left_s,
        )
        for prompt in self.prompts:
            # One that comes back, as after a chip that was pressed by mistake, is not another prompt.
            if prompt.id not in self._counted:
                self._counted.add(prompt.id)
                self._count()
            self._shown[prompt.id] = None
