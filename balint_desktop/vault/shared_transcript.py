"""The transcript in a sealed copy of a recording: which files go with it, and how they are described.

The folder `transcript` has the sealed files as they are, with the transcript's own key.age. What the log says of it
is in about.json.age, sealed to that key.
"""

from __future__ import annotations

import json
from typing import Any

from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import REASON_LIMIT, SignOffState
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import keys
from balint_desktop.vault.consent_gate import permitted
from balint_desktop.vault.log.transcripts import SignOffRow, TranscriptRecord, TranscriptSource
from balint_desktop.vault.transcript_files import DECISIONS, STAGED, read_sealed_files
from balint_desktop.vault.vault import OpenVault

ABOUT = "about.json.age"

_VERSION = 1
# The year 9999 in seconds since 1970.
_LAST_WALL = 253_402_300_799
# A day in milliseconds: beyond it a number is no session.
_LONGEST_MS = 86_400_000


def shared_transcript(vault: OpenVault, recording: RecordingId, purpose: Purpose) -> dict[str, bytes]:
    """Return a transcript's files by their names in a sealed copy; none where it does not go with the recording.

    It goes where everyone agreed to transcription, but to no supervisor: they agreed to being heard there, and what is
    written stays here. One that is still being written does not go either. Raise Trouble.
    """
    if purpose is Purpose.SUPERVISION or Purpose.TRANSCRIPTION not in permitted(vault.log, recording):
        return {}
    try:
        record = vault.log.transcripts.transcript(recording)
    except KeyError:
        return {}
    if record.text_wall is None or vault.log.transcripts.pending_removals():
        return {}
    files = read_sealed_files(vault.places.transcript(recording))
    # What was decided here about words that identify goes with the group's own decisions, which stay here.
    files.pop(DECISIONS, None)
    files[ABOUT] = keys.seal(_to_json(record), [record.recipient])
    return {f"{STAGED}/{name}": data for name, data in files.items()}


def _to_json(record: TranscriptRecord) -> bytes:
    message = {
        "version": _VERSION,
        "recording": record.recording,
        "recipient": record.recipient,
        "source": record.source,
        "engine": record.engine,
        "model": record.model,
        "model_sha256": record.model_sha256,
        "language": record.language,
        "begun": record.begun_wall,
        "written": record.text_wall,
        "state": _state(record.state),
        "edited": record.is_edited,
        "sign_offs": [
            {
                "wall": one.wall,
                "label": one.label,
                "reason": one.reason,
                "state": _state(one.state),
                "sha256": one.sha256,
                "reopened": one.reopened_wall,
            }
            for one in record.sign_offs
        ],
    }
    return json.dumps(message, ensure_ascii=False).encode()


def record_from_json(data: bytes) -> TranscriptRecord:
    """Return what the log of another vault says of a transcript. Raise Trouble TRANSCRIPT_DAMAGED, VAULT_NEWER."""
    with foreign_errors(Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=ABOUT)):
        message = json.loads(data)
        if int(message["version"]) > _VERSION:
            raise Trouble(TroubleCode.VAULT_NEWER)
        signed = [
            SignOffRow(
                number,
                _wall(one["wall"]),
                _line(one["label"]),
                _line(one["reason"]),
                _read_state(one["state"]),
                _line(one["sha256"]),
                None if one["reopened"] is None else _wall(one["reopened"]),
            )
            for number, one in enumerate(message["sign_offs"], start=1)
        ]
        return TranscriptRecord(
            recording=RecordingId(_line(message["recording"])),
            recipient=_line(message["recipient"]),
            source=TranscriptSource(message["source"]),
            engine=_line(message["engine"]),
            model=_line(message["model"]),
            model_sha256=_line(message["model_sha256"]),
            language=_line(message["language"]),
            begun_wall=_wall(message["begun"]),
            text_wall=_wall(message["written"]),
            is_queued=False,
            state=_read_state(message["state"]),
            sign_offs=tuple(signed),
            is_edited=message.get("edited") is True,
        )


def _state(state: SignOffState) -> dict[str, Any]:
    open_places = {need.value: count for need, count in sorted(state.open.items())}
    return {"listened_ms": state.listened_ms, "audible_ms": state.audible_ms, "open": open_places}


def _read_state(message: dict[str, Any]) -> SignOffState:
    found = {Need(need): _number(count) for need, count in message["open"].items()}
    return SignOffState(_number(message["listened_ms"]), _number(message["audible_ms"]), found)


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LONGEST_MS:
        raise ValueError(value)
    return value


def _wall(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LAST_WALL:
        raise ValueError(value)
    return float(value)


def _line(value: object) -> str:
    if not isinstance(value, str) or len(value) > REASON_LIMIT:
        raise ValueError(value)
    return one_line(value)
