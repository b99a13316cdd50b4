"""Handle of the passphrase child: requests here, answers on a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from balint_desktop.command import start_child
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.secret_work import SecretRequest, parse_answer

Done = Callable[[str], None]
Failed = Callable[[Trouble], None]


def request(asked: SecretRequest) -> str:
    """Run a request in a child process and wait for it. Raise Trouble, CHILD_FAILED if the child gave no answer."""
    try:
        with start_child("unlock") as child:
            out, _ = child.communicate(asked.to_json())
    except OSError as error:
        raise Trouble(TroubleCode.CHILD_FAILED) from error
    return parse_answer(out)


def request_later(asked: SecretRequest, done: Done, failed: Failed) -> threading.Thread:
    """Run a request in a child process; `done` or `failed` is called on another thread, once."""

    def work() -> None:
        try:
            answer = request(asked)
        except Trouble as trouble:
            failed(trouble)
        else:
            done(answer)

    thread = threading.Thread(target=work, name=f"vault-task-{asked.task}", daemon=True)
    thread.start()
    return thread
