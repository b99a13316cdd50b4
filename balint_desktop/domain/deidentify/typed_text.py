"""Where in a vault people type texts that an export may hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.values import GroupId, SessionId


class TypedPlace(StrEnum):
    """A field, or a form, that a person fills in."""

    GROUP_TITLE = "group-title"
    GROUP_SUPPORT = "group-support"
    READER = "reader"
    PROCESS_NOTE = "process-note"
    STUDY = "study"
    ACCESS_REQUEST = "access-request"
    ACCREDITATION = "accreditation"
    REVIEW = "review"
    SETTING = "setting"
    ANALYSIS_NAME = "analysis-name"
    ANALYSIS_QUESTION = "analysis-question"
    ANALYSIS_GOVERNANCE = "analysis-governance"
    ANALYSIS_AUTHOR = "analysis-author"
    ANALYSIS_POSITION = "analysis-position"
    ANALYSIS_CODE = "analysis-code"
    ANALYSIS_MEMO = "analysis-memo"
    ANALYSIS_THEME = "analysis-theme"
    ANALYSIS_DECISION = "analysis-decision"
    ANALYSIS_MEETING = "analysis-meeting"
    ANALYSIS_STATED = "analysis-stated"
    ANALYSIS_TEXT = "analysis-text"


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text that a person typed, and where: the group or the session, and its number."""

    place: TypedPlace
    text: str
    group: GroupId | None = None
    session: SessionId | None = None
    number: int = 0
