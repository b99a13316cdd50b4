# ruff: noqa: N802  the libraries' functions keep their own names
import ctypes
import struct
from contextlib import closing
from itertools import count

import numpy as np
import pytest
import soundfile
import watermark
from import_cases import CASES, run, written

from balint_desktop.capture.convert_main import convert
from balint_desktop.capture.convert_protocol import Refusal, Refused
from balint_desktop.capture.sound_file import audio_toolbox, media_foundation, mp4, system_sound
from balint_desktop.capture.sound_file.file_bytes import FileBytes
from balint_desktop.capture.sound_file.take import NoSoundError, ReadingAccount
from balint_desktop.domain.import_report import Finding

RATE, CHANNELS = 44_100, 2
SOUND = np.random.default_rng(1).normal(0, 0.1, (40_000, CHANNELS)).astype(np.float32)


def case(name, folder):
    return written(next(one for one in CASES if one.name == name), folder)


def decoded(take):
    return np.concatenate(list(take.blocks()))


# --- the metadata of a file ---


@pytest.mark.parametrize(("name", "kind"), [("m4a", "M4A"), ("mp4-of-a-meeting", "MP4"), ("3gp", "3GP")])
def test_phone_files_report_their_kind_and_length(tmp_path, name, kind):
    with closing(FileBytes(case(name, tmp_path))) as file:
        found, index = mp4.kind(file), mp4.read_index(file)

    assert found == kind
    assert index.seconds == pytest.approx(6.0, abs=0.1)
    assert index.is_all_there


def test_a_truncated_m4a_points_beyond_its_end(tmp_path):
    with closing(FileBytes(case("m4a-cut", tmp_path))) as file:
        assert not mp4.read_index(file).is_all_there


def test_a_truncated_m4a_must_not_be_wiped(tmp_path):
    report = convert(case("m4a-cut", tmp_path), lambda _data: None)

    assert Finding.CUT_SHORT in report.findings
    assert not report.is_complete


# --- which decoder ---


@pytest.mark.parametrize(
    ("platform", "first"),
    [("darwin", "ToolboxTake"), ("win32", "FoundationTake"), ("linux", "FfmpegTake")],
)
def test_the_systems_own_decoder_is_tried_first_and_ffmpeg_last(monkeypatch, platform, first):
    monkeypatch.setattr(system_sound.sys, "platform", platform)
    names = [decoder.__name__ for decoder in system_sound.decoders()]

    assert names[0] == first
    assert names[-1] == "FfmpegTake"


def test_the_next_decoder_is_tried_where_the_first_cannot(tmp_path, monkeypatch):
    def cannot(*_):
        raise NoSoundError

    monkeypatch.setattr(system_sound, "decoders", lambda: (cannot, system_sound.FfmpegTake))

    assert convert(case("m4a", tmp_path), lambda _data: None).is_complete


def test_a_decoder_that_fails_midway_makes_the_file_one_that_must_not_be_wiped(tmp_path, monkeypatch):
    class Failing(system_sound.FfmpegTake):
        def blocks(self):
            blocks = super().blocks()
            yield next(blocks)
            blocks.close()

    monkeypatch.setattr(system_sound, "decoders", lambda: (Failing,))

    report = convert(case("m4a", tmp_path), lambda _data: None)

    assert Finding.LESS_THAN_SAID in report.findings


def test_without_any_decoder_the_kind_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(system_sound, "decoders", tuple)
    monkeypatch.setattr(system_sound, "find_program", lambda _name: None)

    assert convert(case("m4a", tmp_path), print) == Refused(Refusal.UNSUPPORTED, "M4A")


def _opus_at_a_low_bit_rate(path):
    feed = path.with_name("source.wav")
    soundfile.write(feed, watermark.signal(6), 48_000)
    run("ffmpeg", "-y", "-v", "error", "-i", feed, "-c:a", "libopus", "-b:a", "24k", "-application", "audio", path)
    return path


@pytest.mark.parametrize(("name", "words"), [("browser.webm", "matroska"), ("phone.mp4", "mov")])
def test_opus_at_a_low_bit_rate_is_decoded_without_distortion(tmp_path, name, words):
    path = _opus_at_a_low_bit_rate(tmp_path / name)

    sound = decoded(system_sound.FfmpegTake(path, words, ReadingAccount()))[:, 0]

    seconds, peak = [one.second for one in watermark.find(sound)], float(np.abs(sound).max())

    assert seconds == [0, 1, 2, 3, 4, 5]
    assert peak < 0.7


def test_opus_is_still_decoded_by_an_ffmpeg_without_libopus(tmp_path, monkeypatch):
    path = _opus_at_a_low_bit_rate(tmp_path / "browser.webm")
    without = tmp_path / "ffmpeg"
    real = system_sound.find_program("ffmpeg")
    without.write_text(f'#!/bin/sh\ncase " $* " in *libopus*) exit 1;; esac\nexec {real} "$@"\n', encoding="utf-8")
    without.chmod(0o700)
    monkeypatch.setattr(system_sound, "find_program", lambda _name: str(without))

    assert len(decoded(system_sound.FfmpegTake(path, "matroska", ReadingAccount()))) == pytest.approx(
        6 * 48_000, abs=4_800
    )


