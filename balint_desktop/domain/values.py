"""Small shared values: codes, ids, kinds."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NewType

GroupId = NewType("GroupId", str)
SessionId = NewType("SessionId", str)
RecordingId = NewType("RecordingId", str)
ParticipantCode = NewType("ParticipantCode", str)

_CODE = re.compile(r"P[1-9][0-9]?")


def new_id() -> str:
    """Return a fresh random id (UUID 4): it says nothing of when or where it was made."""
    import uuid  # noqa: PLC0415  it asks what machine this is, and nobody waits for that before the first paint

    return str(uuid.uuid4())


def participant_code(number: int) -> ParticipantCode:
    """Return the code of a group's participant: 1 gives P1. Codes stand for people in all that is kept."""
    if not 1 <= number <= 99:
        raise ValueError(f"a participant's number is 1 to 99, not {number}")
    return ParticipantCode(f"P{number}")


def parse_participant_code(text: str) -> ParticipantCode:
    """Return text as a participant's code, or raise ValueError."""
    if not _CODE.fullmatch(text):
        raise ValueError(f"not a participant's code: {text!r}")
    return ParticipantCode(text)


class SessionKind(StrEnum):
    """What a session is for. Evaluation sessions are analysed apart (Ng, Seu & Cullum 2022, limitations)."""

    CASE = "case"
    EVALUATION = "evaluation"


class MarkKind(StrEnum):
    """Why a moment was marked. A name to remove is for the transcript; neither says who spoke."""

    NAME_TO_REMOVE = "name-to-remove"
    WORTH_COMING_BACK_TO = "worth-coming-back-to"


class RecordingState(StrEnum):
    """Whether the room is being recorded now."""

    OFF = "off"
    RECORDING = "recording"
    PAUSED = "paused"
    LOST = "lost"
    STOPPED = "stopped"
