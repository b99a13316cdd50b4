"""Form to import another recorder's file, and the reminder to wipe it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.session.session_record import StoredSession
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.text import imports
from balint_desktop.ui.export.open_dialog import AskFile, ask_for_file
from balint_desktop.ui.export.transfer_box import AppCloses
from balint_desktop.ui.recordings.wipe_list import WipeList
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.lifetime import is_alive
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.text import small, text
from balint_desktop.vault.import_recording import PendingImport, SealedImport

_LONGEST_MINUTES = 600
_KINDS = " ".join(
    f"*.{ending}"
    for ending in (
        *(
            "wav",
            "wave",
            "bwf",
            "rf64",
            "w64",
            "flac",
            "mp3",
            "mp2",
            "ogg",
            "oga",
            "opus",
            "aiff",
            "aif",
            "aifc",
            "caf",
        ),
        *("au", "snd", "m4a", "m4b", "mp4", "mov", "3gp", "aac", "amr", "wma", "webm", "mka"),
    )
)
SUFFIXES = frozenset(_KINDS.replace("*.", "").split())


class ImportForm(QWidget):
    """A button that opens a short form: file, session, and the file's start time on its clock."""

    imported = Signal()

    def __init__(
        self, transfers: TransferService, work: Work, messages: Messages, *, ask: AskFile = ask_for_file
    ) -> None:
        super().__init__()
        self._transfers = transfers
        self._work = work
        self._messages = messages
        self._ask = ask
        self._file: Path | None = None
        self._sessions: tuple[StoredSession, ...] = ()
        self.open_button = button(tr("Import a file…"), "import-open", self._on_open)
        self.file_words = named(text(""), "import-file")
        self.session = ChoiceField()
        self.minutes = NumberField(0, _LONGEST_MINUTES)
        self.seconds = NumberField(0, 59)
        self.words = LiveLabel("import-words")
        self.import_button = button(tr("Import"), "import-do", self._on_import, ButtonKind.PRIMARY)
        self.leave_button = button(
            tr("Cancel"), "import-leave", self.close_form, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.wipe_list = WipeList(transfers, messages)
        self.form = self._build_form()
        column = layouts.column(self, 12)
        # The reminders last: they are rebuilt each time, so Tab reaches them last, too.
        for widget in (flow(self.open_button), self.form, self.wipe_list):
            column.addWidget(widget)
        self.form.hide()

    def refresh(self) -> None:
        """Refresh the list of files to wipe."""
        self.wipe_list.refresh()

    def close_form(self) -> None:
        """Close the form and discard its input."""
        self._file = None
        self.form.hide()
        self.open_button.show()
        self.open_button.setFocus()

    def _build_form(self) -> QWidget:
        holder = QWidget()
        column = column_in(holder)
        form = Form()
        form.row(tr("Session"), self.session, "import-session")
        form.row(
            tr("Start (minutes)"),
            self.minutes,
            "import-minutes",
            tr("On the session’s clock. Leave at 0 if recording started with the session."),
        )
        form.row(tr("Start (seconds)"), self.seconds, "import-seconds")
        about = tr(
            "It will be sealed like any recording. The original file stays where it is, not encrypted, until "
            "you delete it."
        )
        for widget in (
            self.file_words,
            form,
            named(small(about), "import-about"),
            self.words,
            flow(self.import_button, self.leave_button),
        ):
            column.addWidget(widget)
        return holder

    def _on_open(self) -> None:
        with self._messages.attempt():
            self._sessions = self._transfers.sessions()
            if not self._sessions:
                self._messages.inform(tr("There is no closed session that can take a recording."))
                return
            kinds = "{audio} ({kinds});;{all} (*)".format(audio=tr("Audio"), kinds=_KINDS, all=tr("All files"))
            file = self._ask(self, tr("Import an audio file"), kinds)
            if file is not None:
                self.open_file(file)

    def open_file(self, file: Path) -> None:
        """Show the form for a file."""
        with self._messages.attempt():
            self._sessions = self._transfers.sessions()
            if not self._sessions:
                self._messages.inform(tr("There is no closed session that can take a recording."))
                return
            self._file = file
            self.file_words.setText(tr("File: {name}").format(name=printable_name(self._file.name)))
            self.session.clear()
            self.session.addItems([_session_words(session) for session in self._sessions])
            self.minutes.setValue(0)
            self.seconds.setValue(0)
            self.open_button.hide()
            self.form.show()
            self.session.setFocus()

    def _on_import(self) -> None:
        file, session = self._file, self._chosen()
        if file is None or session is None:
            return
        with self._messages.act():
            pending = self._transfers.begin_import(session, 60.0 * self.minutes.value() + self.seconds.value())
            self._set_busy(busy=True)
            self._work.run(
                lambda: self._transfers.seal_import(pending, file, self._check_cancelled),
                lambda sealed: self._on_sealed(pending, sealed, file),
                self._on_failed,
                owner=self,
            )

    def _check_cancelled(self, _bytes: int) -> None:
        """Stop importing if the app closes or the vault was locked. Called on the sealing thread."""
        if self._work.closed or not is_alive(self):
            raise AppCloses

    def _chosen(self) -> SessionId | None:
        at = self.session.currentIndex()
        return self._sessions[at].id if 0 <= at < len(self._sessions) else None

    def _on_sealed(self, pending: PendingImport, sealed: SealedImport, file: Path) -> None:
        self._set_busy(busy=False)
        name = printable_name(file.name)
        with self._messages.attempt():
            self._transfers.finish_import(pending, sealed, name)
            self.close_form()
            self._messages.inform(imports.imported(name, sealed.report))
            self.refresh()
            self.imported.emit()

    def _on_failed(self, trouble: Trouble) -> None:
        self._set_busy(busy=False)
        self._messages.trouble(trouble)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.session, self.minutes, self.seconds, self.import_button, self.leave_button):
            widget.setEnabled(not busy)
        sealing = tr("Importing. An hour of audio takes a few minutes. You can carry on working.")
        self.words.announce(sealing if busy else "")


def _session_words(session: StoredSession) -> str:
    return tr("{group}, session {number}, {day}").format(
        group=session.group, number=session.setting.number, day=day_at(session.began_wall)
    )
