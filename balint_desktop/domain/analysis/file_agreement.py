"""Agreement of the coders of any project file, code by code, over the whole text."""

from __future__ import annotations

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


class ComparedUnit(StrEnum):
    """What is compared: each character, or each turn that was coded at all."""

    CHARACTER = "character"
    TURN = "turn"


def project_agreement(project: Project, unit: ComparedUnit) -> tuple[tuple[str, CodeAgreement], ...]:
    """Return the figures of each code that may be given, with its name, in the order of the codebook.

    Every coder that the file names counts, whether they used a code or not. Raise ValueError with fewer than two.
    """
    named = {one.guid for one in project.coders} | {one.coder for one in project.codings}
    coders = sorted(coder for coder in named if coder)
    scale = (
        CharacterScale({one.guid: len(one.text) for one in project.sources})
        if unit is ComparedUnit.CHARACTER
        else UnitScale({one.guid: turn_bounds(one.text) for one in project.sources})
    )
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
