"""The page where a person decides what is taken out of a text, and reads what is left, page by page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFontInfo, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QSizePolicy, QWidget

from balint_desktop.domain.deidentify.decisions import Decision, DecisionKind, Decisions
from balint_desktop.domain.deidentify.gate import GateFinding
from balint_desktop.domain.deidentify.marks import MarkState, Term, TextMark, place_of, places_in
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.lists import listed
from balint_desktop.text.transcripts import speaker_words
from balint_desktop.ui.deidentify import choices, keys, wording
from balint_desktop.ui.deidentify.approve_form import LABEL_LIMIT, ApproveForm
from balint_desktop.ui.deidentify.decide_card import DecideCard
from balint_desktop.ui.deidentify.deps import Approval, DeidentifyDeps, DeidentifyService, DeidentifyWork
from balint_desktop.ui.deidentify.left_open import OpenPage, SittingStore
from balint_desktop.ui.deidentify.page_text import ReadText
from balint_desktop.ui.deidentify.rows_list import RowsList
from balint_desktop.ui.deidentify.shown_page import TO_DECIDE, ShownPage, shown_page
from balint_desktop.ui.deidentify.sitting import DeidentifySitting
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, set_words, show_on, when_chosen
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.fields import ShortField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.keys_table import KeysTable
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel, announce
from balint_desktop.ui.widgets.named_note import NameCheck
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.shortcuts import shortcut
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import small, subheading, text
from balint_desktop.ui.widgets.undo_keys import takes_undo, undo_step

# A decision's words are looked for everywhere once nothing more is decided for so long.
_SUGGESTS_AFTER_MS = 400
_CONTEXT = 40
# In ems: below this the words give their room to the text, and are opened over it.
_WIDE = 62.0
_SIDE = 23.0
# In ems: below this what the text is has a line of its own.
_SLIM = 26.0
# In ems: below this the list of keys is left to its own key.
_LOW = 21.5
_POINTS_AN_INCH = 72
_NOTES_SEEN = 3
# A word that a person marks at more places than these is first replaced at one of them.
_MANY = 10


class DeidentifyPage(QWidget):
    """One text. What is shown, the list, the card and the counts are views of one sitting."""

    back = Signal()
    approved = Signal(object)

    def __init__(self, deps: DeidentifyDeps | None, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "deidentify")
        self._deps, self._work, self._messages = deps, work, messages
        self._service: DeidentifyService | None = None
        self._opened: DeidentifyWork | None = None
        self.store = SittingStore(deps.drafts if deps is not None else None)
        self.sitting = DeidentifySitting(self)
        self.saver: Saver[Decisions] = Saver(work, self._on_save_failed, self._on_saved_again, None, self)
        self._page = 0
        self._key = ""
        self._mark: TextMark | None = None
        self._is_single = False
        self._marking: Span | None = None
        self._is_only_here = False
        self._scopes: dict[str, bool] = {}
        self._answers: dict[str, tuple[str, ...]] = {}
        self._seen: set[int] = set()
        self._here = 0
        self._asked = 0
        self._phrases: frozenset[str] = frozenset()
        self._is_filling = False
        self._is_narrow = True
        self._later = QTimer(self, singleShot=True, interval=_SUGGESTS_AFTER_MS)
        self._later.timeout.connect(self._suggest)
        self._build_text()
        self._build_side()
        self._build_rest()
        self._lay_out()
        drafts = deps.drafts if deps is not None else None
        self._draft = FormDraft(self.card.form, drafts)
        self._approve_draft = FormDraft(self.approve_form, drafts)
        self._connect()

    # --- opening and leaving ---

    @property
    def opened(self) -> DeidentifyWork | None:
        """The text on the page."""
        return self._opened

    def show_opened(self, service: DeidentifyService, opened: DeidentifyWork, page: int = 0) -> None:
        """Show a text from its first page that is not read, or from a page."""
        self._service, self._opened = service, opened
        if self._deps is not None:
            for check in (self.approve_form.name_check, self.name_check):
                check.names_in = partial(self._deps.names_in, opened.recording)
        self._page, self._key, self._mark, self._marking, self._is_single = 0, "", None, None, False
        for remembered in (self._scopes, self._answers, self._seen):
            remembered.clear()
        self.saver.begin(partial(service.save, opened.recording))
        self.sitting.begin(opened.reading, opened.suggestions, opened.decisions)
        self._phrases = opened.decisions.phrases()
        self.title.setText(opened.title)
        self.card.show_people(opened.people, opened.language)
        self.reader.setText(self.store.read_reader())
        self.about.setText(_about(opened))
        self._show_main()
        pages = self.sitting.pages
        unread = [one for one in pages if len(self.sitting.readers_of(one)) < opened.readers_needed]
        self._turn_to(page if page in pages else (unread or list(pages) or [0])[0])
        self._on_changed(saves=False)
        with self._messages.attempt():
            self._draft.begin(f"deidentify/{opened.recording}")
        self._go_to_first_open()

    def leave(self) -> None:
        """Save what is not saved yet, and drop the text. Raise Trouble if it cannot be saved."""
        if self._opened is not None:
            self._draft.keep()
            self.saver.flush()
            # What is stored outlasts the fields, which are emptied.
            self._draft.key = ""
            self._keep_approval()
            opened, service = self._opened, self._service
            self.drop()
            if opened is not None and service is not None:
                service.close(opened.recording)

    def drop(self) -> None:
        """Drop the text and what was decided."""
        self._opened = self._service = None
        self._asked += 1
        self._later.stop()
        self._key, self._mark, self._marking = "", None, None
        for remembered in (self._scopes, self._answers, self._seen):
            remembered.clear()
        self.sitting.forget()
        self.text.show_page(ShownPage())
        self.list.show_rows(())
        self.notes.show_rows(())
        self.card.clear_other()
        self.card.show_nothing(is_done=False)
        self.approve_form.show_findings(())

    def left_open(self) -> OpenPage | None:
        """Return which page of which text is shown, None without one."""
        return OpenPage(self._opened.recording, self._page) if self._opened is not None else None

    # --- building ---

    def _build_text(self) -> None:
        self.text = ReadText("deidentify-text", tr("Text to de-identify"))
        self.legend = named(
            small(tr("[ ] taken out   ‹ › to decide   underlined: left on purpose   dotted: a rare detail")),
            "deidentify-legend",
        )
        self.page_label = named(text(""), "deidentify-page")
        self.page_label.setWordWrap(False)
        self.previous_button = button(tr("Previous page"), "deidentify-page-previous", lambda: self._turn_by(-1))
        self.next_button = button(tr("Next page"), "deidentify-page-next", lambda: self._turn_by(1))
        self.reader_label = named(text(tr("Read by"), "quiet"), "deidentify-reader-label")
        self.reader_label.setWordWrap(False)
        self.reader = named(ShortField(), "deidentify-reader", spoken=tr("Read by (initials or label)"))
        self.reader.setPlaceholderText(tr("initials or label"))
        self.reader.setMaxLength(LABEL_LIMIT)
        self.reader.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.reader_label.setBuddy(self.reader)
        self.read = named(QCheckBox(tr("I have read this page")), "deidentify-read")
        self.read_state = LiveLabel("deidentify-read-state", "quiet")
        self.problem = ProblemLabel("deidentify-problem")
        self.name_check = NameCheck(self.problem.announce)

    def _build_side(self) -> None:
        self.side_close = button(
            tr("Back to the text"),
            "deidentify-side-close",
            lambda: self.side_chip.setChecked(False),
            ButtonKind.QUIET,
            escape=EscapeRole.CANCEL,
        )
        self.card = DecideCard()
        self.previous_word = button(tr("Previous"), "deidentify-previous", lambda: self.go_to_next(forward=False))
        self.next_word = button(tr("Next to decide"), "deidentify-next", lambda: self.go_to_next(forward=True))
        self.list = RowsList("deidentify-words", tr("Words"))
        self.notes_heading = named(
            small(tr("A story can identify without a name. Only you can tell.")), "deidentify-notes-heading"
        )
        self.notes = RowsList("deidentify-notes", tr("Rare details"))

    def _build_rest(self) -> None:
        self.back_button = button(
            tr("Back to transcripts"), "deidentify-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(subheading(""), "deidentify-title")
        self.counts = named(text("", "quiet"), "deidentify-counts")
        self.counts.setWordWrap(False)
        self.read_count = named(text("", "quiet"), "deidentify-read-count")
        self.read_count.setWordWrap(False)
        self.save_state = LiveLabel("deidentify-save-state")
        self.about = named(small(""), "deidentify-about")
        self.side_chip = chip("", "deidentify-side-show")
        when_chosen(self.side_chip, lambda on: self._on_side(shown=on))
        self.mark_button = button(tr("Mark selection"), "deidentify-mark", self._on_mark)
        self.undo_button = button(tr("Undo"), "deidentify-undo", lambda: self._undo(back=True))
        self.redo_button = button(tr("Redo"), "deidentify-redo", lambda: self._undo(back=False))
        self.keys_button = button(tr("Keys…"), "deidentify-keys", self._on_keys)
        self.approve_button = button(tr("Approve…"), "deidentify-approve", self._on_approve)
        self.keys_line = named(small(keys.keys_line()), "deidentify-keys-line")
        self.approve_form = ApproveForm()
        self.keys_panel = QWidget()
        self.keys_close = button(
            tr("Back to the text"), "deidentify-keys-close", self._show_main, escape=EscapeRole.CANCEL
        )
        inner = QWidget()
        column = layouts.column(inner, 10)
        column.addWidget(named(subheading(tr("Keys")), "deidentify-keys-heading"))
        column.addWidget(self.keys_close)
        column.addWidget(KeysTable(keys.all_keys(), "deidentify-key"))
        column.addStretch(1)
        layouts.column(self.keys_panel).addWidget(PageArea(inner, "deidentify-keys-scroll", tr("Keys"), inner=True))
        self.approve_form.hide()
        self.keys_panel.hide()

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = self._head_row = layouts.row(self._head, 16)
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.save_state)
        head.addWidget(self.counts)
        self._text_column = QWidget()
        left = layouts.column(self._text_column, 6)
        left.addWidget(self.text, 1)
        left.addWidget(self.legend)
        left.addWidget(
            flow(
                self.page_label,
                self.previous_button,
                self.next_button,
                self.reader_label,
                self.reader,
                self.read,
                between_lines=4,
            )
        )
        left.addWidget(self.read_state)
        left.addWidget(self.problem)
        self.side = QWidget()
        inner = QWidget()
        column = layouts.column(inner, 8)
        column.addWidget(self.side_close)
        column.addWidget(self.card)
        column.addWidget(flow(self.next_word, self.previous_word, spacing=6))
        column.addWidget(self.list, 1)
        column.addWidget(self.notes_heading)
        column.addWidget(self.notes)
        self._side_area = PageArea(inner, "deidentify-side", tr("Words to decide"), inner=True)
        layouts.column(self.side).addWidget(self._side_area)
        self._main = QWidget()
        row = layouts.row(self._main, 16)
        row.addWidget(self._text_column, 1)
        row.addWidget(self.side)
        self._foot = flow(
            *(self.side_chip, self.read_count, self.mark_button, self.undo_button, self.redo_button),
            *(self.keys_button, self.approve_button),
        )
        whole = _Fitted()
        page = layouts.column(whole, 6)
        page.addWidget(self._head)
        page.addWidget(self.about)
        for widget in (self._main, self.approve_form, self.keys_panel):
            page.addWidget(widget, 1)
        page.addWidget(self._foot)
        page.addWidget(self.keys_line)
        # In a window too low for all of it, it scrolls.
        layouts.column(self).addWidget(PageArea(whole, "deidentify-scroll", tr("De-identify"), inner=True))
        # Until there is a width: wide first, the page would make a small window grow.
        self._set_narrow(narrow=True)

    def _connect(self) -> None:
        self.sitting.changed.connect(self._on_changed)
        self.text.cursor_moved.connect(self._on_cursor)
        self.text.page_asked.connect(self._turn_by)
        self.list.moved.connect(lambda row: self._on_row(self.sitting.terms, row))
        self.list.chosen.connect(lambda row: self._on_row(self.sitting.terms, row))
        self.notes.moved.connect(lambda row: self._on_row(self.sitting.notes, row))
        self.notes.chosen.connect(lambda row: self._on_row(self.sitting.notes, row))
        self.text.verticalScrollBar().valueChanged.connect(self._see)
        self.text.verticalScrollBar().rangeChanged.connect(self._see)
        self.card.decided.connect(self._on_decided)
        self.card.typed.connect(self._on_typed)
        self.card.only_here.connect(self._on_only_here)
        self.card.later.connect(self._on_later)
        self.card.one_by_one.connect(self._on_single)
        self.card.marking_cancelled.connect(self._end_marking)
        self.read.clicked.connect(self._on_read)
        self.reader.editingFinished.connect(self._on_reader)
        self.reader.textChanged.connect(self._show_ticks)
        self.approve_form.closed.connect(self._on_approve_closed)
        self.approve_form.asked.connect(self._on_approve_asked)
        self.approve_form.finding_chosen.connect(self._on_finding)
        acts: dict[str, Callable[[], object]] = {
            keys.NEXT: lambda: self.go_to_next(forward=True),
            keys.PREVIOUS: lambda: self.go_to_next(forward=False),
            keys.MARK: self._on_mark,
            keys.READ: self._on_read_key,
            keys.NEXT_PAGE: lambda: self._turn_by(1),
            keys.PREVIOUS_PAGE: lambda: self._turn_by(-1),
        }
        for key, act in acts.items():
            shortcut(self, key, act, repeats=key in {keys.NEXT, keys.PREVIOUS})

    # --- what is shown ---

    def _show_main(self) -> None:
        """Show the text in place of a form."""
        for widget in (self.approve_form, self.keys_panel):
            widget.hide()
        self._main.show()
        self._foot.show()
        self._show_keys_line()
        if self._is_narrow and self.side_chip.isChecked():
            self.list.setFocus()
        else:
            self.text.setFocus()

    def _show_form(self, form: QWidget) -> None:
        for widget in (self._main, self._foot, self.keys_line, self.approve_form, self.keys_panel):
            widget.setVisible(widget is form)

    def _on_changed(self, *, saves: bool = True) -> None:
        """Show what follows from the decisions, where one is in the text."""
        if self._opened is None:
            return
        sitting = self.sitting
        self._show_page()
        self._is_filling = True
        terms, notes = sitting.terms, sitting.notes
        self.list.show_rows([wording.row(one) for one in terms], _row_of(terms, self._key))
        self.notes.show_rows([wording.row(one) for one in notes], _row_of(notes, self._key))
        for widget in (self.notes_heading, self.notes):
            widget.setVisible(bool(notes))
        self._is_filling = False
        self._fit_notes()
        self._show_counts()
        self._show_card()
        self._show_ticks()
        if saves:
            self.saver.save(sitting.decisions)
            phrases = sitting.decisions.phrases()
            if phrases != self._phrases:
                self._phrases = phrases
                self._later.start()

    def _show_counts(self) -> None:
        opened = self._opened
        if opened is None:
            return
        open_terms, pages = self.sitting.open_terms, self.sitting.pages
        read = self.sitting.pages_read(opened.readers_needed)
        pages_read = wording.pages_read(read, len(pages))
        self.counts.setText(" · ".join((wording.to_decide(open_terms), pages_read)))
        # In a narrow window they are at the foot.
        self.read_count.setText(pages_read)
        set_words(self.side_chip, wording.to_decide(open_terms))

    def _show_page(self) -> None:
        """Show the page as it is now; the cursor and what is seen stay where they are."""
        source, bar = self.text.page.source(self.text.selected()[0]), self.text.verticalScrollBar().value()
        page = shown_page(self.sitting.reading, self.sitting.marks, self._page, speaker_words)
        is_same = page.text == self.text.page.text
        self._is_filling = True
        self.text.show_page(page)
        if source is not None and not is_same:
            span = page.shown(source, source + 1)
            if span is not None:
                self.text.move_cursor(span[0])
            self.text.verticalScrollBar().setValue(bar)
        self._is_filling = False
        self._frame()

    def _frame(self) -> None:
        """Frame the place that is being decided, if it is on the page."""
        span = self._marking
        if span is None and self._mark is not None:
            span = (self._mark.suggestion.begin, self._mark.suggestion.end)
        self.text.show_current(self.text.page.shown(*span) if span is not None else None)

    def _turn_to(self, page: int) -> None:
        if page == self._page:
            return
        self._page = page
        self._is_filling = True
        self.text.show_page(shown_page(self.sitting.reading, self.sitting.marks, page, speaker_words))
        self.text.move_cursor(0)
        self._is_filling = False
        self._here = self.text.page.source(0) or 0
        self._frame()
        self.problem.announce("")
        pages = self.sitting.pages
        at = pages.index(page) if page in pages else 0
        self.page_label.setText(tr("Page {n} of {many}").format(n=at + 1, many=len(pages)))
        for turn in (self.previous_button, self.next_button):
            turn.setVisible(len(pages) > 1)
        self.previous_button.setEnabled(at > 0)
        self.next_button.setEnabled(at + 1 < len(pages))
        self.text.setAccessibleDescription(self.page_label.text())
        self._show_ticks()
        self._see()

    def _turn_by(self, pages: int) -> None:
        every = self.sitting.pages
        at = every.index(self._page) + pages if self._page in every else 0
        if 0 <= at < len(every):
            self._turn_to(every[at])
            announce(self.text, self.page_label.text())

    def _show_ticks(self) -> None:
        """Show whether the reader has read this page, and whether it has changed since."""
        opened = self._opened
        if opened is None or self._page not in self.sitting.pages:
            return
        by = self._label()
        readers = self.sitting.readers_of(self._page)
        self.read.setChecked(bool(by) and by in readers)
        is_seen = self._page in self._seen
        self.read.setEnabled(is_seen or self.read.isChecked())
        if not self.read.isEnabled():
            words = _not_seen()
        elif by and self.sitting.is_changed_since_read(self._page, by):
            words = tr("This page has changed since you read it.")
        elif opened.readers_needed > 1:
            words = _readers_words(sorted(readers), opened.readers_needed)
        else:
            words = tr("Read by {readers}").format(readers=listed(sorted(readers))) if readers - {by} else ""
        self.read_state.follow(words)

    def _see(self) -> None:
        """Allow a page to be ticked once its end was seen."""
        if self._opened is None or self._is_filling or self._page in self._seen:
            return
        if self.text.is_end_in_view:
            self._seen.add(self._page)
            self._show_ticks()

    def _show_card(self) -> None:
        term = self.sitting.term(self._key) if self._key else None
        if self._marking is not None:
            span = self._marking
            word = self.sitting.reading.text[span[0] : span[1]]
            places = len(places_in(self.sitting.reading, word))
            answers = self._choices(None)
            self.card.show_marking(word, self._context(span), answers, places, only_here=self._is_only_here)
        elif term is None:
            self._key, self._mark = "", None
            self.card.show_nothing(is_done=bool(self.sitting.terms) and not self.sitting.open_terms)
        else:
            self._mark = _same_place(term, self._mark)
            begin, end = self._mark.suggestion.begin, self._mark.suggestion.end
            # An answer has the same digit before and after it was given.
            answers = self._answers.setdefault(self._key, self._choices(term))
            self.card.show_term(term, self._mark, self._context((begin, end)), answers, is_single=self._is_single)

    def _choices(self, term: Term | None) -> tuple[str, ...]:
        """Return what a word can be replaced by, in the language of the text."""
        return choices.choices_for(term, self._opened.language) if self._opened is not None else ()

    def _context(self, span: Span) -> str:
        """Return the words around a place, where the text itself is not beside them."""
        if not self._is_narrow or self._opened is None:
            return ""
        reading = self.sitting.reading
        line = reading.line_at(span[0])
        begin, end = max(line.begin, span[0] - _CONTEXT), min(line.end, span[1] + _CONTEXT)
        before = "…" if begin > line.begin else ""
        after = "…" if end < line.end else ""
        term = TO_DECIDE.format(term=reading.text[span[0] : span[1]])
        return "".join((before, reading.text[begin : span[0]], term, reading.text[span[1] : end], after))

    # --- going from place to place ---

    def _go_to_first_open(self) -> None:
        first = next((mark for mark in self.sitting.marks if mark.state is MarkState.TO_DECIDE), None)
        if first is not None and self.sitting.page_of(first) == self._page:
            self._go_to(first)
        else:
            self._show_card()

    def go_to_next(self, *, forward: bool) -> None:
        """Go to the next place to decide, or the one before; from the other end again where there is none."""
        places = [mark for mark in self.sitting.marks if mark.state is MarkState.TO_DECIDE]
        if not places or self._opened is None:
            self._key, self._mark = "", None
            self._show_card()
            announce(self.card, self.card.word.text())
            return
        here = self._here
        if self._mark is not None:
            here = self._mark.suggestion.begin
        if forward:
            found = next((one for one in places if one.suggestion.begin > here), places[0])
        else:
            found = next((one for one in reversed(places) if one.suggestion.begin < here), places[-1])
        self._end_marking()
        self._return_focus()
        self._go_to(found)
        announce(self.card, self.card.word.text())

    def _go_to(self, mark: TextMark) -> None:
        """Show a place in the text, and its word on the card."""
        if mark.suggestion.key != self._key:
            self._is_single = self._decides_single(mark)
        self._key, self._mark, self._here = mark.suggestion.key, mark, mark.suggestion.begin
        self._turn_to(self.sitting.page_of(mark))
        self._is_filling = True
        span = self.text.page.shown(mark.suggestion.begin, mark.suggestion.end)
        if span is not None:
            self.text.go_to(span)
        for rows, terms in ((self.list, self.sitting.terms), (self.notes, self.sitting.notes)):
            rows.show_current(_row_of(terms, self._key))
        self._is_filling = False
        self._see()
        self._show_card()

    def _on_row(self, terms: tuple[Term, ...], row: int) -> None:
        if self._is_filling or not 0 <= row < len(terms):
            return
        self._marking = None
        term = terms[row]
        open_marks = [mark for mark in term.marks if mark.state is MarkState.TO_DECIDE]
        self._go_to((open_marks or list(term.marks))[0])

    def _on_cursor(self) -> None:
        if self._is_filling or self._opened is None:
            return
        begin, end = self.text.selected()
        self._here = self.text.page.source(begin) or 0
        mark = self.text.page.mark_at(begin, end) if begin == end else None
        if mark is None or mark == self._mark or self._marking is not None:
            return
        if mark.suggestion.key != self._key:
            self._is_single = self._decides_single(mark)
        self._key, self._mark = mark.suggestion.key, mark
        self._is_filling = True
        self.list.show_current(_row_of(self.sitting.terms, self._key))
        self._is_filling = False
        self._frame()
        self._show_card()

    def _on_finding(self, finding: GateFinding) -> None:
        """Go to a place that keeps the text from being approved."""
        self._show_main()
        page = finding.page
        if finding.begin is not None and self.sitting.pages:
            mark = next((one for one in self.sitting.marks if one.suggestion.begin == finding.begin), None)
            if mark is not None:
                self._go_to(mark)
                return
            page = self.sitting.reading.line_at(finding.begin).page
        if page is not None and page in self.sitting.pages:
            self._turn_to(page)
            span = (
                self.text.page.shown(finding.begin, finding.end or finding.begin + 1)
                if finding.begin is not None
                else None
            )
            if span is not None:
                self.text.go_to(span)
            elif finding.begin is None and self.read.isEnabled():
                self.read.setFocus()

    # --- deciding ---

    def _on_decided(self, replacement: str) -> None:
        deps, by = self._deps, self._label()
        if deps is None or self._opened is None:
            return
        self._return_focus()
        verdict = DecisionKind.REPLACE if replacement else DecisionKind.LEAVE
        if self._marking is not None:
            span, self._marking = self._marking, None
            term = self.sitting.reading.text[span[0] : span[1]]
            self._key, self._mark = deps.key_of(term), None
            self._answers.setdefault(self._key, self._choices(None))
            self._is_single = self._scopes[self._key] = self._is_only_here
            at = place_of(self.sitting.reading, span[0], term) if self._is_only_here else None
            self.sitting.mark(*span, Decision(term, self._key, verdict, replacement, Layer.MARKED, by, deps.wall(), at))
            return
        found = self.sitting.term(self._key)
        if found is None:
            return
        at = self._mark.place if self._is_single and self._mark is not None else None
        said = self._mark.suggestion.text if at is not None and self._mark is not None else found.text
        decision = Decision(said, found.key, verdict, replacement, found.layer, by, deps.wall(), at)
        if self.sitting.apply(self.sitting.decisions.with_decision(decision)):
            announce(self.card, self.card.decision.text())

    def _on_typed(self, replacement: str) -> None:
        """Decide on a replacement that was typed, unless it says what is taken out."""
        opened, service = self._opened, self._service
        found = self.sitting.term(self._key)
        if opened is None or service is None or (found is None and self._marking is None):
            return
        term = found.text if found is not None else ""
        if self._marking is not None:
            term = self.sitting.reading.text[slice(*self._marking)]
        with self.card.problem.attempt():
            problem = service.replacement_problem(opened.recording, replacement, term, self.sitting.decisions)
            if problem is not None:
                self.card.refuse_typed(wording.replacement_problem(problem))
            else:
                self.card.clear_other()
                self._on_decided(replacement)

    def _decides_single(self, mark: TextMark) -> bool:
        """Return whether a word is decided one by one: as it was before, else a name that is also a word."""
        key = mark.suggestion.key
        was_single = any(of == key for of, _ in self.sitting.decisions.single)
        return self._scopes.get(key, was_single or mark.suggestion.layer is Layer.NAME_OR_WORD)

    def _return_focus(self) -> None:
        """Leave the card for the text, or the list over it: what is hidden would give its focus to the next field."""
        focus = self.focusWidget()
        if focus is not None and self.card.isAncestorOf(focus):
            (self.list if self._text_column.isHidden() else self.text).setFocus()

    def _on_later(self) -> None:
        self._return_focus()
        if self._key:
            at = self._mark.place if self._is_single and self._mark is not None else None
            self.sitting.apply(self.sitting.decisions.without_decision(self._key, at))

    def _on_single(self, is_single: bool) -> None:
        self._is_single = is_single
        if self._key:
            self._scopes[self._key] = is_single
        self._return_focus()
        self._show_card()

    def _on_only_here(self, is_only_here: bool) -> None:
        self._is_only_here = is_only_here
        self._return_focus()
        self._show_card()

    def _on_mark(self) -> None:
        """Ask what replaces the words that are selected, or the word at the cursor."""
        begin, end = self.text.selected()
        span = self.text.page.words_in(begin, max(end, begin + 1)) or (
            self.text.page.words_in(begin - 1, begin) if begin == end and begin else None
        )
        if span is None or self._opened is None:
            self.problem.announce(tr("Select words of one turn that are not marked yet."))
            self.text.setFocus()
            return
        self.problem.announce("")
        self._marking = span
        word = self.sitting.reading.text[span[0] : span[1]]
        is_ordinary = word.isalpha() and word == word.lower()
        self._is_only_here = is_ordinary or len(places_in(self.sitting.reading, word)) > _MANY
        if self._is_narrow:
            show_on(self.side_chip, True)
            self._on_side(shown=True)
        self._frame()
        self._show_card()
        announce(self.card, self.card.why.text())

    def _end_marking(self) -> None:
        if self._marking is not None:
            self._return_focus()
            self._marking = None
            self._frame()
            self._show_card()

    def _undo(self, *, back: bool) -> None:
        self._marking = None
        if not (self.sitting.undo() if back else self.sitting.redo()):
            announce(self, tr("There is nothing to undo.") if back else tr("There is nothing to redo."))

    def _suggest(self) -> None:
        """Look anew for what was decided and marked, in a thread; one's place in the text stays."""
        opened, service = self._opened, self._service
        if opened is None or service is None:
            return
        self._asked += 1
        asked, decisions = self._asked, self.sitting.decisions
        self._work.run(
            lambda: service.suggest(opened, decisions),
            lambda found: self._on_suggested(asked, found),
            self._messages.trouble,
            owner=self,
        )

    def _on_suggested(self, asked: int, found: tuple[Suggestion, ...]) -> None:
        if asked == self._asked and self._opened is not None:
            self.sitting.show_suggestions(found)

    # --- reading ---

    def _label(self) -> str:
        return self.sitting.known_label(" ".join(self.reader.text().split()))

    def _on_reader(self) -> None:
        if self._opened is not None:
            self.store.save_reader(self._label())
            self.problem.announce("")

    def _on_read_key(self) -> None:
        self._on_read(not self.read.isChecked())

    def _on_read(self, is_read: bool) -> None:
        deps, by = self._deps, self._label()
        if deps is None or self._opened is None:
            return
        if not by:
            self.read.setChecked(False)
            self.problem.announce(tr("Enter who reads first: initials or a label."))
            self.reader.setFocus()
            return
        if is_read and self._page not in self._seen:
            self.read.setChecked(False)
            self.read_state.announce(_not_seen())
            return
        self.problem.announce("")
        if is_read and not self.name_check.may_save(by):
            self.read.setChecked(False)
            self.reader.setFocus()
            return
        self.store.save_reader(by)
        if is_read:
            self.sitting.tick(self._page, by, deps.wall())
        else:
            self.sitting.untick(self._page, by)

    # --- approving ---

    def _on_approve(self) -> None:
        if self._opened is not None:
            self._end_marking()
            self._show_form(self.approve_form)
            self.approve_form.ask(self._label())
            with self._messages.attempt():
                self._approve_draft.begin(f"deidentify/{self._opened.recording}/approve")

    def _keep_approval(self) -> None:
        """Store what was typed into the form that approves, until it is opened again."""
        self._approve_draft.keep()
        self._approve_draft.key = ""

    def _on_approve_closed(self) -> None:
        self._keep_approval()
        self._show_main()

    def _on_approve_asked(self, by: str) -> None:
        opened, service = self._opened, self._service
        if opened is None or service is None:
            return
        with self.approve_form.problem.attempt():
            # What is approved is what was saved.
            self.saver.flush()
            self.approve_form.set_busy(busy=True)
            self._work.run(
                lambda: service.approve(opened.recording, by), self._on_answer, self._on_approve_failed, owner=self
            )

    def _on_approve_failed(self, trouble: Trouble) -> None:
        self.approve_form.set_busy(busy=False)
        self.approve_form.problem.show_trouble(trouble)

    def _on_answer(self, answer: Approval | tuple[GateFinding, ...]) -> None:
        self.approve_form.set_busy(busy=False)
        if self._opened is None:
            return
        if isinstance(answer, Approval):
            with self._messages.attempt():
                self._approve_draft.discard()
            self.approved.emit(answer)
        else:
            self.approve_form.show_findings(answer, self.sitting.pages, self.sitting.term_at)
            # The roster may have changed meanwhile: what was found is among the words, too.
            self._suggest()

    def _on_keys(self) -> None:
        self._show_form(self.keys_panel)
        self.keys_close.setFocus()

    # --- saving ---

    def _on_save_failed(self, trouble: Trouble) -> None:
        self.save_state.announce(tr("Not saved yet. Trying again."))
        self._messages.trouble(trouble)

    def _on_saved_again(self) -> None:
        self.save_state.announce("")
        self._messages.inform(tr("Saved again. Nothing was lost."))

    # --- size ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._see)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_draft"):
            self._fit()

    def _em(self) -> float:
        return QFontInfo(self.font()).pointSizeF() * self.logicalDpiY() / _POINTS_AN_INCH

    def _fit(self) -> None:
        narrow = self.width() < _WIDE * self._em()
        if narrow != self._is_narrow:
            self._set_narrow(narrow=narrow)
        elif not narrow:
            self.side.setFixedWidth(round(_SIDE * self._em()))
        self.text.set_least_lines(3)
        self._show_keys_line()
        self._fit_notes()
        # Once the text has its new size.
        QTimer.singleShot(0, self, self._see)

    @property
    def _is_low(self) -> bool:
        """Whether a narrow window is so low, too, that the text needs all of its room."""
        return self._is_narrow and self.height() < _LOW * self._em()

    def _fit_notes(self) -> None:
        line = self.fontMetrics().lineSpacing() + 6
        self.notes.setFixedHeight(line * min(_NOTES_SEEN, max(1, len(self.sitting.notes))) + 8)
        self.list.setMinimumHeight(line * 3)

    def _set_narrow(self, *, narrow: bool) -> None:
        self._is_narrow = narrow
        self.side_chip.setVisible(narrow)
        self.side_close.setVisible(narrow)
        show_on(self.side_chip, False)
        self.side.setVisible(not narrow)
        self._text_column.show()
        if narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        else:
            self.side.setFixedWidth(round(_SIDE * self._em()))
        self.legend.setVisible(not narrow)
        self.counts.setVisible(not narrow)
        self.read_count.setVisible(narrow)
        # Its field says the same.
        self.reader_label.setVisible(not narrow)
        self._show_keys_line()
        self._show_card()
        follow_layout(self)

    def _show_keys_line(self) -> None:
        # A low window is for the words alone while they are open.
        is_for_words = self._is_low and self._text_column.isHidden() and not self._main.isHidden()
        self._head.setVisible(not is_for_words)
        self._foot.setVisible(not self._main.isHidden() and not is_for_words)
        is_slim = self.width() < _SLIM * self._em()
        self._head_row.setDirection(QBoxLayout.Direction.TopToBottom if is_slim else QBoxLayout.Direction.LeftToRight)
        self.keys_line.setVisible(not self._is_narrow and not self._foot.isHidden())
        self.keys_button.setVisible(not self._is_low)
        # Read beside the words where the text needs the room.
        self.about.setVisible(bool(self.about.text()) and (not self._is_low or self._text_column.isHidden()))

    def _on_side(self, *, shown: bool) -> None:
        if self._is_narrow:
            self.side.setVisible(shown)
            self._text_column.setVisible(not shown)
            self._show_keys_line()
            (self.list if shown else self.text).setFocus()

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        # Here it is the sitting's, wherever the focus is.
        return takes_undo(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = undo_step(event)
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if step is not None:
            self._undo(back=step < 0)
        elif is_plain and event.text() in "0123456789" and event.text() and not self._main.isHidden():
            if not event.isAutoRepeat():
                self.card.answer(int(event.text()))
        elif is_plain and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} and not self._main.isHidden():
            self._turn_by(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)


