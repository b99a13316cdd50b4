"""A whole session through the real window with the virtual microphone, looked at afterwards with other people's tools.

The rehearsal leads it: first start, a group, getting ready, seven phases at real speed, a pause, a mark, a presenter,
a stop, the debrief. What is checked here is read with stock age, stock ffmpeg and the log itself.
"""

from __future__ import annotations

import subprocess

import numpy as np
import pytest
from readme import at_terminal, into_file, lines_that_open

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.values import MarkKind
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.vault import OpenVault

pytestmark = [pytest.mark.journey, pytest.mark.audio]
RATE = 48_000
REAL_S = 0.35
"""How far an act may lie from its planned second: the hand that rehearses looks for each button first."""


@pytest.fixture(scope="module")
def kept(rehearsed):
    """Return the session's facts, where it stood at the last, and its parts by the log."""
    vault = OpenVault(rehearsed.vault, secret_by_passphrase(rehearsed.vault, rehearsed.passphrase), SystemClock())
    (row,) = vault.log.sessions.sessions()
    facts = vault.log.sessions.facts(row.id)
    session_format = parse_format(row.setting.format_text)
    (recording,) = vault.log.recordings.recordings()
    broken = vault.log.audit.broken_at()
    vault.close()
    return row, facts, replay(session_format, facts), recording, broken


@pytest.fixture(scope="module")
def heard(rehearsed, tmp_path_factory):
    """Open the recording by the lines in the README, with a stock reader of Ogg Opus in place of the player."""
    opened = tmp_path_factory.mktemp("opened") / "audio.opus"
    lines = into_file(lines_that_open(rehearsed.vault, rehearsed.recording.name), opened)
    assert at_terminal(lines, rehearsed.passphrase + "\n", asks="assphrase") == 0
    return samples_of(opened)


def samples_of(path):
    decode = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
    out = subprocess.run(decode, capture_output=True, check=True).stdout
    return np.frombuffer(out, "<i2").astype(float) / 32768


def rms(sound):
    return float(np.sqrt(np.mean(sound**2)))


def test_the_rehearsal_goes_through_and_says_so(rehearsed):
    assert (rehearsed.code, rehearsed.errors) == (0, ""), rehearsed.said
    assert "FAILED" not in rehearsed.said
    assert "0:15 to 0:19: off the record" in rehearsed.said
    for phase in ("Open and frame", "Call for a case", "Group reflects", "Presenter returns", "Close"):
        assert phase in rehearsed.said
    assert len(list((rehearsed.folder / "pictures").glob("*.png"))) == 10
    assert (rehearsed.folder / "recording.opus").stat().st_size > 50_000


def test_the_log_holds_the_facts_at_the_right_offsets(kept):
    row, facts, state, _recording, broken = kept
    assert row.closed
    assert row.prompts_shown > 0
    assert broken is None
    assert [entry.phase for entry in state.entries] == list(range(7))
    for entry in state.entries:
        assert entry.at_s == pytest.approx(state.format.phases[entry.phase].from_s, abs=REAL_S)
    assert state.ended_s == pytest.approx(state.format.length_s, abs=REAL_S)
    assert state.presenters == {1: "P2"}
    assert [moment.mark for moment in state.moments] == [MarkKind.NAME_TO_REMOVE]
    assert state.moments[0].at_s == pytest.approx(state.format.length_s * 0.25, abs=REAL_S)
    (pause,) = state.recording.off_record
    assert pause.from_s == pytest.approx(state.format.length_s * 0.375, abs=REAL_S)
    assert pause.until_s == pytest.approx(state.format.length_s * 0.475, abs=2 * REAL_S)
    assert not state.recording.lost
    assert isinstance(facts[0], f.Began)
    assert {mark.at_s for mark in state.marks} == {mark.planned_s for mark in state.marks}


def test_the_recording_has_the_right_length_within_100_ms(heard, kept):
    _row, _facts, state, recording, _broken = kept
    (part,) = state.recording.parts
    seconds = len(heard) / RATE
    assert seconds == pytest.approx(part.span.until_s - part.span.from_s, abs=0.1)
    assert seconds == pytest.approx(recording.parts[0].seconds, abs=0.1)


def test_the_pause_is_silence_in_it(heard, kept):
    _row, _facts, state, _recording, _broken = kept
    begin = state.recording.parts[0].span.from_s
    (pause,) = state.recording.off_record
    edge = 0.35
    inside = heard[round((pause.from_s - begin + edge) * RATE) : round((pause.until_s - begin - edge) * RATE)]
    assert len(inside) > RATE
    assert rms(inside) < 1e-4
    around = heard[: round((pause.from_s - begin) * RATE)]
    assert rms(around) > 0.01


def test_what_was_played_is_in_it(rehearsed, heard, kept):
    """Look up each second in what was played. A busy machine may swallow a moment, so the middle one counts."""
    _row, _facts, state, _recording, _broken = kept
    played = samples_of(rehearsed.folder / "what-was-played.wav")
    (pause,) = state.recording.off_record
    begin = state.recording.parts[0].span.from_s
    starts = range(RATE, round((pause.from_s - begin - 1.5) * RATE), RATE)
    assert len(starts) > 8
    alike = [likeness(heard[start : start + RATE], played) for start in starts]
    assert np.median(alike) > 0.97


def likeness(piece, played):
    """Return the correlation of a piece with the place in what was played that is most like it."""
    size = 1 << int(np.ceil(np.log2(len(played) + len(piece))))
    product = np.fft.rfft(played, size) * np.conj(np.fft.rfft(piece, size))
    at = int(np.argmax(np.fft.irfft(product, size)[: len(played) - len(piece)]))
    return np.corrcoef(played[at : at + len(piece)], piece)[0, 1]


def test_the_fingerprint_in_the_log_is_the_files(rehearsed, kept):
    _row, _facts, _state, recording, _broken = kept
    out = subprocess.run(
        ["sha256sum", str(rehearsed.recording / "01" / "audio.opus.age")], capture_output=True, text=True, check=True
    )
    assert out.stdout.split()[0] == recording.parts[0].sha256


def test_nothing_that_was_kept_is_in_clear(rehearsed):
    """No word of the group, the note or the keys is in any file, but for what the rehearsal itself takes out."""
    on_disk = b"".join(path.read_bytes() for path in (rehearsed.folder / "data" / "vault").rglob("*") if path.is_file())
    for secret in ("Rehearsal group", "student support line", "a machine's", rehearsed.passphrase, "OggS", "SQLite"):
        assert secret.encode() not in on_disk
    assert {path.name for path in (rehearsed.recording / "01").iterdir()} == {"audio.opus.age", "facts.json.age"}


def test_files_are_for_their_owner_only(rehearsed):
    for path in rehearsed.vault.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
