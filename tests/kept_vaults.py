"""A vault with a session and its recording in it: real log, real sealed parts, tones for voices."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from kept_sessions import GROUP, P1, P2, TEXT, at
from sounds import opus
from vaults import PASSPHRASE, Made, make_vault

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.session.entered_afterwards import AfterwardsEntry
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts, PlacedMark
from balint_desktop.vault.log.consents import ConsentCollection


@dataclass(frozen=True)
class Kept:
    """A data folder whose vault holds one recorded session."""

    data: Path
    made: Made
    recording: RecordingId

    @property
    def folder(self):
        return self.made.folder / "recordings" / self.recording


def keep_session(
    data,
    *,
    this_vault_reads=True,
    readers=(),
    marks=(),
    redacted=True,
    purposes=(),
    made=None,
    number=3,
    is_silent=False,
):
    """Make a vault in a data folder, with one session: six seconds of 440 Hz, a gap, four of 880; 2 s redacted.

    Both members agreed to being recorded, and to the purposes named. What was redacted is cut when the vault is
    unlocked in the window; where nothing may change, nothing is redacted. In a vault that is `made` it is one more.
    One that `is_silent` holds no sound, and knows how loud each second is.
    """
    made = made or make_vault(data / "vault")
    group = Group(
        GROUP,
        "Wednesday group",
        participants=(Participant(P1, agreed_to_recording=True), Participant(P2, agreed_to_recording=True)),
        this_vault_reads=this_vault_reads,
        readers=tuple(readers),
    )
    vault = made.open()
    try:
        vault.log.groups.save_group(group)
        session = vault.log.sessions.start(SessionSetting(GROUP, number, SessionKind.CASE, "student-hour", TEXT))
        vault.log.sessions.add_fact(session, f.Began(at=at(0), present=(P1, P2)))
        cells = [(code, purpose) for code in (P1, P2) for purpose in purposes]
        vault.log.consents.enter(GROUP, cells, Answer.GIVEN, ConsentCollection(vault.log.consents.today()))
        recording = vault.new_recording(group, session)
        silent = {"levels": "A" * 6} if is_silent else {}
        _write_part(vault, recording, 0.0 if is_silent else 440.0, 6.0, 60.0, marks=marks, **silent)
        _write_part(vault, recording, 0.0 if is_silent else 880.0, 4.0, 70.0, **silent)
        for fact in _facts(recording, redacted=redacted):
            vault.log.sessions.add_fact(session, fact)
        vault.log.sessions.close(session, Debrief("We sat with it."))
    finally:
        vault.close()
    return Kept(data, made, recording)


@pytest.fixture
def kept(tmp_path):
    """A stored session of the test's own, all its files new; both agreed to its being transcribed."""
    return keep_session(tmp_path / "data", purposes=(Purpose.TRANSCRIPTION,))


@pytest.fixture
def vault(kept):
    """The vault of the stored session, open."""
    opened = kept.made.open()
    yield opened
    opened.close()


def enter_session(vault, purposes=(Purpose.TRANSCRIPTION, Purpose.ANALYSIS)):
    """Enter a session that ran without the laptop; return its id, as a recording's."""
    vault.log.groups.save_group(Group(GROUP, "Wednesday group", participants=(Participant(P1), Participant(P2))))
    setting = SessionSetting(GROUP, 3, SessionKind.CASE, "student-hour", TEXT)
    session = vault.log.enter(AfterwardsEntry(setting, 1_790_000_000.0, 3000.0, present=(P1, P2)))
    cells = [(code, purpose) for code in (P1, P2) for purpose in purposes]
    vault.log.consents.enter(GROUP, cells, Answer.GIVEN, ConsentCollection(vault.log.consents.today()))
    return RecordingId(session)


def passphrase_file(folder):
    path = folder / "passphrase.txt"
    path.write_text(PASSPHRASE + "\nnot this line\n")
    path.chmod(0o600)
    return path


def _write_part(vault, recording, hz, seconds, offset_s, *, marks=(), levels=""):
    place = vault.next_part(recording)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write(opus(seconds, hz))
    result = tuple(PlacedMark(at_s, parse_mark(text)) for at_s, text in marks)
    closed = writer.close(PartFacts(offset_s=offset_s, seconds=seconds, marks=result, levels=levels))
    vault.finish_part(recording, place.part, seconds, closed.sha256)


def _facts(recording, *, redacted):
    second = 1 / 60
    return (
        f.RecordingStarted(at=at(1), recording=recording, part=1),
        f.StepTaken(at=at(1 + 2 * second), phase=1),
        *([f.Redacted(at=at(1 + 4 * second), seconds=2)] if redacted else []),
        f.RecordingLost(at=at(1 + 6 * second), seconds=0, why="recorder-died"),
        f.RecordingStarted(at=at(1 + 10 * second), recording=recording, part=2),
        f.RecordingStopped(at=at(1 + 14 * second)),
        f.Ended(at=at(60)),
    )
