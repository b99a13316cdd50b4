"""The levels stored by the recorder: those of the sound in the part, and as much of them as a kill leaves."""

import shutil

import pytest
from sounds import tone

from balint_desktop.capture import recorder as recorder_module
from balint_desktop.capture.level_log import LevelLog
from balint_desktop.capture.recorder import Recorder, RecorderOptions
from balint_desktop.capture.recorder_protocol import Command, Verb
from balint_desktop.capture.source import Block
from balint_desktop.domain.part_marks import RedactionMark
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_levels import level_db
from balint_desktop.sealed.reading import PartState, read_part

BLOCK = tone(0.1, loud=0.1).tobytes()
LOUD_DB = -23.0
BEGAN_S = 1000.0


class FakeSource:
    """A microphone with a tone; before each tenth of a second, `acts` says what happens."""

    latency_s = 0.0
    dropped = 0
    device_name = "a microphone"
    is_active = True
    moved = False
    since_block_s = 0.0

    def __init__(self, blocks, acts, commands):
        self.blocks, self.acts, self.commands = blocks, acts, commands
        self.at = 0

    def read_blocks(self, _wait_s):
        if self.at >= self.blocks:
            self.commands.append(Command(Verb.STOP))
            return []
        act = self.acts.get(self.at, ())
        self.commands.extend(act() if callable(act) else act)
        self.at += 1
        return [Block(BLOCK, BEGAN_S + self.at / 10)]


class FakeCommands(list):
    def read(self):
        commands = list(self)
        self.clear()
        return commands


class FakeWriter:
    def write(self, message):
        pass

    write_or_drop = write


class StandingClock:
    """A clock that shows the position of the source."""

    def __init__(self, source):
        self.source = source

    def now(self):
        class Now:
            boot = BEGAN_S + self.source.at / 10 - 0.05

        return Now


@pytest.fixture
def record(tmp_path):
    """Record that many seconds of a tone; return what a reader finds."""
    key = new_identity()

    def recorded(seconds, acts=None, folder=tmp_path / "01"):
        commands = FakeCommands()
        source = FakeSource(round(seconds * 10), acts or {}, commands)
        options = RecorderOptions(folder, (key.recipient,), None, 0.0, 24_000, None)
        writer = PartWriter(folder, options.recipients)
        made = Recorder(options, source, writer, out=FakeWriter(), commands=commands, clock=StandingClock(source))
        recorded.ending = made.run()
        return read_part(folder, [key.secret])

    recorded.key = key
    return recorded


def levels(part):
    return [level_db(letter) for letter in part.facts.levels]


def test_a_part_records_the_level_of_each_second(record):
    assert levels(record(3.5)) == [pytest.approx(LOUD_DB, abs=1.0)] * 4


def test_off_the_record_is_silent_in_the_levels_too(record):
    part = record(6.0, {20: (Command(Verb.PAUSE),), 40: (Command(Verb.RESUME),)})

    assert [loud > -40 for loud in levels(part)] == [True, True, False, False, True, True]


def test_redacted_sound_is_silent_in_the_levels_too(record):
    part = record(6.0, {35: (Command(Verb.MARK, RedactionMark(2)), Command(Verb.PAUSE)), 40: (Command(Verb.RESUME),)})

    assert [loud > -40 for loud in levels(part)] == [True, False, False, False, True, True]


def test_a_kill_preserves_the_levels_up_to_the_last_minute(record, tmp_path, monkeypatch):
    monkeypatch.setattr(recorder_module, "_FACTS_EVERY_S", 0.0)
    killed = tmp_path / "killed"

    def kill():
        # What a kill at this moment would leave.
        shutil.copytree(tmp_path / "01", killed, ignore=shutil.ignore_patterns("*lock*"))
        return ()

    record(4.0, {30: kill})
    part = read_part(killed, [record.key.secret])

    assert part.state is PartState.INTERRUPTED
    assert len(part.facts.levels) == 3
    assert not part.facts.closed


def test_a_brief_disk_error_on_the_facts_ends_no_recording(record, monkeypatch):
    monkeypatch.setattr(recorder_module, "_FACTS_EVERY_S", 0.0)
    real = PartWriter.write_facts

    def refusing(self, facts):
        if 0 < facts.seconds < 2 and not facts.closed:
            raise Trouble(TroubleCode.FOLDER_UNWRITABLE)
        real(self, facts)

    monkeypatch.setattr(PartWriter, "write_facts", refusing)
    part = record(3.0)

    assert record.ending is None
    assert part.facts.closed
    assert len(part.facts.levels) == 3


def test_seconds_are_those_of_the_part_whatever_the_length_of_blocks():
    log = LevelLog()
    log.add(48_000 * 2 + 24_000, -120.0)
    log.add(24_000, 0.0)

    assert [level_db(letter) for letter in log.letters] == [-62.0, -62.0, pytest.approx(-3, abs=1.1)]


def test_an_empty_recording_has_no_levels():
    assert LevelLog().letters == ""


def test_levels_silenced_by_a_redaction_are_back_when_it_is_undone():
    log = LevelLog()
    log.add(48_000 * 3, -20.0)
    before = log.letters
    log.silence_last(2.0)
    log.add(48_000, -120.0)
    assert log.letters[:3] != before
    log.restore_last()

    assert log.letters[:3] == before
    assert len(log.letters) == 4
