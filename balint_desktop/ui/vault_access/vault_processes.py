"""Create, unlock and reseal the vault in a child process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.shell.work import Work
from balint_desktop.vault.creation import VaultCreation
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.recovery_key import looks_like_key
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.secret_child import request_later
from balint_desktop.vault.secret_work import SecretRequest, SecretTask

T = TypeVar("T")
Failed = Callable[[Trouble], None]
Opener = Callable[[str, Callable[[T], None], Failed, QObject], None]


class VaultProcesses:
    """Runs vault operations for one folder. Called, and calls back, on the main thread.

    Each operation has an owner: if it was deleted meanwhile, nothing is called back.
    """

    def __init__(self, folder: Path, work: Work) -> None:
        self._folder = folder
        # A vault is created in a staging folder, and moved into place once its recovery key was typed back.
        self._making = VaultCreation(folder)
        self._work = work

    def exists(self) -> bool:
        """Return whether there is a vault."""
        return VaultLayout(self._folder).exists()

    def create(self, passphrase: str, made: Callable[[str], None], failed: Failed, owner: QObject) -> None:
        """Create a vault in a staging folder; call back with its recovery key."""
        try:
            self._making.begin()
        except Trouble as trouble:
            failed(trouble)
            return
        self._ask(SecretRequest(SecretTask.MAKE, str(self._making.staging), new=passphrase), made, failed, owner)

    def discard_unfinished(self) -> bool:
        """Delete what a set-up that was not finished left; return whether there was anything."""
        return self._making.discard_unfinished()

    def confirm(self) -> None:
        """Move the created vault into place. Raise Trouble."""
        self._making.confirm()

    def by_passphrase(self, take: Callable[[VaultSecret], T]) -> Opener[T]:
        """Unlock with a passphrase; `take` converts the secret into the result."""
        return self._opener(SecretTask.OPEN, take)

    def by_key(self, take: Callable[[VaultSecret], T]) -> Opener[T]:
        """Unlock with the recovery key."""
        return self._opener(SecretTask.OPEN_BY_KEY, take)

    def change(self, old: str, new: str, done: Callable[[], None], failed: Failed, owner: QObject) -> None:
        """Set a new passphrase. The recovery key is accepted in place of the old one."""
        task = SecretTask.REPLACE if looks_like_key(old) else SecretTask.CHANGE
        self._ask(SecretRequest(task, str(self._folder), secret=old, new=new), lambda _secret: done(), failed, owner)

    def reseal(self, typed: str, done: Callable[[], None], failed: Failed, owner: QObject) -> None:
        """Seal the vault again with the passphrase it has, at today's work factor."""
        asked = SecretRequest(SecretTask.RESEAL, str(self._folder), secret=typed)
        self._ask(asked, lambda _secret: done(), failed, owner)

    def renew(self, old: str, new: str, made: Callable[[str], None], failed: Failed, owner: QObject) -> None:
        """Prepare new keys; call back with the new recovery key. The vault is open meanwhile."""
        task = SecretTask.RENEW_BY_KEY if looks_like_key(old) else SecretTask.RENEW
        self._ask(SecretRequest(task, str(self._folder), secret=old, new=new), made, failed, owner)

    def _opener(self, task: SecretTask, take: Callable[[VaultSecret], T]) -> Opener[T]:
        def open_with(typed: str, opened: Callable[[T], None], failed: Failed, owner: QObject) -> None:
            def got(text: str) -> None:
                try:
                    taken = take(VaultSecret.from_text(text))
                except Trouble as trouble:
                    failed(trouble)
                else:
                    opened(taken)

            self._ask(SecretRequest(task, str(self._folder), secret=typed), got, failed, owner)

        return open_with

    def _ask(self, asked: SecretRequest, done: Callable[[str], None], failed: Failed, owner: QObject) -> None:
        post = self._work.post
        request_later(
            asked,
            lambda result: post(lambda: done(result), owner),
            lambda trouble: post(lambda: failed(trouble), owner),
        )
