"""A redaction interrupted at any moment: the recording opens, raises no alarm, and is redacted in the end."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cut_off
import pytest
from cut_off import Faults, Killed, crash_first_part, cut_all
from kept_vaults import keep_session

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.trouble import Trouble
from balint_desktop.ogg.cut import silence_spans
from balint_desktop.ogg.duration import duration_s, whole_pages
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition, PendingRedaction
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import unseal
from balint_desktop.sealed.reading import read_part
from balint_desktop.vault.log.audit import AuditAct

SPAN = (1.5, 4.58)
NEVER = 1 << 30


@pytest.fixture(scope="module", params=["closed", "crashed"])
def template(request, tmp_path_factory):
    kept = keep_session(tmp_path_factory.mktemp("template") / "data")
    if request.param == "crashed":
        crash_first_part(kept)
    return kept


@pytest.fixture
def kept(template, tmp_path):
    return copied(template, tmp_path)


def copied(template, folder):
    shutil.copytree(template.data, folder / "data")
    return replace(template, data=folder / "data", made=replace(template.made, folder=folder / "data" / "vault"))


class Watch:
    """Keeps the old files open, so that their bytes can be examined after they are unlinked."""

    def __init__(self, kept):
        vault = kept.made.open()
        self.kept = kept
        self.key = vault.recording_key(kept.recording)
        vault.close()
        self.part = kept.folder / "01"
        self.ogg = whole_pages(read_part(self.part, [self.key.secret]).ogg)
        self.old = [os.open(path, os.O_RDONLY) for path in self.part.iterdir() if path.name != names.FACTS]

    def is_overwritten(self):
        return all(set(os.pread(fd, 1 << 24, 0)) <= {0} for fd in self.old)

    def close(self):
        for descriptor in self.old:
            os.close(descriptor)

    def check_readable(self, vault):
        """Check that all readable sound is there, without an alarm."""
        shelf = RecordingService(vault, open_pcm, encode_pcm)
        (sources,) = shelf.sources()
        verdict = shelf.verify(sources)
        assert verdict.condition in {Condition.COMPLETE, Condition.INTERRUPTED}
        sounds = shelf.open(sources).sounds
        assert whole_pages(sounds[1]) in {self.ogg, silence_spans(self.ogg, [SPAN])}
        assert duration_s(sounds[2]) == pytest.approx(4.0)
        if any(row.act == AuditAct.PART_CUT for row in vault.log.audit.rows()):
            self.check_cut(vault)

    def check_cut(self, vault):
        """Check that the old sound is nowhere, and the log records it once."""
        assert self.is_overwritten()
        assert sorted(path.name for path in self.part.iterdir()) == [names.AUDIO, names.FACTS]
        assert unseal((self.part / names.AUDIO).read_bytes(), [self.key.secret]) == silence_spans(self.ogg, [SPAN])
        shelf = RecordingService(vault, open_pcm, encode_pcm)
        assert shelf.read_summary(shelf.sources()[0]).pending_redaction is PendingRedaction.NOTHING
        assert shelf.verify(shelf.sources()[0]).condition is Condition.COMPLETE
        assert [row.act for row in vault.log.audit.rows()].count(AuditAct.PART_CUT) == 1
        assert vault.log.audit.broken_at() is None
        assert vault.log.redactions.pending() == ()


@pytest.fixture(scope="module")
def operations(template, tmp_path_factory):
    """Return every file operation in a redaction, in order."""
    kept = copied(template, tmp_path_factory.mktemp("operations"))
    vault = kept.made.open()
    with pytest.MonkeyPatch.context() as patched:
        faults = Faults(patched, kept.folder, NEVER, "before")
        cut_all(vault)
    vault.close()
    return faults.seen


def test_a_redaction_consists_of_operations_that_the_tests_can_stop(operations):
    assert set(operations) == {"open", "write", "fsync", "link", "replace", "unlink"}
    assert len(operations) > 16


@pytest.mark.parametrize("how", ["refused", "before", "half"])
def test_whatever_file_operation_it_stops_at(template, operations, tmp_path, monkeypatch, how):
    """Stopping before an operation equals stopping after the one before it. Only writes can be half done."""
    for at, name in enumerate(operations, start=1):
        if how == "half" and name not in {"write", "fsync"}:
            continue
        kept = copied(template, tmp_path / str(at))
        watching = Watch(kept)
        vault = kept.made.open()
        with monkeypatch.context() as patched:
            faults = Faults(patched, kept.folder, at, how)
            with contextlib.suppress(Killed, Trouble):
                cut_all(vault)
        vault.close()
        assert faults.seen[at - 1] == name

        vault = kept.made.open()
        watching.check_readable(vault)
        cut_all(vault)
        watching.check_cut(vault)
        vault.close()
        watching.close()


def test_an_interrupted_redaction_copied_elsewhere_loses_no_sound(kept, monkeypatch, tmp_path):
    """A copy has no hard links: the old sound is there twice, and where it has a tail the tail still counts."""
    vault = kept.made.open()
    with monkeypatch.context() as patched:
        Faults(patched, kept.folder, 5, "after")
        with pytest.raises(Killed):
            cut_all(vault)
    vault.close()
    assert (kept.folder / "01" / names.AUDIO).samefile(kept.folder / "01" / names.OUTGOING)

    copy = copied(kept, tmp_path / "copy")
    assert not (copy.folder / "01" / names.AUDIO).samefile(copy.folder / "01" / names.OUTGOING)
    watching = Watch(copy)
    assert duration_s(watching.ogg) > 5
    vault = copy.made.open()
    cut_all(vault)
    sound = read_part(copy.folder / "01", [watching.key.secret])
    vault.close()
    watching.close()

    assert sound.ogg == silence_spans(watching.ogg, [SPAN])
    assert sorted(path.name for path in (copy.folder / "01").iterdir()) == [names.AUDIO, names.FACTS]


def killed(kept, after_s):
    """Let a process redact, and return whether it was killed before it finished."""
    root = Path(cut_off.__file__).parent
    done = subprocess.run(
        [sys.executable, cut_off.__file__, str(kept.made.folder), str(after_s)],
        input=kept.made.secret.to_text(),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root.parent), str(root)])},
        text=True,
        check=False,
    )
    assert done.returncode in {0, -signal.SIGALRM}
    return done.returncode != 0


def test_killed_repeatedly_the_redaction_completes_in_the_end(template, tmp_path):
    ended = []
    for turn in range(24):
        kept = copied(template, tmp_path / str(turn))
        watching = Watch(kept)
        ended.append(killed(kept, 0.002 + turn * 0.004))
        vault = kept.made.open()
        watching.check_readable(vault)
        cut_all(vault)
        watching.check_cut(vault)
        vault.close()
        watching.close()
    assert any(ended), "the steps are too long for this machine"
