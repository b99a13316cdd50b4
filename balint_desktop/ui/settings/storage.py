"""Explains what is stored where, and what destroying cannot reach."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading, text


class StorageSection(QWidget):
    """Five short paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        column = layouts.column(self, 8)
        column.addWidget(named(subheading(tr("What is kept where")), "kept-where-heading"))
        for key, title, words in _paragraphs():
            column.addWidget(named(text(title), f"kept-where-{key}-title"))
            column.addWidget(named(quiet(words), f"kept-where-{key}"))


def _paragraphs() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "vault",
            tr("In the vault’s folder, sealed"),
            tr(
                "Each recording with a key of its own; the log with sessions, notes, consents by code, periods and the "
                "audit trail; names in one file for each group, apart from the log. Nothing of it can be read without "
                "the passphrase or the recovery key."
            ),
        ),
        (
            "elsewhere",
            tr("Not in the app"),
            tr(
                "Signed consent forms and transcripts: they lie where you say on a group’s page under Keeping, which "
                "reminds of them and keeps who destroyed them. The recovery key exists on paper only."
            ),
        ),
        (
            "clear",
            tr("In the clear"),
            tr(
                "What you exported: sound, tables, reports. The app does not know where those files went after you "
                "named their place; an imported file stays on the recorder it came from until it is wiped there."
            ),
        ),
        (
            "destroyed",
            tr("After destroying"),
            tr(
                "A recording’s key is overwritten and its files are removed, so in this vault nothing opens it again. "
                "A backup, an export or a reader’s copy still holds it; the page of the recording names the backups. "
                "A raw image of this disk may still hold the old key, which the vault’s passphrase opens: renew the "
                "keys above, and destroy old backups, where that matters."
            ),
        ),
        (
            "never",
            tr("Kept nowhere"),
            tr(
                "What a case was about, who a patient is, a judgement of anybody, why somebody did not agree or left, "
                "and what was said off the record."
            ),
        ),
    )
