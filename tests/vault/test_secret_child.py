"""Passphrase work is done in a child, which answers with a secret or with a code."""

from __future__ import annotations

import queue
import subprocess

import pytest
from vaults import PASSPHRASE

from balint_desktop.command import own_command
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault import opening, secret_child
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
