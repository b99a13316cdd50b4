import fcntl
import os
import resource
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from sounds import tone
from virtual_microphone import RATE_HZ, Recording, find, loudness_db, samples

from balint_desktop.command import start_child
from balint_desktop.domain.part_marks import DriftMark, GapMark, RedactionMark, UnknownMark
from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.recorder import RecorderState
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part_facts import PlacedMark
from balint_desktop.sealed.reading import PartState, read_part, sha256_of

pytestmark = pytest.mark.audio
LONGEST_END_S = 10.0
# An Opus decoder drops its first samples (RFC 7845, 4.2), and an unended part tells no length to make up for it.
PRE_SKIP_S = 0.01


def test_what_was_said_is_recorded_whole_sealed_and_as_long_as_it_took(microphone, spoken, recording):
    recording.start()
    microphone.play(spoken).wait()
    recording.handle.mark(UnknownMark("a name  to remove"))
    code, lasted_s = recording.stop()

    assert code == 0
    ended, part, played = recording.ended, recording.part(), samples(spoken)
    recorded = samples(part.ogg)
    began_s, alike = find(played, recorded)
    assert alike > 0.95
    assert began_s < 1.0
    assert len(recorded) / RATE_HZ == pytest.approx(lasted_s, abs=0.1)
    assert ended.trouble is None
    assert ended.sha256 == part.facts.sha256 == sha256_of(recording.folder)
    assert ended.sealed_s == pytest.approx(len(recorded) / RATE_HZ, abs=0.001)
    assert part.state is PartState.COMPLETE
    assert part.facts.seconds == ended.sealed_s
    assert (part.facts.device, part.facts.dropped, part.facts.closed) == ("default", 0, True)
    mark, drift = part.facts.marks
    assert mark.mark == UnknownMark("a name to remove")
    assert lasted_s - 0.5 < mark.at_s <= lasted_s
    assert isinstance(drift.mark, DriftMark)
    assert {path.name for path in recording.folder.iterdir()} == {names.AUDIO, names.FACTS}

    # The level is that of speech; ten times a second; and never is more than two seconds of sound unsealed.
    levels = [status.level_db for _, status in recording.statuses]
    assert max(levels) == pytest.approx(-20, abs=10)
    assert len(levels) == pytest.approx(lasted_s * 10, rel=0.15)
    assert max(status.seconds - status.sealed_s for _, status in recording.statuses) < 2.0


def test_off_the_record_is_silence_of_the_same_length(microphone, recording, tmp_path):
    sound = tmp_path / "tone.raw"
    sound.write_bytes(tone(20.0).tobytes())
    raw = ["paplay", "--device=cable", "--raw", "--rate=48000", "--channels=1", "--format=s16le", str(sound)]
    with subprocess.Popen(raw, env=dict(microphone.environment)) as playing:
        recording.start()
        recording.until(lambda: recording.status.level_db > -30)
        recording.until_seconds(1.5)
        recording.handle.pause()
        recording.until(lambda: recording.status.state is RecorderState.PAUSED)
        recording.until_seconds(recording.status.seconds + 1.0)
        recording.handle.resume()
        recording.until(lambda: recording.status.state is RecorderState.RECORDING)
        recording.until_seconds(recording.status.seconds + 1.0)
        code, lasted_s = recording.stop()
        playing.kill()

    assert code == 0
    sound, marks = recording.sound(), recording.part().facts.marks
    assert len(sound) / RATE_HZ == pytest.approx(lasted_s, abs=0.1)
    assert [placed.mark.text for placed in marks[:2]] == ["pause", "resume"]
    from_s, until_s = (mark.at_s for mark in marks[:2])
    assert until_s - from_s == pytest.approx(1.1, abs=0.3)
    # The decoder lets a tone ring on for some hundredths of a second, at a thousandth of its loudness and falling.
    quiet = sound[round((from_s + 0.1) * RATE_HZ) : round((until_s - 0.02) * RATE_HZ)]
    assert loudness_db(quiet) < -80
    assert loudness_db(sound[round((from_s - 0.3) * RATE_HZ) : round((from_s - 0.1) * RATE_HZ)]) > -20
    assert loudness_db(sound[round((until_s + 0.4) * RATE_HZ) :]) > -20
    assert {status.level_db for _, status in recording.statuses if status.state is RecorderState.PAUSED} == {-120.0}


def end_input(child):
    child.stdin.close()


