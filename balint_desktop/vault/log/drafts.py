"""Unsaved input of forms in the log: encrypted like the rest, in no export, deleted once saved or cancelled."""

from __future__ import annotations

from balint_desktop.vault.log.database import Database


class DraftRows:
    """The table of drafts, one a form."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, form: str) -> str:
        """Return a form's draft, empty if there is none."""
        rows = self._database.run("SELECT content FROM drafts WHERE form = ?", (form,))
        return str(rows[0][0]) if rows else ""

    def forms(self, prefix: str) -> tuple[str, ...]:
        """Return the forms with a draft whose names begin so."""
        rows = self._database.run("SELECT form FROM drafts WHERE substr(form, 1, ?) = ?", (len(prefix), prefix))
        return tuple(str(form) for (form,) in rows)

    def save(self, form: str, content: str) -> None:
        """Store a form's draft in place of the last one."""
        self._database.run("INSERT OR REPLACE INTO drafts (form, content) VALUES (?, ?)", (form, content))

    def delete(self, form: str) -> None:
        """Delete a form's draft."""
        self._database.run("DELETE FROM drafts WHERE form = ?", (form,))
