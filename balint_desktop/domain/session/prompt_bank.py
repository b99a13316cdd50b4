"""The prompt bank: prompts, situations and sources, and parsing its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from balint_desktop.domain.session.format_lines import FormatError, Lines

CARE = "care"


class Mode(StrEnum):
    """Use of a prompt: words to say, or a thought to keep in mind and never spoken."""

    SAY = "say"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class PromptSource:
    """A source of prompts: its short key, and its name for a reader."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation in the group: the key of its chip, the chip's label, and its meaning.

    `theme` and `recorded` limit it as they limit a prompt.
    """

    key: str
    label: str
    meaning: str
    theme: bool = False
    recorded: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt. It belongs to a phase or to a situation, never to both.

    `theme` means that it is based on the paper's findings alone: prompting for the themes in a group recorded for
    research, and then finding them, would be circular. `recorded` limits a prompt to sessions that are recorded,
    `online` to those held by video call, or in a room where it is False; `last_s` to the last seconds of its phase.
    """

    id: str
    phase: str | None
    situation: str | None
    mode: Mode
    text: str
    basis: tuple[str, ...]
    theme: bool = False
    recorded: bool = False
    online: bool | None = None
    last_s: int | None = None


@dataclass(frozen=True, slots=True)
class PromptBank:
    """All prompts, in the order they are offered."""

    prompts: tuple[Prompt, ...]
    situations: tuple[Situation, ...]
    sources: tuple[PromptSource, ...]
    name: str = ""
    version: str = ""

    @property
    def deck(self) -> str:
        """Return the bank's name and version, for reports."""
        return f"{self.name} {self.version}".strip()

    @property
    def phases(self) -> frozenset[str]:
        """Return the keys of the phases that have prompts."""
        return frozenset(prompt.phase for prompt in self.prompts if prompt.phase is not None)

    def for_setting(self, *, online: bool) -> PromptBank:
        """Return the bank with what can be said and done by video call, or in a room."""
        fit = tuple(prompt for prompt in self.prompts if prompt.online is None or prompt.online is online)
        return replace(self, prompts=fit)

    def phase_prompts(self, key: str) -> tuple[Prompt, ...]:
        """Return the prompts of a phase."""
        return tuple(prompt for prompt in self.prompts if prompt.phase == key)

    def situation_prompts(self, key: str) -> tuple[Prompt, ...]:
        """Return the prompts that answer a situation."""
        return tuple(prompt for prompt in self.prompts if prompt.situation == key)

    def care_prompts(self) -> tuple[Prompt, ...]:
        """Return the card for when someone needs care: slow down, wait, ask, a break, company offered, the support."""
        return self.phase_prompts(CARE)


def basis_text(bank: PromptBank, prompt: Prompt) -> str:
    """Return the sources of a prompt, in words."""
    names = {source.key: source.name for source in bank.sources}
    return "; ".join(names[key] for key in prompt.basis)


def parse_bank(text: str) -> PromptBank:
    """Parse a prompt bank from TOML.

    Raise FormatError, with the line and the reason, where it is none.
    """
    lines = Lines(text)
    data = lines.parsed(text)
    lines.refuse_unknown(data, {"name", "version", "sources", "situation", "prompt"}, None)
    name, version = (lines.text(data, key, None, default="") for key in ("name", "version"))
    bank = PromptBank((), _situations(data, lines), _sources(data, lines), name, version)
    prompts: list[Prompt] = []
    for index, table in enumerate(lines.tables(data, "prompt")):
        prompt = _prompt(table, index, lines, bank)
        if any(prompt.id == other.id for other in prompts):
            raise FormatError(lines.of("id", index, "prompt"), "two prompts are called “{key}”", key=prompt.id)
        prompts.append(prompt)
    return replace(bank, prompts=tuple(prompts))


def _sources(data: Mapping[str, Any], lines: Lines) -> tuple[PromptSource, ...]:
    table = data.get("sources", {})
    if not isinstance(table, dict):
        raise FormatError(lines.of("sources"), "the sources must be written as a [sources] table")
    return tuple(PromptSource(key, lines.text(table, key, 0, table_name="sources")) for key in table)


def _situations(data: Mapping[str, Any], lines: Lines) -> tuple[Situation, ...]:
    situations: list[Situation] = []
    for index, table in enumerate(lines.tables(data, "situation")):
        lines.refuse_unknown(table, {"key", "label", "meaning", "theme", "recorded"}, index, "situation")
        situation = Situation(
            key=lines.text(table, "key", index, table_name="situation"),
            label=lines.text(table, "label", index, table_name="situation"),
            meaning=lines.text(table, "meaning", index, table_name="situation"),
            theme=lines.flag(table, "theme", index, "situation"),
            recorded=lines.flag(table, "recorded", index, "situation"),
        )
        if any(situation.key == other.key for other in situations):
            raise FormatError(
                lines.of("key", index, "situation"), "two situations are called “{key}”", key=situation.key
            )
        situations.append(situation)
    return tuple(situations)


_PROMPT_KNOWN = {"id", "phase", "situation", "mode", "text", "basis", "theme", "recorded", "online", "last_minutes"}


def _prompt(table: Mapping[str, Any], index: int, lines: Lines, bank: PromptBank) -> Prompt:
    lines.refuse_unknown(table, _PROMPT_KNOWN, index, "prompt")
    name = lines.text(table, "id", index, table_name="prompt")
    mode = lines.text(table, "mode", index, table_name="prompt")
    if mode not in set(Mode):
        raise FormatError(lines.of("mode", index, "prompt"), "mode must be “say” or “cue”, not “{mode}”", mode=mode)
    phase = lines.text(table, "phase", index, default="", table_name="prompt") or None
    situation = lines.text(table, "situation", index, default="", table_name="prompt") or None
    if (phase is None) is (situation is None):
        raise FormatError(lines.of("id", index, "prompt"), "“{key}” must belong to a phase or to a situation", key=name)
    if situation is not None and all(situation != known.key for known in bank.situations):
        raise FormatError(lines.of("situation", index, "prompt"), "there is no situation “{key}”", key=situation)
    last_s = None
    if "last_minutes" in table:
        last_s = lines.minutes(table, "last_minutes", index, "prompt")
    return Prompt(
        id=name,
        phase=phase,
        situation=situation,
        mode=Mode(mode),
        text=lines.text(table, "text", index, table_name="prompt"),
        basis=_basis(table, index, lines, bank),
        theme=lines.flag(table, "theme", index, "prompt"),
        recorded=lines.flag(table, "recorded", index, "prompt"),
        online=lines.flag(table, "online", index, "prompt") if "online" in table else None,
        last_s=last_s,
    )


def _basis(table: Mapping[str, Any], index: int, lines: Lines, bank: PromptBank) -> tuple[str, ...]:
    basis = lines.texts(table, "basis", index, "prompt")
    if not basis:
        raise FormatError(lines.of("basis", index, "prompt"), "a prompt must say what it is based on in “basis”")
    known = {source.key for source in bank.sources}
    for key in basis:
        if key not in known:
            raise FormatError(lines.of("basis", index, "prompt"), "there is no source “{key}”", key=key)
    return basis