# --- macOS: the library is a fake that follows the headers ---


class Toolbox:
    def __init__(self, *, opens=True, breaks_at=None):
        self.opens, self.breaks_at = opens, breaks_at
        self.at = self.closed = 0
        self.wanted = None

    def ExtAudioFileOpenURL(self, url, file):
        file._obj.value = 77 if self.opens else None
        return 0 if self.opens else -1

    def ExtAudioFileGetProperty(self, file, key, size, description):
        assert (file.value, key, size._obj.value) == (77, int.from_bytes(b"ffmt", "big"), 40)
        struct.pack_into("=dIIIIIII", description, 0, RATE, int.from_bytes(b"aac ", "big"), 0, 0, 1024, 0, CHANNELS, 0)
        return 0

    def ExtAudioFileSetProperty(self, file, key, size, description):
        self.wanted = struct.unpack_from("=dIIIIIII", description)
        return 0

    def ExtAudioFileRead(self, file, frames, buffers):
        if self.at == self.breaks_at:
            return -50
        one, channels, size, address = struct.unpack("=I4xIIQ", buffers.raw)
        some = SOUND[self.at : self.at + frames._obj.value]
        assert (one, channels) == (1, CHANNELS)
        assert some.nbytes <= size
        ctypes.memmove(address, some.tobytes(), some.nbytes)
        frames._obj.value = len(some)
        self.at += len(some)
        return 0

    def ExtAudioFileDispose(self, file):
        self.closed += 1


class Foundation:
    released = 0

    def CFURLCreateFromFileSystemRepresentation(self, _allocator, name, size, _is_folder):
        assert len(name) == size.value
        return 55

    def CFRelease(self, url):
        self.released += url.value == 55


@pytest.fixture
def toolbox(monkeypatch):
    def use(toolbox):
        libraries = toolbox, Foundation()
        monkeypatch.setattr(audio_toolbox, "_libraries", lambda: libraries)
        return libraries

    return use


def test_audio_toolbox_is_asked_for_floats_and_read_to_the_end(toolbox, tmp_path):
    library, foundation = toolbox(Toolbox())
    take = audio_toolbox.ToolboxTake(tmp_path / "a.m4a", "mov", ReadingAccount())

    assert (take.rate_hz, take.channels) == (RATE, CHANNELS)
    assert np.array_equal(decoded(take), SOUND)
    assert library.wanted == (RATE, int.from_bytes(b"lpcm", "big"), 9, 8, 1, 8, CHANNELS, 32)
    assert (library.closed, foundation.released) == (1, 1)


def test_a_file_that_audio_toolbox_cannot_open_has_no_sound(toolbox, tmp_path):
    _, foundation = toolbox(Toolbox(opens=False))

    with pytest.raises(NoSoundError):
        audio_toolbox.ToolboxTake(tmp_path / "a.m4a", "mov", ReadingAccount())

    assert foundation.released == 1


def test_an_audio_toolbox_error_preserves_the_sound_before_it_and_is_counted(toolbox, tmp_path):
    toolbox(Toolbox(breaks_at=1 << 14))
    account = ReadingAccount()

    sound = decoded(audio_toolbox.ToolboxTake(tmp_path / "a.m4a", "mov", account))

    assert np.array_equal(sound, SOUND[: 1 << 14])
    assert account.errors == 1


def test_without_audio_toolbox_there_is_no_sound(tmp_path):
    with pytest.raises(NoSoundError):
        audio_toolbox.ToolboxTake(tmp_path / "a.m4a", "mov", ReadingAccount())


# --- Windows: COM objects made here, with the tables of methods that its headers give them ---

INTERFACES = {
    "IMFSourceReader": {2: "Release", 4: "SetStreamSelection", 6: "GetCurrentMediaType", 7: "SetCurrentMediaType",
                        9: "ReadSample"},
    "IMFMediaType": {2: "Release", 7: "GetUINT32", 24: "SetGUID"},
    "IMFSample": {2: "Release", 41: "ConvertToContiguousBuffer"},
    "IMFMediaBuffer": {2: "Release", 3: "Lock", 4: "Unlock"},
}  # fmt: skip
ARGUMENTS = {"Release": 0, "SetStreamSelection": 2, "GetCurrentMediaType": 2, "SetCurrentMediaType": 3, "ReadSample": 6,
             "GetUINT32": 2, "SetGUID": 2, "ConvertToContiguousBuffer": 1, "Lock": 3, "Unlock": 0}  # fmt: skip


