"""A part survives any end of its writer, and opens with stock age after a proper end."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from waiting import wait_until

from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.fingerprint import compute_fingerprint, matches_fingerprint
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts, PlacedMark
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.reading import PartSound, PartState, read_part, sha256_of
from balint_desktop.sealed.stream import CHUNK, SEALED_CHUNK, header_length
from balint_desktop.sealed.tail import pad

KEY = new_identity()
FACTS = PartFacts(
    offset_s=4.5, device="Test microphone", seconds=12.0, marks=(PlacedMark(2.5, parse_mark("phase call")),)
)


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


def written(folder, data, *, close=True, tail=False):
    writer = PartWriter(folder, [KEY.recipient])
    for start in range(0, len(data), 5000):
        writer.write(data[start : start + 5000])
    if tail:
        wait_until(lambda: writer._main.plain_bytes >= len(data) // CHUNK * CHUNK - CHUNK)
        writer.write_tail()
    return writer.close(FACTS) if close else writer


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 77])
def test_a_closed_part_is_one_ordinary_age_file(tmp_path, size):
    data = noise(size)
    closed = written(tmp_path / "01", data)

    key_file = tmp_path / "key.txt"
    key_file.write_text(KEY.secret)
    stock = subprocess.run(
        ["age", "-d", "-i", str(key_file), str(tmp_path / "01" / names.AUDIO)], capture_output=True, check=True
    )

    assert stock.stdout == data
    assert {path.name for path in (tmp_path / "01").iterdir()} == {names.AUDIO, names.FACTS}
    assert closed.sha256 == sha256_of(tmp_path / "01")


def test_a_closed_part_reads_back_with_its_facts(tmp_path):
    closed = written(tmp_path, noise(200_000), tail=True)
    part = read_part(tmp_path, [KEY.secret])
    assert part.state is PartState.COMPLETE
    assert part.ogg == noise(200_000)
    assert part.facts == closed
    assert replace(closed, closed=False, sha256=None) == FACTS


def test_a_strangers_key_opens_nothing(tmp_path):
    written(tmp_path, noise(1000))
    with pytest.raises(Trouble) as caught:
        read_part(tmp_path, [new_identity().secret])
    assert caught.value.code is TroubleCode.WRONG_KEY


def test_a_part_being_written_is_in_use_and_readable_so_far(tmp_path):
    writer = written(tmp_path, noise(100_000), close=False, tail=True)
    part = read_part(tmp_path, [KEY.secret])
    assert part.state is PartState.IN_USE
    assert part.ogg == noise(100_000)
    with pytest.raises(Trouble) as caught:
        PartWriter(tmp_path, [KEY.recipient])
    assert caught.value.code is TroubleCode.PART_IN_USE
    writer.close(FACTS)
    assert read_part(tmp_path, [KEY.secret]).state is PartState.COMPLETE


def test_a_second_recorder_never_overwrites_a_part(tmp_path):
    written(tmp_path, noise(1000))
    with pytest.raises(Trouble):
        PartWriter(tmp_path, [KEY.recipient])
    assert read_part(tmp_path, [KEY.secret]).ogg == noise(1000)


def test_only_the_latest_tail_remains_and_nothing_is_sealed_twice(tmp_path):
    writer = PartWriter(tmp_path, [KEY.recipient])
    writer.write(noise(1000))
    writer.write_tail()
    writer.write_tail()
    assert [str(name) for name, _ in names.tails(tmp_path)] == ["tail-0-1.age"]
    assert writer.sealed_bytes == 1000
    writer.write(noise(500))
    writer.write_tail()
    assert [str(name) for name, _ in names.tails(tmp_path)] == ["tail-0-2.age"]
    assert writer.sealed_bytes == 1500
    writer.close(FACTS)


def test_a_tail_that_cannot_be_written_is_reported_and_forgiven_once_the_part_is_closed(tmp_path, monkeypatch):
    writer = PartWriter(tmp_path, [KEY.recipient])
    real = disk.open_new

    def full(path):
        if path.name.startswith("tail"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path)

    monkeypatch.setattr(disk, "open_new", full)
    writer.write(noise(1000))
    assert writer.failure is None
    writer.write_tail()

    assert (writer.failure.code, writer.failure.details) == (TroubleCode.DISK_FULL, {"folder": str(tmp_path)})
    assert writer.sealed_bytes == 0
    closed = writer.close(FACTS)
    assert read_part(tmp_path, [KEY.secret]) == PartSound(noise(1000), closed, PartState.COMPLETE)


def test_every_tail_has_one_of_two_sizes_whatever_is_said(tmp_path):
    sizes = set()
    for size in (1, 300, 20_000, CHUNK - 9):
        folder = tmp_path / str(size)
        writer = PartWriter(folder, [KEY.recipient])
        writer.write(noise(size))
        writer.write_tail()
        # age adds a random decoy to its header; the sealed data has a fixed length.
        sealed = names.tails(folder)[0][1].read_bytes()
        sizes.add(len(sealed) - header_length(sealed))
        writer.close(FACTS)
    assert sizes == {SEALED_CHUNK}


WRITER = """
import os, sys
from pathlib import Path
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
writer = PartWriter(Path(sys.argv[1]), [sys.argv[2]])
data = Path(sys.argv[3]).read_bytes()
sent = 0
while sent < len(data):
    writer.write(data[sent:sent + 4000]); sent += 4000
    if sent % 20000 == 0:
        writer.write_tail()
        os.write(1, b"%d\\n" % writer.sealed_bytes)
