"""The place Recordings: list with conditions, and each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door, Passage
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.i18n import tr, tr_n
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.summary import ALARMS, OPENABLE, Condition, OpenRecording, RecordingSummary, Verification
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.group.retention.recording_section import RecordingRetention
from balint_desktop.ui.recordings import wording
from balint_desktop.ui.recordings.import_copy_form import ImportCopyForm
from balint_desktop.ui.recordings.import_form import ImportForm
from balint_desktop.ui.recordings.page import RecordingPage
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.share import ShareButton
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import day_at, short_day
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import text

Backups = Callable[[RecordingId], Sequence[str]]
"""Returns one sentence for each backup that still holds a recording."""
StretchesWaiting = Callable[[RecordingId], int | None]
"""Counts the stretches of a transcript that wait for a speaker of another language; None without a transcript."""
# Destroyed already, being recorded, or without a row in the log to record the destruction.
_NOT_DESTROYABLE = frozenset({Condition.DESTROYED, Condition.IN_USE, Condition.UNKNOWN})


def no_backups(_recording: RecordingId) -> Sequence[str]:
    """Return no backups."""
    return ()


def no_transcript(_recording: RecordingId) -> int | None:
    """Return None, as if there were no transcripts."""
    return None


class RecordingOperations(Protocol):
    """Recordings service of an open vault. All methods raise Trouble.

    `sources`, `pass_door`, `note_exported` and `destroy` use the log and are called on the main thread; the others
    take a moment and are called in a thread.
    """

    def sources(self) -> tuple[RecordingInputs, ...]:
        """Return all recordings, in the log or not."""
        ...

    def pass_names(self, opened: OpenRecording, path: Path) -> None:
        """Ask the gate about a sound file's name and tags. Raises Trouble."""
        ...

    def pass_door(self, door: Door, recording: RecordingId, purpose: Purpose | None = None) -> Passage:
        """Ask the consent gate whether a recording may be used so."""
        ...

    def note_exported(self, passage: Passage) -> None:
        """Record that a recording was exported unencrypted, and what for."""
        ...

    def destroy(self, recording: RecordingId, reason: str, witness: str = "") -> None:
        """Destroy a recording permanently, with a witness."""
        ...

    def read_summary(self, sources: RecordingInputs) -> RecordingSummary:
        """Return a recording's metadata without reading any sound."""
        ...

    def open(self, sources: RecordingInputs) -> OpenRecording:
        """Open a recording in memory."""
        ...

    def verify(self, sources: RecordingInputs) -> Verification:
        """Verify every byte of a recording without changing anything."""
        ...

    def export(self, opened: OpenRecording, path: Path, passage: Passage) -> None:
        """Write an unencrypted sound file, .opus or .wav."""
        ...


