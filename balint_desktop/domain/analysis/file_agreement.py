"""Agreement of the coders of any project file, code by code, over the whole text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from balint_desktop.domain.analysis.agreement import (
    CharacterScale,
    CodeAgreement,
    CodedSpan,
    UnitScale,
    agreement,
    coded_units,
)
from balint_desktop.domain.analysis.project import Project

# Closing quotes and brackets belong to the sentence; ellipses are one mark.
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)", re.MULTILINE)


class ComparedUnit(StrEnum):
    """What is compared: each character, each sentence, or each turn; of the last two, whether it was coded at all."""

    CHARACTER = "character"
    SENTENCE = "sentence"
    TURN = "turn"


def project_agreement(project: Project, unit: ComparedUnit) -> tuple[tuple[str, CodeAgreement], ...]:
    """Return the figures of each code that may be given, with its name, in the order of the codebook.

    Every coder that the file names counts, whether they used a code or not. Raise ValueError with fewer than two.
    """
    coders = coders_of(project)
    scale = scale_of({one.guid: one.text for one in project.sources}, unit)
    spans = (CodedSpan(one.source, one.begin, one.end, one.code, one.coder) for one in project.codings)
    units = coded_units(spans, coders, scale)
    return tuple(
        (
            code.name,
            agreement(code.guid, units[code.guid]) if code.guid in units else _unused(code.guid, scale.n, coders),
        )
        for code in project.codes
        if code.is_codable
    )


def coders_of(project: Project) -> list[str]:
    """Return the guids of the coders that a file names, whether they used a code or not."""
    named = {one.guid for one in project.coders} | {one.coder for one in project.codings}
    return sorted(coder for coder in named if coder)


def scale_of(texts: Mapping[str, str], unit: ComparedUnit) -> UnitScale | CharacterScale:
    """Return the units of some texts, one after another."""
    if unit is ComparedUnit.CHARACTER:
        return CharacterScale({name: len(text) for name, text in texts.items()})
    bounds = turn_bounds if unit is ComparedUnit.TURN else sentence_bounds
    return UnitScale({name: bounds(text) for name, text in texts.items()})


def sentence_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text are: each turn is cut behind a full stop, question or exclamation mark.

    A mark within a word, as in 3.5, ends none.
    """
    found = []
    for begin, end in turn_bounds(text):
        at = begin
        for mark in _SENTENCE_END.finditer(text, begin, end):
            found.append((at, mark.end()))
            at = mark.end() + len(text[mark.end() : end]) - len(text[mark.end() : end].lstrip())
        if at < end:
            found.append((at, end))
    return tuple(found)


def turn_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the turns of a text are: each line that has any sign is one."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return tuple(found)


def _unused(code: str, n: int, coders: list[str]) -> CodeAgreement:
    if len(coders) < 2:
        raise ValueError("agreement is between two coders or more")
    return CodeAgreement(code, n, None, None)
