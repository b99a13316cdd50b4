"""Names beside codes, on request and for a minute: where people are chosen before and after a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.group.names_in_text import names_in
from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.attempt import Attempt
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_words
from balint_desktop.ui.widgets.lifetime import while_alive
from balint_desktop.ui.widgets.names_source import NamesSource

SHOWN_MS = 60_000


class ShowNames(QWidget):
    """The button *Show names*, and the chips whose text it changes.

    Names are in memory only while they are shown: for a minute, until the page is left, or until the window locks.
    `labels` are what the chips show otherwise; by default the code.
    """

    def __init__(
        self,
        source: NamesSource | None,
        chips: Mapping[Any, tuple[ParticipantCode, QPushButton]],
        report: Callable[[Trouble], object],
    ) -> None:
        super().__init__()
        self._source = source
        self._report = report
        self._chips = chips
        self._names: Roster | None = None
        self.labels: Mapping[ParticipantCode, str] = {}
        self.button = button(tr("Show names"), "show-names", self._on_press, ButtonKind.QUIET)
        self._minute = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._minute.timeout.connect(self.hide_names)
        layouts.column(self).addWidget(self.button)

    @property
    def is_offered(self) -> bool:
        """Whether the group has names to show."""
        return self._source is not None and self._source.exist()

    @property
    def are_shown(self) -> bool:
        """Whether names are on the page."""
        return self._names is not None

    def in_note(self, text: str) -> tuple[str, ...]:
        """Return the words of a note that name a member; none while the names are locked and not shown."""
        if self._names is not None:
            return names_in(text, self._names.people)
        return self._source.in_note(text) if self._source is not None else ()

    def hide_names(self) -> None:
        """Show the labels alone, and drop the names."""
        self._minute.stop()
        self._show(None)

    def _on_press(self) -> None:
        if self._names is not None:
            self.hide_names()
        elif self._source is not None:
            with Attempt(self._report):
                self._source.read(while_alive(self, self._show_names))

    def _show_names(self, names: Roster) -> None:
        self._show(names)
        self._minute.start()

    def _show(self, names: Roster | None) -> None:
        self._names = names
        set_words(self.button, tr("Show names") if names is None else tr("Hide names"))
        for code, made in self._chips.values():
            label = self.labels.get(code, code)
            name = names.name_of(code) if names is not None else ""
            # An ampersand in a name is no mnemonic.
            words = tr("{code}  {name}").format(code=label, name=name) if name else label
            set_words(made, words.replace("&", "&&"))
