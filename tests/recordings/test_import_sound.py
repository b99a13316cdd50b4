import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
import soundfile
from bad_vaults import files
from clocks import WoundClock
from kept_vaults import keep_session, kept, vault
from small_disk import small_disk
from sounds import opus

from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.import_report import Finding, ImportReport
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.duration import duration_s
from balint_desktop.recordings.import_sound import register_import, seal_converted
from balint_desktop.recordings.redact_vault import RedactionResult, VaultRedaction
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.recordings.timeline import StretchKind
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import new_identity
from balint_desktop.vault.import_recording import begin_import
from balint_desktop.vault.secret import new_secret
from balint_desktop.vault.vault import OpenVault

__all__ = ["kept", "small_disk", "vault"]


class Ready:
    """Sound that is converted already; `trouble` is raised after it if set."""

    def __init__(self, ogg, *, findings=(), trouble=None):
        seconds = duration_s(ogg)
        self._ogg, self._trouble = ogg, trouble
        self.report = ImportReport("WAV", seconds, seconds, findings=findings)

    def chunks(self):
        for at in range(0, len(self._ogg), 5000):
            yield self._ogg[at : at + 5000]
        if self._trouble is not None:
            raise self._trouble


@pytest.fixture
def session(vault):
    return vault.log.sessions.sessions()[0].id


def imported(vault, session, sound, offset_s=0.0, name="ZOOM0001.WAV"):
    pending = begin_import(vault, session, offset_s)
    sealed = seal_converted(pending, sound)
    register_import(vault, pending, sealed, name, WoundClock())
    return pending.recording, sealed


def opened(vault, recording):
    shelf = RecordingService(vault, None, None)
    return shelf.open(shelf.source(recording))


def wav(path, seconds=4.0):
    at = np.arange(round(seconds * 44_100)) / 44_100
    soundfile.write(path, np.stack([np.sin(2 * np.pi * 440 * at) * 0.4] * 2, axis=1), 44_100)
    return path


def test_a_file_becomes_a_recording_of_its_session_that_opens(vault, session, tmp_path):
    recording, sealed = imported(vault, session, ConvertedSound(wav(tmp_path / "ZOOM0001.WAV")))

    found = opened(vault, recording)
    row = vault.log.recordings.recording(recording)
    assert found.listed.condition is Condition.COMPLETE
    assert abs(found.listed.seconds - 4.0) < 0.05
    assert (found.listed.group, found.listed.number) == ("Wednesday group", 3)
    assert row.session == session
    assert row.parts[0].sha256 == sealed.sha256
    assert vault.log.audit.rows()[-1].act == "recording-brought-in"
    assert (
        RecordingService(vault, None, None).verify(RecordingService(vault, None, None).source(recording)).condition
        is Condition.COMPLETE
    )


@pytest.mark.parametrize("offset_s", [0.0, 90.0])
def test_it_is_placed_on_the_sessions_clock_as_the_user_says_whatever_the_laptop_recorded(vault, session, offset_s):
    recording, _ = imported(vault, session, Ready(opus(3.0)), offset_s)

    found = opened(vault, recording)

    assert found.joined.from_s == offset_s
    assert (
        RecordingService(vault, None, None).read_summary(RecordingService(vault, None, None).source(recording)).seconds
        == 3.0
    )


def test_sound_redacted_in_the_room_is_silent_in_it_too(vault, session):
    # The session's facts redact 62 s to 64 s.
    recording, _ = imported(vault, session, Ready(opus(10.0)), 58.0)

    redacted = [s for s in opened(vault, recording).joined.stretches if s.kind is StretchKind.STRUCK]

    assert [(round(s.from_s, 3), round(s.until_s, 3)) for s in redacted] == [(61.5, 64.5)]


def test_the_laptops_recording_is_unchanged(kept, vault, session):
    before = opened(vault, kept.recording).joined
    imported(vault, session, Ready(opus(3.0)), 90.0)

    assert opened(vault, kept.recording).joined == before