class _Fitted(QWidget):
    """As high as it must be, not as it would like to be: it scrolls only where it does not fit."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1


def _about(opened: DeidentifyWork) -> str:
    """Return what is not searched for in this text, and who reads it."""
    sentences = []
    if not opened.has_roster:
        sentences.append(tr("This group has no roster: names are not searched for. Read with care."))
    if opened.capitals_off:
        sentences.append(
            tr("This language writes nouns with capitals, so words with a capital letter are not suggested.")
        )
    if opened.readers_needed > 1:
        sentences.append(
            tr_n("{n} person reads all of it.", "{n} people read all of it.", opened.readers_needed).format(
                n=opened.readers_needed
            )
        )
    return " ".join(sentences)


def _not_seen() -> str:
    return tr("Scroll to the end of this page before you tick it.")


def _readers_words(readers: list[str], needed: int) -> str:
    if not readers:
        return tr_n("{n} person reads this page.", "{n} people read this page.", needed).format(n=needed)
    read = tr("Read by {readers}").format(readers=listed(readers))
    missing = needed - len(readers)
    if missing <= 0:
        return read
    return tr("{read}; one more reader is needed").format(read=read)


def _row_of(terms: tuple[Term, ...], key: str) -> int:
    return next((row for row, term in enumerate(terms) if term.key == key), -1)


def _same_place(term: Term, mark: TextMark | None) -> TextMark:
    """Return the mark of a word at the place where one was, else its first that is open."""
    if mark is not None:
        for one in term.marks:
            if one.suggestion.begin == mark.suggestion.begin:
                return one
    return next((one for one in term.marks if one.state is MarkState.TO_DECIDE), term.marks[0])
