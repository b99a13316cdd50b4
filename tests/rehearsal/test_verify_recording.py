import io
import shutil
import wave

import numpy as np
import pytest
import soundfile
from kept_sessions import GROUP, P1, P2, TEXT, at
from sounds import RATE_HZ
from vaults import PASSPHRASE, make_vault

from balint_desktop.capture.source_clock import LARGEST_CORRECTION, LARGEST_SETTLING
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.values import SessionKind
from balint_desktop.rehearsal import verify_recording
from balint_desktop.rehearsal.compare_sound import Match
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts

SECOND = 1 / 60


def voice(seconds, seed):
    """Return noise whose loudness varies like speech."""
    draw = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    slow = np.interp(np.arange(count), np.arange(0, count + 4800, 4800), draw.random(count // 4800 + 1))
    smooth = np.convolve(draw.standard_normal(count), np.ones(40) / 40, "same")
    return (smooth / np.abs(smooth).max() * slow**2 * 30_000).astype("<i2")


def write_wav(path, sound):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, len(sound), "NONE", ""))
        file.writeframes(sound.tobytes())


def rehearsed(folder, recorded, played, *, on_call=None, ended=True):
    """Return a vault as a rehearsal leaves it, with this sound in it."""
    data = DataFolder(folder / "data")
    made = make_vault(data.vault)
    write_wav(folder / verify_recording.PLAYED, played)
    if on_call is not None:
        write_wav(folder / verify_recording.PLAYED_ON_CALL, on_call)
    ogg = io.BytesIO()
    with soundfile.SoundFile(ogg, "w", RATE_HZ, 1, format="OGG", subtype="OPUS") as sound:
        sound.buffer_write(recorded.tobytes(), dtype="int16")
    vault = made.open()
    group = Group(GROUP, "Rehearsal", participants=(Participant(P1, agreed_to_recording=True),))
    vault.log.groups.save_group(group)
    session = vault.log.sessions.start(SessionSetting(GROUP, 1, SessionKind.CASE, "student-hour", TEXT))
    recording = vault.new_recording(group, session)
    place = vault.next_part(recording)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write(ogg.getvalue())
    seconds = len(recorded) / RATE_HZ
    vault.finish_part(recording, place.part, seconds, writer.close(PartFacts(offset_s=1.0, seconds=seconds)).sha256)
    facts = [f.Began(at=at(0), present=(P1,)), f.RecordingStarted(at=at(SECOND), recording=recording, part=1)]
    facts += [f.StepTaken(at=at((1 + phase) * SECOND), phase=phase) for phase in range(1, 7)]
    facts += [
        f.PresenterChosen(at=at(8 * SECOND), case=1, code=P2),
        f.RecordingPaused(at=at(9 * SECOND)),
        f.RecordingResumed(at=at(11 * SECOND)),
        f.RecordingStopped(at=at((1 + seconds) * SECOND)),
    ]
    for fact in (*facts, f.Ended(at=at(20 * SECOND))) if ended else facts:
        vault.log.sessions.add_fact(session, fact)
    vault.close()
    return data


def with_a_pause(sound):
    quiet = sound.copy()
    quiet[8 * RATE_HZ : 10 * RATE_HZ] = 0
    return quiet


def test_a_correct_rehearsal_passes(tmp_path):
    played = voice(16.0, 1)
    data = rehearsed(tmp_path, with_a_pause(played[: 14 * RATE_HZ]), played)

    findings = verify_recording.verify_reopened(tmp_path, data, PASSPHRASE)

    assert findings.failed == []
    assert "ok  the log: 7 of 7 phases, 1 in the room, presented by P2" in findings.lines
    assert any("silent stretches: 0:09 to 0:11: off the record" in line for line in findings.lines)
    assert (tmp_path / "recording.opus").exists()


def test_words_that_were_played_twice_are_compared_with_the_time_at_which_they_were_recorded(tmp_path):
    first = voice(16.0, 1)
    # As loud, with other waves; and its loudness, taken every 10 ms, is a little more like that of the recording.
    again, off = -first, RATE_HZ // 200
    played = np.concatenate((first, np.zeros(off, "<i2"), again))
    data = rehearsed(tmp_path, with_a_pause(first[off : off + 14 * RATE_HZ]), played)

    assert verify_recording.verify_reopened(tmp_path, data, PASSPHRASE).failed == []


def online_session(room, call, faster_by=LARGEST_CORRECTION):
    """Return a recording of the room until the pause, and of the call after it, read a little faster."""
    faster = np.interp(np.arange(4 * RATE_HZ) * (1 + faster_by), np.arange(len(call)), call).astype("<i2")
    return np.concatenate((room[: 8 * RATE_HZ], np.zeros(2 * RATE_HZ, "<i2"), faster))


@pytest.mark.parametrize("faster_by", [LARGEST_CORRECTION, LARGEST_SETTLING, -LARGEST_SETTLING])
def test_online_each_voice_is_looked_for_where_it_was_heard(tmp_path, faster_by):
    room, call = voice(16.0, 1), voice(16.0, 3)
    data = rehearsed(tmp_path, online_session(room, call, faster_by), room, on_call=call)

    findings = verify_recording.verify_reopened(tmp_path, data, PASSPHRASE)

    assert findings.failed == []
    assert [line.split(":")[0] for line in findings.lines if "is in it" in line] == [
        "ok  what the call played is in it",
        "ok  what was played is in it",
    ]


def test_online_a_call_that_was_not_recorded_is_reported(tmp_path):
    room, call = voice(16.0, 1), voice(16.0, 3)
    data = rehearsed(tmp_path, online_session(room, voice(16.0, 4)), room, on_call=call)

    assert verify_recording.verify_reopened(tmp_path, data, PASSPHRASE).failed == ["what the call played is in it"]


@pytest.mark.skipif(shutil.which("age") is None, reason="not run: age is not installed")
def test_stock_age_opens_it_too(tmp_path):
    played = voice(16.0, 1)
    data = rehearsed(tmp_path, with_a_pause(played[: 14 * RATE_HZ]), played)

    assert (
        "ok  stock age: opens it to the same bytes"
        in verify_recording.verify_reopened(tmp_path, data, PASSPHRASE).lines
    )


def test_without_age_it_is_reported_as_not_run(tmp_path, monkeypatch):
    played = voice(16.0, 1)
    data = rehearsed(tmp_path, with_a_pause(played[: 14 * RATE_HZ]), played)
    monkeypatch.setattr(verify_recording.shutil, "which", lambda _name: None)

    findings = verify_recording.verify_reopened(tmp_path, data, PASSPHRASE)

    assert findings.failed == []
    assert any(line.startswith("not run  stock age") for line in findings.lines)


def test_other_sound_and_a_session_without_an_end_are_reported_as_wrong(tmp_path):
    data = rehearsed(tmp_path, with_a_pause(voice(14.0, 2)), voice(16.0, 1), ended=False)

    assert verify_recording.verify_reopened(tmp_path, data, PASSPHRASE).failed == [
        "the log",
        "what was played is in it",
    ]


def test_the_median_is_taken_of_each_figure_and_not_of_one_for_all():
    seconds = [Match(1.0, 0.5, 0.99), Match(1.0, 0.95, 0.98), Match(1.0, 0.96, 0.999)]

    assert verify_recording._median(seconds) == Match(1.0, 0.95, 0.99)