"""


@pytest.mark.parametrize("seed", range(6))
def test_sound_reported_as_sealed_survives_a_kill_at_any_moment(tmp_path, seed):
    data = noise(2_000_000, seed)
    (tmp_path / "data").write_bytes(data)
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "01"), KEY.recipient, str(tmp_path / "data")],
        stdout=subprocess.PIPE,
    )
    with child:
        said = [int(child.stdout.readline()) for _ in range(random.Random(seed).randint(1, 40))]
        os.kill(child.pid, signal.SIGKILL)

    part = read_part(tmp_path / "01", [KEY.secret])

    assert part.state is PartState.INTERRUPTED
    assert len(part.ogg) >= said[-1]
    assert data.startswith(part.ogg)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory):
    """Return a part's folder as a kill leaves it: whole chunks, a tail, no end."""
    folder = tmp_path_factory.mktemp("part")
    writer = written(folder, noise(4 * CHUNK + 1000), close=False, tail=True)
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    writer.close(FACTS)
    return kept


def laid_out(folder, files):
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@settings(max_examples=60)
@given(data=st.data())
def test_a_file_truncated_anywhere_gives_every_whole_chunk_before_that(tmp_path_factory, interrupted, data):
    audio = interrupted[names.AUDIO]
    header = header_length(audio)
    boundaries = [header + n * SEALED_CHUNK + d for n in range(4) for d in (-1, 0, 1)]
    cut = data.draw(st.one_of(st.sampled_from(boundaries), st.integers(0, len(audio))))
    folder = laid_out(tmp_path_factory.mktemp("cut") / "01", {names.AUDIO: audio[:cut]})

    part = read_part(folder, [KEY.secret])

    whole = max(0, cut - header) // SEALED_CHUNK
    assert part.state is PartState.INTERRUPTED
    assert part.ogg == noise(4 * CHUNK + 1000)[: whole * CHUNK]


def test_the_tail_holds_what_no_whole_chunk_holds(tmp_path, interrupted):
    part = read_part(laid_out(tmp_path / "01", interrupted), [KEY.secret])
    assert part.state is PartState.INTERRUPTED
    assert part.ogg == noise(4 * CHUNK + 1000)


def test_a_torn_tail_is_skipped_in_favour_of_an_older_one(tmp_path):
    writer = PartWriter(tmp_path / "a", [KEY.recipient])
    writer.write(noise(1000))
    writer.write_tail()
    older = names.tails(tmp_path / "a")[0][1].read_bytes()
    writer.close(FACTS)
    folder = laid_out(tmp_path / "b", {"tail-0-1.age": older, "tail-0-2.age": older[:-7]})
    assert read_part(folder, [KEY.secret]).ogg == noise(1000)


@pytest.mark.parametrize("chunk", [0, 1, 2])
def test_a_changed_byte_is_damage_and_not_an_interruption(tmp_path, interrupted, chunk):
    audio = bytearray(interrupted[names.AUDIO])
    audio[header_length(audio) + chunk * SEALED_CHUNK + 100] ^= 1
    part = read_part(laid_out(tmp_path / "01", {names.AUDIO: bytes(audio)}), [KEY.secret])
    assert part.state is PartState.DAMAGED
    assert part.ogg == noise(4 * CHUNK + 1000)[: chunk * CHUNK]


