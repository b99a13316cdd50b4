"""Find words in a transcript, and replace them one by one or all at once."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.transcript import editing
from balint_desktop.domain.transcript.editing import FoundPhrase
from balint_desktop.i18n import tr, tr_n
from balint_desktop.library.spellings import shipped_spellings
from balint_desktop.ui.transcripts.sitting import Sitting
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, set_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.slots import hold_widest

_FIELD_EMS = 11
_CODE = re.compile(r"\[?(P[1-9][0-9]?)\]?")
# A shorter word is found in too many others.
_SHORTEST_HEARD = 3


class FindBar(QWidget):
    """A bar over the text. Enter goes to the next place; Escape closes it.

    A word that is spelt as in te reo Māori is found without its macrons, but replaced only where it was looked for.
    """

    found = Signal(object)
    closed = Signal()
    heard_as = Signal(str, str)
    """That a code's name was heard as this."""

    def __init__(self, sitting: Sitting, commit: Callable[[], None], cursor: Callable[[], tuple[int, int]]) -> None:
        super().__init__()
        named(self, "transcript-find-bar")
        self._sitting, self._commit, self._cursor = sitting, commit, cursor
        self._places: list[FoundPhrase] = []
        self._replaceable: list[FoundPhrase] = []
        self._is_editable = True
        self._heard: tuple[str, str] | None = None
        self.has_code: Callable[[str], bool] = lambda _code: False
        """Whether a code is somebody's whose name may be remembered as it was heard."""
        self.phrase = named(QLineEdit(), "transcript-find", spoken=tr("Find"))
        self.phrase.setPlaceholderText(tr("Find"))
        self.phrase.textChanged.connect(self.refresh)
        self.phrase.returnPressed.connect(self.go_next)
        self.replacement = named(QLineEdit(), "transcript-replacement", spoken=tr("Replace with"))
        self.replacement.setPlaceholderText(tr("Replace with"))
        self.replacement.textChanged.connect(self._show_replace)
        self.whole_words = named(QCheckBox(tr("Whole words")), "transcript-find-whole")
        self.whole_words.setChecked(True)
        self.match_case = named(QCheckBox(tr("Match case")), "transcript-find-case")
        self.count = LiveLabel("transcript-find-count", "quiet", keeps_room=True)
        self.count.setWordWrap(False)
        self.next_button = button(tr("Next"), "transcript-find-next", self.go_next, repeats=True)
        self.previous_button = button(tr("Previous"), "transcript-find-previous", self.go_previous, repeats=True)
        self.replace_button = button(tr("Replace"), "transcript-replace", self._on_replace, repeats=True)
        self.replace_all_button = button("", "transcript-replace-all", self._on_replace_all)
        self.heard_button = button("", "transcript-heard-as", self._on_heard, ButtonKind.QUIET)
        self.heard_button.hide()
        self.close_button = button(
            tr("Close"), "transcript-find-close", self.close_bar, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self._first = flow(
            self.phrase,
            self.previous_button,
            self.next_button,
            self.whole_words,
            self.match_case,
            self.count,
            self.close_button,
        )
        self._second = flow(self.replacement, self.replace_button, self.replace_all_button, self.heard_button)
        column = layouts.column(self, 6)
        column.addWidget(self._first)
        column.addWidget(self._second)
        for tick in (self.whole_words, self.match_case):
            tick.toggled.connect(self.refresh)
        sitting.changed.connect(self.refresh)
        self._show_replace()
        self._fit()
        self.hide()

    def open_bar(self, phrase: str, *, replace: bool) -> None:
        """Show the bar with a phrase to look for; with `replace`, what it is to be replaced with is asked, too."""
        self._second.setVisible(replace and self._is_editable)
        self.show()
        if phrase:
            self.phrase.setText(phrase)
        self.phrase.selectAll()
        self.phrase.setFocus()
        self.refresh()

    def set_editable(self, *, editable: bool) -> None:
        """Offer to replace, or only to find."""
        self._is_editable = editable
        if not editable:
            self._second.hide()

    def forget(self) -> None:
        """Close the bar, and drop what was looked for."""
        self.hide()
        self.phrase.clear()
        self.replacement.clear()
        self._places = self._replaceable = []
        self._offer_heard(None)

    def close_bar(self) -> None:
        """Hide the bar."""
        self.hide()
        self.closed.emit()

    def refresh(self) -> None:
        """Look for the phrase again."""
        if self.isHidden():
            return
        self._places = editing.find(
            self._sitting.transcript,
            self.phrase.text(),
            whole_words=self.whole_words.isChecked(),
            match_case=self.match_case.isChecked(),
        )
        left = shipped_spellings().not_replaced(self._sitting.transcript, self._places, self.phrase.text())
        self._replaceable = [place for place in self._places if place not in left]
        many = len(self._places)
        wanted = bool(self.phrase.text().strip())
        self.count.follow(tr_n("{n} place", "{n} places", many).format(n=many) if wanted else "")
        for made in (self.next_button, self.previous_button, self.replace_button):
            made.setEnabled(many > 0)
        self._show_replace()

    def _show_replace(self) -> None:
        """Show on the buttons what they do: without words to put in, they delete what was found."""
        many = len(self._replaceable)
        deletes = bool(self._places) and not self.replacement.text().strip()
        set_words(self.replace_button, tr("Delete") if deletes else tr("Replace"))
        if not many:
            words = tr("Replace all")
        else:
            words = (tr("Delete all ({n})") if deletes else tr("Replace all ({n})")).format(n=many)
        set_words(self.replace_all_button, words)
        self.replace_all_button.setEnabled(many > 0)

    def go_next(self) -> None:
        """Go to the next place after the cursor, from the beginning again at the end."""
        at = self._positions()
        if at:
            here = self._cursor()
            self.found.emit(next((place for key, place in at if key > here), at[0][1]))

    def go_previous(self) -> None:
        """Go to the place before the cursor, from the end again at the beginning."""
        at = self._positions()
        if at:
            here = self._cursor()
            self.found.emit(next((place for key, place in reversed(at) if key < here), at[-1][1]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        for field in (self.phrase, self.replacement):
            field.setFixedWidth(_FIELD_EMS * self.fontMetrics().height())
        hold_widest(self.replace_button, (tr("Replace"), tr("Delete")))

    def _positions(self) -> list[tuple[tuple[int, int], FoundPhrase]]:
        self._commit()
        order = {turn.id: at for at, turn in enumerate(self._sitting.transcript.turns)}
        return [((order[place.turn_id], place.first), place) for place in self._places]

    def _on_replace(self) -> None:
        """Replace the place at the cursor, and go to the next; where there is none, only go there."""
        here = self._cursor()
        place = next((place for key, place in self._positions() if key == here), None)
        is_left = place is not None and place not in self._replaceable
        if place is not None and not is_left:
            self._replace([place])
        self.go_next()
        if is_left:
            self.count.announce(tr("Not replaced: a word of te reo Māori, spelt right."))

    def _on_replace_all(self) -> None:
        self._commit()
        many = len(self._replaceable)
        self._replace(self._replaceable)
        if self.replacement.text().strip():
            self.count.announce(tr_n("{n} replaced", "{n} replaced", many).format(n=many))
        else:
            self.count.announce(tr_n("{n} deleted", "{n} deleted", many).format(n=many))

    def _replace(self, places: list[FoundPhrase]) -> None:
        phrase, replacement = self.phrase.text().strip(), self.replacement.text().strip()
        self._sitting.apply(
            editing.replaced(self._sitting.transcript, places, self.phrase.text(), self.replacement.text())
        )
        code = _CODE.fullmatch(replacement)
        is_name = sum(sign.isalpha() for sign in phrase) >= _SHORTEST_HEARD
        self._offer_heard((code[1], phrase) if places and code and is_name and self.has_code(code[1]) else None)

    def _offer_heard(self, heard: tuple[str, str] | None) -> None:
        """Offer to remember that a code's name was heard so, where a word was replaced by the code."""
        self._heard = heard
        if heard is not None:
            set_words(self.heard_button, tr("Add to “Heard as” of {code}").format(code=heard[0]))
        self.heard_button.setVisible(heard is not None)

    def _on_heard(self) -> None:
        heard = self._heard
        self.replacement.setFocus()
        self._offer_heard(None)
        if heard is not None:
            self.heard_as.emit(*heard)
