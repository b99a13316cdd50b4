"""Names beside codes, on request and for a minute: where people are chosen before and after a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.ui.debrief.names import DebriefNames
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.attempt import Attempt
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_words
from balint_desktop.ui.widgets.lifetime import while_alive

SHOWN_MS = 60_000


class ShowNames(QWidget):
    """The button *Show names*, and the chips whose text it changes.

    Names are in memory only while they are shown: for a minute, until the page is left, or until the window locks.
    `labels` are what the chips show otherwise; by default the code.
    """

    def __init__(
        self,
        source: DebriefNames | None,
        chips: Mapping[object, tuple[ParticipantCode, QPushButton]],
        report: Callable[[Trouble], object],
    ) -> None:
        super().__init__()
        self._source = source
        self._report = report
        self._chips = chips
        self._shown = False
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
        return self._shown

    def hide_names(self) -> None:
        """Show the labels alone, and drop the names."""
        self._minute.stop()
        self._show(None)

    def _on_press(self) -> None:
        if self._shown:
            self.hide_names()
        elif self._source is not None:
            with Attempt(self._report):
                self._source.read(while_alive(self, self._show_names))

    def _show_names(self, names: Roster) -> None:
        self._show(names)
        self._minute.start()

    def _show(self, names: Roster | None) -> None:
        self._shown = names is not None
        set_words(self.button, tr("Hide names") if self._shown else tr("Show names"))
        for code, made in self._chips.values():
            label = self.labels.get(code, code)
            name = names.name_of(code) if names is not None else ""
            # An ampersand in a name is no mnemonic.
            words = tr("{code}  {name}").format(code=label, name=name) if name else label
            set_words(made, words.replace("&", "&&"))
