"""Facts of a part, sealed beside its audio."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.part_marks import PartMark, parse_mark
from balint_desktop.domain.trouble import Trouble, TroubleCode

# The file's size depends only on the part's length: it reveals nothing about the content of the facts.
_WHOLE = 4096
# The comparison excludes NaN, too.
_LONGEST_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark in a part, at a position in seconds of its sound."""

    at_s: float
    mark: PartMark


@dataclass(frozen=True, slots=True)
class PartRedaction:
    """A redacted span whose sound has been removed. In seconds of the part's sound."""

    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class PartFacts:
    """Facts of one part: its start on the session's clock (seconds), device, length and marks.

    `closed` means that it ended properly; `sha256` is then that of the sealed sound. `dropped` counts sound lost on
    the way from the microphone, in blocks. `levels` is the loudness of each second, a letter each (`part_levels`);
    it ends early if the recorder was killed, and is empty in parts of versions without levels.
    `cut` lists the redacted spans whose sound has been removed since. `computer` is the name of the second source, what
    the computer played, empty where only the microphone was recorded.
    """

    offset_s: float
    device: str = ""
    seconds: float = 0.0
    marks: tuple[PlacedMark, ...] = ()
    dropped: int = 0
    closed: bool = False
    sha256: str | None = None
    levels: str = ""
    cut: tuple[PartRedaction, ...] = ()
    computer: str = ""

    def to_json(self) -> bytes:
        """Return the facts as JSON text, padded with spaces to whole blocks."""
        marks = [{"at_s": placed.at_s, "text": placed.mark.text} for placed in self.marks]
        text = json.dumps(asdict(self) | {"marks": marks}, indent=1).encode()
        return text + b" " * (-len(text) % _WHOLE)

    @classmethod
    def from_json(cls, data: bytes) -> PartFacts:
        """Parse facts from JSON text. Raise Trouble SEALED_DAMAGED if they are invalid.

        Unknown fields of a later version are ignored.
        """
        try:
            document = json.loads(data)
            known = {field.name: document[field.name] for field in fields(cls) if field.name in document}
            known["marks"] = tuple(PlacedMark(mark["at_s"], parse_mark(mark["text"])) for mark in document["marks"])
            known["cut"] = tuple(PartRedaction(**cut) for cut in document.get("cut", ()))
            facts = cls(**known)
        except FOREIGN_ERRORS as error:
            raise Trouble(TroubleCode.SEALED_DAMAGED) from error
        # Any holder of the recording's public key can seal facts: they are validated like any untrusted file.
        if not _is_plausible(facts):
            raise Trouble(TroubleCode.SEALED_DAMAGED)
        return facts


def _is_plausible(facts: PartFacts) -> bool:
    """Return whether the facts have the expected types, and times within a day of each other."""
    return (
        _is_time(facts.offset_s)
        and _is_time(facts.seconds)
        and isinstance(facts.device, str)
        and isinstance(facts.computer, str)
        and type(facts.dropped) is int
        and isinstance(facts.closed, bool)
        and (facts.sha256 is None or isinstance(facts.sha256, str))
        and isinstance(facts.levels, str)
        and all(_is_time(cut.from_s) and _is_time(cut.until_s) for cut in facts.cut)
        and all(_is_time(mark.at_s) for mark in facts.marks)
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -_LONGEST_S <= value <= _LONGEST_S
