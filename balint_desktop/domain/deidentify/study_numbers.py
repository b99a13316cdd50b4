"""Study numbers: what stands for a person outside the vault and in the analysis, drawn once.

Whoever leads knows P3 by heart, and an outside coder need not: in the analysis and in what leaves there are numbers
that no code tells (practice, corrections, section 5).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.values import ParticipantCode, parse_participant_code

PREFIX = "R"
_VERSION = 1
_PADDED_TO = 1024
_CODE = re.compile(r"\[(P[1-9][0-9]?)\]")


@dataclass(frozen=True, slots=True)
class StudyNumbers:
    """The number of each code. `above` is the greatest number that was ever given in the group, also to others."""

    numbers: Mapping[ParticipantCode, int] = field(default_factory=dict)
    above: int = 0

    def label(self, code: ParticipantCode) -> str:
        """Return what stands for a person: R3. Raise KeyError for a code without a number."""
        return f"{PREFIX}{self.numbers[code]}"

    def drawn_for(
        self, codes: Iterable[ParticipantCode], shuffle: Callable[[Sequence[int]], Sequence[int]]
    ) -> StudyNumbers:
        """Return these with a number for each of the codes. Those drawn stay; the new ones are drawn together."""
        new = [code for code in dict.fromkeys(codes) if code not in self.numbers]
        first = max([self.above, *self.numbers.values()], default=0) + 1
        drawn = shuffle(range(first, first + len(new)))
        return StudyNumbers({**self.numbers, **dict(zip(new, drawn, strict=True))}, first + len(new) - 1)

    def in_text(self, text: str) -> str:
        """Return a text with numbers where its brackets hold codes. Raise KeyError for a code without a number."""
        return _CODE.sub(lambda found: f"[{self.label(ParticipantCode(found[1]))}]", text)

    def to_json(self) -> bytes:
        """Return the table as UTF-8 JSON, padded so that its length reveals little."""
        data = json.dumps({"version": _VERSION, "numbers": dict(self.numbers), "above": self.above}).encode()
        return data + b"\n" * (-len(data) % _PADDED_TO)

    @classmethod
    def from_json(cls, data: bytes) -> StudyNumbers:
        """Parse a table. Raise ValueError where the bytes are none, or of a later version."""
        with foreign_errors(ValueError("not study numbers")):
            message = json.loads(data)
            if message["version"] != _VERSION:
                raise ValueError("study numbers of another version")
            numbers = {parse_participant_code(code): int(number) for code, number in message["numbers"].items()}
            if len(set(numbers.values())) < len(numbers):
                raise ValueError("a study number stands twice")
            return cls(numbers, int(message["above"]))
