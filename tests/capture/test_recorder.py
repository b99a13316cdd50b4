import fcntl
import os
import resource
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import numpy as np
import pytest
from running import is_running
from sounds import tone
from virtual_microphone import RATE_HZ, Recording, find, loudness_db, pcm, playing, samples
from waiting import GENEROUS_S, wait_until

from balint_desktop.capture import recorder
from balint_desktop.command import start_child
from balint_desktop.domain.part_marks import DriftMark, GapMark, RedactionMark, UnknownMark
from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.recorder import RecorderState
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.reading import PartState, read_part, sha256_of

pytestmark = pytest.mark.audio
# An Opus decoder drops its first samples (RFC 7845, 4.2), and an unended part states no length to make up for it.
PRE_SKIP_S = 0.01


def test_speech_is_recorded_completely_sealed_and_at_its_full_length(microphone, spoken, recording):
    recording.start()
    microphone.play(spoken).wait()
    before_mark_s = recording.status.seconds
    recording.handle.mark(UnknownMark("a name  to remove"))
    code, lasted = recording.stop()

    assert code == 0
    ended, part, played = recording.ended, recording.part(), samples(spoken)
    recorded = samples(part.ogg)
    began_s, alike = find(played, recorded)
    assert alike > 0.95
    assert began_s + len(played) / RATE_HZ < len(recorded) / RATE_HZ
    assert lasted.is_length_of(recorded)
    assert ended.trouble is None
    assert ended.sha256 == part.facts.sha256 == sha256_of(recording.folder)
    assert ended.sealed_s == pytest.approx(len(recorded) / RATE_HZ, abs=0.001)
    assert part.state is PartState.COMPLETE
    assert part.facts.seconds == ended.sealed_s
    assert (part.facts.device, part.facts.dropped, part.facts.closed) == ("default", 0, True)
    mark, drift = part.facts.marks
    assert mark.mark == UnknownMark("a name to remove")
    assert before_mark_s <= mark.at_s <= ended.sealed_s
    assert isinstance(drift.mark, DriftMark)
    assert {path.name for path in recording.folder.iterdir()} == {names.AUDIO, names.FACTS}

    # The level is that of speech; test_recorder_clock.py counts how often it is reported.
    statuses = [status for _, status in recording.statuses]
    assert max(status.level_db for status in statuses) == pytest.approx(-20, abs=10)
    assert sorted(statuses, key=lambda status: (status.seconds, status.sealed_s)) == statuses


