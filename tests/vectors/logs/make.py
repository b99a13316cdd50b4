"""Makes a log in the format of the version that runs this, with a row in every table that version has.

    PYTHONPATH=. python tests/vectors/logs/make.py tests/vectors/logs/v4.db

Run once by each version that was landed; the files are kept, so that every later version is held to opening them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from balint_desktop import resources
from balint_desktop.domain.clock import Instant
from balint_desktop.domain.group.group import Group, Participant, Reader, Weekday
from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.reminders import ReminderKind
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.values import GroupId, MarkKind, ParticipantCode, RecordingId, SessionKind
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log, create_log
from balint_desktop.vault.log.transcripts import TranscriptSource

KEY = "4b" * 32
GROUP = GroupId("wednesday")
RECORDING = RecordingId("0f0e0d0c-0b0a-4900-8800-070605040302")
TEXT = resources.text("formats/student-hour.toml")
P1, P2, P3 = (ParticipantCode(code) for code in ("P1", "P2", "P3"))
BEGAN = 1_772_600_767.0


class Stopped:
    """A clock that never advances."""

    def now(self):
        return Instant(BEGAN, 5000.0, "boot")


def at(minutes):
    return Instant(BEGAN + minutes * 60, 5000 + minutes * 60, "boot")


def main(path):
    """Write the log."""
    create_log(path, KEY, Stopped())
    log = Log(path, KEY, Stopped())
    members = (Participant(P1, agreed_to_recording=True, seat=2), Participant(P2, agreed_to_recording=True))
    reader = Reader("Transcriber", "age1transcriber")
    log.groups.save_group(
        Group(
            *(GROUP, "Wednesday group", 6, (*members, Participant(P3)), Weekday.WEDNESDAY),
            support="the student service",
            for_research=True,
            readers=(reader,),
        )
    )
    for number in (1, 2):
        _session(log, number)
    log.set_setting("lock-after-minutes", "7")
    _later(log)
    log.close()


def _session(log, number):
    week = (number - 1) * 7 * 24 * 60
    session = log.sessions.start(SessionSetting(GROUP, number, SessionKind.CASE, "student-hour", TEXT))
    happened = [
        f.Began(at=at(week), present=(P1, P2)),
        f.RecordingStarted(at=at(week + 1), recording=RECORDING, part=1),
        f.StepTaken(at=at(week + 3), phase=1),
        f.StepTaken(at=at(week + 5), phase=2),
        f.PresenterChosen(at=at(week + 6), case=1, code=(P1, P2)[number - 1]),
        f.Marked(at=at(week + 7), mark=MarkKind.NAME_TO_REMOVE),
        f.Ended(at=at(week + 60)),
        f.RecordingStopped(at=at(week + 61)),
    ]
    for fact in happened:
        if number == 1 or "recording" not in fact.kind:
            log.sessions.add_fact(session, fact)
    if number == 1:
        log.recordings.add(RECORDING, session, "age1recording", this_vault_reads=True)
        part = log.recordings.add_part(RECORDING)
        log.recordings.finish_part(RECORDING, part, 3600.0, "ab" * 32)
        log.audit.add(AuditAct.RECORDING_MADE, {"recording": RECORDING})
        log.sessions.close(session, Debrief("We sat with it."))


def _later(log):
    """Fill the tables of later versions."""
    if hasattr(log, "keys"):
        log.keys.set_sealed_to(RECORDING, (Reader("Transcriber", "age1transcriber"),))
    if hasattr(log, "transfers"):
        log.transfers.add_import(RECORDING, BEGAN, "handheld.wav", ImportReport("WAV", 3600.0, 3600.0))
    if hasattr(log, "redactions"):
        log.redactions.begin(RECORDING, 1, "ab" * 32)
    if hasattr(log, "reminders"):
        log.reminders.add(GROUP, (ReminderKind.FOLLOW_UP,))
    if hasattr(log, "drafts"):
        log.drafts.save("enter-afterwards", '{"note": "half typed"}')
    if hasattr(log, "transcripts"):
        _transcript(log)
    if hasattr(log, "approved"):
        _approved(log)
    if hasattr(log, "studies"):
        _studies(log)


def _transcript(log):
    """Add a transcript that was written, signed off and opened again."""
    state = SignOffState(3_000_000, 3_600_000, {Need.UNCLEAR: 2})
    log.transcripts.add(RECORDING, "age1transcript", TranscriptSource.MACHINE, "en")
    log.transcripts.set_engine(RECORDING, "an engine", "small.en", "cd" * 32, "en")
    log.transcripts.note_text(RECORDING)
    log.transcripts.note_edited(RECORDING)
    log.transcripts.set_state(RECORDING, state)
    log.transcripts.sign_off(RECORDING, "facilitator", "the rest is noise", state, "ef" * 32)
    log.transcripts.reopen(RECORDING)


def _approved(log):
    """Add an approved text in its second version, and a third that is on its way."""
    from balint_desktop.vault.log.approved import ApprovedChange, ApprovedVersion  # noqa: PLC0415  as below

    for number in (1, 2, 3):
        version = ApprovedVersion(number, f"{number}{number}" * 32, "facilitator", BEGAN, 4_000, 700, 2, {"roster": 3})
        change = ApprovedChange(RECORDING, "age1approved", version)
        log.approved.intend(change)
        if number < 3:
            log.approved.note_in_place(change)


def _studies(log):
    """Add a study with a text, a round that is closed and coding files both ways, and one that was destroyed."""
    # Earlier versions have no such module.
    from balint_desktop.vault.log.studies import (  # noqa: PLC0415
        CodingFileKind,
        CodingFileRow,
        ParcelDirection,
        UsedText,
    )

    study, removed, author = (f"5f0b7d3e-0000-4222-8333-44445555666{number}" for number in range(3))
    used = UsedText(RECORDING, 1, "12" * 32)
    for one in (study, removed):
        log.studies.add(one, "age1study", is_guest=False)
        log.studies.set_texts(one, [used])
    log.studies.note_round(study, 1, BEGAN, [used])
    log.studies.note_closing(study, 1, author, BEGAN, "34" * 32)
    log.studies.note_opening(study, 1, "another")
    for number, direction in enumerate(ParcelDirection):
        row = CodingFileRow(f"file-{number}", study, direction, CodingFileKind.PARCEL, author, 1, "56" * 32, BEGAN)
        log.studies.note_file(row)
    log.studies.intend_deleting(removed)
    log.studies.note_deleted(removed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
