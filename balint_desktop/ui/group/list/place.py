"""The place Groups: the list, a new group, and each group's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.ui.group.form.about_section import AboutSection
from balint_desktop.ui.group.form.deps import GroupDeps, GroupStore
from balint_desktop.ui.group.form.edit_group import FormatChoice
from balint_desktop.ui.group.form.new_group import NewGroupEditor
from balint_desktop.ui.group.list.listing import GroupList
from balint_desktop.ui.group.page.page import GroupPage
from balint_desktop.ui.group.readers.readers_page import ReaderOperations, ReadersPage
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.sections import SectionEntry
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, text

_DRAFT = "group/new"


class GroupsPlace(Place):
    """Stacked page: the list of groups, the form for a new one, or the page of one group.

    `sections` are the sections of a group's page after About.
    """

    def __init__(
        self,
        store: GroupStore,
        formats: Callable[[], Sequence[FormatChoice]],
        messages: Messages,
        readers: ReaderOperations | None = None,
        *,
        sections: Sequence[SectionEntry[Group]] = (),
        undoing: UndoStack | None = None,
        deps: GroupDeps,
    ) -> None:
        super().__init__("groups", tr("Groups"))
        self._store = store
        self._formats = formats
        self._messages = messages
        self._undoing = undoing or UndoStack(messages)
        self._deps = deps
        self.editor: NewGroupEditor | None = None
        self._draft: FormDraft | None = None
        self._is_new = True
        self.new_button = button(tr("New group"), "group-new", self.new, ButtonKind.PRIMARY, shortcut="Ctrl+N")
        self.readers_button = button(tr("Readers…"), "groups-readers", self.show_readers)
        self.readers_page = ReadersPage(readers, messages) if readers is not None else None
        if self.heading_label is not None:
            self.heading_label.hide()
        self._pages = Pages()
        self._list_page = QWidget()
        self._none = named(text(tr("No groups yet. Creating one takes about a minute.")), "groups-none")
        self.list = GroupList()
        self.list.opened.connect(lambda group: self.show_group_of(GroupId(group)))
        self.list.archive_asked.connect(lambda group: self._archive(GroupId(group)))
        self.list.unarchive_asked.connect(lambda group: self._unarchive(GroupId(group)))
        self._build_list_page()
        self._pages.add(self._list_page)
        if self.readers_page is not None:
            self._pages.add(self.readers_page)
            self.readers_page.back.connect(self._on_cancelled)
        about = SectionEntry("about", tr("About"), self._build_about)
        self.page = GroupPage((about, *sections), self._reread)
        self.page.back.connect(self._on_cancelled)
        self.page.sections.left.connect(messages.leave_page)
        self._pages.add(self.page)
        self.body.addWidget(self._pages)

    def first_focus(self) -> QWidget:
        if self._shows_editor():
            return self.editor.name if self.editor is not None else self.new_button
        if self._pages.current() is self.page:
            return self.page.first_focus()
        return self.list.first_focus() or self.new_button

    def enter_view(self) -> None:
        is_new, self._is_new = self._is_new, False
        if is_new and self._deps.drafts is not None and self._deps.drafts.rows.forms(_DRAFT):
            # The form that a lock closed.
            self.new()
        if self._shows_editor():
            return
        if self._pages.current() is self.page:
            self._messages.attempted(self.page.refresh)
        else:
            self._pages.show_page(self._list_page)
            self._show_list()

    def leave_view(self) -> None:
        if self._draft is not None:
            self._draft.keep()
        self.page.sections.leave()

    def new(self) -> None:
        """Open the form for a new group: as it was left, if it was left half-typed."""
        editor = self.editor
        if editor is None:
            self.editor = editor = self._new_editor()
            editor.saved.connect(self._on_saved)
            editor.cancelled.connect(self._on_new_cancelled)
            self._pages.add(editor)
            editor.new()
            self._draft = FormDraft(editor, self._deps.drafts)
            with self._messages.attempt():
                self._draft.begin(_DRAFT)
        self._pages.show_page(editor)
        editor.name.setFocus()

    def show_group(self, group: Group, section: str = "") -> None:
        """Open the page of a group in the given section."""
        if self._messages.attempted(lambda: self.page.show_group(group, section)):
            self._pages.show_page(self.page)
            self.page.first_focus().setFocus()

    def show_group_of(self, group: GroupId, section: str = "") -> None:
        """Open the page of the group with that id, if it exists."""
        found = self._find(group)
        if found is not None:
            self.show_group(found, section)

    def show_agreement_of(self, group: GroupId) -> None:
        """Open the section where the group's agreement to being recorded is entered."""
        found = self._find(group)
        if found is not None:
            self.show_group(found, "consents" if found.for_research else "recording")

    def show_readers(self) -> None:
        """Show the readers page."""
        if self.readers_page is None:
            return
        with self._messages.attempt():
            self.readers_page.show_readers()
            self._pages.show_page(self.readers_page)
            self.readers_page.back_button.setFocus()

    def _build_list_page(self) -> None:
        column = column_in(self._list_page)
        column.setSpacing(14)
        column.addWidget(named(heading(tr("Groups")), "groups-title"))
        column.addWidget(self._none)
        column.addWidget(self.list)
        column.addWidget(flow(self.new_button, self.readers_button))
        column.addStretch(1)

    def _show_list(self) -> None:
        with self._messages.attempt():
            groups = self._store.groups()
            self.list.show_groups(groups, self._deps.dates.spans(), self._deps.today())
            self.list.setVisible(bool(groups))
            self._none.setVisible(not groups)
            self.readers_button.setVisible(self.readers_page is not None and bool(groups))
            follow_layout(self)

    def _archive(self, group: GroupId) -> None:
        found, deps = self._find(group), self._deps
        if found is None or not self._messages.attempted(lambda: deps.dates.archive(group)):
            return
        self._show_list()
        words = tr("{group} was archived. Nothing was deleted.").format(group=found.name)
        self._undoing.push(words, lambda: deps.dates.unarchive(group))

    def _unarchive(self, group: GroupId) -> None:
        found, deps = self._find(group), self._deps
        if found is None or not self._messages.attempted(lambda: deps.dates.unarchive(group)):
            return
        self._show_list()
        words = tr("{group} was restored.").format(group=found.name)
        self._undoing.push(words, lambda: deps.dates.archive(group))

    def _new_editor(self) -> NewGroupEditor:
        deps = self._deps
        spans = {span.id: span for span in deps.dates.spans()}
        # The group that ended last is the likeliest to be copied.
        earlier = sorted(
            self._store.groups(), key=lambda g: (spans[g.id].last if g.id in spans else None) or date.min, reverse=True
        )
        return NewGroupEditor(self._formats(), deps.today(), earlier, deps.dates.plan)

    def _shows_editor(self) -> bool:
        return self.editor is not None and self._pages.current() is self.editor

    def _close_editor(self) -> None:
        if self.editor is not None:
            self._pages.remove(self.editor)
            self._pages.show_page(self._list_page)
            self.editor = self._draft = None

    def _discard_draft(self) -> None:
        draft = self._draft
        if draft is not None:
            self._messages.attempted(draft.discard)

    def _on_saved(self, group: Group) -> None:
        editor = self.editor
        if editor is None:
            return
        new = editor.new_group()
        if self._messages.attempted(lambda: self._deps.add(new)):
            self._discard_draft()
            self._close_editor()
            # As saved: with the answers just entered.
            self.show_group_of(group.id, "dates")

    def _build_about(self) -> AboutSection:
        about = AboutSection(self._formats, lambda group: bool(self._deps.dates.plan(group)), self._deps.drafts)
        about.saved.connect(self._on_changed)
        return about

    def _on_changed(self, before: Group, after: Group) -> None:
        if not self._save_group(after):
            return
        self._messages.attempted(self.page.refresh)
        if after != before:
            words = tr("{group} was updated.").format(group=after.name)
            store = self._store
            self._undoing.push(words, lambda: store.save_group(before))

    def _save_group(self, group: Group) -> bool:
        return self._messages.attempted(lambda: self._store.save_group(group))

    def _find(self, group: GroupId) -> Group | None:
        with self._messages.attempt():
            return next((one for one in self._store.groups() if one.id == group), None)
        return None

    def _reread(self, group: Group) -> Group:
        """Re-read a group: another section may have changed it."""
        return next((one for one in self._store.groups() if one.id == group.id), group)

    def _on_new_cancelled(self) -> None:
        self._discard_draft()
        self._close_editor()
        self._on_cancelled()

    def _on_cancelled(self) -> None:
        """Return to the list. A half-typed group stays as it is."""
        self._messages.leave_page()
        self.page.sections.leave()
        self._pages.show_page(self._list_page)
        self._show_list()
        self.first_focus().setFocus()
