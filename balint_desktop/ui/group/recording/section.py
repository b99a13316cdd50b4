"""The recording section: whether everyone has agreed, as one answer that names nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, small, text


class Agreement(Protocol):
    """The group's answer to being recorded. All raise Trouble."""

    def everyone_agrees(self, group: GroupId) -> bool:
        """Return whether every current member has agreed."""
        ...

    def enter_for_everyone(self, group: GroupId, *, agreed: bool) -> tuple[int, ...]:
        """Enter the group's answer; return the ids of the rows, none if no answer changes."""
        ...

    def undo(self, group: GroupId, places: tuple[int, ...]) -> None:
        """Undo an entry."""
        ...


@dataclass(frozen=True, slots=True)
class RecordingDeps:
    """Dependencies of the section. `changed` passes a change on to the room; it may raise Trouble."""

    agreement: Agreement
    messages: Messages
    undoing: UndoStack
    changed: Callable[[GroupId], None]


class RecordingSection(Section[Group]):
    """One answer for the whole group. Answers person by person are a page of their own, behind its own step."""

    by_person_asked = Signal()

    def __init__(self, deps: RecordingDeps) -> None:
        super().__init__()
        named(self, "group-recording")
        self._deps = deps
        self._group: Group | None = None
        self.status = named(text("", "subheading"), "agreement-status")
        self.yes_button = button(
            tr("Yes, everyone has agreed"), "agreement-yes", lambda: self._enter(agreed=True), ButtonKind.PRIMARY
        )
        self.stop_button = button(tr("Turn recording off"), "agreement-stop", lambda: self._enter(agreed=False))
        self.by_person_button = button(
            tr("Enter answers person by person…"), "agreement-by-person", self.by_person_asked.emit, ButtonKind.QUIET
        )
        column = layouts.column(self, 14)
        column.addWidget(quiet(tr("Has everyone agreed to be recorded?")))
        column.addWidget(self.status)
        column.addWidget(flow(self.yes_button, self.stop_button, self.by_person_button))
        about = tr(
            "Ask the whole group once. If anyone says no or is unsure, leave it off; no one needs to say who it was."
        )
        column.addWidget(small(about))
        column.addWidget(flow(learn_more("consent", "agreement-more")))

    def show_subject(self, thing: Group) -> None:
        """Show a group's answer. Raise Trouble."""
        self._group = thing
        agrees = self._deps.agreement.everyone_agrees(thing.id)
        self.status.setText(tr("Yes. Recording is available.") if agrees else tr("Not yet. Recording is off."))
        self.yes_button.setVisible(not agrees)
        self.stop_button.setVisible(agrees)
        follow_layout(self)

    def first_focus(self) -> QWidget:
        # Not an answer: Enter pressed once too often must not answer for everyone.
        return self.by_person_button

    def _enter(self, *, agreed: bool) -> None:
        group = self._group
        if group is None:
            return
        with self._deps.messages.attempt():
            places = self._deps.agreement.enter_for_everyone(group.id, agreed=agreed)
            self._deps.changed(group.id)
            self.show_subject(group)
            self._report(group, places, agreed=agreed)
            self.first_focus().setFocus()

    def _report(self, group: Group, places: tuple[int, ...], *, agreed: bool) -> None:
        if agreed and not self.yes_button.isHidden():
            words = tr("Recording stays off: not everyone has agreed.")
        else:
            words = tr("Recording is available.") if agreed else tr("Recording is off.")

        def undo() -> None:
            self._deps.agreement.undo(group.id, places)
            self._deps.changed(group.id)

        if places:
            self._deps.undoing.push(words, undo)
        else:
            self._deps.messages.inform(words)
