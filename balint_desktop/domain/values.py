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
    """Return a new random id (UUID 4), which reveals no time or place of creation."""
    import uuid  # noqa: PLC0415  importing it queries the machine, which must not delay the first paint

    return str(uuid.uuid4())


def participant_code(number: int) -> ParticipantCode:
    """Return the code of a group's participant: 1 gives P1. All stored records use codes for people."""
    if not 1 <= number <= 99:
        raise ValueError(f"a participant's number is 1 to 99, not {number}")
    return ParticipantCode(f"P{number}")


def parse_participant_code(text: str) -> ParticipantCode:
    """Parse a participant's code. Raise ValueError."""
    if not _CODE.fullmatch(text):
        raise ValueError(f"not a participant's code: {text!r}")
    return ParticipantCode(text)


class SessionKind(StrEnum):
    """Purpose of a session. Evaluation sessions are analysed separately (Ng, Seu & Cullum 2022, limitations)."""

    CASE = "case"
    EVALUATION = "evaluation"


class SoundSource(StrEnum):
    """What a recording of an online session hears."""

    MICROPHONE = "microphone"
    CALL = "call"


class MarkKind(StrEnum):
    """Reason for marking a moment. A name to remove is for the transcript; neither records who spoke."""

    NAME_TO_REMOVE = "name-to-remove"
    WORTH_COMING_BACK_TO = "worth-coming-back-to"


class RecordingState(StrEnum):
    """State of recording in the room."""

    OFF = "off"
    RECORDING = "recording"
    PAUSED = "paused"
    LOST = "lost"
    STOPPED = "stopped"
