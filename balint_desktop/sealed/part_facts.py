"""What a part says of itself, sealed beside its sound."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from balint_desktop.domain.trouble import Trouble, TroubleCode


@dataclass(frozen=True, slots=True)
class PartMark:
    """A mark in a part, at so many seconds of its sound."""

    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class PartCut:
    """A stretch that was struck and is cut: there is no sound in it any more. In seconds of the part's sound."""

    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class PartFacts:
    """Facts of one part: where it begins on the session's clock (seconds), its device, length and marks.

    `closed` says that it ended properly; `sha256` is then that of the sealed sound. `dropped` counts sound lost on
    the way from the microphone, in blocks. `cut` says where sound that was struck has been taken out since.
    """

    offset_s: float
    device: str = ""
    seconds: float = 0.0
    marks: tuple[PartMark, ...] = ()
    dropped: int = 0
    closed: bool = False
    sha256: str | None = None
    cut: tuple[PartCut, ...] = ()

    def to_json(self) -> bytes:
        """Return the facts as JSON text."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes) -> PartFacts:
        """Return the facts from JSON text. Raise Trouble SEALED_DAMAGED where they are none."""
        try:
            told = json.loads(data)
            told["marks"] = tuple(PartMark(**mark) for mark in told["marks"])
            told["cut"] = tuple(PartCut(**cut) for cut in told.get("cut", ()))
            return cls(**told)
        except (ValueError, TypeError, KeyError) as error:
            raise Trouble(TroubleCode.SEALED_DAMAGED) from error