class RecordingsPlace(Place):
    """The recordings, newest first. The open recording is closed when the place goes out of view."""

    def __init__(
        self,
        service: Callable[[], RecordingOperations],
        playback: Playback,
        work: Work,
        messages: Messages,
        *,
        ask: Ask = ask_where_to_save,
        backups: Backups = no_backups,
        transcripts: StretchesWaiting = no_transcript,
        names_in: Callable[[RecordingId, str], tuple[str, ...]] = lambda _recording, _text: (),
        hand_over: ShareButton | None = None,
        import_form: ImportForm | None = None,
        import_copy: ImportCopyForm | None = None,
        keeping: RecordingRetention | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("recordings", tr("Recordings"), parent)
        self._service = service
        self._work = work
        self._messages = messages
        self._ask = ask
        self._backups = backups
        self._transcripts = transcripts
        self._names_in = names_in
        self._playback = playback
        self._sources: dict[RecordingId, RecordingInputs] = {}
        self._listed: dict[RecordingId, RecordingSummary] = {}
        self._shown: RecordingSummary | None = None
        self._opened: OpenRecording | None = None
        self._wanted: RecordingId | None = None
        self._to_destroy: RecordingId | None = None
        playback.failed.connect(messages.trouble)
        self.page = RecordingPage(playback)
        self.page.back.connect(self.show_list)
        self.page.verify.connect(self._on_verify)
        self.page.export.connect(self._on_export)
        self.page.others_listen.toggled.connect(self._on_others_listen)
        self.page.destroying.destroy_asked.connect(self._on_destroy)
        self._hand_over = hand_over
        self._import_form = import_form
        self._import_copy = import_copy
        self._retention = keeping
        self._due: dict[RecordingId, date] = {}
        self._list = QWidget()
        self._list_column = layouts.column(self._list, 12)
        self._build_list()
        self.body.addWidget(self._list)
        self.body.addWidget(self.page)
        if hand_over is not None:
            self.page.use.changed.connect(hand_over.set_purpose)
        for act in (hand_over, keeping):
            if act is not None:
                self.page.add_action(act)
        if keeping is not None:
            keeping.changed.connect(self._offer_again)
        for form in (import_copy, import_form):
            if form is not None:
                self._list_column.addWidget(form)
                form.imported.connect(self.enter_view)
        self.body.addStretch(1)
        self.show_list()

    def enter_view(self) -> None:
        """Refresh the list."""
        with self._messages.attempt():
            service = self._service()
            self._sources = {one.id: one for one in service.sources()}
            self._due = self._retention.due() if self._retention is not None else {}
            if self._import_form is not None:
                self._import_form.refresh()
            sources = tuple(self._sources.values())
            self._work.run(
                lambda: tuple(service.read_summary(one) for one in sources),
                self._on_listed,
                self._messages.trouble,
                owner=self,
            )

    def leave_view(self) -> None:
        """Stop playback, close the open recording and release its keys."""
        self._sources = {}
        self._to_destroy = None
        self.show_list()

    @property
    def is_in_use(self) -> bool:
        """Whether a recording is playing."""
        return self._playback.playing

    def first_focus(self) -> QWidget | None:
        """Return the list of recordings."""
        return self.table if self.table.isVisibleTo(self) else None

    def show_recording(self, recording: RecordingId) -> None:
        """Open the page of a recording, now or once the list is loaded."""
        self._wanted = recording
        for listed in self._listed.values():
            if listed.id == recording:
                self._wanted = None
                self._open(listed)

    def ask_to_destroy(self, recording: RecordingId) -> None:
        """Open a recording's page with the confirmation to destroy it."""
        if self._shown is not None and self._shown.id == recording:
            self.page.destroying.ask()
        else:
            self._to_destroy = recording
            self.show_recording(recording)

    def import_file(self, path: Path) -> None:
        """Show the list with the form to import a file, or the folder of a sealed copy."""
        self.show_list()
        if path.is_dir() and self._import_copy is not None:
            self._import_copy.open_folder(path)
        elif self._import_form is not None:
            self._import_form.open_file(path)

    def show_list(self) -> None:
        """Show all recordings, and close the open one."""
        if self._retention is not None:
            self._retention.keep_draft()
        self._shown = self._opened = None
        self.page.show_opened(None)
        self.page.hide()
        self._list.show()
        if self.heading_label is not None:
            self.heading_label.show()

    def _build_list(self) -> None:
        layout = self._list_column
        self._none = named(text(tr("No recordings yet."), "quiet"), "recordings-none")
        self._alarm = named(text(""), "recordings-alarm")
        self.table = Table(
            "recordings-table",
            tr("Recordings"),
            (
                ColumnSpec("began", tr("Date")),
                ColumnSpec("group", tr("Group")),
                ColumnSpec("number", tr("Number"), is_number=True),
                ColumnSpec("length", tr("Length"), is_number=True),
                ColumnSpec("condition", tr("Condition")),
                ColumnSpec("due", tr("Due")),
            ),
        )
        self.table.opened.connect(lambda key: self._open(self._listed[RecordingId(key)]))
        self._open_button = button(tr("Open recording"), "recordings-open", self._on_open, ButtonKind.PRIMARY)
        for widget in (self._none, self._alarm, self.table, self._open_button):
            layout.addWidget(widget)
            # Nothing is offered or reported before the list is loaded.
            widget.hide()

    def _on_listed(self, listed: tuple[RecordingSummary, ...]) -> None:
        newest_first = sorted(listed, key=lambda one: one.began_wall or 0.0, reverse=True)
        self._listed = {one.id: one for one in newest_first}
        self.table.show_rows([_row(one, self._due.get(one.id)) for one in newest_first])
        self.table.setVisible(bool(listed))
        self._open_button.setVisible(bool(listed))
        self._none.setVisible(not listed)
        alarms = sum(1 for one in listed if one.condition in ALARMS)
        self._alarm.setText(
            tr_n(
                "{n} recording needs attention. Open it to see why.",
                "{n} recordings need attention. Open each to see why.",
                alarms,
            ).format(n=alarms)
        )
        self._alarm.setVisible(alarms > 0)
        if self._wanted is not None:
            self.show_recording(self._wanted)

    def _on_open(self) -> None:
        chosen = self._listed.get(RecordingId(self.table.chosen_key()))
        if chosen is not None:
            self._open(chosen)

    def _open(self, listed: RecordingSummary) -> None:
        self._shown = listed
        self.page.use.reset()
        self.page.others_listen.setChecked(False)
        self.page.show_listed(listed)
        self._offer_destroying(listed)
        self._list.hide()
        if self.heading_label is not None:
            self.heading_label.hide()
        self.page.show()
        if self._hand_over is not None:
            self._hand_over.show_recording(listed)
        self.page.back_button.setFocus()
        if self._to_destroy == listed.id and listed.condition not in _NOT_DESTROYABLE:
            self.page.destroying.ask()
        self._to_destroy = None
        # A lock meanwhile has emptied what the list was made of.
        sources = self._sources.get(listed.id)
        if sources is not None and listed.condition in OPENABLE and self._may_be_heard(listed):
            service = self._service()
            self._work.run(
                lambda: service.open(sources),
                lambda opened: self._on_opened(listed, opened),
                self._messages.trouble,
                owner=self,
            )

    def _may_be_heard(self, listed: RecordingSummary) -> bool:
        """Return whether the gate lets this recording be played; otherwise say so. One not in the log has no gate."""
        if listed.condition is Condition.UNKNOWN:
            return True
        return self._messages.attempted(lambda: self._service().pass_door(Door.PLAY, listed.id))

    def _on_others_listen(self, others: bool) -> None:
        """Ask the gate before others hear a recording; the tick goes again where it is not agreed to."""
        shown = self._shown
        if not others or shown is None:
            return
        if not self._messages.attempted(
            lambda: self._service().pass_door(Door.SUPERVISION, shown.id, Purpose.SUPERVISION)
        ):
            self._playback.pause()
            self.page.others_listen.setChecked(False)

    def _offer_again(self) -> None:
        if self._shown is not None:
            self._offer_destroying(self._shown)

    def _offer_destroying(self, listed: RecordingSummary) -> None:
        """Offer destroying if there is something to destroy and no legal hold; the panel names the retention period."""
        clock, is_held = "", False
        if self._retention is not None:
            self._retention.show_recording(listed.id)
            clock, is_held = self._retention.clock_words(), self._retention.is_held
        offered = listed.condition not in _NOT_DESTROYABLE and not is_held
        waiting = self._transcripts(listed.id)
        self.page.destroying.name_check.names_in = partial(self._names_in, listed.id)
        self.page.destroying.set_recording(
            self._backups(listed.id), offered=offered, clock=clock, stretches_waiting=waiting
        )

    def _on_opened(self, listed: RecordingSummary, opened: OpenRecording) -> None:
        if self._shown is listed:
            self._opened = opened
            self.page.show_opened(opened)
            if not self.page.destroying.is_asking:
                self.page.play_button.setFocus()

    def _on_verify(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.page.verify_button.setEnabled(False)
        service, sources = self._service(), self._sources[shown.id]
        self._work.run(
            lambda: service.verify(sources),
            lambda verdict: self._on_verified(shown, verdict),
            self._on_verify_failed,
            owner=self,
        )

    def _on_verified(self, shown: RecordingSummary, verdict: Verification) -> None:
        self.page.verify_button.setEnabled(True)
        if self._shown is shown:
            self.page.show_verdict(verdict)

    def _on_verify_failed(self, trouble: Trouble) -> None:
        self.page.verify_button.setEnabled(True)
        self._messages.trouble(trouble)

    def _on_destroy(self, reason: str, witness: str) -> None:
        shown = self._shown
        if shown is None:
            return
        self.page.show_opened(None)
        with self._messages.attempt():
            self._service().destroy(shown.id, reason, witness)
            self.show_list()
            self.enter_view()
            self._messages.inform(tr("Recording destroyed. The log shows when and why."))

    def _on_export(self) -> None:
        opened, purpose = self._opened, self.page.use.purpose()
        if opened is None or purpose is None:
            return
        service, recording = self._service(), opened.listed.id
        if not self._messages.attempted(lambda: service.pass_door(Door.SOUND_FILE, recording, purpose)):
            return
        number = opened.listed.number
        # In the file name, too: an evaluation is analysed apart from the case sessions.
        kind = "evaluation-session" if opened.listed.kind is SessionKind.EVALUATION else "session"
        name = f"balint-{kind}-{number}.opus" if number is not None else "balint-recording.opus"
        kinds = (tr("Ogg Opus, small (*.opus)"), tr("WAV, large (*.wav)"))
        path = self._ask(self, tr("Export audio, not encrypted"), name, kinds)
        if path is None:
            return
        with self._messages.attempt():
            # Again: an answer may have changed while the dialog was open.
            passage = service.pass_door(Door.SOUND_FILE, recording, purpose)
            service.pass_names(opened, path)
            self.page.export_button.setEnabled(False)
            self._work.run(
                lambda: service.export(opened, path, passage),
                lambda _nothing: self._on_exported(passage, path),
                self._on_export_failed,
                owner=self,
            )

    def _on_exported(self, passage: Passage, path: Path) -> None:
        self.page.export_button.setEnabled(True)
        with self._messages.attempt():
            self._service().note_exported(passage)
            show_saved(
                self._messages,
                path,
                tr("Exported to {path}. The file is not encrypted: anyone who has it can listen."),
            )

    def _on_export_failed(self, trouble: Trouble) -> None:
        self.page.export_button.setEnabled(True)
        self._messages.trouble(trouble)


def _row(listed: RecordingSummary, due: date | None) -> TableRow:
    return row(
        listed.id,
        (
            Cell(day_at(listed.began_wall) if listed.began_wall else tr("unknown"), listed.began_wall),
            listed.group or tr("unknown"),
            Cell(str(listed.number) if listed.number is not None else tr("unknown"), listed.number),
            Cell(wording.length(listed), listed.seconds),
            wording.with_redacted(listed),
            Cell(short_day(due), due.isoformat() if due is not None else None),
        ),
    )