class Com:
    """An object laid out as in COM: a pointer to a table of pointers to functions."""

    def __init__(self, interface, alive, **methods):
        self._kept = []
        self._alive = alive
        table = (ctypes.c_void_p * 48)()
        for place, name in INTERFACES[interface].items():
            call = methods.get(name, lambda *_: 0) if name != "Release" else self._release
            kind = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, *[ctypes.c_void_p] * ARGUMENTS[name])
            function = kind(lambda _this, *given, call=call: call(*given))
            self._kept.append(function)
            table[place] = ctypes.cast(function, ctypes.c_void_p).value
        self._table = table
        self._object = (ctypes.c_void_p * 1)(ctypes.addressof(table))
        alive.append(self)

    @property
    def address(self):
        return ctypes.addressof(self._object)

    def _release(self):
        self._alive.remove(self)
        return 0


def put(address, kind, value):
    kind.from_address(address).value = value


class Windows:
    """The two libraries, and a reader of SOUND in samples of 4,096 frames."""

    def __init__(self, *, opens=True, breaks_at=None):
        self.opens, self.breaks_at = opens, breaks_at
        self.alive, self.everything = [], []
        self.started = 0
        self.chosen = {}
        self._memory = ctypes.create_string_buffer(SOUND.tobytes(), SOUND.nbytes)
        self._samples = count()

    def _made(self, *given, **methods):
        made = Com(*given, self.alive, **methods)
        self.everything.append(made)
        return made.address

    def MFStartup(self, version, _flags):
        assert version == 0x00020070
        self.started += 1
        return 0

    def MFShutdown(self):
        self.started -= 1

    def MFCreateMediaType(self, kind):
        kind._obj.value = self._made("IMFMediaType", SetGUID=self._set)
        return 0

    def _set(self, key, value):
        self.chosen[ctypes.string_at(key, 16)] = ctypes.string_at(value, 16)
        return 0

    def MFCreateSourceReaderFromURL(self, url, _attributes, reader):
        if not self.opens:
            return -1
        reader._obj.value = self._made("IMFSourceReader", GetCurrentMediaType=self._current, ReadSample=self._read)
        return 0

    def _current(self, _stream, kind):
        numbers = {media_foundation._guid(media_foundation._RATE).raw: RATE,
                   media_foundation._guid(media_foundation._CHANNELS).raw: CHANNELS}  # fmt: skip

        def number(key, value):
            put(value, ctypes.c_uint32, numbers[ctypes.string_at(key, 16)])
            return 0

        put(kind, ctypes.c_void_p, self._made("IMFMediaType", GetUINT32=number))
        return 0

    def _read(self, _stream, _flags, _index, flags, _time, sample):
        at = next(self._samples) * 4096
        if at == self.breaks_at:
            put(flags, ctypes.c_uint32, 1)
            return 0
        if at >= len(SOUND):
            put(flags, ctypes.c_uint32, 2)
            return 0

        def lock(data, _most, size):
            put(data, ctypes.c_void_p, ctypes.addressof(self._memory) + at * 8)
            put(size, ctypes.c_uint32, min(4096, len(SOUND) - at) * 8)
            return 0

        def one_buffer(buffer):
            put(buffer, ctypes.c_void_p, self._made("IMFMediaBuffer", Lock=lock))
            return 0

        put(sample, ctypes.c_void_p, self._made("IMFSample", ConvertToContiguousBuffer=one_buffer))
        return 0


@pytest.fixture
def windows(monkeypatch):
    def use(windows):
        monkeypatch.setattr(media_foundation, "_libraries", lambda: (windows, windows))
        return windows

    return use


def test_media_foundation_is_asked_for_floats_read_to_the_end_and_released(windows, tmp_path):
    library = windows(Windows())
    take = media_foundation.FoundationTake(tmp_path / "a.m4a", "mov", ReadingAccount())

    assert (take.rate_hz, take.channels) == (RATE, CHANNELS)
    assert np.array_equal(decoded(take), SOUND)
    assert library.chosen[media_foundation._guid(media_foundation._SUBTYPE).raw][:4] == b"\3\0\0\0"
    assert (library.alive, library.started) == ([], 0)


def test_a_file_that_media_foundation_cannot_open_has_no_sound(windows, tmp_path):
    library = windows(Windows(opens=False))

    with pytest.raises(NoSoundError):
        media_foundation.FoundationTake(tmp_path / "a.m4a", "mov", ReadingAccount())

    assert (library.alive, library.started) == ([], 0)


def test_a_media_foundation_error_preserves_the_sound_before_it_and_is_counted(windows, tmp_path):
    library = windows(Windows(breaks_at=8192))
    account = ReadingAccount()

    sound = decoded(media_foundation.FoundationTake(tmp_path / "a.m4a", "mov", account))

    assert np.array_equal(sound, SOUND[:8192])
    assert account.errors == 1
    assert (library.alive, library.started) == ([], 0)


def test_without_media_foundation_there_is_no_sound(tmp_path):
    with pytest.raises(NoSoundError):
        media_foundation.FoundationTake(tmp_path / "a.m4a", "mov", ReadingAccount())