def test_removing_the_end_of_a_closed_part_is_damage(tmp_path):
    written(tmp_path, noise(100_000))
    audio = tmp_path / names.AUDIO
    audio.write_bytes(audio.read_bytes()[:-10])
    assert read_part(tmp_path, [KEY.secret]).state is PartState.DAMAGED


def test_facts_that_do_not_open_leave_the_sound_readable(tmp_path):
    written(tmp_path, noise(1000))
    (tmp_path / names.FACTS).write_bytes(b"age-encryption.org/v1\n")
    part = read_part(tmp_path, [KEY.secret])
    assert part.facts is None
    assert part.ogg == noise(1000)


def test_a_recorder_that_died_before_its_first_byte_left_an_empty_part(tmp_path):
    part = read_part(tmp_path, [KEY.secret])
    assert part.state is PartState.INTERRUPTED
    assert part.ogg == b""


def test_a_full_disk_is_reported_and_sealed_sound_is_preserved(tmp_path):
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    writer = PartWriter(tmp_path, [KEY.recipient])
    try:
        writer.write(noise(2 * CHUNK))
        wait_until(lambda: writer._main.plain_bytes >= CHUNK)
        resource.setrlimit(resource.RLIMIT_FSIZE, (SEALED_CHUNK + 4000, limit[1]))
        writer.write(noise(2 * CHUNK))
        wait_until(lambda: writer.failure is not None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)

    assert writer.failure.code is TroubleCode.DISK_FULL
    writer.write_tail()
    with pytest.raises(Trouble):
        writer.close(FACTS)
    part = read_part(tmp_path, [KEY.secret])
    assert part.state is PartState.INTERRUPTED
    assert part.ogg == noise(2 * CHUNK)[:CHUNK]


def test_no_sound_is_unencrypted_on_disk(tmp_path):
    said = b"a sentence that somebody said " * 10_000
    writer = written(tmp_path, said, close=False, tail=True)
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    writer.close(FACTS)
    on_disk += b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"somebody said" not in on_disk
    assert b"Test microphone" not in on_disk


@pytest.mark.parametrize("text", [b"", b"[]", b'{"marks": 3}', b'{"marks": []}', b'{"marks": [{"x": 1}]}'])
def test_invalid_facts_are_refused(text):
    with pytest.raises(Trouble):
        PartFacts.from_json(text)


@pytest.mark.parametrize(
    "expected",
    [
        {"offset_s": "soon"},
        {"offset_s": float("nan")},
        {"seconds": float("inf")},
        {"seconds": True},
        {"seconds": 1e300},
        {"closed": 1},
        {"sha256": 7},
        {"device": None},
        {"dropped": 1.5},
        {"marks": [{"at_s": None, "text": ""}]},
        {"marks": [{"at_s": 1, "text": 1}]},
    ],
)
def test_facts_of_the_wrong_kinds_are_refused(expected):
    facts = json.loads(FACTS.to_json()) | expected

    with pytest.raises(Trouble):
        PartFacts.from_json(json.dumps(facts).encode())


def test_facts_consisting_only_of_brackets_are_refused():
    with pytest.raises(Trouble):
        PartFacts.from_json(b"[" * 200_000)


def test_a_part_with_a_damaged_header_keeps_its_sound(tmp_path):
    written(tmp_path, noise(3 * CHUNK))
    audio = tmp_path / names.AUDIO
    audio.write_bytes(b"X" + audio.read_bytes()[1:])

    part = read_part(tmp_path, [KEY.secret])

    assert part.state is PartState.DAMAGED
    assert part.ogg == noise(3 * CHUNK)


@pytest.mark.parametrize("file", [names.AUDIO, names.FACTS])
def test_a_file_sealed_to_a_stranger_beside_one_sealed_to_us_is_damage_and_not_a_wrong_key(tmp_path, file):
    written(tmp_path, noise(1000))
    (tmp_path / file).write_bytes(seal(noise(1000), [new_identity().recipient]))

    part = read_part(tmp_path, [KEY.secret])

    assert (part.ogg, part.facts is None) == ((b"", False) if file == names.AUDIO else (noise(1000), True))


@pytest.mark.parametrize("size", [0, 1000, CHUNK, 2 * CHUNK + 1000])
@pytest.mark.parametrize("junk", [1, 5000, CHUNK, 2 * SEALED_CHUNK + 9])
def test_junk_appended_after_the_end_costs_nothing_and_is_reported(tmp_path, size, junk):
    written(tmp_path, noise(size))
    audio = tmp_path / names.AUDIO
    audio.write_bytes(audio.read_bytes() + noise(junk, seed=2))

    part = read_part(tmp_path, [KEY.secret])

    assert part.state is PartState.DAMAGED
    assert part.pieces == ((Piece(0, noise(size)),) if size else ())


