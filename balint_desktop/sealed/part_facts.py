"""Facts of a part, sealed beside its audio."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from balint_desktop.domain.part_marks import PartMark, parse_mark
from balint_desktop.domain.trouble import Trouble, TroubleCode

# The facts grow with the length of the part alone: what is said in them does not show in the size of their file.
_WHOLE = 4096
# Comparing keeps out what is no number (NaN), too.
_LONGEST_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark in a part, at so many seconds of its sound."""

    at_s: float
    mark: PartMark


@dataclass(frozen=True, slots=True)
class PartRedaction:
    """A stretch that was struck and is cut: there is no sound in it any more. In seconds of the part's sound."""

    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class PartFacts:
    """Facts of one part: where it begins on the session's clock (seconds), its device, length and marks.

    `closed` says that it ended properly; `sha256` is then that of the sealed sound. `dropped` counts sound lost on
    the way from the microphone, in blocks. `levels` says how loud each second was, a letter each (`part_levels`);
    it ends early where the recorder was killed, and is empty in parts recorded before there were levels.
    `cut` says where sound that was struck has been taken out since.
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

    def to_json(self) -> bytes:
        """Return the facts as JSON text, filled up with spaces to whole blocks."""
        marks = [{"at_s": placed.at_s, "text": placed.mark.text} for placed in self.marks]
        text = json.dumps(asdict(self) | {"marks": marks}, indent=1).encode()
        return text + b" " * (-len(text) % _WHOLE)

    @classmethod
    def from_json(cls, data: bytes) -> PartFacts:
        """Return the facts from JSON text. Raise Trouble SEALED_DAMAGED where they are none.

        What a later version says besides is passed over.
        """
        try:
            document = json.loads(data)
            known = {field.name: document[field.name] for field in fields(cls) if field.name in document}
            known["marks"] = tuple(PlacedMark(mark["at_s"], parse_mark(mark["text"])) for mark in document["marks"])
            known["cut"] = tuple(PartRedaction(**cut) for cut in document.get("cut", ()))
            facts = cls(**known)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Trouble(TroubleCode.SEALED_DAMAGED) from error
        # Whoever knows the recording's public key can seal facts: what they say is looked at like any stranger's file.
        if not _plausible(facts):
            raise Trouble(TroubleCode.SEALED_DAMAGED)
        return facts


def _plausible(facts: PartFacts) -> bool:
    """Tell whether the facts are of the kinds they should be, and within a day of each other."""
    return (
        _is_time(facts.offset_s)
        and _is_time(facts.seconds)
        and isinstance(facts.device, str)
        and type(facts.dropped) is int
        and isinstance(facts.closed, bool)
        and (facts.sha256 is None or isinstance(facts.sha256, str))
        and isinstance(facts.levels, str)
        and all(_is_time(cut.from_s) and _is_time(cut.until_s) for cut in facts.cut)
        and all(_is_time(mark.at_s) for mark in facts.marks)
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -_LONGEST_S <= value <= _LONGEST_S
