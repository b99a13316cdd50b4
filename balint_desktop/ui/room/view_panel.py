"""View settings of the room: prompts, clock alone, keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.key_names import key_name
from balint_desktop.ui.widgets.learn_more import help_button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.scroll_keys import leaves_to_scrolling
from balint_desktop.ui.widgets.text import quiet, small, subheading, text


class RoomKeys:
    """The room's keys. No single letters: a sleeve on the keyboard must have no effect."""

    STEP = "Ctrl+Return"
    TAKE_BACK = "Ctrl+Z"
    LESS = "Ctrl+-"
    MORE = "Ctrl++"
    CARE = "F2"
    WHO = "F3"
    TIME = "F4"
    ANOTHER = "F5"
    PROMPTS = "F6"
    MARK = "F7"
    RECORD = "F8"
    VIEW = "F9"
    REDACT = "Ctrl+Backspace"
    ALONE = "F11"
    DIM = "F12"


class EvaluationKeys:
    """Additional keys of an evaluation."""

    WRITTEN = "Ctrl+W"


def keys_line(*, evaluation: bool = False) -> list[tuple[str, str]]:
    """Return each key as the user reads it, with its action."""
    of_evaluation = [
        (tr("Alt and a number"), tr("a core question")),
        (key_name(EvaluationKeys.WRITTEN), tr("the written part")),
    ]
    return [
        *(of_evaluation if evaluation else []),
        (key_name(RoomKeys.STEP), tr("the next step")),
        (key_name(RoomKeys.TAKE_BACK), tr("undo the step")),
        (f"{key_name(RoomKeys.LESS)}  {key_name(RoomKeys.MORE)}", tr("a minute less, a minute more")),
        (RoomKeys.CARE, tr("someone needs care")),
        (RoomKeys.WHO, tr("who is here, who presents")),
        (RoomKeys.TIME, tr("time")),
        (RoomKeys.ANOTHER, tr("another prompt")),
        (RoomKeys.PROMPTS, tr("hide or show the prompts")),
        (RoomKeys.MARK, tr("mark this moment")),
        (RoomKeys.RECORD, tr("start, pause or resume recording")),
        (key_name(RoomKeys.REDACT), tr("remove the last minute")),
        (RoomKeys.VIEW, tr("view and keys")),
        (RoomKeys.ALONE, tr("clock alone")),
        (RoomKeys.DIM, tr("dim the window")),
        (key_name("Ctrl+L"), tr("lock the window")),
        ("F1", tr("help")),
        (key_name("Esc"), tr("back to the prompts")),
    ]


class ViewPanel(RoomPanel):
    """Two ways to show less, another microphone, a tick for the prompts of the paper's findings, and the keys."""

    alone_asked = Signal()
    choose_asked = Signal()
    dim_asked = Signal()
    themes_changed = Signal(bool)

    def __init__(
        self, *, themes: bool, for_research: bool, evaluation: bool = False, offers_microphones: bool = False
    ) -> None:
        super().__init__("view", tr("View and keys"))
        self.alone = button(tr("Clock alone"), "view-alone", self.alone_asked.emit)
        self.dim = button(tr("Dim the window"), "view-dim", self.dim_asked.emit)
        self.microphone = button(tr("Microphone…"), "view-microphone", self.choose_asked.emit)
        self.help = help_button("view-help")
        self.body.addWidget(flow(self.alone, self.dim, self.microphone, self.help))
        # Once it is in the layout: shown before that, it would be a window and take the focus.
        self.microphone.setVisible(offers_microphones)
        self.themes = named(_Tick(tr("Prompts from published findings")), "view-themes")
        self.themes.setChecked(themes)
        self.themes.toggled.connect(self.themes_changed)
        self.body.addWidget(self.themes)
        if for_research:
            explanation = tr("Off in a group recorded for research, so that prompts don’t shape what is found.")
            self.body.addWidget(small(explanation))
        self.body.addSpacing(8)
        self.body.addWidget(subheading(tr("Keys")))
        self.body.addWidget(_keys_table(keys_line(evaluation=evaluation)))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return self.alone


class _Tick(QCheckBox):
    """A tick from which the arrows scroll the panel, as from its buttons."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not leaves_to_scrolling(self, event):
            super().keyPressEvent(event)


def _keys_table(keys: list[tuple[str, str]]) -> QWidget:
    holder = QWidget()
    grid = layouts.grid(holder)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    for row, (key, does) in enumerate(keys):
        grid.addWidget(text(key), row, 0)
        grid.addWidget(quiet(does), row, 1)
    grid.setColumnStretch(1, 1)
    return holder
