"""Export or destroy the names behind the codes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.i18n import tr, tr_n
from balint_desktop.roster.export import file_name, roster_csv
from balint_desktop.sealed.new_file import write_new
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.group.members.panel import MemberPanel
from balint_desktop.ui.group.members.service import MembersService
from balint_desktop.ui.widgets.buttons import ButtonKind
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


class ExportNamesPanel(MemberPanel):
    """Export the key from codes to names as an unencrypted file."""

    def __init__(self, service: MembersService, ask: Ask = ask_where_to_save) -> None:
        super().__init__("roster-out", tr("Export names"), tr("Export with names…"), ButtonKind.PLAIN)
        self._service, self._ask = service, ask
        self._group: Group | None = None
        self.form.add(
            named(
                text(
                    tr(
                        "The file is not encrypted. Anyone who has it can tell who is behind each code. Study numbers "
                        "are not in it. Keep it apart from recordings and transcripts."
                    )
                ),
                "roster-out-words",
            )
        )

    def open_for(self, group: Group) -> None:
        """Show the form for a group's names."""
        self._group = group
        self.show()

    def act(self) -> None:
        group = self._group
        roster = self._service.names(group.id) if group is not None else None
        if group is None or roster is None:
            return
        kinds = (tr("Codes and names (*.csv)"),)
        path = self._ask(self, tr("Export names"), file_name(group), kinds)
        if path is None:
            return
        data = roster_csv(group, roster)
        with self._service.messages.attempt():
            # Write the audit trail first: no unencrypted file may exist without an entry.
            self._service.rosters.note_export(group.id, hashlib.sha256(data).hexdigest())
            write_new(path, (data,))
            self.close_panel()
            words = tr("Exported to {path}. It is not encrypted: anyone who has the file can read the names.")
            show_saved(self._service.messages, path, words)


class DestroyNamesPanel(MemberPanel):
    """Destroy the code key permanently: a separate confirmation, after a sentence that names the loss."""

    def __init__(self, service: MembersService, done: Callable[[], None]) -> None:
        super().__init__("roster-destroy", tr("Destroy names"), "", ButtonKind.PLAIN)
        self._service, self._done = service, done
        self._group: Group | None = None
        self.form.add(
            named(
                text(
                    tr(
                        "This group’s names, contacts and study numbers are overwritten. This cannot be undone. Codes, "
                        "sessions and consents stay. Backups, exported files and paper are not affected."
                    )
                ),
                "roster-destroy-words",
            )
        )

    def open_for(self, group: Group) -> None:
        """Show the form for a group's names."""
        self._group = group
        roster = self._service.names(group.id)
        count = len(roster.people) if roster is not None else 0
        words = tr_n("Destroy {n} name permanently", "Destroy {n} names permanently", count)
        self.act_button.setText(words.format(n=count) if count else tr("Destroy names permanently"))
        self.show()

    def first_focus(self) -> QWidget:
        # A second Enter must not trigger the destruction.
        return self.back_button

    def act(self) -> None:
        if self._group is not None and self._service.destroy_names(self._group):
            self.close_panel()
            self._done()