def test_off_the_record_is_silence_of_the_same_length(microphone, recording):
    with playing(microphone, tone(1.0).tobytes()):
        recording.start()
        recording.until_loud()
        recording.until_seconds(recording.loud_s + 1.0)
        before_s = recording.status.seconds
        recording.handle.pause()
        recording.until(lambda: recording.status.state is RecorderState.PAUSED)
        recording.until_seconds(recording.status.seconds + 1.0)
        recording.handle.resume()
        recording.until(lambda: recording.status.state is RecorderState.RECORDING and recording.status.level_db > -30)
        recording.until_seconds(recording.status.seconds + 1.0)
        code, lasted = recording.stop()

    assert code == 0
    sound, marks = recording.sound(), recording.part().facts.marks
    assert lasted.is_length_of(sound)
    assert [placed.mark.text for placed in marks[:2]] == ["pause", "resume"]
    from_s, until_s = (mark.at_s for mark in marks[:2])
    assert from_s >= before_s
    assert until_s - from_s > 0.9
    # A decoder lets a tone ring for some hundredths of a second, at a thousandth of its loudness and falling.
    quiet = sound[round((from_s + 0.1) * RATE_HZ) : round((until_s - 0.02) * RATE_HZ)]
    assert loudness_db(quiet) < -80
    assert loudness_db(sound[round((from_s - 0.3) * RATE_HZ) : round((from_s - 0.1) * RATE_HZ)]) > -20
    assert loudness_db(sound[-RATE_HZ // 2 :]) > -20
    assert {status.level_db for _, status in recording.statuses if status.state is RecorderState.PAUSED} == {-120.0}


def end_input(child):
    child.stdin.close()


@pytest.mark.parametrize(
    "how",
    [end_input, lambda child: child.send_signal(signal.SIGTERM), lambda child: child.send_signal(signal.SIGHUP)],
    ids=["end of input", "SIGTERM", "SIGHUP"],
)
def test_it_stops_properly_on_every_stop_request_and_on_nothing_else(microphone, how, tmp_path):
    key = new_identity()
    with start_child("recorder", "--to", str(tmp_path), "--recipient", key.recipient, "--offset", "12.5") as child:
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        child.stdin.write(b"what?\n\xff\n")
        child.stdin.flush()
        child.stdout.readline()
        how(child)
        last = child.stdout.readlines()[-1]
        code = child.wait(GENEROUS_S)

    assert code == 0
    assert b'"closed"' in last
    part = read_part(tmp_path, [key.secret])
    assert part.state is PartState.COMPLETE
    assert part.facts.offset_s == 12.5


def test_it_stops_by_itself_after_the_given_seconds(microphone, tmp_path):
    key = new_identity()
    command = [sys.executable, "-m", "balint_desktop", "recorder", "--to", str(tmp_path)]
    held, _ = os.pipe()
    asked = [*command, "--recipient", key.recipient, "--seconds", "0.5"]
    done = subprocess.run(asked, stdin=held, check=False, timeout=GENEROUS_S)

    assert done.returncode == 0
    part = read_part(tmp_path, [key.secret])
    assert part.state is PartState.COMPLETE
    # Sound that arrives in a burst is accepted at once; test_recorder_clock.py counts how much that may be.
    assert len(samples(part.ogg)) / RATE_HZ > 0.4


def test_a_killed_recorder_loses_nothing_it_reported_as_sealed_and_its_end_is_reported_once(
    microphone, spoken, recording
):
    """test_recorder_clock.py counts how much that is at any moment."""
    with playing(microphone, pcm(spoken)):
        recording.start()
        recording.until_loud()
        recording.until(lambda: recording.status.sealed_s >= recording.loud_s + 3.0)
        os.kill(recording.handle.pid, signal.SIGKILL)
        assert recording.handle.wait(GENEROUS_S) == -signal.SIGKILL

    ended, part = recording.ended, recording.part()
    assert ended.trouble is TroubleCode.RECORDER_DIED
    assert ended.sha256 is None
    assert part.state is PartState.INTERRUPTED
    recorded = samples(part.ogg)
    assert ended.sealed_s - PRE_SKIP_S <= len(recorded) / RATE_HZ
    _, alike = find(recorded[-2 * RATE_HZ :], np.tile(samples(spoken), 2))
    assert alike > 0.9


def test_a_reader_that_sleeps_does_not_delay_the_recording(microphone, tmp_path):
    key = new_identity()
    with start_child("recorder", "--to", str(tmp_path), "--recipient", key.recipient) as child:
        fcntl.fcntl(child.stdout, fcntl.F_SETPIPE_SZ, 4096)
        child.stdout.read(1)
        wait_until(lambda: unread(child.stdout) > 4096 - 150, "a full pipe")
        # From here on the recorder must continue although its output is not read.
        sealed = newest_tail(tmp_path)
        wait_until(lambda: newest_tail(tmp_path) >= sealed + 3, "sound that is sealed meanwhile")
        assert unread(child.stdout) > 4096 - 150
        child.send_signal(signal.SIGTERM)
        code = child.wait(GENEROUS_S)

    assert code == 0
    assert read_part(tmp_path, [key.secret]).state is PartState.COMPLETE


def unread(stream):
    """Return the number of unread bytes in a pipe."""
    return struct.unpack("i", fcntl.ioctl(stream, termios.FIONREAD, b"\0" * 4))[0]


def newest_tail(folder):
    return max((name.number for name, _ in names.tails(folder)), default=0)


def test_a_muted_microphone_is_reported_and_so_is_its_end(microphone, recording):
    microphone.mute()
    with playing(microphone, tone(1.0).tobytes()):
        recording.start()
        recording.until_event(Kind.MUTED)
        microphone.mute(muted=False)
        recording.until_event(Kind.UNMUTED)

    assert recording.reports(Kind.MUTED)[0].trouble is TroubleCode.MICROPHONE_MUTED
    assert recording.reports(Kind.UNMUTED)[0].trouble is None


def test_an_unplugged_microphone_is_reported_and_the_gap_is_silence(microphone, recording):
    recording.start()
    recording.until_seconds(1.0)
    before_s = recording.status.seconds
    microphone.unplug()
    recording.until_event(Kind.DEVICE_LOST)
    recording.until(lambda: recording.status.state is RecorderState.LOST)
    written_s = recording.status.seconds
    microphone.plug_in()
    recording.until_event(Kind.DEVICE_BACK)
    code, lasted = recording.stop()

    assert code == 0
    lost = recording.reports(Kind.DEVICE_LOST)[0]
    assert lost.trouble is TroubleCode.MICROPHONE_GONE
    # All sound heard is sealed before it is reported, except for the page being filled.
    assert before_s - 0.5 < lost.sealed_s <= written_s
    part = recording.part()
    assert lasted.is_length_of(samples(part.ogg))
    gaps = [placed.at_s for placed in part.facts.marks if isinstance(placed.mark, GapMark)]
    assert pytest.approx(written_s, abs=0.01) in gaps


def test_delayed_sound_is_neither_lost_nor_counted_twice(microphone, spoken, recording):
    recording.start()
    voice = microphone.play(spoken)
    recording.until_loud()
    os.kill(recording.handle.pid, signal.SIGSTOP)
    stopped_s = recording.elapsed_s
    wait_until(lambda: recording.elapsed_s > stopped_s + 1.2)
    os.kill(recording.handle.pid, signal.SIGCONT)
    voice.wait()
    code, lasted = recording.stop()

    assert code == 0
    part = recording.part()
    recorded = samples(part.ogg)
    assert lasted.is_length_of(recorded)
    assert not [placed for placed in part.facts.marks if isinstance(placed.mark, GapMark)]
    _, alike = find(samples(spoken), recorded)
    assert alike > 0.9


def test_a_frozen_sound_server_ends_the_part_and_the_process(microphone, recording):
    recording.start()
    recording.until_seconds(0.5)
    microphone.freeze()

    assert recording.handle.wait(GENEROUS_S) == 1
    assert recording.ended.trouble is TroubleCode.SOUND_SYSTEM_FROZEN
    assert recording.ended.sha256 == sha256_of(recording.folder)
    assert recording.part().state is PartState.COMPLETE


def test_a_frozen_sound_server_is_reported_within_two_seconds_of_its_last_sound(microphone, recording):
    recording.start()
    recording.until_seconds(0.5)
    microphone.freeze()
    recording.until_event(Kind.DEVICE_LOST)

    assert silent_turns(recording) * recorder._WAIT_S < 2.0


def silent_turns(recording):
    """Return how often the recorder waited for sound in vain before it reported silence.

    Each time it waits for a quarter of a second. A busy machine lets it look more seldom, and never more often.
    """
    reported_s = next(at_s for at_s, event in recording.events if event.kind is Kind.DEVICE_LOST)
    seconds = [status.seconds for at_s, status in recording.statuses if at_s <= reported_s]
    return seconds.count(seconds[-1]) - 1


def test_a_dead_sound_server_is_reported_and_one_that_returns_is_heard_in_the_same_part(microphone, recording):
    recording.start()
    recording.until_seconds(1.0)
    before_s = recording.status.seconds
    microphone.kill_server()
    recording.until_event(Kind.DEVICE_LOST)
    assert silent_turns(recording) * recorder._WAIT_S < 2.0
    recording.until(lambda: recording.status.state is RecorderState.LOST)
    written_s = recording.status.seconds
    microphone.start_server()
    recording.until_event(Kind.GAP)
    code, lasted = recording.stop()

    assert code == 0
    assert recording.kinds[:3] == [Kind.DEVICE_LOST, Kind.DEVICE_BACK, Kind.GAP]
    gaps = [event.gap_at_s for event in recording.reports(Kind.GAP)]
    part = recording.part()
    assert before_s <= gaps[0] == pytest.approx(written_s, abs=0.01)
    assert [placed.at_s for placed in part.facts.marks if isinstance(placed.mark, GapMark)] == gaps
    assert lasted.is_length_of(samples(part.ogg))


def test_a_recorder_suspended_as_in_a_sleep_stays_on_session_time(microphone, recording):
    recording.start()
    recording.until_seconds(1.0)
    os.kill(recording.handle.pid, signal.SIGSTOP)
    # Delayed sound is lost with the server, as after a sleep.
    microphone.kill_server()
    stopped_s = recording.elapsed_s
    microphone.start_server()
    wait_until(lambda: recording.elapsed_s > stopped_s + 3.0)
    os.kill(recording.handle.pid, signal.SIGCONT)
    recording.until_event(Kind.GAP)
    with playing(microphone, tone(1.0).tobytes()):
        recording.until_loud()
        code, lasted = recording.stop()

    assert code == 0
    assert recording.reports(Kind.GAP)[0].gap_s > 3.0
    assert lasted.is_length_of(recording.sound())


def test_a_silent_switch_to_another_source_is_reported_and_so_is_the_way_back(microphone, recording):
    microphone.add_another()
    recording.start()
    recording.until_seconds(1.0)
    microphone.move_recorder("othermic")
    recording.until_event(Kind.SOURCE_CHANGED)
    microphone.move_recorder("mic")
    recording.until(lambda: len(recording.reports(Kind.SOURCE_CHANGED)) == 2)
    code, _ = recording.stop()

    assert code == 0
    changes = [event.trouble for event in recording.reports(Kind.SOURCE_CHANGED)]
    assert changes == [TroubleCode.MICROPHONE_CHANGED, None]
    assert recording.part().state is PartState.COMPLETE


def test_less_than_ten_minutes_of_disk_space_is_reported_and_cleared(microphone, small_disk):
    recording = Recording(small_disk.folder / "01")
    recording.start()
    small_disk.fill(leaving=2_500_000)
    recording.until_event(Kind.DISK_LOW)
    small_disk.make_room()
    recording.until_event(Kind.DISK_ROOM)
    recording.end()

    assert recording.reports(Kind.DISK_LOW)[0].trouble is TroubleCode.DISK_LOW
    assert recording.reports(Kind.DISK_ROOM)[0].trouble is None
    assert recording.part().state is PartState.COMPLETE


def test_a_full_disk_preserves_what_is_sealed_and_is_reported(microphone, recording):
    recording.start()
    recording.until(lambda: recording.status.sealed_s > 0.9)
    resource.prlimit(recording.handle.pid, resource.RLIMIT_FSIZE, (1, 1))

    assert recording.handle.wait(GENEROUS_S) == 1
    assert recording.ended.trouble is TroubleCode.DISK_FULL
    part = recording.part()
    assert part.state is PartState.INTERRUPTED
    assert len(samples(part.ogg)) / RATE_HZ > recording.ended.sealed_s - PRE_SKIP_S > 0.9


def test_a_disk_with_room_only_for_the_end_still_stores_the_end(microphone, recording):
    recording.start()
    recording.until(lambda: recording.status.sealed_s > 0)
    # Less than a tail, which is as long as a chunk of the sealed file, and more than the sound so far.
    resource.prlimit(recording.handle.pid, resource.RLIMIT_FSIZE, (32_768, 32_768))

    assert recording.handle.wait(GENEROUS_S) == 1
    assert recording.ended.trouble is TroubleCode.DISK_FULL
    assert recording.ended.sha256 == sha256_of(recording.folder)
    part = recording.part()
    assert part.state is PartState.COMPLETE
    assert part.facts.closed


def test_a_dead_parent_ends_the_recording_properly(microphone, tmp_path):
    key = new_identity()
    parent = (
        "import pathlib\n"
        "from balint_desktop.capture.recorder_handle import RecorderHandle\n"
        "from balint_desktop.domain.recorder import PartPlace\n"
        f"place = PartPlace('recording', 1, pathlib.Path({str(tmp_path)!r}), {key.recipient!r})\n"
        "handle = RecorderHandle(place, None, 0.0, lambda status: print(handle.pid, flush=True), print)\n"
        "handle.start()\n"
        f"handle.wait({GENEROUS_S})\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as started:
        child = int(started.stdout.readline())
        started.kill()
    wait_until(lambda: not is_running(child))

    assert read_part(tmp_path, [key.secret]).state is PartState.COMPLETE


def test_a_dead_parent_ends_it_properly_although_the_sound_server_is_frozen(microphone, tmp_path):
    key = new_identity()
    with start_child("recorder", "--to", str(tmp_path), "--recipient", key.recipient) as child:
        while b'"sealed": 0.0' in child.stdout.readline():
            pass
        microphone.freeze()
        child.stdin.close()
        child.wait(GENEROUS_S)

    assert read_part(tmp_path, [key.secret]).state is PartState.COMPLETE


def test_the_process_with_the_microphone_loads_neither_windows_nor_vault(microphone, recording):
    recording.start()
    loaded = Path(f"/proc/{recording.handle.pid}/maps").read_text(encoding="utf-8")

    assert "portaudio" in loaded
    assert not [name for name in ("PySide6", "libQt", "numpy", "apsw", "sqlite") if name in loaded]


def test_a_part_being_recorded_is_not_recorded_twice(microphone, recording, tmp_path):
    recording.start()
    with start_child("recorder", "--to", str(recording.folder), "--recipient", recording.key.recipient) as second:
        out, _ = second.communicate()

    assert second.returncode == 1
    assert b'"part-in-use"' in out
    recording.stop()
    assert recording.part().state is PartState.COMPLETE


def test_marks_are_on_disk_at_once(microphone, recording):
    recording.start()
    facts = recording.folder / names.FACTS
    before, before_s = facts.read_bytes(), recording.status.seconds
    recording.handle.mark(RedactionMark(60))
    wait_until(lambda: facts.read_bytes() != before, "facts that are sealed anew")
    os.kill(recording.handle.pid, signal.SIGKILL)
    recording.handle.wait(GENEROUS_S)

    (mark,) = recording.part().facts.marks
    assert mark.mark == RedactionMark(60)
    # Facts are sealed by themselves once a minute; this mark was no reason to wait for that.
    assert before_s <= mark.at_s < 30.0
