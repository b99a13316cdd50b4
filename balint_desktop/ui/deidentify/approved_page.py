"""The page of an approved text: what it is, reading it, a later redaction, and destroying the recording."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from balint_desktop.domain.deidentify.approved import ApprovedText, Redaction
from balint_desktop.domain.deidentify.gate import GateFinding
from balint_desktop.domain.deidentify.text_language import language_of
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.deidentify import keys
from balint_desktop.ui.deidentify.deps import Approval, DeidentifyDeps, DeidentifyService, DestroyOffer
from balint_desktop.ui.deidentify.left_open import SittingStore
from balint_desktop.ui.deidentify.page_text import ReadText
from balint_desktop.ui.deidentify.redact_form import RedactForm
from balint_desktop.ui.deidentify.shown_page import ShownPage, ShownPiece
from balint_desktop.ui.recordings.destruction import DestroyPanel
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import day_and_time_at
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.shortcuts import shortcut
from balint_desktop.ui.widgets.text import heading, subheading, text

_LABEL = ": "


class ApprovedPage(QWidget):
    """One approved text, in its latest version. Works without the recording."""

    back = Signal()

    def __init__(self, deps: DeidentifyDeps | None, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "approved")
        self._deps, self._work, self._messages = deps, work, messages
        self._service: DeidentifyService | None = None
        self._recording: RecordingId | None = None
        self._text: ApprovedText | None = None
        self._chosen: Span | None = None
        self._store = SittingStore(deps.drafts if deps is not None else None)
        self.pages = Pages()
        self._build_summary()
        self._build_reading()
        layouts.column(self).addWidget(self.pages)
        self._draft = FormDraft(self.redact.form, deps.drafts if deps is not None else None)
        shortcut(self.reading, keys.MARK, self._on_redact)

    # --- opening and leaving ---

    @property
    def opened(self) -> RecordingId | None:
        """The recording whose approved text is on the page."""
        return self._recording

    @property
    def is_reading(self) -> bool:
        """Whether the text itself is shown."""
        return self.pages.current() is self.reading

    def show_opened(
        self, service: DeidentifyService, recording: RecordingId, title: str, found: tuple[ApprovedText, Approval]
    ) -> None:
        """Show an approved text: first what it is."""
        self._service, self._recording = service, recording
        if self._deps is not None:
            for form in (self.redact, self.destroying):
                form.name_check.names_in = partial(self._deps.names_in, recording)
        self.title.setText(title)
        self.reading_title.setText(title)
        self._show_version(*found)
        self.news.announce("")
        self.pages.show_page(self.summary)
        with self._messages.attempt():
            self._draft.begin(f"approved/{recording}")
        self._offer_destroying()

    def leave(self) -> None:
        """Drop the text."""
        self._draft.keep()
        self._draft.key = ""
        self._service = self._recording = self._text = self._chosen = None
        self.text.show_page(ShownPage())
        self.redact.forget()
        self._redact_area.hide()
        self.undo_question.dismiss()
        self.problem_of_undo.announce("")
        self.destroying.close_panel()

    # --- building ---

    def _build_summary(self) -> None:
        self.back_button = button(
            tr("Back to transcripts"), "approved-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(text("", "quiet"), "approved-title")
        self.heading = named(heading(""), "approved-heading")
        self.about = named(text(""), "approved-about")
        self.fingerprint_label = named(text(tr("Fingerprint in words"), "quiet"), "approved-fingerprint-label")
        self.fingerprint = named(text("", "medium", selectable=True), "approved-fingerprint")
        self.read_button = button(tr("Read it"), "approved-read", self.show_reading, ButtonKind.PRIMARY)
        self.export_button = button(tr("Export…"), "approved-export", self._on_export)
        if self._deps is None or self._deps.export is None:
            # Never shown here: without a parent yet, it would be a window of its own.
            self.export_button.hide()
        self.redact_button = button(tr("Redact…"), "approved-redact", self._on_redact_asked)
        self.undo_button = button(tr("Undo approval…"), "approved-undo", self._on_undo_asked)
        self.undo_question = Confirm("approved-undo")
        self.problem_of_undo = ProblemLabel("approved-undo-problem")
        self.news = LiveLabel("approved-news")
        self.destroying = DestroyPanel()
        self.destroying.destroy_asked.connect(self._on_destroy)
        self.why_not = named(text("", "quiet"), "approved-why-not")
        inner = QWidget()
        column = layouts.column(inner, 12)
        for widget in (
            self.back_button,
            self.title,
            self.heading,
            self.about,
            self.fingerprint_label,
            self.fingerprint,
            self.news,
            flow(self.read_button, self.export_button, self.redact_button, self.undo_button),
            self.undo_question,
            self.problem_of_undo,
            self.destroying,
            self.why_not,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.summary = PageArea(narrow(inner, READABLE), "approved-scroll", tr("Approved text"), inner=True)
        self.pages.add(self.summary)

    def _build_reading(self) -> None:
        self.text = ReadText("approved-text", tr("Approved text"))
        self.reading_back = button(
            tr("Back"), "approved-reading-back", self._show_summary, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.reading_title = named(subheading(""), "approved-reading-title")
        self.version = named(text("", "quiet"), "approved-version")
        self.version.setWordWrap(False)
        self.problem = LiveLabel("approved-problem")
        self.redact = RedactForm()
        self.redact.asked.connect(self._on_redact_form)
        self.redact.closed.connect(self._close_redact)
        self.select_button = button(tr("Redact selection…"), "approved-redact-selection", self._on_redact)
        self.select_button.setAccessibleDescription(_select_first())
        self.text.cursor_moved.connect(self._show_selectable)
        self.reading = QWidget()
        column = layouts.column(self.reading, 8)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.reading_back)
        head.addWidget(self.reading_title, 1)
        head.addWidget(self.version)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.text, 1)
        self._select_flow = flow(self.select_button)
        column.addWidget(self._select_flow)
        # In a low window it scrolls below the text.
        holder = QWidget()
        layouts.column(holder).addWidget(self.redact)
        self._redact_area = PageArea(holder, "approved-redact-scroll", tr("Redact"), inner=True, hugs=True)
        self._redact_area.hide()
        # It takes what it needs, and the text the rest.
        column.addWidget(self._redact_area, 2)
        self.pages.add(self.reading)

    # --- what is shown ---

    def _show_version(self, of: ApprovedText, approval: Approval) -> None:
        self._text = of
        self.heading.setText(tr("Version {n} approved").format(n=approval.version))
        when = day_and_time_at(approval.wall)
        self.about.setText(
            tr("Approved on {when} by {by}.").format(when=when, by=approval.by)
            if approval.by
            # The log has no label with it: it would say whose act it was, and thus when someone left.
            else tr("Made on {when} by a withdrawal.").format(when=when)
        )
        self.fingerprint.setText(" ".join(approval.words))
        self.version.setText(tr("version {n}").format(n=approval.version))
        self.text.show_page(_page(of))
        self._show_selectable()
        self._chosen = None

    def show_reading(self) -> None:
        """Show the text."""
        self.problem.announce("")
        self.pages.show_page(self.reading)
        self.text.setFocus()

    def _show_summary(self) -> None:
        self._close_redact()
        self.pages.show_page(self.summary)
        self.read_button.setFocus()

    def first_focus(self) -> QWidget:
        """Return what is first on the page."""
        return self.text if self.is_reading else self.read_button

    def _on_export(self) -> None:
        if self._deps is not None and self._deps.export is not None and self._recording is not None:
            self._deps.export(self._recording)

    # --- redacting ---

    def _word(self) -> Span | None:
        """Return the words that are selected, or the word at the cursor."""
        begin, end = self.text.selected()
        return self.text.page.words_in(begin, max(end, begin + 1))

    def _show_selectable(self) -> None:
        self.select_button.setEnabled(self._word() is not None)

    def _on_redact_asked(self) -> None:
        self.show_reading()
        self.problem.announce(_select_first())

    def _on_redact(self) -> None:
        """Ask what replaces what is selected, or the word at the cursor."""
        if self._text is None:
            return
        span = self._word()
        if span is None:
            self.problem.announce(_select_first())
            self.text.setFocus()
            return
        self.problem.announce("")
        self._chosen = span
        self.text.show_current(span)
        word = self._text.text[span[0] : span[1]]
        self._select_flow.hide()
        self._redact_area.show()
        self.redact.show_language(language_of(self._text.text))
        self.redact.ask(word, len(places_of(self._text, word)), self._text.version, self._store.read_reader())

    def _close_redact(self) -> None:
        self._chosen = None
        self.text.show_current(None)
        self._redact_area.hide()
        self._select_flow.show()
        self.text.setFocus()

    def _on_redact_form(self, replacement: str, only_here: bool, by: str) -> None:
        service, recording, of, chosen = self._service, self._recording, self._text, self._chosen
        if service is None or recording is None or of is None or chosen is None:
            return
        spans = [chosen] if only_here else places_of(of, of.text[chosen[0] : chosen[1]])
        redactions = [Redaction(begin, end, replacement) for begin, end in spans]
        self._store.save_reader(by)
        self.redact.set_busy(busy=True)

        def redact() -> tuple[GateFinding, ...] | tuple[ApprovedText, Approval]:
            answer = service.redact(recording, redactions, by)
            return service.read(recording) if isinstance(answer, Approval) else answer

        self._work.run(redact, lambda answer: self._on_redacted(recording, answer), self._on_redact_failed, owner=self)

    def _on_redact_failed(self, trouble: Trouble) -> None:
        self.redact.set_busy(busy=False)
        self.redact.problem.show_trouble(trouble)

    def _on_redacted(
        self, recording: RecordingId, answer: tuple[GateFinding, ...] | tuple[ApprovedText, Approval]
    ) -> None:
        self.redact.set_busy(busy=False)
        if self._recording != recording:
            return
        if answer and isinstance(answer[0], ApprovedText) and isinstance(answer[1], Approval):
            before = self._text.version if self._text is not None else 1
            self._show_version(answer[0], answer[1])
            self.redact.replacement.clear()
            self._close_redact()
            words = tr("Version {new} is approved. Version {old} was destroyed.").format(
                new=answer[1].version, old=before
            )
            self.problem.announce(words)
            self.news.setText(words)
            self.news.show()
            self._offer_destroying()
            return
        findings = [one for one in answer if isinstance(one, GateFinding)]
        self.redact.problem.announce(
            tr_n(
                "Not redacted: {n} place still has a name. It is shown in the text.",
                "Not redacted: {n} places still have a name. The first is shown in the text.",
                len(findings),
            ).format(n=len(findings))
        )
        first = findings[0] if findings else None
        if first is not None and first.begin is not None:
            self.text.go_to((first.begin, first.end or first.begin + 1))

    # --- undoing the approval ---

    def _on_undo_asked(self) -> None:
        if self._text is not None:
            self.undo_question.ask(
                tr(
                    "The approved text, version {n}, is destroyed. Files that were exported are not changed. You can "
                    "de-identify and approve the transcript again."
                ).format(n=self._text.version),
                tr("Undo approval"),
                self._undo_approval,
                self.undo_button,
            )

    def _undo_approval(self) -> None:
        service, recording = self._service, self._recording
        if service is None or recording is None:
            return
        self.problem_of_undo.announce("")
        self.undo_button.setEnabled(False)
        self._work.run(
            lambda: service.undo_approval(recording),
            lambda _: self._on_undone(recording),
            self._on_undo_failed,
            owner=self,
        )

    def _on_undone(self, recording: RecordingId) -> None:
        self.undo_button.setEnabled(True)
        if self._recording == recording:
            self._messages.inform(tr("The approval is undone. You can de-identify the transcript again."))
            self.back.emit()

    def _on_undo_failed(self, trouble: Trouble) -> None:
        self.undo_button.setEnabled(True)
        self.problem_of_undo.show_trouble(trouble)

    # --- destroying ---

    def _offer_destroying(self) -> None:
        """Offer to destroy the recording where there is one; while a place waits for a speaker, say so instead."""
        deps, recording, of = self._deps, self._recording, self._text
        if deps is None or recording is None or of is None:
            return
        with self._messages.attempt():
            offer = deps.destroying.offer(recording)
            offered = offer.is_there and not offer.is_held and not offer.stretches_waiting
            self.destroying.set_recording(
                offer.backups,
                offered=offered,
                clock=offer.clock,
                stretches_waiting=0,
                approved=of.version,
                has_sound=offer.has_sound,
            )
            # Without the transcript the approved text is all there is.
            self.undo_button.setVisible(offer.is_there and not offer.is_held)
            self.destroying.setVisible(offered)
            self.why_not.setText(_why_not(offer))
            self.why_not.setVisible(not offered)

    def _on_destroy(self, reason: str, witness: str) -> None:
        deps, recording = self._deps, self._recording
        if deps is None or recording is None:
            return
        with self.destroying.problem.attempt():
            deps.destroying.destroy(recording, reason, witness)
            self._offer_destroying()
            self._messages.inform(tr("Destroyed. The log shows when and why."))
            self.read_button.setFocus()


def places_of(of: ApprovedText, word: str) -> list[Span]:
    """Return where words are in an approved text, in any case, but for who speaks."""
    found = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", of.text, re.IGNORECASE)
    labels = _labels(of)
    return [one.span() for one in found if not any(a < one.end() and one.start() < b for a, b in labels)]


def _labels(of: ApprovedText) -> tuple[Span, ...]:
    return tuple((turn.begin, turn.begin + len(turn.speaker) + len(_LABEL)) for turn in of.turns if turn.speaker)


def _page(of: ApprovedText) -> ShownPage:
    labels = _labels(of)
    ends = dict(labels)
    pieces = tuple(
        ShownPiece(begin, turn.end, begin, turn.end)
        for turn in of.turns
        if (begin := ends.get(turn.begin, turn.begin)) < turn.end
    )
    return ShownPage(of.text, pieces, labels)


def _select_first() -> str:
    return tr("Select the words that were missed, then press “Redact selection…”.")


def _why_not(offer: DestroyOffer) -> str:
    """Return why destroying is not offered."""
    if not offer.is_there:
        return (
            tr("The recording and its identifiable text are destroyed.")
            if offer.has_sound
            else tr("The identifiable text is destroyed.")
        )
    if offer.stretches_waiting:
        return tr_n(
            "The recording cannot be destroyed yet: {n} place waits for someone who speaks another language.",
            "The recording cannot be destroyed yet: {n} places wait for someone who speaks another language.",
            offer.stretches_waiting,
        ).format(n=offer.stretches_waiting)
    if not offer.is_held:
        return ""
    return tr("The recording is under a legal hold.") if offer.has_sound else tr("The text is under a legal hold.")
