"""Requests for access to personal data, and their answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NewType

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId

RequestId = NewType("RequestId", str)
TEXT_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """An access request: requester (a label), subject, day; answer and its day, None until answered."""

    id: RequestId
    group: GroupId
    who: str
    about: str
    day: date
    answer: str = ""
    answered: date | None = None


def checked_request(request: AccessRequest, today: date) -> AccessRequest:
    """Validate a request. Raise Trouble: LABEL_MISSING, REQUEST_INCOMPLETE, DAY_TO_COME, DAY_TOO_EARLY.

    An answer and its day belong together: one without the other is reported as missing.
    """
    tidied = replace(request, who=_tidy(request.who), about=_tidy(request.about), answer=_tidy(request.answer))
    if not tidied.who:
        raise Trouble(TroubleCode.LABEL_MISSING)
    if not tidied.about or (tidied.answered is not None) != bool(tidied.answer):
        raise Trouble(TroubleCode.REQUEST_INCOMPLETE)
    if tidied.day > today or (tidied.answered is not None and tidied.answered > today):
        raise Trouble(TroubleCode.DAY_TO_COME)
    if tidied.answered is not None and tidied.answered < tidied.day:
        raise Trouble(TroubleCode.DAY_TOO_EARLY)
    return tidied


def _tidy(text: str) -> str:
    return one_line(text)[:TEXT_LIMIT]