@pytest.mark.parametrize(
    "how",
    [end_input, lambda child: child.send_signal(signal.SIGTERM), lambda child: child.send_signal(signal.SIGHUP)],
    ids=["end of input", "SIGTERM", "SIGHUP"],
)
def test_it_ends_properly_however_it_is_told_and_for_nothing_else(microphone, how, tmp_path):
    key = new_identity()
    with start_child("recorder", "--to", str(tmp_path), "--recipient", key.recipient, "--offset", "12.5") as child:
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        child.stdin.write(b"what?\n\xff\n")
        child.stdin.flush()
        child.stdout.readline()
        how(child)
        last = child.stdout.readlines()[-1]
        code = child.wait(LONGEST_END_S)

    assert code == 0
    assert b'"closed"' in last
    part = read_part(tmp_path, [key.secret])
    assert part.state is PartState.COMPLETE
    assert part.facts.offset_s == 12.5


def test_it_stops_by_itself_after_so_many_seconds(microphone, tmp_path):
    key = new_identity()
    command = [sys.executable, "-m", "balint_desktop", "recorder", "--to", str(tmp_path)]
    held, _ = os.pipe()
    done = subprocess.run([*command, "--recipient", key.recipient, "--seconds", "0.5"], stdin=held, check=False)

    assert done.returncode == 0
    assert len(samples(read_part(tmp_path, [key.secret]).ogg)) / RATE_HZ == pytest.approx(0.5, abs=0.1)


