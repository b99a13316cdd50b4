"""Form to import another recorder's file, and the reminder to wipe it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session.session_record import KeptSession
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.text import transfer
from balint_desktop.ui.export.open_dialog import AskFile, ask_for_file
from balint_desktop.ui.export.transfer_box import AppCloses
from balint_desktop.ui.log.wording import date
from balint_desktop.ui.recordings.wipe_list import WipeList
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
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


class ImportForm(QWidget):
    """A button that opens a short form: which file, of which session, and where it begins on its clock."""

    brought_in = Signal()

    def __init__(
        self, carriage: TransferService, work: Work, messages: Messages, *, ask: AskFile = ask_for_file
    ) -> None:
        super().__init__()
        self._carriage = carriage
        self._work = work
        self._messages = messages
        self._ask = ask
        self._file: Path | None = None
        self._sessions: tuple[KeptSession, ...] = ()
        self.open_button = button(tr("Bring in a file…"), "bring-in-open", self._on_open)
        self.file_words = named(text(""), "bring-in-file")
        self.session = ChoiceField()
        self.minutes = NumberField(0, _LONGEST_MINUTES)
        self.seconds = NumberField(0, 59)
        self.words = LiveLabel("bring-in-words")
        self.bring_button = button(tr("Bring it in"), "bring-in-do", self._on_bring, ButtonKind.PRIMARY)
        self.leave_button = button(tr("Leave it"), "bring-in-leave", self.close_form, ButtonKind.QUIET)
        self.wipe_list = WipeList(carriage, messages)
        self.form = self._build_form()
        column = layouts.column(self, 12)
        # The reminders last: made anew each time, they come last for Tab, too.
        for widget in (flow(self.open_button), self.form, self.wipe_list):
            column.addWidget(widget)
        self.form.hide()

    def refresh(self) -> None:
        """Look again at what is left to wipe."""
        self.wipe_list.refresh()

    def close_form(self) -> None:
        """Put the form away, with what was chosen in it."""
        self._file = None
        self.form.hide()
        self.open_button.show()
        self.open_button.setFocus()

    def _build_form(self) -> QWidget:
        holder = QWidget()
        column = column_in(holder)
        form = Form()
        form.row(tr("Session"), self.session, "bring-in-session")
        form.row(
            tr("Begins at minute"),
            self.minutes,
            "bring-in-minutes",
            tr("On the session's clock: 0 where the recorder was started as the session began."),
        )
        form.row(tr("and second"), self.seconds, "bring-in-seconds")
        about = tr(
            "It is sealed like any recording. The file itself stays where it is, in the clear, until you wipe it."
        )
        for widget in (
            self.file_words,
            form,
            named(small(about), "bring-in-about"),
            self.words,
            flow(self.bring_button, self.leave_button),
        ):
            column.addWidget(widget)
        return holder

    def _on_open(self) -> None:
        with self._messages.attempt():
            self._sessions = self._carriage.sessions()
            if not self._sessions:
                self._messages.say(tr("There is no closed session for which recording was available."))
                return
            kinds = tr("Sound (*.wav *.flac *.mp3 *.ogg *.oga *.opus *.aiff *.aif);;All files (*)")
            self._file = self._ask(self, tr("Bring in which file?"), kinds)
            if self._file is None:
                return
            self.file_words.setText(tr("File: {name}").format(name=self._file.name))
            self.session.clear()
            self.session.addItems([_session_words(session) for session in self._sessions])
            self.minutes.setValue(0)
            self.seconds.setValue(0)
            self.open_button.hide()
            self.form.show()
            self.session.setFocus()

    def _on_bring(self) -> None:
        file, session = self._file, self._chosen()
        if file is None or session is None:
            return
        with self._messages.attempt():
            guest = self._carriage.receive(session, 60.0 * self.minutes.value() + self.seconds.value())
            self._set_busy(busy=True)
            self._work.run(
                lambda: self._carriage.seal(guest, file, self._went),
                lambda sealed: self._on_sealed(guest, sealed, file),
                self._on_failed,
                owner=self,
            )

    def _went(self, _bytes: int) -> None:
        """Stop sealing where the app closes or the vault was locked. Called on the sealing thread."""
        if self._work.closed or not is_alive(self):
            raise AppCloses

    def _chosen(self) -> SessionId | None:
        at = self.session.currentIndex()
        return self._sessions[at].id if 0 <= at < len(self._sessions) else None

    def _on_sealed(self, guest: PendingImport, sealed: SealedImport, file: Path) -> None:
        self._set_busy(busy=False)
        with self._messages.attempt():
            self._carriage.let_count(guest, sealed, file.name)
            self.close_form()
            self._messages.say(transfer.imported(file.name, sealed))
            self.refresh()
            self.brought_in.emit()

    def _on_failed(self, trouble: Trouble) -> None:
        self._set_busy(busy=False)
        self._messages.trouble(trouble)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.session, self.minutes, self.seconds, self.bring_button, self.leave_button):
            widget.setEnabled(not busy)
        sealing = tr("Sealing. An hour of sound takes some minutes; you may go on meanwhile.")
        self.words.say(sealing if busy else "")


def _session_words(session: KeptSession) -> str:
    return tr("{group}, session {number}, {day}").format(
        group=session.group, number=session.setting.number, day=date(session.began_wall)
    )
