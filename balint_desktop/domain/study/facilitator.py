"""The facilitator's own lines for reports: COREQ items 1 to 5, as typed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

LINE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Who led, for a report. Every line may be empty: a report then leaves a marked blank, and nothing is guessed.

    COREQ items 1 to 5 (Tong, Sainsbury & Craig 2007): who, credentials, occupation, gender, experience and training.
    `relation` is what else one is to the participants or the study (items 6 to 8 ask for it): the facilitator of Ng,
    Seu & Cullum 2022 was also an author and did the primary analysis.
    """

    who: str = ""
    credentials: str = ""
    occupation: str = ""
    gender: str = ""
    experience: str = ""
    relation: str = ""

    def to_text(self) -> str:
        """Return it as the text of a setting."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Facilitator:
        """Return it from the text of a setting; empty where there is none or it is of another version."""
        try:
            stored = json.loads(text) if text else {}
            known = {one.name for one in fields(cls)}
            return cls(**{name: tidy(value) for name, value in stored.items() if name in known})
        except (ValueError, AttributeError):
            return cls()


def tidy(text: str) -> str:
    """Return a line without spaces to spare, no longer than a line gets."""
    return " ".join(text.split())[:LINE_LIMIT]
