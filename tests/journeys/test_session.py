"""A whole session through the real window with the virtual microphone, verified with third-party tools.

The rehearsal leads it: first start, a group, getting ready, seven phases at real speed, a pause, a mark, a presenter,
a stop, the debrief. What is checked here is read with stock age, stock ffmpeg and the log itself.
"""

from __future__ import annotations

import re
import subprocess

import numpy as np
import pytest
from readme import at_terminal, into_file, lines_that_open

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.values import MarkKind
from balint_desktop.recordings.timeline import STRIKE_MARGIN_S
from balint_desktop.sealed.reading import read_part
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.vault import OpenVault

pytestmark = [pytest.mark.journey, pytest.mark.audio, pytest.mark.xdist_group("rehearsal")]
RATE = 48_000
THINNED = 12
# The start of a part is known to half a second; silenced stretches have a margin of that.
BEGINS_WITHIN_S = STRIKE_MARGIN_S
_SAID = re.compile(r"^ *(\d+):(\d\d)  (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def kept(rehearsed):
    """Return the session's facts, its final state, and its parts from the log."""
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
    """Open the recording by the lines in the README, with a stock reader of Ogg Opus instead of the player."""
    opened = tmp_path_factory.mktemp("opened") / "audio.opus"
    lines = into_file(lines_that_open(rehearsed.vault, rehearsed.recording.name), opened)
    assert at_terminal(lines, rehearsed.passphrase + "\n", asks="assphrase") == 0
    return samples_of(opened)


@pytest.fixture(scope="module")
def marks(rehearsed):
    """Return the marks stored in the part itself, by name, in its own seconds."""
    secret = secret_by_passphrase(rehearsed.vault, rehearsed.passphrase)
    key = read_key(rehearsed.recording, [one.secret for one in secret.identities])
    return {placed.mark.text: placed.at_s for placed in read_part(rehearsed.recording / "01", [key.secret]).facts.marks}


def samples_of(path):
    decode = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
    out = subprocess.run(decode, capture_output=True, check=True).stdout
    return np.frombuffer(out, "<i2").astype(float) / 32768


def rms(sound):
    return float(np.sqrt(np.mean(sound**2)))


def test_the_rehearsal_completes_and_reports_success(rehearsed):
    assert (rehearsed.code, rehearsed.errors) == (0, ""), rehearsed.said
    assert "FAILED" not in rehearsed.said
    assert "off the record" in rehearsed.said
    for phase in ("Open and frame", "Call for a case", "Group reflects", "Presenter returns", "Close"):
        assert phase in rehearsed.said
    assert len(list((rehearsed.folder / "pictures").glob("*.png"))) == 10
    assert (rehearsed.folder / "recording.opus").stat().st_size > 50_000


def test_the_log_holds_the_facts_at_the_right_offsets(rehearsed, kept):
    """An act happens after its planned second and is reported as soon as it is done: it lies in between."""
    row, facts, state, _recording, broken = kept
    assert row.closed
    assert row.prompts_shown > 0
    assert broken is None
    assert [entry.phase for entry in state.entries] == list(range(7))
    said_at_s = {words: int(m) * 60 + int(s) for m, s, words in _SAID.findall(rehearsed.said)}
    phases, whole_s = state.format.phases, state.format.length_s
    (pause,), (mark,) = state.recording.off_record, state.moments
    acts = [(entry.at_s, phases[entry.phase].from_s, phases[entry.phase].title) for entry in state.entries[1:]]
    acts += [
        (mark.at_s, whole_s * 0.25, "Marked: name to remove"),
        (pause.from_s, whole_s * 0.375, "Off the record"),
        (pause.until_s, whole_s * 0.475, "On the record again"),
        (state.ended_s, whole_s, "The session has ended; still recording"),
    ]
    for at_s, planned_s, words in acts:
        assert planned_s - BEGINS_WITHIN_S < at_s < said_at_s[words] + 1, words
    assert state.presenters == {1: "P2"}
    assert mark.mark is MarkKind.NAME_TO_REMOVE
    assert not state.recording.lost
    assert isinstance(facts[0], f.Began)
    assert {mark.at_s for mark in state.marks} == {mark.planned_s for mark in state.marks}


def test_the_recording_is_as_long_as_its_recorder_and_the_log_report(heard, kept):
    _row, _facts, state, recording, _broken = kept
    (part,) = state.recording.parts
    seconds = len(heard) / RATE
    assert seconds == pytest.approx(recording.parts[0].seconds, abs=0.1)
    assert seconds == pytest.approx(part.span.until_s - part.span.from_s, abs=2 * BEGINS_WITHIN_S)


def test_the_pause_is_silent_in_the_recording(heard, kept, marks):
    _row, _facts, state, _recording, _broken = kept
    (pause,) = state.recording.off_record
    paused_s, resumed_s = marks["pause"], marks["resume"]
    assert resumed_s - paused_s == pytest.approx(pause.until_s - pause.from_s, abs=2 * BEGINS_WITHIN_S)
    # A decoder lets sound ring for some hundredths of a second.
    inside = heard[round((paused_s + 0.1) * RATE) : round((resumed_s - 0.02) * RATE)]
    assert len(inside) > RATE
    assert rms(inside) < 1e-4
    assert rms(heard[: round(paused_s * RATE)]) > 0.01


def test_the_sound_played_is_in_the_recording(rehearsed, heard, marks):
    """Find each second in the played sound. A busy machine may drop a moment, so the middle one counts."""
    played = samples_of(rehearsed.folder / "what-was-played.wav")
    starts = range(RATE, round((marks["pause"] - 1.5) * RATE), RATE)
    assert len(starts) > 2
    thin = thinned(played)
    alike = [likeness(heard[start : start + RATE], played, thin) for start in starts]
    assert np.median(alike) > 0.97


def thinned(sound):
    """Return sound at a twelfth of its rate: enough to locate it, and far quicker."""
    return sound[: len(sound) // THINNED * THINNED].reshape(-1, THINNED).mean(axis=1)


def likeness(piece, played, thin):
    """Return the correlation of a piece with the most similar place in the played sound."""
    size = 1 << int(np.ceil(np.log2(len(thin) + len(piece))))
    product = np.fft.rfft(thin, size) * np.conj(np.fft.rfft(thinned(piece), size))
    about = int(np.argmax(np.fft.irfft(product, size)[: len(thin) - len(piece) // THINNED])) * THINNED
    near = range(max(0, about - THINNED), min(about + THINNED, len(played) - len(piece)) + 1)
    return max(np.corrcoef(played[at : at + len(piece)], piece)[0, 1] for at in near)


def test_the_fingerprint_in_the_log_is_that_of_the_files(rehearsed, kept):
    _row, _facts, _state, recording, _broken = kept
    out = subprocess.run(
        ["sha256sum", str(rehearsed.recording / "01" / "audio.opus.age")], capture_output=True, text=True, check=True
    )
    assert out.stdout.split()[0] == recording.parts[0].sha256


def test_nothing_stored_is_unencrypted(rehearsed):
    """No word of the group, the note or the keys is in any file, except for the rehearsal's own exports."""
    on_disk = b"".join(path.read_bytes() for path in (rehearsed.folder / "data" / "vault").rglob("*") if path.is_file())
    for secret in ("Rehearsal group", "student support line", "a machine's", rehearsed.passphrase, "OggS", "SQLite"):
        assert secret.encode() not in on_disk
    assert {path.name for path in (rehearsed.recording / "01").iterdir()} == {"audio.opus.age", "facts.json.age"}


def test_files_are_readable_by_their_owner_only(rehearsed):
    for path in rehearsed.vault.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
