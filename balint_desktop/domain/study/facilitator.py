"""The facilitator's own lines for reports: COREQ items 1 to 5, as typed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.hidden_signs import one_line

LINE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Facilitator:
    """The facilitator's details for a report. An empty line becomes a marked blank; nothing is guessed.

    COREQ items 1 to 5 (Tong, Sainsbury & Craig 2007): who, credentials, occupation, gender, experience and training.
    `relation` is any other relation to the participants or the study (items 6 to 8 ask for it): the facilitator of Ng,
    Seu & Cullum 2022 was also an author and did the primary analysis.
    """

    who: str = ""
    credentials: str = ""
    occupation: str = ""
    gender: str = ""
    experience: str = ""
    relation: str = ""

    def to_text(self) -> str:
        """Serialise for a setting."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Facilitator:
        """Parse the text of a setting; empty where there is none or it is of another version."""
        try:
            stored = json.loads(text) if text else {}
            known = {one.name for one in fields(cls)}
            return cls(**{name: tidy(value) for name, value in stored.items() if name in known})
        except FOREIGN_ERRORS:
            return cls()


def tidy(text: str) -> str:
    """Normalise a line: no extra spaces, limited length."""
    return one_line(text)[:LINE_LIMIT]