def test_a_tail_after_a_hole_is_put_in_its_place(tmp_path, interrupted):
    cut = interrupted[names.AUDIO][: header_length(interrupted[names.AUDIO]) + 2 * SEALED_CHUNK]

    part = read_part(laid_out(tmp_path / "01", interrupted | {names.AUDIO: cut}), [KEY.secret])

    assert part.state is PartState.DAMAGED
    (tail,) = part.further
    assert noise(4 * CHUNK + 1000)[tail.offset : tail.end] == tail.plain
    assert tail.end == 4 * CHUNK + 1000


def test_a_tail_fills_the_hole_it_covers(tmp_path, interrupted):
    (name,) = (name for name in interrupted if name.startswith("tail"))
    audio = bytearray(interrupted[names.AUDIO])
    audio[header_length(audio) + 3 * SEALED_CHUNK] ^= 1
    tail = seal(pad(noise(4 * CHUNK + 1000)[3 * CHUNK :]), [KEY.recipient])
    files = {names.AUDIO: bytes(audio), f"tail-{3 * CHUNK}-9.age": tail, name: interrupted[name]}

    part = read_part(laid_out(tmp_path / "01", files), [KEY.secret])

    assert part.ogg == noise(4 * CHUNK + 1000)


@pytest.mark.parametrize("offset", [0, CHUNK, 4 * CHUNK - 1, 4 * CHUNK + 5])
def test_a_tail_that_does_not_follow_is_skipped_and_reported(tmp_path, interrupted, offset):
    (name,) = (name for name in interrupted if name.startswith("tail"))
    files = {names.AUDIO: interrupted[names.AUDIO], f"tail-{offset}-99.age": interrupted[name]}

    part = read_part(laid_out(tmp_path / "01", files), [KEY.secret])

    assert part.state is PartState.DAMAGED
    assert part.tail_contradicts
    assert part.ogg == noise(4 * CHUNK + 1000)[: 4 * CHUNK]


def test_a_bad_sector_costs_only_its_chunk(tmp_path, monkeypatch):
    written(tmp_path, noise(3 * CHUNK))
    real_read, real_bytes, real_open = os.read, Path.read_bytes, Path.open

    class BadDisk(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > CHUNK:
                raise OSError(errno.EIO, "Input/output error")
            return super().read(size)

    def open_file(path, *arguments, **more):
        if path.name != names.AUDIO:
            return real_open(path, *arguments, **more)
        with real_open(path, "rb") as file:
            return BadDisk(file.read())

    def read_bytes(path):
        if path.name == names.AUDIO:
            raise OSError(errno.EIO, "Input/output error")
        return real_bytes(path)

    def read(descriptor, size):
        if size == 4096 and CHUNK < os.lseek(descriptor, 0, os.SEEK_CUR) < CHUNK + 30_000:
            raise OSError(errno.EIO, "Input/output error")
        return real_read(descriptor, size)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(Path, "open", open_file)
    monkeypatch.setattr(os, "read", read)

    part = read_part(tmp_path, [KEY.secret])

    assert (part.state, part.ogg) == (PartState.DAMAGED, noise(3 * CHUNK)[:CHUNK])
    assert [(p.offset, p.plain) for p in part.further] == [(2 * CHUNK, noise(3 * CHUNK)[2 * CHUNK :])]


def test_the_fingerprint_of_a_dead_recorders_part_covers_its_tail(tmp_path, interrupted):
    folder = laid_out(tmp_path / "01", interrupted)
    known = compute_fingerprint(folder)
    assert matches_fingerprint(folder, known)
    ((_, path),) = names.tails(folder)
    path.write_bytes(seal(pad(b"other"), [KEY.recipient]))

    assert not matches_fingerprint(folder, known)


def test_a_tail_that_could_not_be_removed_does_not_invalidate_a_closed_part(tmp_path, interrupted):
    closed = written(tmp_path, noise(1000))
    (tmp_path / "tail-0-1.age").write_bytes(b"left behind")

    assert matches_fingerprint(tmp_path, closed.sha256)
    assert read_part(tmp_path, [KEY.secret]).state is PartState.COMPLETE