def test_it_is_sealed_to_the_groups_readers_alone(tmp_path):
    study = new_identity()
    kept = keep_session(tmp_path / "other", this_vault_reads=False, readers=[Reader("study", study.recipient)])
    vault = kept.made.open()
    try:
        recording, _ = imported(vault, vault.log.sessions.sessions()[0].id, Ready(opus(1.0)))
        with pytest.raises(Trouble) as raised:
            opened(vault, recording)
    finally:
        vault.close()

    assert raised.value.code is TroubleCode.WRONG_KEY


# --- trouble on the way ---


def nothing_came(vault, kept):
    assert [row.id for row in vault.log.recordings.recordings()] == [kept.recording]
    assert list(vault.recording_folders()) == [kept.recording]
    assert list(vault.places.import_staging.iterdir()) == []


def test_a_file_that_fails_midway_leaves_nothing(vault, kept, session):
    bad = Ready(opus(3.0), trouble=Trouble(TroubleCode.SOUND_UNREADABLE, name="a.wav"))

    with pytest.raises(Trouble) as raised:
        imported(vault, session, bad)

    assert raised.value.code is TroubleCode.SOUND_UNREADABLE
    nothing_came(vault, kept)


def test_a_truncated_file_is_imported_as_far_as_it_goes_and_reported(vault, session):
    recording, sealed = imported(vault, session, Ready(opus(3.0), findings=(Finding.CUT_SHORT,)))

    (row,) = vault.log.transfers.to_wipe()
    assert row.report == sealed.report
    assert row.report.findings == (Finding.CUT_SHORT,)
    assert not row.report.is_complete
    assert opened(vault, recording).listed.imported == row
    assert abs(sealed.seconds - 3.0) < 0.01


def test_less_sealed_than_read_is_damage_whatever_the_cause(vault, session):
    sound = Ready(opus(3.0))
    sound.report = ImportReport("WAV", 5.0, 5.0)

    _, sealed = imported(vault, session, sound)

    assert (sealed.report.kept_s, sealed.report.findings) == (3.0, (Finding.DAMAGED,))


def test_a_child_without_a_final_report_has_converted_nothing(vault, kept, session):
    silent = Ready(opus(3.0))
    silent.report = None

    with pytest.raises(Trouble) as caught:
        imported(vault, session, silent)

    assert caught.value.code is TroubleCode.CHILD_FAILED
    nothing_came(vault, kept)


def test_redacted_time_in_a_session_with_two_recordings_is_counted_once(vault, kept, session):
    # The laptop's recording has 2 s redacted, which the handheld heard too.
    imported(vault, session, Ready(opus(10.0)), 58.0)

    assert VaultRedaction(vault, RecordingService(vault, None, None)).cut_all() == RedactionResult(
        2, pytest.approx(2.0)
    )


def test_a_disk_that_fills_up_midway_leaves_nothing(small_disk):
    kept = keep_session(small_disk.folder / "data")
    vault = kept.made.open()
    noise = np.random.default_rng(3).integers(0, 256, 17_000_000, dtype="u1").tobytes()
    try:
        with pytest.raises(Trouble) as raised:
            imported(vault, vault.log.sessions.sessions()[0].id, Ready(opus(1.0) + noise))
        assert raised.value.code is TroubleCode.DISK_FULL
        nothing_came(vault, kept)
    finally:
        vault.close()


def test_nothing_of_it_is_ever_unencrypted_on_disk(vault, session, tmp_path):
    pending = begin_import(vault, session, 0.0)
    seen = []

    class Watched(Ready):
        def chunks(self):
            for chunk in super().chunks():
                yield chunk
                seen.append(b"".join(files(vault.folder).values()))

    seal_converted(pending, Watched(opus(60.0)))

    assert seen
    assert not any(b"OggS" in data or b"OpusHead" in data for data in seen)