def test_a_killed_recorder_loses_two_seconds_at_most_and_its_end_is_told_once(microphone, spoken, recording):
    recording.start()
    playing = microphone.play(spoken)
    recording.until_seconds(4.0)
    os.kill(recording.handle.pid, signal.SIGKILL)
    assert recording.handle.wait(LONGEST_END_S) == -signal.SIGKILL
    playing.kill()

    ended, part = recording.ended, recording.part()
    assert ended.trouble is TroubleCode.RECORDER_DIED
    assert ended.sha256 is None
    assert part.state is PartState.INTERRUPTED
    recorded = samples(part.ogg)
    assert ended.sealed_s - PRE_SKIP_S <= len(recorded) / RATE_HZ
    assert recording.status.seconds - len(recorded) / RATE_HZ < 2.0
    _, alike = find(recorded[RATE_HZ // 2 :], samples(spoken))
    assert alike > 0.9


def test_a_reader_that_sleeps_does_not_hold_up_the_recording(microphone, tmp_path):
    key = new_identity()
    with start_child("recorder", "--to", str(tmp_path), "--recipient", key.recipient) as child:
        fcntl.fcntl(child.stdout, fcntl.F_SETPIPE_SZ, 4096)
        child.stdout.read(1)
        began_s = time.monotonic()
        unread_until(child.stdout, 4096)
        # The pipe is full. From here on the recorder must go on for as long as another half of the pipe would take.
        full_s = time.monotonic() - began_s
        part = tmp_path / names.AUDIO
        sealed = newest_tail(tmp_path)
        end_s = time.monotonic() + full_s
        while newest_tail(tmp_path) < sealed + 2:
            assert time.monotonic() < end_s, "no tail is written any more"
            part.stat()
        lasted_s = time.monotonic() - began_s
        child.send_signal(signal.SIGTERM)
        code = child.wait(LONGEST_END_S)

    assert code == 0
    assert len(samples(read_part(tmp_path, [key.secret]).ogg)) / RATE_HZ == pytest.approx(lasted_s, abs=0.25)


def unread_until(stream, size):
    """Wait until so many bytes, all but one line, stand unread."""
    end_s = time.monotonic() + 15
    while struct.unpack("i", fcntl.ioctl(stream, termios.FIONREAD, b"\0" * 4))[0] < size - 150:
        assert time.monotonic() < end_s


def newest_tail(folder):
    return max((name.number for name, _ in names.tails(folder)), default=0)


def test_a_muted_microphone_is_told_and_so_is_its_end(microphone, spoken, recording):
    microphone.mute()
    recording.start()
    playing = microphone.play(spoken)
    recording.until_event(Kind.MUTED)
    microphone.mute(muted=False)
    recording.until_event(Kind.UNMUTED)
    playing.kill()

    assert recording.events[0][1].trouble is TroubleCode.MICROPHONE_MUTED
    assert recording.events[1][1].trouble is None


def test_an_unplugged_microphone_is_told_and_the_gap_is_silence(microphone, recording):
    recording.start()
    recording.until_seconds(1.0)
    microphone.unplug()
    recording.until_event(Kind.DEVICE_LOST)
    lost, lost_s = recording.events[-1][1], recording.elapsed_s
    recording.until(lambda: recording.status.state is RecorderState.LOST)
    microphone.plug_in()
    recording.until_event(Kind.DEVICE_BACK)
    recording.until(lambda: recording.status.seconds > recording.elapsed_s - 0.5)
    code, lasted_s = recording.stop()

    assert code == 0
    assert lost.trouble is TroubleCode.MICROPHONE_GONE
    assert 0.5 < lost.sealed_s <= lost_s
    part = recording.part()
    assert len(samples(part.ogg)) / RATE_HZ == pytest.approx(lasted_s, abs=0.1)
    (gap,) = [placed for placed in part.facts.marks if isinstance(placed.mark, GapMark)]
    assert gap.at_s == pytest.approx(1.1, abs=0.4)


def test_sound_that_is_only_held_up_is_neither_lost_nor_counted_twice(microphone, spoken, recording):
    recording.start()
    playing = microphone.play(spoken)
    recording.until(lambda: recording.status.level_db > -40)
    os.kill(recording.handle.pid, signal.SIGSTOP)
    stopped_s = recording.elapsed_s
    while recording.elapsed_s < stopped_s + 1.2:
        playing.poll()
    os.kill(recording.handle.pid, signal.SIGCONT)
    recording.until_seconds(stopped_s + 2.0)
    code, lasted_s = recording.stop()
    playing.kill()

    assert code == 0
    part = recording.part()
    recorded = samples(part.ogg)
    assert len(recorded) / RATE_HZ == pytest.approx(lasted_s, abs=0.1)
    assert not [placed for placed in part.facts.marks if isinstance(placed.mark, GapMark)]
    _, alike = find(samples(spoken), recorded)
    assert alike > 0.9


def test_a_frozen_sound_server_ends_the_part_and_the_process(microphone, recording):
    recording.start()
    recording.until_seconds(0.5)
    microphone.freeze()

    assert recording.handle.wait(LONGEST_END_S) == 1
    assert recording.ended.trouble is TroubleCode.SOUND_SYSTEM_FROZEN
    assert recording.ended.sha256 == sha256_of(recording.folder)
    assert recording.part().state is PartState.COMPLETE


def test_a_frozen_sound_server_is_told_within_two_seconds(microphone, recording):
    recording.start()
    recording.until_seconds(0.5)
    microphone.freeze()
    frozen_s = time.monotonic()
    recording.until_event(Kind.DEVICE_LOST)

    assert recording.events[-1][0] - frozen_s < 2.0


def test_a_sound_server_that_dies_is_told_and_one_that_comes_back_is_heard_in_the_same_part(microphone, recording):
    recording.start()
    recording.until_seconds(1.0)
    microphone.kill_server()
    killed_s = time.monotonic()
    recording.until_event(Kind.DEVICE_LOST)
    assert recording.events[-1][0] - killed_s < 2.0
    microphone.start_server()
    recording.until_event(Kind.GAP)
    code, lasted_s = recording.stop()

    assert code == 0
    assert recording.kinds == [Kind.DEVICE_LOST, Kind.DEVICE_BACK, Kind.GAP, Kind.ENDED]
    gap = recording.events[2][1]
    part = recording.part()
    assert gap.gap_at_s == pytest.approx(1.1, abs=0.4)
    assert [placed.at_s for placed in part.facts.marks if isinstance(placed.mark, GapMark)] == [gap.gap_at_s]
    assert len(samples(part.ogg)) / RATE_HZ == pytest.approx(lasted_s, abs=0.1)


def test_a_recorder_that_stood_still_as_in_a_sleep_keeps_the_sessions_time(microphone, spoken, recording):
    recording.start()
    recording.until_seconds(1.0)
    os.kill(recording.handle.pid, signal.SIGSTOP)
    # Whatever was held up meanwhile is lost with the server, as after a sleep.
    microphone.kill_server()
    stopped_s = recording.elapsed_s
    microphone.start_server()
    while recording.elapsed_s < stopped_s + 3.0:
        recording.handle.wait(0.1)
    os.kill(recording.handle.pid, signal.SIGCONT)
    recording.until_event(Kind.GAP)
    playing = microphone.play(spoken)
    recording.until(lambda: recording.status.level_db > -40)
    recording.until_seconds(recording.status.seconds + 1.0)
    code, lasted_s = recording.stop()
    playing.kill()

    assert code == 0
    assert recording.events[-2][1].gap_s > 3.0
    assert len(samples(recording.part().ogg)) / RATE_HZ == pytest.approx(lasted_s, abs=0.1)


def test_another_source_that_takes_over_silently_is_told_within_two_seconds(microphone, recording):
    microphone.add_another()
    recording.start()
    recording.until_seconds(1.0)
    microphone.move_recorder("othermic")
    moved_s = time.monotonic()
    recording.until_event(Kind.SOURCE_CHANGED)
    assert recording.events[-1][0] - moved_s < 2.0
    assert recording.events[-1][1].trouble is TroubleCode.MICROPHONE_CHANGED
    microphone.move_recorder("mic")
    recording.until(lambda: recording.kinds.count(Kind.SOURCE_CHANGED) == 2)
    assert recording.events[-1][1].trouble is None
    code, _ = recording.stop()

    assert code == 0
    assert recording.part().state is PartState.COMPLETE


def test_a_disk_with_less_than_ten_minutes_left_is_said_and_unsaid(microphone, small_disk):
    recording = Recording(small_disk.folder / "01")
    recording.start()
    small_disk.fill(leaving=2_500_000)
    recording.until_event(Kind.DISK_LOW)
    assert recording.events[-1][1].trouble is TroubleCode.DISK_LOW
    small_disk.make_room()
    recording.until_event(Kind.DISK_ROOM)
    assert recording.events[-1][1].trouble is None
    recording.end()

    assert recording.part().state is PartState.COMPLETE


def test_a_full_disk_keeps_what_is_sealed_and_says_so(microphone, recording):
    recording.start()
    recording.until(lambda: recording.status.sealed_s > 0)
    resource.prlimit(recording.handle.pid, resource.RLIMIT_FSIZE, (1, 1))

    assert recording.handle.wait(LONGEST_END_S) == 1
    assert recording.ended.trouble is TroubleCode.DISK_FULL
    part = recording.part()
    assert part.state is PartState.INTERRUPTED
    assert len(samples(part.ogg)) / RATE_HZ > recording.ended.sealed_s - PRE_SKIP_S > 0.9


def test_a_disk_with_room_for_the_end_alone_gets_it(microphone, recording):
    recording.start()
    recording.until(lambda: recording.status.sealed_s > 0)
    # Less than a tail, which is as long as a chunk of the sealed file, and more than the sound so far.
    resource.prlimit(recording.handle.pid, resource.RLIMIT_FSIZE, (32_768, 32_768))

    assert recording.handle.wait(LONGEST_END_S) == 1
    assert recording.ended.trouble is TroubleCode.DISK_FULL
    assert recording.ended.sha256 == sha256_of(recording.folder)
    part = recording.part()
    assert part.state is PartState.COMPLETE
    assert part.facts.closed


def test_a_dead_parent_ends_the_recording_within_a_second(microphone, tmp_path):
    key = new_identity()
    parent = (
        "import pathlib\n"
        "from balint_desktop.capture.recorder_handle import RecorderHandle\n"
        "from balint_desktop.domain.recorder import PartPlace\n"
        f"place = PartPlace('recording', 1, pathlib.Path({str(tmp_path)!r}), {key.recipient!r})\n"
        "handle = RecorderHandle(place, None, 0.0, lambda status: print(handle.pid, flush=True), print)\n"
        "handle.start()\n"
        "handle.wait(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as started:
        recorder = int(started.stdout.readline())
        started.kill()
    end_s = time.monotonic() + 1.0
    while is_running(recorder):
        assert time.monotonic() < end_s

    assert read_part(tmp_path, [key.secret]).state is PartState.COMPLETE


def test_a_dead_parent_ends_it_properly_although_the_sound_server_stands_still(microphone, tmp_path):
    key = new_identity()
    with start_child("recorder", "--to", str(tmp_path), "--recipient", key.recipient) as child:
        while b'"sealed": 0.0' in child.stdout.readline():
            pass
        microphone.freeze()
        child.stdin.close()
        child.wait(LONGEST_END_S)

    assert read_part(tmp_path, [key.secret]).state is PartState.COMPLETE


def is_running(pid):
    try:
        with Path(f"/proc/{pid}/stat").open(encoding="utf-8") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_the_process_with_the_microphone_has_loaded_neither_windows_nor_vault(microphone, recording):
    recording.start()
    loaded = Path(f"/proc/{recording.handle.pid}/maps").read_text(encoding="utf-8")

    assert "portaudio" in loaded
    assert not [name for name in ("PySide6", "libQt", "numpy", "apsw", "sqlite") if name in loaded]


def test_a_part_that_is_being_recorded_is_not_recorded_twice(microphone, recording, tmp_path):
    recording.start()
    with start_child("recorder", "--to", str(recording.folder), "--recipient", recording.key.recipient) as second:
        out, _ = second.communicate()

    assert second.returncode == 1
    assert b'"part-in-use"' in out
    recording.stop()
    assert recording.part().state is PartState.COMPLETE


def test_marks_are_on_disk_at_once(microphone, recording):
    recording.start()
    recording.handle.mark(RedactionMark(60))
    recording.until_seconds(recording.status.seconds + 0.5)
    os.kill(recording.handle.pid, signal.SIGKILL)
    recording.handle.wait(LONGEST_END_S)

    (mark,) = recording.part().facts.marks
    assert mark == PlacedMark(pytest.approx(0.3, abs=0.3), RedactionMark(60))
