"""The sealed files of a transcript: what is written is read back, a kill loses nothing, nothing is readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from killing import deaths_of

from balint_desktop.domain.transcript.editing import joined, retyped, split
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict
from balint_desktop.domain.transcript.pieces import SpeechPiece
from balint_desktop.domain.transcript.plan import EngineChoice, TranscriptionPlan
from balint_desktop.domain.transcript.transcript import PAGE_MS, UNKNOWN, Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.recording import create_recording
from balint_desktop.vault.transcript_files import TranscriptFiles

CHOICE = EngineChoice("an engine", "tiny.en", "1a5a", "en", {"temperature": 0.0})
PLAN = TranscriptionPlan(
    CHOICE, ((0, 9_000),), ((500, 8_000),), (SpeechPiece(500, 4_000, 3_000), SpeechPiece(4_000, 8_000, 4_000))
)
OTHER = TranscriptionPlan(CHOICE, ((0, 8_000),), ((500, 8_000),), (SpeechPiece(500, 8_000, 7_000),))


def heard(number, text="whānau"):
    return HeardPiece(number, 1_000 * number, 1_000 * number + 900, Verdict.UNDERSTOOD, (HeardWord(text, 1, 2, 0.25),))


def turn(turn_id, at_ms, *texts, speaker=UNKNOWN):
    words = tuple(Word(text, at_ms + 10 * n, at_ms + 10 * n + 8) for n, text in enumerate(texts))
    return Turn(turn_id, speaker, at_ms, at_ms + 10 * len(texts), words)


class Sealed:
    """A transcript's folder, and its key."""

    def __init__(self, folder):
        self.reader = new_identity()
        self.folder = folder
        self.key = create_recording(folder, [self.reader.recipient])

    def open(self):
        return TranscriptFiles(self.folder, self.key)


@pytest.fixture
def sealed(tmp_path):
    return Sealed(tmp_path / "transcript")


def test_pieces_are_read_back_until_they_are_joined_and_afterwards(sealed):
    files = sealed.open()
    files.begin(PLAN)
    files.add(heard(1))
    files.add(heard(0))

    assert sealed.open().plan() == PLAN
    assert sealed.open().heard() == {0: heard(0), 1: heard(1)}
    assert files.finish_heard() == (heard(0), heard(1))
    assert sealed.open().heard() == {0: heard(0), 1: heard(1)}
    assert sealed.open().machine_text() == (heard(0), heard(1))
    assert not (sealed.folder / "heard").exists()
    assert files.finish_heard() == (heard(0), heard(1))


def test_another_plan_drops_what_was_heard_by_the_first(sealed):
    files = sealed.open()
    files.begin(PLAN)
    files.add(heard(0))
    files.finish_heard()
    files.begin(OTHER)

    assert sealed.open().plan() == OTHER
    assert sealed.open().heard() == {}
    assert sealed.open().machine_text() is None


def test_only_the_page_that_has_changed_is_written(sealed):
    files = sealed.open()
    text = Transcript((turn(1, 1_000, "one"), turn(2, PAGE_MS + 1_000, "two"), turn(3, 3 * PAGE_MS, "three")))
    files.write_transcript(text)
    pages = {path.name: path.stat().st_mtime_ns for path in (sealed.folder / "text").iterdir()}
    files.write_transcript(retyped(text, 2, ["two", "more"]))

    assert sorted(pages) == ["001.json.age", "002.json.age", "004.json.age"]
    assert {
        path.name for path in (sealed.folder / "text").iterdir() if path.stat().st_mtime_ns != pages[path.name]
    } == {"002.json.age"}
    assert sealed.open().text() == retyped(text, 2, ["two", "more"])


def words_of(transcript):
    return [word.text for one in transcript.turns for word in one.words]


@pytest.mark.parametrize("edit", ["split over a page", "joined over a page"])
def test_a_kill_before_any_disk_operation_of_a_save_leaves_the_text_before_or_after(tmp_path, edit):
    long = Turn(1, UNKNOWN, PAGE_MS - 20, PAGE_MS + 20, turn(1, PAGE_MS - 20, "a", "b", "c", "d").words)
    whole = Transcript((turn(7, 5, "first"), long, turn(9, 2 * PAGE_MS, "last")))
    parted = split(whole, 1, 2)
    before, after = (whole, parted) if edit == "split over a page" else (parted, joined(parted, parted.turns[2].id))

    def make(number):
        world = Sealed(tmp_path / f"{edit}-{number}")
        world.open().write_transcript(before)
        return world

    def act(world):
        files = world.open()
        files.text()
        files.write_transcript(after)

    def check(world):
        assert world.open().text() in {before, after}

    assert deaths_of(make, act, check) > 8
    assert words_of(before) == words_of(after)


