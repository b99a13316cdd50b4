"""Passphrase work is done in a child, which answers with a secret or with a code."""

from __future__ import annotations

import io
import json
import queue
import subprocess
import sys
from types import SimpleNamespace

import pytest
from vaults import PASSPHRASE

from balint_desktop.command import own_command
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault import opening, secret_child, unlock_main
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.secret_child import request, request_later
from balint_desktop.vault.secret_work import SecretRequest, SecretTask, handle_request, parse_answer

NEW = "another nine herons, not quiet"


def test_the_child_opens_the_vault(made):
    result = request(SecretRequest(SecretTask.OPEN, str(made.folder), PASSPHRASE))
    assert VaultSecret.from_text(result) == made.secret


def test_a_wrong_passphrase_is_returned_as_its_trouble(made):
    received = queue.Queue()
    request_later(SecretRequest(SecretTask.OPEN, str(made.folder), "not it"), received.put, received.put).join()
    trouble = received.get_nowait()
    assert trouble.code is TroubleCode.WRONG_PASSPHRASE
    assert received.empty()


def test_the_opened_secret_is_returned_once(made):
    received = queue.Queue()
    key = SecretRequest(SecretTask.OPEN_BY_KEY, str(made.folder), made.recovery_key)
    request_later(key, received.put, received.put).join()
    assert VaultSecret.from_text(received.get_nowait()) == made.secret
    assert received.empty()


def test_a_vault_is_created_and_its_passphrase_changed(tmp_path):
    folder = str(tmp_path / "vault")
    clock = SystemClock()
    key = parse_answer(handle_request(SecretRequest(SecretTask.MAKE, folder, new=PASSPHRASE), clock))
    secret = opening.secret_by_recovery_key(tmp_path / "vault", key)
    assert (
        parse_answer(handle_request(SecretRequest(SecretTask.CHANGE, folder, PASSPHRASE, NEW), clock))
        == secret.to_text()
    )
    assert parse_answer(handle_request(SecretRequest(SecretTask.OPEN, folder, NEW), clock)) == secret.to_text()
    assert (
        parse_answer(handle_request(SecretRequest(SecretTask.REPLACE, folder, key, PASSPHRASE), clock))
        == secret.to_text()
    )


@pytest.mark.parametrize("task", [SecretTask.MAKE, SecretTask.CHANGE, SecretTask.REPLACE])
def test_a_weak_passphrase_is_never_set(tmp_path, task):
    with pytest.raises(Trouble) as caught:
        parse_answer(handle_request(SecretRequest(task, str(tmp_path / "v"), "x", "password"), SystemClock()))
    assert caught.value.code is TroubleCode.WEAK_PASSPHRASE


def test_a_silent_child_is_a_trouble_and_not_a_crash():
    with pytest.raises(Trouble) as caught:
        parse_answer(b"")
    assert caught.value.code is TroubleCode.CHILD_FAILED


def test_a_child_that_cannot_start_is_reported(made, monkeypatch):
    def refuse(*_arguments):
        raise OSError("no memory")

    monkeypatch.setattr(secret_child, "start_child", refuse)
    received = queue.Queue()
    request_later(SecretRequest(SecretTask.OPEN, str(made.folder), PASSPHRASE), received.put, received.put).join()
    assert received.get_nowait().code is TroubleCode.CHILD_FAILED
    assert received.empty()


def test_a_child_without_a_task_ends():
    assert subprocess.run(own_command("unlock"), input=b"", check=False, capture_output=True).returncode == 1


def test_printing_reveals_no_passphrase():
    assert "herons" not in repr(SecretRequest(SecretTask.OPEN, "f", PASSPHRASE, NEW))


def answered(monkeypatch, line):
    """Let the child's main read a line in this process; return its exit code and what it wrote."""
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    return unlock_main.main([]), out.getvalue()


def test_the_child_answers_one_request_in_one_line(made, monkeypatch):
    asked = SecretRequest(SecretTask.OPEN_BY_KEY, str(made.folder), made.recovery_key)
    code, line = answered(monkeypatch, asked.to_json() + b"and no more")

    assert (code, line.count(b"\n"), parse_answer(line)) == (0, 1, made.secret.to_text())


def test_a_child_without_a_line_writes_none(monkeypatch):
    assert answered(monkeypatch, b"") == (1, b"")


def test_a_request_comes_back_from_its_line_as_it_was():
    asked = SecretRequest(SecretTask.CHANGE, "/a folder", "old one", "new one")

    assert SecretRequest.from_json(asked.to_json()) == asked


def test_new_keys_are_prepared_with_the_recovery_key_too(made):
    clock = SystemClock()
    by_key = SecretRequest(SecretTask.RENEW_BY_KEY, str(made.folder), made.recovery_key, NEW)
    key = parse_answer(handle_request(by_key, clock))

    assert (made.folder / "renewal-prepared" / "both").is_dir()
    assert key.startswith("AGE-SECRET-KEY-1")
    assert key != made.recovery_key


@pytest.mark.parametrize("errand", [SecretTask.RENEW, SecretTask.RENEW_BY_KEY])
def test_new_keys_need_a_strong_passphrase_too(tmp_path, errand):
    line = handle_request(SecretRequest(errand, str(tmp_path / "v"), "x", "password"), SystemClock())

    assert json.loads(line)["trouble"] == "weak-passphrase"
