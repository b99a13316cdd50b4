"""Unsaved input of a form: stored in the vault when the form is left or the vault is locked, and there again after."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.widgets.form_state import changed_values, read_state, write_state
from balint_desktop.ui.widgets.lifetime import subscribe


class DraftStore(Protocol):
    """Stored drafts, by form."""

    def read(self, form: str) -> str:
        """Return a draft, empty if there is none. Raise Trouble."""
        ...

    def forms(self, prefix: str) -> tuple[str, ...]:
        """Return the forms with a draft whose names begin so. Raise Trouble."""
        ...

    def save(self, form: str, content: str) -> None:
        """Store a draft in place of the last one. Raise Trouble."""
        ...

    def delete(self, form: str) -> None:
        """Delete a draft. Raise Trouble."""
        ...


@dataclass(frozen=True, slots=True)
class Drafts:
    """Where drafts are stored, and the signal that the vault is about to be closed."""

    rows: DraftStore
    closing: SignalInstance | None = None


class FormDraft(QObject):
    """The draft of one form: the fields whose values differ from those it was filled with.

    Call `begin` when the form was filled, `keep` when it is left, and `discard` when it was saved or cancelled. A form
    that is filled anew each time it comes into view calls `refill`.
    """

    def __init__(self, form: QWidget, drafts: Drafts | None) -> None:
        super().__init__(form)
        self._form, self._drafts = form, drafts
        self._filled: dict[str, Any] = {}
        self.key = ""
        if drafts is not None and drafts.closing is not None:
            subscribe(self, drafts.closing, self._keep_for_the_last_time)

    def begin(self, key: str) -> bool:
        """Enter the draft stored under `key`, and return whether there was one. Raise Trouble."""
        self.key, self._filled = key, read_state(self._form)
        content = self._drafts.rows.read(key) if self._drafts is not None else ""
        if not content:
            return False
        entered = json.loads(content)
        self._enter(entered)
        return True

    def refill(self, key: str, fill: Callable[[], None]) -> bool:
        """Fill the form again, with what was entered in it or stored under `key`; return whether anything was.

        Raise Trouble.
        """
        if key != self.key:
            self.keep()
            self.key = ""
        # In memory: what is being typed outlives a refresh, even where no draft can be stored.
        entered = self._changed() if self.key else {}
        fill()
        is_stored = self.begin(key)
        if entered:
            self._enter(entered)
        return is_stored or bool(entered)

    def is_stored(self, key: str) -> bool:
        """Return whether a draft is stored under `key`. Raise Trouble."""
        return self._drafts is not None and bool(self._drafts.rows.read(key))

    @property
    def is_changed(self) -> bool:
        """Whether a field differs from what it was filled with."""
        return bool(self.key) and bool(self._changed())

    def keep(self) -> None:
        """Store what was entered, if anything was. A full disk must not stop the lock."""
        if not self.key or self._drafts is None:
            return
        changed = self._changed()
        with contextlib.suppress(Trouble):
            if changed:
                self._drafts.rows.save(self.key, json.dumps(changed))
            else:
                self._drafts.rows.delete(self.key)

    def _keep_for_the_last_time(self) -> None:
        """Store what was entered before the vault is closed: the page is left after that, and asks once more."""
        self.keep()
        self.key = ""

    def discard(self) -> None:
        """Delete the draft: the input was saved or cancelled. Raise Trouble."""
        key, self.key = self.key, ""
        if key and self._drafts is not None:
            self._drafts.rows.delete(key)

    def cancel(self, *, by_escape: bool) -> None:
        """Discard the draft on Cancel; on Escape, which may be a slip, store it, to be there again. Raise Trouble."""
        if by_escape:
            self.keep()
            self.key = ""
        else:
            self.discard()

    def _enter(self, entered: dict[str, Any]) -> None:
        # Twice, since some fields offer what another one allows.
        for _ in range(2):
            write_state(self._form, entered)

    def _changed(self) -> dict[str, Any]:
        return changed_values(self._form, self._filled)
