"""The self-test of an installed program: it passes here, and each step notices what it is there for."""

from __future__ import annotations

import json

import pytest

from balint_desktop import i18n
from balint_desktop.cli.main import main
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.rehearsal.self_test import sound, steps
from balint_desktop.rehearsal.self_test.steps import SelfTest, StepFailed

KEYS = ["files", "window", "create", "record", "sealed", "open", "import"]


def test_this_program_passes_and_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    code = main(["doctor", "--self-test", "--json"])

    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["id"], one["ok"]) for one in found] == [(key, True) for key in KEYS]
    assert code == 0
    assert list(tmp_path.iterdir()) == []


def fails_at(monkeypatch, key, error):
    """Let every step pass at once but one."""

    def step():
        raise error

    names = {"files": "_files", "window": "_window", "create": "_create", "record": "_record", "sealed": "_sealed"}
    names |= {"open": "_open", "import": "_import"}
    for each, name in names.items():
        monkeypatch.setattr(SelfTest, name, lambda _self, each=each: step() if each == key else "passed")


def test_after_a_failure_the_steps_that_need_it_are_not_run_and_the_exit_code_says_so(monkeypatch, capsys):
    fails_at(monkeypatch, "record", Trouble(TroubleCode.RECORDER_DIED))

    code = main(["doctor", "--self-test"])

    out, err = capsys.readouterr()
    assert [line.split(" ")[0] for line in out.splitlines()] == ["ok", "ok", "ok", "FAILED", "not", "not", "not"]
    assert "The recorder stopped unexpectedly." in out.splitlines()[3]
    assert (code, err) == (1, "This installation does not work: recording. Install the app again.\n")


@pytest.mark.parametrize("error", [StepFailed("no"), OSError(2, "no"), ValueError("no"), KeyError("no")])
def test_whatever_a_step_raises_is_its_finding(monkeypatch, tmp_path, error):
    fails_at(monkeypatch, "files", error)

    first, *others = SelfTest(tmp_path).run()

    assert (first.holds, "no" in first.detail) == (False, True)
    assert {one.holds for one in others} == {None}


def test_a_window_that_ends_with_an_error_is_reported_with_its_last_line(monkeypatch, tmp_path):
    class Child:
        returncode = 134

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def communicate(self, timeout):
            return b"", b"qt.qpa.plugin: something\nThis application failed to start.\n"

    monkeypatch.setattr(steps, "start_child", lambda *_, **__: Child())

    with pytest.raises(StepFailed, match=r"^This application failed to start\.$"):
        SelfTest(tmp_path)._window()


@pytest.mark.parametrize("plain", [b"....OggS....", b"SQLite format 3\0"])
def test_a_vault_with_sound_or_log_unencrypted_fails(tmp_path, plain):
    vault = tmp_path / "data" / "vault"
    vault.mkdir(parents=True)
    (vault / "log.db").write_bytes(b"sealed")
    assert SelfTest(tmp_path)._sealed()
    (vault / "left").write_bytes(plain)

    with pytest.raises(StepFailed, match="left"):
        SelfTest(tmp_path)._sealed()


PLAYED = sound.played_sound(48_000).tobytes()
HALF_S = 48_000


@pytest.mark.parametrize(
    ("wrong", "pcm"),
    [
        (0, PLAYED),
        (0, PLAYED + bytes(9600)),
        (6, b""),
        (3, bytes(len(PLAYED))),
        (6, PLAYED[HALF_S:] + PLAYED[:HALF_S]),
        (2, PLAYED[: 4 * HALF_S]),
    ],
    ids=["the same", "a little longer", "none", "silence", "shifted by a turn", "cut off"],
)
def test_a_loss_or_a_shift_of_the_sound_is_counted(wrong, pcm):
    assert sound.wrong_turns(pcm) == wrong


def test_in_german_too_the_outcome_and_the_step_are_two_words(monkeypatch, capsys):
    fails_at(monkeypatch, "open", StepFailed("nein"))
    monkeypatch.setattr("balint_desktop.cli.main.use_language", lambda _arguments: i18n.use(("de",)))
    try:
        main(["doctor", "--self-test"])
    finally:
        i18n.use(("en",))

    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[-3:]] == [
        ["ok", "Versiegelung:"],
        ["FEHLER", "Öffnen:"],
        ["entfällt", "Import:"],
    ]