def test_a_kill_before_any_disk_operation_of_joining_loses_no_piece(tmp_path):
    def make(number):
        world = Sealed(tmp_path / str(number))
        world.open().begin(PLAN)
        for piece in (0, 1):
            world.open().add(heard(piece))
        return world

    def check(world):
        assert world.open().heard() == {0: heard(0), 1: heard(1)}
        assert world.open().finish_heard() == (heard(0), heard(1))

    assert deaths_of(make, lambda world: world.open().finish_heard(), check) > 4


def test_what_was_listened_to_is_read_back(sealed):
    files = sealed.open()
    assert files.listened() == Listened()
    files.write_listened(Listened().with_span(1_000, 5_000))

    assert sealed.open().listened() == Listened(((1_000, 5_000),))


def test_no_word_of_it_is_readable_on_the_disk_and_no_length_tells_how_much_was_said(sealed):
    files = sealed.open()
    files.begin(PLAN)
    files.add(heard(0, "watermelon"))
    files.add(heard(1, "it"))
    files.write_transcript(Transcript((turn(1, 0, "watermelon"), turn(2, PAGE_MS, "it", "is", "long", "enough"))))
    stored = [path.read_bytes() for path in sealed.folder.rglob("*.age")]

    assert all(data.startswith(b"age-encryption.org/v1\n") for data in stored)
    assert not any(b"watermelon" in data for data in stored)
    # The library adds a stanza of random length to each.
    sizes = [path.stat().st_size for folder in ("heard", "text") for path in (sealed.folder / folder).iterdir()]
    assert {size // 4096 for size in sizes} == {1}


@pytest.mark.parametrize("name", ["plan.json.age", "text/001.json.age", "heard/0001.age", "listened.json.age"])
@pytest.mark.parametrize("how", ["cut short", "of another key", "of another format"])
def test_a_damaged_file_is_said_to_be_damaged(sealed, name, how):
    files = sealed.open()
    files.begin(PLAN)
    files.add(heard(0))
    files.write_transcript(Transcript((turn(1, 0, "one"),)))
    files.write_listened(Listened(((0, 5),)))
    path = sealed.folder / name
    if how == "cut short":
        path.write_bytes(path.read_bytes()[:-7])
    elif how == "of another key":
        other = Sealed(sealed.folder.parent / "other").open()
        other._write(path, b"{}")
    else:
        files._write(path, b'{"version":1,"turns":[[1]],"pieces":3,"listened":[4]}')
    with pytest.raises(Trouble) as raised:
        _read_all(sealed.open())

    assert raised.value.code is TroubleCode.TRANSCRIPT_DAMAGED


def _read_all(files):
    files.plan()
    files.heard()
    files.text()
    files.listened()


@given(st.lists(st.tuples(st.integers(0, 5 * PAGE_MS), st.lists(st.text(max_size=5), max_size=3)), max_size=12))
def test_any_text_is_read_back_as_it_was(tmp_path_factory, rows):
    sealed = Sealed(tmp_path_factory.mktemp("any") / "transcript")
    ordered = sorted(rows)
    text = Transcript(
        tuple(turn(n, at, *texts, speaker=Speaker("P4")) for n, (at, texts) in enumerate(ordered, start=1))
    )
    sealed.open().write_transcript(text)

    assert sealed.open().text() == text


def test_without_its_secret_hearing_goes_on_to_the_end_and_nothing_stored_can_be_read(sealed):
    first = sealed.open()
    first.begin(PLAN)
    first.add(heard(0))
    files = sealed.open()
    files.drop_secret()
    files.add(heard(1))
    with pytest.raises(Trouble) as raised:
        files.text()

    assert raised.value.code is TroubleCode.VAULT_LOCKED
    assert (files.plan(), files.heard()) == (PLAN, {0: heard(0), 1: heard(1)})
    assert files.finish_heard() == (heard(0), heard(1))
    files.write_transcript(Transcript((turn(1, 0, "one"),)))
    assert sealed.key.secret not in repr(vars(files))
    assert sealed.open().machine_text() == (heard(0), heard(1))
    assert sealed.open().text() == Transcript((turn(1, 0, "one"),))


@pytest.mark.parametrize("name", ["text/002.json.age", "heard/0002.age"])
def test_a_file_that_goes_while_the_others_are_read_is_damage_and_no_shorter_text(sealed, monkeypatch, name):
    files = sealed.open()
    files.begin(PLAN)
    files.add(heard(0))
    files.add(heard(1))
    files.write_transcript(Transcript((turn(1, 0, "one"), turn(2, PAGE_MS, "two"))))
    read = disk.read_small_file

    def reads(path):
        if path == sealed.folder / name:
            path.unlink()
        return read(path)

    monkeypatch.setattr(disk, "read_small_file", reads)
    with pytest.raises(Trouble) as raised:
        _read_all(sealed.open())

    assert raised.value.code is TroubleCode.TRANSCRIPT_DAMAGED


def test_a_secret_that_was_dropped_is_dropped_again_without_reading_anything(sealed):
    files = sealed.open()
    files.begin(PLAN)
    files.add(heard(0))
    files.drop_secret()
    files.drop_secret()

    assert files.heard() == {0: heard(0)}
