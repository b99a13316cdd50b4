"""A second hearing: three ways at most, from what may be heard alone, stopped at once, the same again each time."""

from __future__ import annotations

import threading

import pytest
from played_engine import COMMAND
from small_models import model_folder as small_folder
from spoken import joined, silence, spoken
from transcript_values import transcript, turn
from transcription.heard import engine_command, own_code_first
from transcription_material import model_folder
from waiting import GENEROUS_S

from balint_desktop.domain.transcript.second_hearing import PlaceToHear
from balint_desktop.domain.transcript.transcript import Transcript, Turn, Word, WordKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.library.spellings import shipped_spellings
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch
from balint_desktop.transcription.job import ModelToUse
from balint_desktop.transcription.listen_again import ListeningTask, SecondHearing

PROMPT = shipped_spellings().prompt


class Sound:
    """Sound in memory that notes what was read of it."""

    def __init__(self, pcm=b""):
        self.pcm, self.read_ms, self.is_closed, self.started = pcm, [], False, threading.Event()

    def start(self):
        self.started.set()

    def read(self, part, at, frames):
        self.read_ms.append((at // 48, (at + frames) // 48))
        return self.pcm[2 * at : 2 * (at + frames)] or bytes(2 * frames)

    def close(self):
        self.is_closed = True


def recording(*stretches):
    """Return a recording of these stretches, from and until in seconds, with what each is."""
    return JoinedRecording(tuple(TimelineStretch(kind, begin, end, 1, begin) for begin, end, kind in stretches))


WHOLE = recording((0, 60, StretchKind.SOUND))


def task(folder, joined_recording=WHOLE, **changed):
    defaults = {
        "command": COMMAND,
        "language": "en",
        "check_model": lambda: ModelToUse("small.en", folder, "0"),
        "sound": Sound(),
        "prompt": PROMPT,
    }
    return ListeningTask(joined_recording, **(defaults | changed))


def not_understood(from_ms, until_ms):
    word = Word("", from_ms, until_ms, kind=WordKind.NOT_UNDERSTOOD)
    return Transcript((Turn(1, "unknown", from_ms, until_ms, (word,)),))


@pytest.fixture
def folder(tmp_path):
    return small_folder(tmp_path / "model")


def test_each_hearing_is_reported_before_it_and_gives_a_reading(folder):
    reports = []
    readings = SecondHearing(task(folder), not_understood(0, 4_000), PlaceToHear(1, 0, 1)).run(
        lambda number, many: reports.append((number, many))
    )

    assert reports == [(1, 3), (2, 3), (3, 3)]
    # The engine that plays along writes the first word of its prompt, and how many bytes it was given.
    assert [reading.text for reading in readings] == ["word 528000", "word 672000", "whānau 528000"]
    assert {reading.until_ms for reading in readings} == {4_000}


def test_in_another_language_than_english_no_words_are_given_before(folder):
    readings = SecondHearing(task(folder, language="de"), not_understood(0, 4_000), PlaceToHear(1, 0, 1)).run()

    assert [reading.text for reading in readings] == ["word 528000", "word 672000", "word 422400"]


def test_no_millisecond_of_what_may_not_be_heard_is_read(folder):
    sound = Sound()
    kinds = (StretchKind.OFF_RECORD, StretchKind.STRUCK, StretchKind.GAP, StretchKind.DAMAGED)
    gaps = [(20 + 2 * at, 22 + 2 * at, kind) for at, kind in enumerate(kinds)]
    made = recording((0, 20, StretchKind.SOUND), *gaps, (28, 60, StretchKind.SOUND))
    SecondHearing(task(folder, made, sound=sound), not_understood(19_000, 29_500), PlaceToHear(1, 0, 1)).run()

    assert sound.read_ms
    assert all(until <= 20_000 or begin >= 28_000 for begin, until in sound.read_ms)


def test_where_nothing_may_be_heard_no_engine_is_started(folder):
    made = recording((0, 20, StretchKind.SOUND), (20, 30, StretchKind.GAP))
    started = task(folder, made, check_model=lambda: pytest.fail("a model was asked for"))

    assert SecondHearing(started, not_understood(21_000, 25_000), PlaceToHear(1, 0, 1)).run() == ()


def test_the_sound_is_dropped_and_the_engine_ended_afterwards(folder):
    sound = Sound()
    hearing = SecondHearing(task(folder, sound=sound), not_understood(1_000, 3_000), PlaceToHear(1, 0, 1))
    hearing.run()

    assert sound.is_closed
    assert hearing._engine._process.poll() is not None


def test_stopped_it_ends_at_once_and_has_no_readings(folder, tmp_path):
    gate = tmp_path / "gate"
    gate.mkdir()
    sound = Sound()
    hearing = SecondHearing(
        task(folder, command=[*COMMAND, str(gate)], sound=sound), not_understood(1_000, 3_000), PlaceToHear(1, 0, 1)
    )
    begun, ended = threading.Event(), []
    thread = threading.Thread(target=lambda: ended.append(hearing.run(lambda *_: begun.set())))
    thread.start()
    assert begun.wait(GENEROUS_S)
    hearing.stop()
    thread.join(GENEROUS_S)

    assert ended == [None]
    assert sound.is_closed


def test_stopped_before_it_began_it_starts_nothing(folder):
    hearing = SecondHearing(task(folder), not_understood(1_000, 3_000), PlaceToHear(1, 0, 1))
    hearing.stop()

    assert hearing.run() is None
    assert hearing._engine.pid is None


def test_an_engine_that_fails_is_said_in_words_of_its_own(folder):
    (folder / "model.bin").unlink()
    with pytest.raises(Trouble) as raised:
        SecondHearing(task(folder), not_understood(1_000, 3_000), PlaceToHear(1, 0, 1)).run()

    assert raised.value.code is TroubleCode.LISTENING_FAILED


# --- the real engine ---


def hear_really(pcm, text, place):
    own_code_first()
    made = task(
        model_folder(),
        recording((0, len(pcm) / 48_000, StretchKind.SOUND)),
        command=engine_command(),
        sound=Sound(pcm.tobytes()),
    )
    return SecondHearing(made, text, place).run()


def test_the_real_engine_hears_a_word_of_te_reo_with_the_list_before_it_and_the_same_again():
    before, word, after = spoken("My patient and the"), spoken("mokopuna", voice="mi"), spoken("were there with us.")
    pcm = joined(before, word, after, silence(1))
    begin, end = len(before) // 48, (len(before) + len(word)) // 48
    words = (
        *turn(1, "My patient and the", 0).words,
        Word("locking", begin, end, 0.2),
        *turn(1, "were there with us.", end + 100).words,
    )
    text = transcript(Turn(1, "P4", 0, words[-1].until_ms, words))
    first = hear_really(pcm, text, PlaceToHear(1, 4, 5))

    assert "mokopuna" in " ".join(reading.text for reading in first).casefold()
    assert hear_really(pcm, text, PlaceToHear(1, 4, 5)) == first


def test_the_real_engine_does_not_invent_in_silence():
    assert hear_really(silence(12), not_understood(2_000, 6_000), PlaceToHear(1, 0, 1)) == ()
