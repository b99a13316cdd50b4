"""Earlier values of a record: who changed what, when and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.reports.log_service import LogService
from balint_desktop.ui.log import field_words
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import subheading, text
from balint_desktop.vault.log.corrections import Change, Superseded

_HASH_SIGNS = 16


class RecordHistory(QWidget):
    """Earlier values, newest change first; hidden if there are none."""

    def __init__(self, log: LogService) -> None:
        super().__init__()
        named(self, "log-history")
        self._log = log
        self._heading = named(subheading(tr("Earlier values")), "log-history-heading")
        self.lines = named(text("", "quiet", selectable=True), "log-history-lines")
        column = layouts.column(self, 6)
        column.addWidget(self._heading)
        column.addWidget(self.lines)

    def show_changes(self, changes: Sequence[Superseded]) -> None:
        """Show these changes."""
        self.lines.setText("\n".join(line(change) for change in changes))
        self.setVisible(bool(changes))


def line(of: Superseded) -> str:
    """Return one change as a sentence."""
    args = {
        "field": field_words.field_label(of.field),
        "day": day_at(of.wall),
        "who": of.who,
        "why": of.why,
        "sha": of.sha256[:_HASH_SIGNS],
    }
    if of.change is Change.ERASED:
        words = tr("{field}: erased on {day} by {who}; reason: {why} (fingerprint {sha}…)")
    elif of.is_erased:
        words = tr(
            "{field}: changed on {day} by {who}; reason: {why}. The earlier value was erased (fingerprint {sha}…)"
        )
    else:
        args["earlier"] = field_words.value(of.field, of.earlier_value)
        words = tr("{field}: {earlier}, changed on {day} by {who}; reason: {why}")
    return words.format(**args)
