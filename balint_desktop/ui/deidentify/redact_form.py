"""Redact a name that was missed in an approved text: what replaces it, everywhere or at one place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from balint_desktop.i18n import SOURCE, tr, tr_n
from balint_desktop.ui.deidentify import choices
from balint_desktop.ui.deidentify.approve_form import LABEL_LIMIT
from balint_desktop.ui.deidentify.decide_card import open_offers
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, show_on
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, side_by_side
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.named_note import NameCheck
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small, subheading


class RedactForm(Card):
    """Shown for the words that were selected. `asked` carries the replacement, whether only here, and by whom."""

    asked = Signal(str, bool, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("redact-form")
        self._language = SOURCE
        self._version = 1
        self.word = named(subheading(""), "redact-word")
        self.sentence = named(small(""), "redact-sentence")
        self.only_here = chip(tr("Only this place"), "redact-only-here")
        self.replacement = QLineEdit()
        self.replacement.setMaxLength(choices.LIMIT)
        self.by = QLineEdit()
        self.by.setMaxLength(LABEL_LIMIT)
        self.words_button = button(tr("Choose words…"), "redact-words", self._on_words)
        self.problem = ProblemLabel("redact-problem")
        self.name_check = NameCheck(self.problem.announce)
        self.do_button = button("", "redact-do", self._on_do, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), "redact-cancel", self.closed.emit, escape=EscapeRole.CANCEL)
        for field in (self.replacement, self.by):
            # What destroys a version is never Enter's.
            field.returnPressed.connect(lambda: None)
        self.once_more = Confirm("redact-once-more")
        self.form = Form(8)
        self.form.add(
            side_by_side(
                (tr("Replacement"), self.replacement, "redact-replacement"),
                (tr("Redacted by (initials or label)"), self.by, "redact-by"),
            )
        )
        self.body.setSpacing(8)
        for widget in (
            self.word,
            self.form,
            flow(self.words_button, self.only_here, self.do_button, self.cancel_button),
            self.sentence,
            self.problem,
            self.once_more,
        ):
            self.body.addWidget(widget)

    def show_language(self, language: str) -> None:
        """Offer words of the text's language."""
        self._language = language

    def ask(self, word: str, places: int, version: int, by: str) -> None:
        """Ask what replaces words that are in the text at so many places."""
        self.word.setText(tr_n("{word}: {n} place", "{word}: {n} places", places).format(word=word, n=places))
        show_on(self.only_here, False)
        self.only_here.setVisible(places > 1)
        self.do_button.setText(tr("Make version {n}").format(n=version + 1))
        self.sentence.setText(
            tr("Version {old} is destroyed. Files that were exported before are not changed.").format(old=version)
        )
        self.problem.announce("")
        self.once_more.dismiss()
        self._version = version
        if by and not self.by.text():
            self.by.setText(by)
        self.set_busy(busy=False)
        self.replacement.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Allow no second press while the next version is made."""
        self.do_button.setEnabled(not busy)

    def forget(self) -> None:
        """Drop what was entered."""
        self.word.setText("")
        self.once_more.dismiss()
        self.replacement.clear()

    def _on_words(self) -> None:
        open_offers(self.words_button, (), self._fill, self._language)

    def _fill(self, words: str) -> None:
        self.replacement.setText(words)
        self.replacement.setFocus()

    def _on_do(self) -> None:
        replacement, by = choices.bracketed(self.replacement.text()), self.by.text().strip()
        self.problem.announce("")
        if not replacement:
            self.problem.announce(tr("Enter what replaces it, such as [another person]."))
            self.replacement.setFocus()
        elif not by:
            self.problem.announce(tr("Enter who redacts: initials or a label."))
            self.by.setFocus()
        elif self.name_check.may_save(by):
            self.once_more.ask(
                tr("Version {old} is destroyed for good. Make version {new}?").format(
                    old=self._version, new=self._version + 1
                ),
                self.do_button.text(),
                lambda: self.asked.emit(replacement, self.only_here.isChecked(), by),
                self.do_button,
            )
