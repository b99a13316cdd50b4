"""Passages that were found: read between the turns beside them, quoted, coded, opened in the text, or copied."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QListWidgetItem, QWidget

from balint_desktop.domain.analysis.quotations import is_faithful
from balint_desktop.domain.analysis.retrieval import FoundPassage, beside, turn_at
from balint_desktop.domain.analysis.study import Quotation, ThemeState, ThemeWork
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.deps import AnalysisDeps, OpenStudy
from balint_desktop.ui.analysis.material import CodedMaterial, place_of, place_words, words_of
from balint_desktop.ui.analysis.passage_query import MOST_HITS, PassageQuery
from balint_desktop.ui.analysis.quotation_form import QuotationForm
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, text

_MOST_ROWS = 500
_LINES = 8
# How many signs are shown on each side of words that were found.
_AROUND = 60


class PassagesView(QWidget):
    """A question, its passages, and what can be done with one.

    Emits `quoted` with a quotation; `read_asked` and `code_asked` with a text and a place in it; `round_asked` with the
    round whose coding is to be read.
    """

    quoted = Signal(object)
    read_asked = Signal(str, int, int)
    code_asked = Signal(str, int, int)
    round_asked = Signal(int)

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "themes-passages")
        self._deps, self._work, self._messages = deps, work, messages
        self._opened: OpenStudy | None = None
        self._found: tuple[FoundPassage, ...] = ()
        self._is_of_words = False
        self.query = PassageQuery()
        self.count = LiveLabel("passages-count", "quiet")
        self.list = named(UncopiedList(), "passages-list", spoken=tr("Passages"))
        self.list.setWordWrap(True)
        self.before, self.words, self.after = (
            named(quiet(""), "passage-before"),
            named(text(""), "passage-words"),
            named(quiet(""), "passage-after"),
        )
        self.quote_button = button(tr("Use as quotation…"), "passage-quote", self._on_quote)
        self.read_button = button(tr("Open in text"), "passage-read", lambda: self._go(self.read_asked))
        self.code_button = button(tr("Code it"), "passage-code", lambda: self._go(self.code_asked))
        self.copy_button = button(tr("Copy with place"), "passage-copy", self._on_copy)
        self._acts = flow(self.quote_button, self.read_button, self.code_button, self.copy_button)
        self.form = QuotationForm(deps.drafts)
        column = layouts.column(self, 10)
        for widget in (self.query, self.count, self.list, self.before, self.words, self.after, self._acts, self.form):
            column.addWidget(widget)
        column.addStretch(1)
        self.query.changed.connect(self._find)
        self.query.round_asked.connect(self.round_asked)
        self.list.currentRowChanged.connect(lambda _: self._show_passage())
        self.form.saved.connect(self._on_save)

    # --- what is shown ---

    def show_material(self, opened: OpenStudy, material: CodedMaterial, themes: ThemeWork) -> None:
        """Offer the codes and themes of a study."""
        self._opened = opened
        self.query.show_material(opened, material, themes)
        self.form.leave()
        self.form.offer(one for one in themes.themes if one.state is not ThemeState.LET_GO)
        self._find()

    def show_found(self, found: tuple[FoundPassage, ...], about: str) -> None:
        """Show passages that were found elsewhere, as in a cell of the matrix."""
        self.query.clear()
        self._show(found, about)
        self.list.setFocus()

    def forget(self) -> None:
        """Drop every word of the study; what is half typed stays a draft."""
        self.form.leave()
        self._opened = None
        self.query.forget()
        self.form.offer(())
        self._show((), "")

    def _find(self) -> None:
        if self._opened is not None:
            self._show(self.query.found(), "")

    def _show(self, found: tuple[FoundPassage, ...], about: str) -> None:
        opened, self._found = self._opened, found
        self._is_of_words = bool(self.query.typed_words) and not about
        is_asked = bool(about) or not self.query.is_empty
        self.form.leave()
        self.count.follow(self._count_words(len(found), about) if is_asked else "")
        self.list.clear()
        if opened is not None:
            for one in found[:_MOST_ROWS]:
                words = self._words_around(opened, one) if self._is_of_words else words_of(opened, one)
                self.list.addItem(QListWidgetItem(f"{place_of(opened, one.text, one.begin)}\n{words}"))
        self.list.setVisible(bool(found))
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES if found else 0)
        self.list.setCurrentRow(0 if found else -1)
        self._show_passage()

    def _count_words(self, count: int, about: str) -> str:
        if self._is_of_words and count >= MOST_HITS:
            return tr("More than {n} places; the first {shown} are listed.").format(n=count, shown=_MOST_ROWS)
        words = tr_n("{n} passage", "{n} passages", count).format(n=count)
        if self._is_of_words:
            words = tr_n("{n} place", "{n} places", count).format(n=count)
        if count > _MOST_ROWS:
            words = tr("{count}; the first {shown} are listed.").format(count=words, shown=_MOST_ROWS)
        return tr("{about}: {count}").format(about=about, count=words) if about else words

    @staticmethod
    def _words_around(opened: OpenStudy, one: FoundPassage) -> str:
        """Return words that were found with some of what is around them in their turn, on one line."""
        approved = opened.texts[RecordingId(one.text)]
        low, high = _turn_of(approved, one)
        begin, end = max(low, one.begin - _AROUND), min(high, one.end + _AROUND)
        lead = "… " if begin > low else ""
        trail = " …" if end < high else ""
        return lead + " ".join(approved.text[begin:end].split()) + trail

    def _chosen(self) -> FoundPassage | None:
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _passage(self) -> FoundPassage | None:
        """Return the passage that is shown: of words that were found, all that was said in that turn."""
        one, opened = self._chosen(), self._opened
        if one is None or opened is None or not self._is_of_words:
            return one
        return FoundPassage(one.text, *_turn_of(opened.texts[RecordingId(one.text)], one), ())

    def _show_passage(self) -> None:
        """Show the chosen passage between the turns before and after it."""
        one, opened = self._passage(), self._opened
        approved = opened.texts.get(RecordingId(one.text)) if one is not None and opened is not None else None
        before, after = beside(approved, one.begin, one.end) if approved is not None and one is not None else ("", "")
        self.before.setText(before)
        self.words.setText(words_of(opened, one) if one is not None and opened is not None else "")
        self.after.setText(after)
        for label in (self.before, self.words, self.after):
            label.setVisible(bool(label.text()))
        self._acts.setVisible(one is not None)
        self.code_button.setVisible(opened is not None and opened.may_code)
        self.copy_button.setVisible(self._deps.copy_passage is not None)

    # --- what is done with it ---

    def _go(self, signal: SignalInstance) -> None:
        one = self._chosen()
        if one is not None:
            signal.emit(one.text, one.begin, one.end)

    def _on_copy(self) -> None:
        """Copy a passage with where it is, if the consents of its session and the gate of names let it leave."""
        one, opened, copy = self._passage(), self._opened, self._deps.copy_passage
        if one is None or opened is None or copy is None:
            return
        place = ", ".join(place_words(opened, one.text, one.begin))
        with self._messages.act():
            if copy(RecordingId(one.text), f"“{words_of(opened, one)}” ({place})"):
                self.count.announce(tr("Copied with its place. Any program can read what is copied."))

    def _on_quote(self) -> None:
        one, opened = self._passage(), self._opened
        if one is None or opened is None:
            return
        with self._messages.act():
            self.form.ask(f"{opened.study.id}-{one.text}-{one.begin}-{one.end}", words_of(opened, one))

    def _on_save(self, theme: str, shown: str) -> None:
        one, opened = self._passage(), self._opened
        if one is None or opened is None:
            return
        recording = RecordingId(one.text)
        made = Quotation(new_id(), theme, recording, one.begin, one.end, shown, may_be_quoted=False)
        if not is_faithful(made, opened.texts[recording]):
            self.form.refuse(tr("These are not the words of the passage. Write […] where you leave words out."))
            self.form.shown.setFocus()
            return
        self.form.save_button.setEnabled(False)
        ask, study = self._deps.may_be_quoted, opened.study.id

        def add(may: bool) -> None:
            self.form.save_button.setEnabled(True)
            self.form.done()
            self.quoted.emit(Quotation(made.id, theme, recording, made.begin, made.end, shown, may))

        self._work.run(lambda: ask(study, recording, made.begin, made.end), add, self._on_failed, owner=self)

    def _on_failed(self, trouble: Trouble) -> None:
        self.form.save_button.setEnabled(True)
        self.form.problem.show_trouble(trouble)


def _turn_of(approved: ApprovedText, one: FoundPassage) -> Span:
    """Return where what was said begins and ends in the turn that a passage begins in."""
    turn = turn_at(approved, one.begin)
    return (turn.words_begin, turn.end) if turn is not None else (one.begin, one.end)
