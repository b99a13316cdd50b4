"""The frame of a group on its page, and editing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.group.form.edit_group import FormatChoice, GroupEditor
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.sections import Section


class AboutSection(Section[Group]):
    """The form for the frame, as a section. It emits `saved` with the group before and after the change.

    `is_planned` returns whether a group has a calendar. It may raise Trouble. Unsaved input is there again, until it
    is saved or cancelled.
    """

    saved = Signal(object, object)

    def __init__(
        self,
        formats: Callable[[], Sequence[FormatChoice]],
        is_planned: Callable[[GroupId], bool] = lambda _: False,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__()
        self._is_planned = is_planned
        self._group: Group | None = None
        self.editor = GroupEditor(formats())
        self.editor.title.hide()
        self.editor.saved.connect(self._on_saved)
        self.editor.cancelled.connect(self._on_cancelled)
        self._draft = FormDraft(self.editor, drafts)
        column = layouts.column(self)
        column.addWidget(self.editor)

    def show_subject(self, thing: Group) -> None:
        self._draft.keep()
        self._fill(thing)

    def _fill(self, group: Group) -> None:
        self._group = group
        self.editor.show_group(group)
        # With a calendar, the calendar determines the number of sessions.
        self.editor.show_sessions(offered=not self._is_planned(group.id))
        self._draft.begin(f"group/about/{group.id}")

    def leave_view(self) -> None:
        self._draft.keep()

    def first_focus(self) -> QWidget:
        return self.editor.name

    def _on_saved(self, group: Group) -> None:
        key = self._draft.key
        self._draft.discard()
        self.saved.emit(self._group, group)
        # Where it could not be saved, the input is still there, and still unsaved.
        self._draft.key = self._draft.key or key

    def _on_cancelled(self) -> None:
        if self._group is not None:
            self._draft.discard()
            self._fill(self._group)
