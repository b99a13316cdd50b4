"""Form to import a sealed copy that another vault shared with this one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.session.corrections import MAX_NUMBER
from balint_desktop.domain.study.shared_session import SharedSession
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.library.formats import FormatLibrary
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.text import shared_copies
from balint_desktop.ui.export.open_dialog import AskFolder, ask_for_folder
from balint_desktop.ui.export.transfer_box import AppCloses
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import DateField, day_at
from balint_desktop.ui.widgets.fields import NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.lifetime import is_alive
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.text import text
from balint_desktop.vault.import_copy import CopyGroups, CopyTarget, ImportedCopy, PendingCopy
from balint_desktop.vault.log.recordings import PartRow
from balint_desktop.vault.older_copy import rebuild_session
from balint_desktop.vault.shared_copy import FoundCopy

_NEW = "new"


class ImportCopyForm(QWidget):
    """A button that asks for the folder of a sealed copy, then a short form: what it is, and which group it goes to.

    A copy of an earlier version does not say of which session it is: number and day are asked for then.
    """

    imported = Signal()

    def __init__(
        self,
        transfers: TransferService,
        formats: FormatLibrary,
        work: Work,
        messages: Messages,
        *,
        ask: AskFolder = ask_for_folder,
    ) -> None:
        super().__init__()
        self._transfers = transfers
        self._formats = formats
        self._work = work
        self._messages = messages
        self._ask = ask
        self._found: FoundCopy | None = None
        self.open_button = button(tr("Import a sealed copy…"), "import-copy-open", self._on_open)
        self.about = named(text(""), "import-copy-about")
        self.uses = named(text(""), "import-copy-uses")
        self.group = Choice(tr("Choose a group"))
        self.name = QLineEdit()
        self.number = NumberField(1, MAX_NUMBER)
        self.day = DateField()
        self.problem = ProblemLabel("import-copy-problem")
        self.words = LiveLabel("import-copy-words")
        self.import_button = button(tr("Import recording"), "import-copy-do", self._on_import, ButtonKind.PRIMARY)
        self.leave_button = button(
            tr("Cancel"), "import-copy-leave", self.close_form, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.form = self._build_form()
        column = layouts.column(self, 12)
        column.addWidget(flow(self.open_button))
        column.addWidget(self.form)
        self.form.hide()
        self.group.currentIndexChanged.connect(self._show_name)
        self.name.returnPressed.connect(self._on_import)

    def close_form(self) -> None:
        """Close the form and discard its input."""
        self._found = None
        self.problem.announce("")
        self.form.hide()
        self.open_button.show()
        self.open_button.setFocus()

    def open_folder(self, folder: Path) -> None:
        """Read the sealed copy in a folder, and show what it is."""
        self._messages.begin_act()
        self.open_button.setEnabled(False)
        self._work.run(lambda: self._transfers.read_copy(folder), self._on_found, self._on_unreadable, owner=self)

    def _build_form(self) -> QWidget:
        holder = QWidget()
        column = column_in(holder)
        typed = Form()
        typed.row(tr("Session number"), self.number, "import-copy-number")
        typed.row(tr("Day"), self.day, "import-copy-day")
        self._typed = typed
        form = Form()
        form.row(
            tr("Group"),
            self.group,
            "import-copy-group",
            tr("Choose a group you lead only if its codes mean the same people."),
        )
        naming = Form()
        naming.row(tr("Name of the new group"), self.name, "import-copy-name", tr("It stays in this vault."))
        self._naming = naming
        for widget in (
            self.about,
            self.uses,
            typed,
            form,
            naming,
            self.problem,
            self.words,
            flow(self.import_button, self.leave_button, learn_more("readers", "import-copy-more")),
        ):
            column.addWidget(widget)
        return holder

    def _on_open(self) -> None:
        folder = self._ask(self, tr("Choose the folder of the sealed copy"))
        if folder is not None:
            self.open_folder(folder)

    def _on_unreadable(self, trouble: Trouble) -> None:
        self.open_button.setEnabled(True)
        self._messages.trouble(trouble)

    def _on_found(self, found: FoundCopy) -> None:
        self.open_button.setEnabled(True)
        with self._messages.attempt():
            self._transfers.check_copy(found)
            groups = self._transfers.copy_groups(found.shared)
            self._found = found
            self._show_found(found.shared)
            self._offer_groups(groups)
            self.problem.announce("")
            self.open_button.hide()
            self.form.show()
            (self.group if found.shared is not None else self.number).setFocus()

    def _show_found(self, shared: SharedSession | None) -> None:
        self._typed.setVisible(shared is None)
        self.number.setValue(1)
        self.day.set_day(None)
        if shared is None:
            self.about.setText(tr("The copy was made by an earlier version. Enter the session it belongs to."))
            self.uses.setText(shared_copies.unknown_uses())
            return
        words = tr("Session {number}, {day}, with {codes}.")
        self.about.setText(
            words.format(number=shared.number, day=day_at(shared.began_wall), codes=", ".join(shared.codes))
        )
        self.uses.setText(shared_copies.uses(shared))

    def _offer_groups(self, groups: CopyGroups) -> None:
        self.name.clear()
        options: list[tuple[str, str]] = [(group.name, group.id) for group in groups.offered]
        if not groups.is_only:
            options.append((tr("New group"), _NEW))
        self.group.set_options(options, chosen=groups.suggested)
        self._show_name()

    def _show_name(self) -> None:
        self._naming.setVisible(self.group.value() == _NEW)

    def _on_import(self) -> None:
        found = self._found
        if found is None:
            return
        target = self._target()
        shared = found.shared or self._typed_session(found)
        if target is None or shared is None:
            return
        with self._messages.act():
            pending = self._transfers.begin_copy(found, shared, target)
            self._set_busy(busy=True)
            self._work.run(
                lambda: self._transfers.copy_in(pending, self._check_cancelled),
                lambda parts: self._on_copied(pending, parts),
                self._on_failed,
                owner=self,
            )

    def _target(self) -> CopyTarget | None:
        """Return the chosen group; without one say what is missing."""
        chosen = self.group.value()
        if chosen is None:
            self.problem.announce(tr("Choose a group first."))
            self.group.setFocus()
            return None
        if chosen != _NEW:
            return CopyTarget(chosen)
        if not self.name.text().strip():
            self.problem.announce(tr("Enter a name for the new group."))
            self.name.setFocus()
            return None
        return CopyTarget(new_name=self.name.text())

    def _typed_session(self, found: FoundCopy) -> SharedSession | None:
        """Return the session as typed and as its parts tell it; without a day say so."""
        try:
            typed = self._transfers.typed_session(self.number.value(), self.day.day())
        except Trouble as trouble:
            self.problem.show_trouble(trouble)
            self.day.setFocus()
            return None
        formats = [(one.key, self._formats.text(one.key)) for one in self._formats.formats()]
        return rebuild_session(found, typed, formats)

    def _check_cancelled(self, _bytes: int) -> None:
        """Stop importing if the app closes or the vault was locked. Called on the copying thread."""
        if self._work.closed or not is_alive(self):
            raise AppCloses

    def _on_copied(self, pending: PendingCopy, parts: tuple[PartRow, ...]) -> None:
        self._set_busy(busy=False)
        with self._messages.attempt():
            result: ImportedCopy = self._transfers.finish_copy(pending, parts)
            self.close_form()
            self._messages.inform(" ".join(shared_copies.imported(result)))
            self.imported.emit()

    def _on_failed(self, trouble: Trouble) -> None:
        self._set_busy(busy=False)
        self._messages.trouble(trouble)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self._typed, self.group, self.name, self.import_button, self.leave_button):
            widget.setEnabled(not busy)
        self.problem.announce("")
        self.words.announce(tr("Copying and verifying…") if busy else "")
