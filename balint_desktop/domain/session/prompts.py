"""Choose the prompts and chips to offer now: at most two prompts and eight chips, in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import zip_longest

from balint_desktop.domain.session.formats import Phase
from balint_desktop.domain.session.prompt_bank import (
    Mode,
    Prompt,
    PromptBank,
    PromptSource,
    Situation,
    basis_text,
    parse_bank,
)

__all__ = [
    "Mode",
    "Prompt",
    "PromptBank",
    "PromptSource",
    "Situation",
    "basis_text",
    "chips_for",
    "choose_prompts",
    "fill_placeholders",
    "is_said",
    "parse_bank",
]

# Where a group has no support entered, or no mark is ahead, the sentence must still be sayable.
_ANY_SUPPORT = "someone you trust outside this group"
_ANY_TIME = "the agreed time"
# A prompt is the same as a line on the card when they share this much of their words.
_SAME = 0.6
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def choose_prompts(
    bank: PromptBank,
    phase_prompts: str,
    situation: str | None = None,
    *,
    themes: bool,
    recorded: bool = True,
    shown: Container[str] = (),
    said: Sequence[str] = (),
    another: int = 0,
    left_s: float | None = None,
) -> tuple[Prompt, ...]:
    """Return at most two prompts: where possible one to say and one to keep in mind.

    A chosen situation's prompts come first, then the phase's. `themes` allows prompts based on the paper's
    findings alone, `recorded` those about the recorder. `shown` are the ids shown before this choice: they come last.
    `said` are the lines on the card: a prompt that says the same is left out. `another` counts presses since
    then. `left_s` is what is left of the phase; without it, prompts for its last minutes are not offered. The same
    arguments give the same prompts, so a choice is stable until the facilitator, or the next phase, changes it.
    """

    def offered(prompts: Sequence[Prompt]) -> list[Prompt]:
        fit = [
            p
            for p in prompts
            if (themes or not p.theme)
            and (recorded or not p.recorded)
            and _in_time(p, left_s)
            and not is_said(p.text, said)
        ]
        return sorted(fit, key=lambda p: p.id in shown)

    answers = offered(bank.situation_prompts(situation)) if situation is not None else []
    pages = [*_pairs(answers), *_pairs(offered(bank.phase_prompts(phase_prompts)))]
    return pages[another % len(pages)] if pages else ()


def is_said(text: str, lines: Sequence[str]) -> bool:
    """Return whether one of these lines says the same as a text, possibly in slightly other words."""
    words = _words(text)
    return any(len(words & other) >= _SAME * len(words | other) for other in map(_words, lines) if words and other)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold().replace("’", "'")))


def _in_time(prompt: Prompt, left_s: float | None) -> bool:
    return prompt.last_s is None or (left_s is not None and left_s <= prompt.last_s)


def _pairs(prompts: Sequence[Prompt]) -> list[tuple[Prompt, ...]]:
    """Return prompts in pairs: one to say with one to keep in mind, then the remaining ones in pairs."""
    say = [prompt for prompt in prompts if prompt.mode is Mode.SAY]
    cue = [prompt for prompt in prompts if prompt.mode is Mode.CUE]
    both = min(len(say), len(cue))
    rest = [*say[both:], *cue[both:]]
    twos = zip_longest(rest[::2], rest[1::2])
    mixed: list[tuple[Prompt, ...]] = list(zip(say, cue, strict=False))
    return mixed + [tuple(prompt for prompt in two if prompt is not None) for two in twos]


def chips_for(bank: PromptBank, phase: Phase, *, themes: bool, recorded: bool = True) -> tuple[Situation, ...]:
    """Return a phase's chips in the bank's order, so that none changes its neighbours from phase to phase."""
    return tuple(
        situation
        for situation in bank.situations
        if situation.key in phase.chips and (themes or not situation.theme) and (recorded or not situation.recorded)
    )


def fill_placeholders(text: str, support: str, return_time: str, back: str = "") -> str:
    """Fill the support and the time of the next mark into a text; `back` is that time with its preposition."""
    time = return_time or _ANY_TIME
    filled = text.replace("{support}", support.strip() or _ANY_SUPPORT).replace("{return}", time)
    return filled.replace("{back}", back or f"at {time}")
