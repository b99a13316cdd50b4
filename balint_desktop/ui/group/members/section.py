"""The members section: codes, names on request, and its actions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.roster.plan_import import RosterContent, read_people
from balint_desktop.ui.export.open_dialog import AskFile, ask_for_file
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.group.members.export_names import DestroyNamesPanel, ExportNamesPanel
from balint_desktop.ui.group.members.import_roster import ImportPanel
from balint_desktop.ui.group.members.panel import MemberPanel
from balint_desktop.ui.group.members.panels import ChangeGroupPanel, JoinPanel, LeavePanel, PersonPanel
from balint_desktop.ui.group.members.paste_names import PastePanel
from balint_desktop.ui.group.members.service import MembersService
from balint_desktop.ui.group.members.table import MembersTable
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import small

SHOWN_MS = 60_000


class MembersSection(Section[Group]):
    """The section. Names are read on *Show names* and hidden after a minute, on leaving or on locking."""

    def __init__(
        self,
        service: MembersService,
        work: Work,
        *,
        ask_file: AskFile = ask_for_file,
        ask_save: Ask = ask_where_to_save,
    ) -> None:
        super().__init__()
        named(self, "members-section")
        self._service, self._work, self._ask_file = service, work, ask_file
        self._group: Group | None = None
        self._names: Roster | None = None
        self._minute = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._minute.timeout.connect(self.hide_names)
        self.table = MembersTable()
        self.table.opened.connect(lambda _code: self._on_change())
        self.table.chosen.connect(self._on_chosen)
        self.words = named(
            small(tr("Records use codes, not names. A code is never reused.")),
            "members-words",
        )
        self.join_button = button(tr("Add a member…"), "member-add", self._on_join, ButtonKind.PRIMARY)
        self.names_button = button(tr("Show names"), "names-show", self._on_names)
        self.import_button = button(tr("Import a roster…"), "roster-import-open", self._on_import)
        self.paste_button = button(tr("Paste a list…"), "roster-paste-open", self._on_paste)
        self.change_button = button(tr("Edit…"), "member-change-open", self._on_change)
        self.leave_button = button(tr("Mark as left…"), "member-leave-open", self._on_leave)
        self.back_button = button(tr("Mark as returned"), "member-returned", self._on_back)
        self.move_button = button(tr("Move to another group…"), "member-move-open", self._on_move)
        self.export_button = button(tr("Export names…"), "roster-out-open", self._on_out, ButtonKind.QUIET)
        self.destroy_button = button(tr("Destroy names…"), "roster-destroy-open", self._on_destroy, ButtonKind.QUIET)
        self.join = JoinPanel(service, self._refresh_group)
        self.change = PersonPanel(service, self._refresh_group)
        self.leave_panel = LeavePanel(service, self._refresh_group)
        self.move_panel = ChangeGroupPanel(service, self._refresh_group)
        self.pasting = PastePanel(self._on_pasted)
        self.importing = ImportPanel(service, self._refresh_group)
        self.export_names = ExportNamesPanel(service, ask_save)
        self.destroy_names = DestroyNamesPanel(service, self._refresh_group)
        self._panels: tuple[MemberPanel, ...] = (
            *(self.join, self.change, self.leave_panel, self.move_panel),
            *(self.pasting, self.importing, self.export_names, self.destroy_names),
        )
        self._build()

    def _build(self) -> None:
        column = layouts.column(self, 12)
        column.addWidget(self.words)
        column.addWidget(self.table)
        column.addWidget(flow(self.change_button, self.leave_button, self.back_button, self.move_button))
        column.addWidget(flow(self.join_button, self.names_button, self.import_button, self.paste_button))
        for panel in self._panels:
            panel.closed = self._on_closed
            column.addWidget(panel)
        column.addWidget(flow(self.export_button, self.destroy_button))

    # --- display ---

    def show_subject(self, thing: Group) -> None:
        if self._group is None or self._group.id != thing.id:
            self._clear_names()
        self._group = thing
        self._show()

    def leave_view(self) -> None:
        self._clear_names()

    def first_focus(self) -> QWidget:
        return self.table.in_view if self._group is not None and self._group.participants else self.join_button

    def hide_names(self) -> None:
        """Hide the names and close any form that shows or takes one."""
        self._minute.stop()
        self._names = None
        self._close_panels()
        self._show()

    def _clear_names(self) -> None:
        self._minute.stop()
        self._names = None
        self._close_panels()
        self.table.forget()

    def _show(self) -> None:
        if self._group is None:
            return
        self.table.show_members(self._group, self._names)
        self.names_button.setText(tr("Show names") if self._names is None else tr("Hide names"))
        has_roster = self._service.rosters.has(self._group.id)
        self.names_button.setVisible(has_roster)
        self.export_button.setVisible(has_roster)
        self.destroy_button.setVisible(self._service.rosters.has_code_key(self._group.id))
        self._offer()
        follow_layout(self)

    def _offer(self) -> None:
        """Enable the actions available for the selected member."""
        member = self._chosen()
        for each in (self.change_button, self.leave_button, self.back_button, self.move_button):
            each.setAccessibleDescription(member.code if member is not None else "")
        self.change_button.setVisible(member is not None)
        self.leave_button.setVisible(member is not None and member.left is None)
        self.back_button.setVisible(member is not None and member.left is not None)
        self.move_button.setVisible(member is not None and member.left is None and bool(self._others()))

    def _on_chosen(self) -> None:
        """Offer the selected member's actions, and let an open form follow the selection."""
        self._offer()
        member = self._chosen()
        if member is None:
            return
        for panel, button_of, fill in (
            (self.change, self.change_button, self._fill_change),
            (self.leave_panel, self.leave_button, self._fill_leave),
            (self.move_panel, self.move_button, self._fill_move),
        ):
            if panel.isHidden() or panel.code() == member.code:
                continue
            if button_of.isHidden():
                panel.close_panel()
            else:
                fill(member)

    def _refresh_group(self) -> None:
        """Refresh the group after a change; visible names are re-read."""
        if self._group is None:
            return
        self._group = self._service.members.group(self._group.id)
        if self._names is not None:
            self._names = self._service.names(self._group.id) if self._service.keys.are_available() else None
        self._show()

    def _chosen(self) -> Participant | None:
        code = self.table.code()
        members = self._group.participants if self._group is not None else ()
        return next((member for member in members if member.code == code), None)

    def _others(self) -> tuple[Group, ...]:
        group = self._group
        return tuple(one for one in self._service.members.groups() if group is not None and one.id != group.id)

    # --- panels ---

    def _open(self, panel: MemberPanel) -> None:
        for other in self._panels:
            if other is not panel and not other.isHidden():
                other.close_panel()
        follow_layout(self)
        panel.first_focus().setFocus()
        # After the layout has made room for it.
        QTimer.singleShot(0, panel, panel.scroll_into_view)
        # The one-minute timer pauses while a form is open and restarts when it closes.
        self._minute.stop()

    def _close_panels(self) -> None:
        for panel in self._panels:
            if not panel.isHidden():
                panel.close_panel()

    def _on_closed(self) -> None:
        if self._names is not None:
            self._minute.start()
        if self.isVisible():
            self.first_focus().setFocus()

    def _on_join(self) -> None:
        if self._group is not None:
            self.join.open_for(self._group)
            self._open(self.join)

    def _on_change(self) -> None:
        member = self._chosen()
        if member is not None:
            self._fill_change(member)
            self._open(self.change)

    def _fill_change(self, member: Participant) -> None:
        if self._group is not None:
            self.change.open_for(self._group, member, self._person(member.code))

    def _fill_leave(self, member: Participant) -> None:
        if self._group is not None:
            self.leave_panel.open_for(self._group, member)

    def _fill_move(self, member: Participant) -> None:
        if self._group is not None:
            self.move_panel.open_for(self._group, member, self._others())

    def _person(self, code: ParticipantCode) -> Person | None:
        """Return the person behind a code for the form; None if names are hidden."""
        if not self._service.keys.are_available():
            return None
        if self._names is None:
            if self._group is not None and self._service.rosters.has(self._group.id):
                return None
            return Person(code, "")
        return self._names.person(code) or Person(code, "")

    def _on_leave(self) -> None:
        member = self._chosen()
        if member is not None:
            self._fill_leave(member)
            self._open(self.leave_panel)

    def _on_back(self) -> None:
        member = self._chosen()
        if self._group is not None and member is not None and self._service.mark_returned(self._group, member):
            self._refresh_group()

    def _on_move(self) -> None:
        member = self._chosen()
        if member is not None:
            self._fill_move(member)
            self._open(self.move_panel)

    # --- names ---

    def _on_names(self) -> None:
        if self._names is not None:
            self.hide_names()
        elif self._ensure_readable() and self._group is not None:
            self._names = self._service.names(self._group.id)
            if self._names is not None:
                self._minute.start()
            self._show()

    def _ensure_readable(self) -> bool:
        """Return whether names are readable; ask for the passphrase if not."""
        if self._service.keys.are_available():
            return True
        self._service.keys.ask()
        return False

    def _on_out(self) -> None:
        if self._group is not None and self._ensure_readable():
            self.export_names.open_for(self._group)
            self._open(self.export_names)

    def _on_destroy(self) -> None:
        if self._group is not None and self._ensure_readable():
            self.destroy_names.open_for(self._group)
            self._open(self.destroy_names)

    def _on_import(self) -> None:
        if self._group is not None and self._ensure_readable():
            path = self._ask_file(self, tr("Import a roster"), tr("Lists (*.csv *.txt *.tsv *.xlsx *.xlsm)"))
            if path is not None:
                self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Read a roster file and show its preview; ask for the passphrase first if names are not readable."""
        group = self._group
        if group is not None and self._ensure_readable():
            heading = tr("Import from {file}").format(file=path.name)
            self._work.run(
                lambda: read_people(path),
                lambda found: self._on_found(group, found, heading),
                self._service.messages.trouble,
                owner=self,
            )

    def _on_paste(self) -> None:
        if self._group is not None and self._ensure_readable():
            self.pasting.open_empty()
            self._open(self.pasting)

    def _on_pasted(self, found: RosterContent) -> None:
        if self._group is not None:
            self._on_found(self._group, found, tr("Import the pasted names"), is_pasted=True)

    def _on_found(self, group: Group, found: RosterContent, heading: str, *, is_pasted: bool = False) -> None:
        """Show the preview, unless another group was opened meanwhile."""
        if self._group is None or self._group.id != group.id or not self.isVisible():
            return
        roster = self._service.names(group.id)
        if roster is not None:
            self.importing.open_for(self._group, roster, found, heading, is_pasted=is_pasted)
            self._open(self.importing)
