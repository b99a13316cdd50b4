"""Every answer entered for one person, and undoing one entered by mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.domain.study.consent import Answer, Consent
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.text.consents import purpose_name
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import subheading, text


class ConsentHistory(QWidget):
    """Entries of one person, newest first. `mark_mistaken` is called with the position of an entry."""

    closed = Signal()

    def __init__(self, mark_mistaken: Callable[[int], None]) -> None:
        super().__init__()
        named(self, "consents-history")
        self._mark_mistaken = mark_mistaken
        self.title = named(subheading(""), "consents-history-heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.close_button = button(
            tr("Close"), "consents-history-close", self._on_close, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        column = layouts.column(self, 8)
        column.addWidget(self.title)
        column.addLayout(self._rows)
        column.addWidget(self.close_button)
        self.hide()

    def show_rows(self, code: ParticipantCode, rows: Sequence[Consent]) -> None:
        """Show the entries of a person."""
        self.title.setText(tr("History of {code}").format(code=code))
        layouts.clear(self._rows)
        mine = [row for row in reversed(rows) if row.code == code]
        void = {row.voids for row in mine}
        for row in mine:
            self._rows.addWidget(self._row(row, is_void=row.place in void))
        if not mine:
            self._rows.addWidget(named(text(tr("Nothing entered yet.")), "consents-history-none"))
        self.show()
        follow_layout(self)

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    def _row(self, row: Consent, *, is_void: bool) -> QWidget:
        label = f"{purpose_name(row.purpose)}: {wording.row_words(row)}"
        if is_void:
            label = tr("{entry} (does not count: entered by mistake)").format(entry=label)
        widgets: list[QWidget] = [named(text(label), f"consent-{row.place}")]
        if not is_void and row.answer is not Answer.TAKEN_BACK:
            widgets.append(
                button(
                    tr("Entered by mistake"),
                    f"consent-{row.place}-undo",
                    lambda: self._mark_mistaken(row.place),
                    ButtonKind.QUIET,
                    description=label,
                )
            )
        return flow(*widgets)