_KILLED = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from balint_desktop.domain.import_report import ImportReport
    from balint_desktop.recordings.import_sound import register_import, seal_converted
    from balint_desktop.vault import opening
    from balint_desktop.vault.import_recording import begin_import
    from balint_desktop.vault.vault import OpenVault
    from clocks import WoundClock
    from sounds import opus

    vault = OpenVault(Path({vault!r}), opening.secret_by_recovery_key(Path({vault!r}), {key!r}), WoundClock())
    left = {after}
    plain, plain_replace = os.fsync, Path.replace
    def counts(call):
        def dying(*given):
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given)
        return dying
    os.fsync, Path.replace = counts(plain), counts(plain_replace)
    class Sound:
        report = ImportReport("WAV", 60.0, 60.0)
        def chunks(self):
            yield opus(60.0)
    pending = begin_import(vault, vault.log.sessions.sessions()[0].id, 0.0)
    register_import(vault, pending, seal_converted(pending, Sound()), "ZOOM0001.WAV", WoundClock())
"""


@pytest.mark.parametrize("after", [0, 2, 5, 8, 10, 12, 13, 14, 15, 16, 17, 18, 20, 40])
def test_killed_at_any_step_the_import_is_complete_or_absent(kept, after):
    code = _KILLED.format(
        tests=str(Path(__file__).parents[1]),
        vault=str(kept.made.folder),
        key=kept.made.recovery_key,
        after=after,
    )
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False, capture_output=True)
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr
    assert after < 40 or ended.returncode == 0

    vault = kept.made.open()
    try:
        known = {row.id for row in vault.log.recordings.recordings()}
        assert set(vault.recording_folders()) == known
        for recording in known:
            assert opened(vault, recording).listed.condition is Condition.COMPLETE
        assert not vault.places.import_staging.exists() or not list(vault.places.import_staging.iterdir())
        assert len(known) == 1 + len(vault.log.transfers.to_wipe())
    finally:
        vault.close()


def test_a_vault_with_another_key_recovers_nothing(kept, vault, session):
    begin_import(vault, session, 0.0)
    vault.close()

    with pytest.raises(Trouble):
        OpenVault(kept.made.folder, new_secret(), WoundClock())

    assert len(list((kept.made.folder / "bringing-in").iterdir())) == 1
    kept.made.open().close()
    assert list((kept.made.folder / "bringing-in").iterdir()) == []


def test_an_import_that_the_log_does_not_take_leaves_nothing(vault, kept, session):
    pending = begin_import(vault, session, 0.0)
    sealed = seal_converted(pending, Ready(opus(1.0)))
    vault.log._database.run("PRAGMA query_only = ON")

    with pytest.raises(Trouble) as raised:
        register_import(vault, pending, sealed, "ZOOM0001.WAV", WoundClock())
    vault.log._database.run("PRAGMA query_only = OFF")

    assert raised.value.code is TroubleCode.DISK_READ_ONLY
    nothing_came(vault, kept)


def test_an_import_that_the_log_has_keeps_its_files_until_the_vault_is_opened_again(vault, kept, session, monkeypatch):
    def refuse(_path):
        raise Trouble(TroubleCode.DISK_FULL, folder="there")

    pending = begin_import(vault, session, 0.0)
    sealed = seal_converted(pending, Ready(opus(1.0)))
    monkeypatch.setattr(disk, "make_private_folder", refuse)
    with pytest.raises(Trouble) as raised:
        register_import(vault, pending, sealed, "ZOOM0001.WAV", WoundClock())
    monkeypatch.undo()

    assert raised.value.code is TroubleCode.DISK_FULL
    assert [path.name for path in vault.places.import_staging.iterdir()] == [pending.recording]
    vault.close()
    again = kept.made.open()
    assert opened(again, pending.recording).listed.condition is Condition.COMPLETE
    again.close()
