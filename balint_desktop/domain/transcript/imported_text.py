"""A transcript that another program or a person wrote: turns with the labels and times that its file has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from balint_desktop.domain.transcript.transcript import CO_LEADER, LEADER, SEVERAL, UNKNOWN, Speaker, parse_speaker

_CODE = re.compile(r"(P|C)[ ._-]?0*([1-9][0-9]?)|F", re.IGNORECASE)
_ROLES = {
    LEADER: ("leader", "group leader", "facilitator", "moderator", "leitung", "gruppenleitung", "leiterin", "leiter"),
    CO_LEADER: ("co-leader", "coleader", "co-facilitator", "cofacilitator", "co-leitung"),
    SEVERAL: ("several", "all", "group", "mehrere", "alle", "gruppe"),
}


@dataclass(frozen=True, slots=True)
class TimedText:
    """A stretch of text, with its times in the file in milliseconds where the file has them."""

    text: str
    from_ms: int | None = None
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedTurn:
    """What one speaker says. `label` is who speaks as the file has it, empty where it says nothing."""

    label: str
    pieces: tuple[TimedText, ...]


@dataclass(frozen=True, slots=True)
class ImportedText:
    """The turns of a file. `encoding` is how its text was decoded, `guessed` whether nothing declared it."""

    turns: tuple[ImportedTurn, ...]
    encoding: str = ""
    guessed: bool = False

    @property
    def labels(self) -> dict[str, int]:
        """Return each label in order of its first turn, with the number of its turns."""
        counts: dict[str, int] = {}
        for turn in self.turns:
            if turn.label:
                counts[turn.label] = counts.get(turn.label, 0) + 1
        return counts

    @property
    def has_times(self) -> bool:
        """Return whether the file says of any turn when it was."""
        return any(piece.from_ms is not None or piece.until_ms is not None for t in self.turns for piece in t.pieces)


def suggested_speakers(text: ImportedText) -> dict[str, Speaker]:
    """Return for each label who it is likely to be, for a person to check; UNKNOWN where it says no code or role."""
    return {label: suggested_speaker(label) for label in text.labels}


def suggested_speaker(label: str) -> Speaker:
    """Return who a label stands for: a code however it is spelt, or a role by its usual names; otherwise UNKNOWN."""
    plain = " ".join(label.casefold().split())
    for speaker, names in _ROLES.items():
        if plain in names:
            return speaker
    found = _CODE.fullmatch(plain)
    if found is None:
        return UNKNOWN
    try:
        return parse_speaker(f"{found.group(1).upper()}{found.group(2)}" if found.group(1) else LEADER)
    except ValueError:
        return UNKNOWN
