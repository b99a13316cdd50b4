"""A vault whose one session was spoken: words that may be heard, and planted ones that may not."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from kept_sessions import GROUP, P1, P2, TEXT, at
from spoken import joined, noise, seconds, silence, spoken
from vaults import Made, make_vault

from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.vault.log.consents import ConsentCollection

FIRST = "She was tired of being asked. I kept thinking about her all night."
SECOND = "It made me angry with the registrar, and then with her."
PLANTED = "Watermelon, watermelon, watermelon."
_SECOND = 1 / 60


@dataclass(frozen=True)
class Spoken:
    """A data folder with a spoken session. `said` is what may be heard, in order."""

    data: object
    made: Made
    recording: RecordingId
    said: str = f"{FIRST} {SECOND}"

    @property
    def transcript_folder(self):
        return self.made.folder / "transcripts" / self.recording


def opus_of(sound):
    """Return speech as a recorder's Ogg Opus."""
    out = io.BytesIO()
    encoder = OpusEncoder(OggSink(out.write))
    encoder.write(sound.tobytes())
    encoder.close()
    return out.getvalue()


def speak_session(data, *, purposes=(Purpose.TRANSCRIPTION,), planted=True, awaits_grades=None):
    """Make a vault with a session of two parts: words, planted words that are removed, a pause with planted words in
    it, a part that is missing from the disk, words. All who were there agreed to the purposes named.
    """
    made = make_vault(data / "vault")
    group = Group(
        GROUP,
        "Wednesday group",
        participants=(Participant(P1, agreed_to_recording=True), Participant(P2, agreed_to_recording=True)),
    )
    first, second, secret = spoken(FIRST), spoken(SECOND), spoken(PLANTED)
    gap = noise(1.0, level_db=-60)
    one = joined(gap, first, gap, secret, gap) if planted else joined(gap, first, gap)
    removed_from, removed_for = seconds(joined(gap, first, gap)), seconds(secret)
    two = joined(gap, second, gap, secret, silence(1)) if planted else joined(gap, second, gap)
    vault = made.open()
    try:
        vault.log.groups.save_group(group)
        session = vault.log.sessions.start(SessionSetting(GROUP, 3, SessionKind.CASE, "student-hour", TEXT))
        vault.log.sessions.add_fact(session, f.Began(at=at(0), present=(P1, P2)))
        cells = [(code, purpose) for code in (P1, P2) for purpose in purposes]
        if cells:
            vault.log.consents.enter(GROUP, cells, Answer.GIVEN, ConsentCollection(vault.log.consents.today()))
        recording = vault.new_recording(group, session)
        _write_part(vault, recording, one, 60.0)
        begin_two = 60.0 + seconds(one) + 5.0
        _write_part(vault, recording, two, begin_two)
        facts = [f.RecordingStarted(at=at(1), recording=recording, part=1)]
        if planted:
            facts.append(f.Redacted(at=at(1 + (removed_from + removed_for + 0.5) * _SECOND), seconds=removed_for + 0.5))
        facts += [
            f.RecordingLost(at=at(1 + seconds(one) * _SECOND), seconds=0, why="recorder-died"),
            f.RecordingStarted(at=at(begin_two / 60), recording=recording, part=2),
        ]
        if planted:
            # What was said in the pause is on the disk, as where a recorder was killed in one.
            facts.append(f.RecordingPaused(at=at((begin_two + seconds(joined(gap, second, gap))) / 60)))
        facts.append(f.RecordingStopped(at=at((begin_two + seconds(two)) / 60)))
        facts.append(f.Ended(at=at(60)))
        for fact in facts:
            vault.log.sessions.add_fact(session, fact)
        vault.log.sessions.close(session, Debrief("We sat with it."))
    finally:
        vault.close()
    return Spoken(data, made, recording)


def add_session(made, sounds, purposes=(Purpose.TRANSCRIPTION,)):
    """Add a session whose recording has a part for each of these sounds, with nothing between; return the recording."""
    vault = made.open()
    try:
        group = Group(GROUP, "Wednesday group", participants=(Participant(P1, agreed_to_recording=True),))
        vault.log.groups.save_group(group)
        session = vault.log.sessions.start(SessionSetting(GROUP, 3, SessionKind.CASE, "student-hour", TEXT))
        vault.log.sessions.add_fact(session, f.Began(at=at(0), present=(P1,)))
        cells = [(P1, purpose) for purpose in purposes]
        vault.log.consents.enter(GROUP, cells, Answer.GIVEN, ConsentCollection(vault.log.consents.today()))
        recording = vault.new_recording(group, session)
        begin = 60.0
        for sound in sounds:
            _write_part(vault, recording, sound, begin)
            vault.log.sessions.add_fact(session, f.RecordingStarted(at=at(begin / 60), recording=recording, part=1))
            begin += seconds(sound)
        vault.log.sessions.add_fact(session, f.RecordingStopped(at=at(begin / 60)))
        vault.log.sessions.add_fact(session, f.Ended(at=at(60)))
        vault.log.sessions.close(session, Debrief("We sat with it."))
    finally:
        vault.close()
    return recording


def _write_part(vault, recording, sound, offset_s):
    place = vault.next_part(recording)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write(opus_of(sound))
    closed = writer.close(PartFacts(offset_s=offset_s, seconds=seconds(sound)))
    vault.finish_part(recording, place.part, seconds(sound), closed.sha256)


@pytest.fixture
def spoken_session(tmp_path):
    return speak_session(tmp_path / "data")
