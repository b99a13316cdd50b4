"""A session without a recording whose text is imported: a row of recordings without sound stands for it.

It has the session's own id and a key as a recording has, so that readers, retention, withdrawal and destruction know
nothing new; whatever lists recordings leaves it out.
"""

from __future__ import annotations

import contextlib

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.sealed.recording import create_recording
from balint_desktop.vault import destruction
from balint_desktop.vault.consent_gate import (
    agreed_in_session,
    has_withdrawn_in_session,
    note_purposes,
    pass_recording,
)
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.recovery import discard_begun_texts
from balint_desktop.vault.vault import OpenVault


def text_recording(session: SessionId) -> RecordingId:
    """Return the id by which a session without a recording has a text: its own."""
    return RecordingId(session)


def sessions_for_text(log: Log) -> tuple[SessionId, ...]:
    """Return the sessions without a recording for which a text may be imported, newest first.

    Those in which everyone agrees to transcription today: of the others nothing is said.
    """
    return tuple(session for session in _looked_at(log) if not text_recording_closed(log, session))


def sessions_closed_to_text(log: Log) -> tuple[SessionId, ...]:
    """Return the sessions without a recording for which a text could be imported until consent was withdrawn.

    Newest first. Where someone never agreed nothing is said, as before any answer.
    """
    return tuple(session for session in _looked_at(log) if has_withdrawn_in_session(log, session))


def text_recording_closed(log: Log, session: SessionId) -> bool:
    """Return whether not everyone of a session agrees to transcription today."""
    return Purpose.TRANSCRIPTION not in (agreed_in_session(log, session, attended=True) or ())


def _looked_at(log: Log) -> tuple[SessionId, ...]:
    return log.recordings.sessions_without(agreed_to=Purpose.TRANSCRIPTION)


def add_text_recording(vault: OpenVault, recording: RecordingId) -> None:
    """Insert what stands for the recording of a session that has none; nothing where it is there already.

    Raise Trouble: TRANSCRIPTION_NOT_AGREED, RECORDING_UNKNOWN, GRADES_NOT_FINAL, ASSESSMENT_UNANSWERED, LAST_READER.
    """
    log, session = vault.log, SessionId(recording)
    with contextlib.suppress(KeyError):
        log.recordings.recording(recording)
        return
    is_without = session in log.recordings.sessions_without()
    group = log.sessions.session(session).setting.group if is_without else None
    if group is None:
        raise Trouble(TroubleCode.RECORDING_UNKNOWN)
    known = log.groups.group(group)
    readers, folder = vault.readers_of(known), vault.places.recording(recording)
    discard_begun_texts(log, vault.recording_folders())
    key = create_recording(folder, readers)
    try:
        with log.together():
            log.recordings.add(recording, session, key.recipient, this_vault_reads=known.opens_here, has_sound=False)
            log.keys.set_sealed_to(recording, known.readers)
            note_purposes(log, recording, session, attended=True)
            pass_recording(log, Door.TRANSCRIBE, recording, Purpose.TRANSCRIPTION)
            log.audit.add(AuditAct.TEXT_WITHOUT_RECORDING, {"session": session})
    except Trouble as trouble:
        destruction.discard_recording(folder)
        if trouble.code is TroubleCode.PURPOSE_NOT_AGREED:
            raise Trouble(TroubleCode.TRANSCRIPTION_NOT_AGREED) from trouble
        raise
