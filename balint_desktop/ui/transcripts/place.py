"""The place Transcripts: one row a session, the page before transcribing, and the page that corrects."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.transcript.queue import WaitReason
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.text import durations
from balint_desktop.text.transcripts import deletion_words
from balint_desktop.ui.deidentify.approved_page import ApprovedPage
from balint_desktop.ui.deidentify.deps import Approval, DeidentifyService, DeidentifyWork
from balint_desktop.ui.deidentify.left_open import OpenPage
from balint_desktop.ui.deidentify.page import DeidentifyPage
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.transcripts.before_page import BeforePage
from balint_desktop.ui.transcripts.correct_page import CorrectPage
from balint_desktop.ui.transcripts.deps import (
    OpenTranscript,
    TranscribeCard,
    TranscribeChoices,
    TranscribeProgress,
    TranscriptRow,
    TranscriptsDeps,
    TranscriptService,
    TranscriptState,
    TranscriptWay,
)
from balint_desktop.ui.transcripts.left_open import LeftOpen, LeftOpenStore
from balint_desktop.ui.transcripts.progress_line import ProgressLine
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, Room, row
from balint_desktop.ui.widgets.text import heading, text

_POLL_MS = 1_000
_QueueShown = tuple[tuple[RecordingId, ...], WaitReason | None]
_TO_DEIDENTIFY = frozenset({TranscriptState.SIGNED_OFF, TranscriptState.DEIDENTIFYING})
_AFTER_SIGNING = _TO_DEIDENTIFY | {TranscriptState.APPROVED}
_HAS_TEXT = wording.TO_CORRECT | {TranscriptState.TO_TYPE} | _AFTER_SIGNING
_UNDER_WAY = frozenset({TranscriptState.RUNNING, TranscriptState.QUEUED})


class TranscriptsPlace(Place):
    """Lists the sessions with their next step. A transcript is opened in memory and saved as it is corrected."""

    def __init__(self, deps: TranscriptsDeps, playback: Playback, work: Work, messages: Messages) -> None:
        super().__init__("transcripts", tr("Transcripts"), scrolls=False)
        self._deps, self._playback, self._work, self._messages = deps, playback, work, messages
        self._rows: dict[RecordingId, TranscriptRow] = {}
        self._wanted: RecordingId | None = None
        self._left_open = LeftOpenStore(deps.drafts)
        self._left: LeftOpen | None = None
        self._chosen: TranscriptRow | None = None
        self._listed: _QueueShown | None = None
        self._list = QWidget()
        self._build_list()
        self.before = BeforePage(
            imports=deps.import_text is not None,
            opens_consents=deps.show_consents is not None,
            adds_models=deps.add_model is not None,
        )
        self.correct = CorrectPage(deps, playback, work, messages)
        self.deidentify = DeidentifyPage(deps.deidentify, work, messages)
        self.approved = ApprovedPage(deps.deidentify, work, messages)
        self._left_page: OpenPage | None = None
        self._area_of_before = PageArea(self.before, "transcript-before-scroll", tr("Before transcribing"), inner=True)
        self._pages = Pages()
        for page in (self._list, self._area_of_before, self.correct, self.deidentify, self.approved):
            self._pages.add(page)
        self.body.addWidget(self._pages)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self._connect()

    # --- place ---

    def enter_view(self) -> None:
        """Refresh the list; a transcript that could not be saved when it was left is still on its page."""
        if self.correct.opened is None and self.deidentify.opened is None:
            self._left = self._left_open.read()
            self._left_page = self.deidentify.store.read_open()
            self._refresh()

    def leave_view(self) -> None:
        """Save and close the transcript. What cannot be saved stays on its page, and is tried again."""
        self._poll.stop()
        # What is still being opened is not shown any more.
        self._wanted = self._chosen = self._left = self._left_page = None
        if self.approved.opened is not None:
            self.approved.leave()
            self._pages.show_page(self._list)
        with self._messages.attempt():
            page = self.deidentify.left_open()
            if page is not None:
                self.deidentify.store.save_open(page)
            self.deidentify.leave()
            self.correct.edit.commit()
            left = self.correct.left_open()
            if left is not None:
                self._left_open.save(left)
            self.correct.leave()
            self._pages.show_page(self._list)

    @property
    def is_in_use(self) -> bool:
        """Whether a recording is playing."""
        return self._playback.playing

    def first_focus(self) -> QWidget | None:
        """Return what is first on the page that is shown."""
        page = self._pages.current()
        if page is self.correct:
            return self.correct.edit
        if page is self.deidentify:
            return self.deidentify.reading.text
        if page is self.approved:
            return self.approved.first_focus()
        if page is self._area_of_before:
            return self.before.first_focus()
        return self.table if self.table.isVisibleTo(self) else None

    def show_transcript(self, recording: RecordingId) -> None:
        """Open the next step of a recording's transcript, now or once the list is loaded."""
        self._left = self._left_page = None
        self._wanted = recording
        if recording in self._rows:
            self._wanted = None
            self._act(self._rows[recording])

    def show_begun(self, recording: RecordingId) -> None:
        """Open a transcript that was just begun elsewhere."""
        self._left = self._left_page = None
        self._rows.pop(recording, None)
        self._wanted = recording
        self._pages.show_page(self._list)
        self._refresh()

    # --- list ---

    def _build_list(self) -> None:
        self._none = named(text(tr("No recorded sessions yet."), "quiet"), "transcripts-none")
        self.table = Table(
            "transcripts-table",
            tr("Transcripts"),
            (
                ColumnSpec("began", tr("Date")),
                ColumnSpec("group", tr("Group"), room=Room.LEAVES),
                ColumnSpec("number", tr("Number"), is_number=True, room=Room.LEAVES),
                ColumnSpec("length", tr("Length"), is_number=True, room=Room.LEAVES),
                ColumnSpec("state", tr("State"), room=Room.SHRINKS),
                ColumnSpec("step", tr("Next step")),
            ),
        )
        self.step_button = button("", "transcripts-step", self._on_step, ButtonKind.PRIMARY)
        self.again_button = button(tr("Choose again…"), "transcripts-again", self._on_again)
        self.read_button = button(tr("Read the transcript"), "transcripts-read", self._on_read)
        self.delete_button = button(tr("Delete transcript…"), "transcripts-delete", self._on_delete, ButtonKind.QUIET)
        self._steps = flow(self.step_button, self.again_button, self.read_button, self.delete_button)
        self.confirm = Confirm("transcripts-delete")
        self.progress = ProgressLine()
        inner = QWidget()
        column = layouts.column(inner, 14)
        column.addWidget(named(heading(tr("Transcripts")), "transcripts-heading"))
        for widget in (self._none, self.table, self._steps, self.confirm):
            column.addWidget(widget)
        # Nothing is offered before the list is loaded.
        for widget in (self._none, self.table, self._steps):
            widget.hide()
        column.addStretch(1)
        outer = layouts.column(self._list, 14)
        outer.addWidget(PageArea(inner, "transcripts-scroll", tr("Transcripts"), inner=True), 1)
        outer.addWidget(self.progress)

    def _connect(self) -> None:
        self.table.opened.connect(lambda key: self._act(self._rows[RecordingId(key)]))
        self.table.selectionModel().currentRowChanged.connect(self._show_step)
        self.table.arranged.connect(self._show_step)
        self.progress.stop_asked.connect(lambda key: self._on_stop(RecordingId(key)))
        self.before.back.connect(self._show_list)
        self.before.begun.connect(self._on_begun)
        self.before.import_asked.connect(lambda: self._lead(self._deps.import_text))
        self.before.consents_asked.connect(lambda: self._lead(self._deps.show_consents))
        self.before.add_model_asked.connect(self._on_add_model)
        self.correct.back.connect(self._on_back)
        self.deidentify.back.connect(self._on_deidentify_back)
        self.deidentify.approved.connect(self._on_approved)
        self.approved.back.connect(self._on_approved_back)

    def _refresh(self) -> None:
        with self._messages.attempt():
            service = self._deps.service()
            self._listed = _queue_shown(service.progress())
            self._work.run(service.list, self._on_listed, self._messages.trouble, owner=self)

    def _on_listed(self, rows: tuple[TranscriptRow, ...]) -> None:
        newest_first = sorted(rows, key=lambda one: one.began_wall or 0.0, reverse=True)
        self._rows = {one.recording: one for one in newest_first}
        self.table.show_rows([_row(one) for one in newest_first])
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._show_step()
        if any(one.state in _UNDER_WAY for one in rows):
            self._poll.start()
            self._on_poll()
        else:
            self._poll.stop()
            self.progress.show_progress(None)
        if self._wanted is not None:
            self.show_transcript(self._wanted)
        elif self._left is not None and self._chosen is None:
            self._open_again(self._left)
        elif self._left_page is not None and self._chosen is None:
            self._open_page_again(self._left_page)

    def _show_step(self) -> None:
        """Show the next step of the chosen session on the button."""
        chosen = self._rows.get(RecordingId(self.table.chosen_key()))
        words = wording.step(chosen) if chosen is not None else ""
        self.step_button.setText(words)
        self.step_button.setVisible(bool(words))
        self.again_button.setVisible(chosen is not None and chosen.state is TranscriptState.INTERRUPTED)
        is_after = chosen is not None and chosen.has_transcript and chosen.state in _AFTER_SIGNING
        self.read_button.setVisible(is_after and self._deps.deidentify is not None)
        if chosen is not None:
            for one in (self.step_button, self.again_button, self.read_button, self.delete_button):
                one.setAccessibleDescription(wording.title(chosen))
        self.delete_button.setVisible(chosen is not None and chosen.has_transcript and chosen.state not in _UNDER_WAY)
        self.confirm.dismiss()
        self._steps.setVisible(chosen is not None)

    def _on_step(self) -> None:
        chosen = self._rows.get(RecordingId(self.table.chosen_key()))
        if chosen is not None:
            self._act(chosen)

    def _on_read(self) -> None:
        """Read the corrected text of a session that is de-identified or approved."""
        chosen = self._rows.get(RecordingId(self.table.chosen_key()))
        if chosen is not None:
            self._chosen, self._left, self._left_page = chosen, None, None
            with self._messages.act():
                self._open(self._deps.service(), chosen.recording)

    def _on_again(self) -> None:
        """Choose how a session is transcribed that was stopped on the way."""
        chosen = self._rows.get(RecordingId(self.table.chosen_key()))
        if chosen is not None:
            with self._messages.act():
                self._ask_before(self._deps.service(), chosen)

    def _ask_before(self, service: TranscriptService, chosen: TranscriptRow) -> None:
        self._chosen = chosen
        self._work.run(lambda: service.card(chosen.recording), self._on_card, self._messages.trouble, owner=self)

    def _on_delete(self) -> None:
        chosen = self._rows.get(RecordingId(self.table.chosen_key()))
        if chosen is not None:
            self.confirm.ask(
                deletion_words(wording.title(chosen)),
                tr("Delete transcript"),
                lambda: self._delete(chosen.recording),
                self.delete_button,
            )

    def _delete(self, recording: RecordingId) -> None:
        if self._messages.attempted(lambda: self._deps.service().delete(recording)):
            self._messages.inform(tr("The transcript was deleted."))
            self._show_list()

    def _act(self, chosen: TranscriptRow) -> None:
        """Do the next step of a session."""
        self._chosen, self._left, self._left_page = chosen, None, None
        deidentify = self._deps.deidentify
        with self._messages.act():
            service = self._deps.service()
            if chosen.state in {TranscriptState.NOTHING, TranscriptState.CLOSED} and wording.step(chosen):
                self._ask_before(service, chosen)
            elif chosen.state in _UNDER_WAY:
                self._on_stop(chosen.recording)
            elif chosen.state is TranscriptState.INTERRUPTED:
                service.start(chosen.recording, TranscribeChoices(TranscriptWay.BY_MACHINE))
                self._refresh()
            elif chosen.state is TranscriptState.TEXT_TO_IMPORT:
                self._lead(self._deps.import_text)
            elif chosen.state in _TO_DEIDENTIFY and deidentify is not None:
                self._open_deidentify(deidentify.service(), chosen.recording)
            elif not wording.step(chosen):
                return
            elif chosen.state is TranscriptState.APPROVED and deidentify is not None:
                self._open_approved(deidentify.service(), chosen.recording)
            elif chosen.state is not TranscriptState.NO_RECORDING:
                self._open(service, chosen.recording)

    def _on_stop(self, recording: RecordingId) -> None:
        with self._messages.act():
            self._deps.service().stop(recording)
            self._refresh()

    def _on_poll(self) -> None:
        with self._messages.attempt():
            progress = self._deps.service().progress()
            self.progress.show_progress(progress)
            if _queue_shown(progress) != self._listed:
                self._refresh()

    def _show_list(self) -> None:
        self._pages.show_page(self._list)
        self._refresh()
        self.table.setFocus()

    # --- the pages ---

    def _on_card(self, card: TranscribeCard) -> None:
        self.before.show_card(card)
        self._pages.show_page(self._area_of_before)
        self.before.first_focus().setFocus()

    def _on_begun(self, choices: TranscribeChoices) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        with self._messages.act():
            service = self._deps.service()
            service.start(chosen.recording, choices)
            if choices.way is TranscriptWay.BY_HAND:
                self._open(service, chosen.recording)
            else:
                self._show_list()

    def _lead(self, way: Callable[[RecordingId], None] | None) -> None:
        if self._chosen is not None and way is not None:
            way(self._chosen.recording)

    def _on_add_model(self) -> None:
        if self._deps.add_model is not None:
            self._deps.add_model()

    def _open(self, service: TranscriptService, recording: RecordingId) -> None:
        self._work.run(
            lambda: service.open(recording),
            lambda opened: self._on_opened(service, opened),
            self._on_open_failed,
            owner=self,
        )

    def _open_again(self, left: LeftOpen) -> None:
        """Open the transcript that was left open, where one was in it; where that is no more, stay with the list."""
        chosen = self._rows.get(left.recording)
        if chosen is None or chosen.state not in _HAS_TEXT:
            self._left = None
            self._left_open.delete()
            return
        self._chosen = chosen
        with self._messages.attempt():
            self._open(self._deps.service(), left.recording)

    def _on_opened(self, service: TranscriptService, opened: OpenTranscript) -> None:
        if self._chosen is None or self._chosen.recording != opened.row.recording:
            service.close(opened.row.recording)
            return
        self._poll.stop()
        self._pages.show_page(self.correct)
        self.correct.show_opened(service, opened)
        left, self._left = self._left, None
        if left is not None and left.recording == opened.row.recording:
            self.correct.go_back_to(left)
        elif wording.is_to_sign_off(self._chosen):
            self.correct.ask_to_sign_off()

    def _on_open_failed(self, trouble: Trouble) -> None:
        self._left = self._left_page = None
        self._left_open.delete()
        self.deidentify.store.save_open(None)
        self._show_list()
        self._messages.trouble(trouble)

    def _on_back(self) -> None:
        with self._messages.attempt():
            self.correct.leave()
            self._left_open.delete()
            self._show_list()

    # --- de-identifying ---

    def _open_deidentify(self, service: DeidentifyService, recording: RecordingId, page: int = 0) -> None:
        self._work.run(
            lambda: service.open(recording),
            lambda opened: self._on_deidentify_opened(service, opened, page),
            self._on_open_failed,
            owner=self,
        )

    def _on_deidentify_opened(self, service: DeidentifyService, opened: DeidentifyWork, page: int) -> None:
        if self._chosen is None or self._chosen.recording != opened.recording:
            return
        self._poll.stop()
        self._left_page = None
        self._pages.show_page(self.deidentify)
        self.deidentify.show_opened(service, opened, page)

    def _open_page_again(self, left: OpenPage) -> None:
        """De-identify the text that was left open, from its page; where that is no more, stay with the list."""
        chosen, deidentify = self._rows.get(left.recording), self._deps.deidentify
        if chosen is None or deidentify is None or chosen.state not in _TO_DEIDENTIFY:
            self._left_page = None
            self.deidentify.store.save_open(None)
            return
        self._chosen = chosen
        with self._messages.attempt():
            self._open_deidentify(deidentify.service(), left.recording, left.page)

    def _on_deidentify_back(self) -> None:
        with self._messages.attempt():
            self.deidentify.leave()
            self.deidentify.store.save_open(None)
            self._show_list()

    def _on_approved(self, _approval: object) -> None:
        """Show the text that was just approved."""
        chosen, deidentify = self._chosen, self._deps.deidentify
        if chosen is None or deidentify is None:
            return
        with self._messages.attempt():
            self.deidentify.leave()
            self.deidentify.store.save_open(None)
            self._open_approved(deidentify.service(), chosen.recording)

    def _open_approved(self, service: DeidentifyService, recording: RecordingId) -> None:
        self._work.run(
            lambda: service.read(recording),
            lambda found: self._on_approved_read(service, recording, found),
            self._on_open_failed,
            owner=self,
        )

    def _on_approved_read(
        self, service: DeidentifyService, recording: RecordingId, found: tuple[ApprovedText, Approval]
    ) -> None:
        if self._chosen is None or self._chosen.recording != recording:
            return
        self._poll.stop()
        self._pages.show_page(self.approved)
        self.approved.show_opened(service, recording, wording.title(self._chosen), found)
        self.approved.first_focus().setFocus()

    def _on_approved_back(self) -> None:
        self.approved.leave()
        self._show_list()


def _queue_shown(progress: TranscribeProgress | None) -> _QueueShown | None:
    """Return what the list shows of the queue: its order, and what the first waits for."""
    return (progress.queue.line, progress.queue.waits_for) if progress is not None else None


def _row(of: TranscriptRow) -> TableRow:
    return row(
        of.recording,
        (
            Cell(day_at(of.began_wall) if of.began_wall else tr("unknown"), of.began_wall),
            of.group or tr("unknown"),
            Cell(str(of.number) if of.number is not None else tr("unknown"), of.number),
            Cell(durations.clock(of.seconds) if of.seconds is not None else tr("unknown"), of.seconds),
            wording.state(of),
            wording.step(of),
        ),
    )
