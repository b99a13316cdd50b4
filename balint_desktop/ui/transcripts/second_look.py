"""What else a doubtful place may have been: spellings of it, and what the machine writes when it listens again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from balint_desktop.domain.transcript.offers import offers_for, with_offer
from balint_desktop.domain.transcript.second_hearing import PlaceToHear, Reading, place_to_hear, shown, with_reading
from balint_desktop.domain.transcript.transcript import Transcript, Word
from balint_desktop.domain.transcript.typed_before import typed_before
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.library.spellings import shipped_spellings
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.transcripts.deps import OpenTranscript, TranscriptService
from balint_desktop.ui.transcripts.sitting import Sitting
from balint_desktop.ui.transcripts.text_edit import TranscriptEdit
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.key_names import key_name
from balint_desktop.ui.widgets.live_label import LiveLabel, announce
from balint_desktop.ui.widgets.menus import open_menu, under
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import subheading, text

# A longer reading stands as text above its button, where it can wrap.
_LONGEST_BUTTON = 24
_LONGEST_ROW = 60
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class _OfferedWords:
    """What a person can put into a place: its words, what it replaces if that is more than the place, and the act."""

    words: str
    replaces: str
    change: Callable[[Transcript], Transcript]

    @property
    def label(self) -> str:
        """Return the words on a button."""
        if not self.replaces:
            return self.words
        return tr("{offer} for “{words}”").format(offer=self.words, words=self.replaces)


class SecondLook(QWidget):
    """Choices for the place at the cursor. Nothing of them is put into the text but by a press, and Undo takes it out.

    What was heard again is remembered by the words of its place until the page is left, and stored nowhere.
    """

    def __init__(
        self, sitting: Sitting, edit: TranscriptEdit, playback: Playback, work: Work, messages: Messages
    ) -> None:
        super().__init__()
        named(self, "transcript-second-look")
        self._sitting, self._edit, self._playback = sitting, edit, playback
        self._work, self._messages = work, messages
        self._service: TranscriptService | None = None
        self._opened: OpenTranscript | None = None
        self._place: PlaceToHear | None = None
        self._choices: list[_OfferedWords] = []
        self._buttons: list[QPushButton] = []
        self._readings: dict[tuple[Word, ...], tuple[Reading, ...]] = {}
        self._typed: tuple[Transcript, Mapping[str, tuple[str, ...]]] = (Transcript(), {})
        self._is_hearing = False
        self._run = 0
        self._heading = named(subheading(tr("Was it one of these?")), "transcript-offers-heading")
        self._is_compact = False
        self._holder = QWidget()
        inner = QWidget()
        self._inner = layouts.column(inner, 6)
        self._inner.addWidget(self._holder)
        self._area = PageArea(inner, "transcript-offers-scroll", tr("Was it one of these?"), inner=True, hugs=True)
        self.menu_button = button("", "transcript-offers-menu-show", lambda: self._open_menu(under(self.menu_button)))
        self.menu_button.setToolTip(key_name("Ctrl+I"))
        self._state = LiveLabel("transcript-hear-again-state", "quiet")
        self.hear_button = button(tr("Listen again"), "transcript-hear-again", self.hear_again)
        self.hear_button.setToolTip(key_name("Ctrl+R"))
        self.stop_button = button(tr("Cancel"), "transcript-hear-again-stop", self.stop, escape=EscapeRole.CANCEL)
        column = layouts.column(self, 6)
        column.addWidget(self._heading)
        column.addWidget(self._area)
        column.addWidget(self._state)
        column.addWidget(flow(self.menu_button, self.hear_button, self.stop_button))
        self.stop_button.hide()
        self.menu_button.hide()
        self.hide()

    # --- opening and leaving ---

    def begin(self, service: TranscriptService, opened: OpenTranscript) -> None:
        """Look at the places of this transcript."""
        self.forget()
        self._service, self._opened = service, opened

    def forget(self) -> None:
        """Stop listening, and drop all words."""
        self.stop()
        self._service = self._opened = self._place = None
        self._readings.clear()
        self._typed = (Transcript(), {})
        self._show_choices([])
        self._state.announce("")
        self.hide()

    # --- what is shown ---

    def refresh(self) -> None:
        """Show the choices for the place at the cursor."""
        place = self._place_here()
        if place != self._place and not self._is_hearing:
            self._state.announce("")
        self._place = place
        choices = self._choices_for(place) if place is not None else []
        if [one.label for one in choices] != [one.label for one in self._choices]:
            self._show_choices(choices)
            if choices and self._edit.hasFocus():
                words = ", ".join(one.label for one in choices)
                announce(self._edit, tr("Was it one of these? {words}").format(words=words))
        else:
            self._choices = choices
        self._show_heading()
        self._show_buttons()
        self.setVisible(self._is_hearing or (place is not None and (bool(choices) or self._may_hear)))

    def _show_buttons(self) -> None:
        """Offer to listen again, or to stop. What replaces a button that had the focus has it then."""
        hears = self._may_hear and not self._is_hearing
        first = self.menu_button if self._is_compact else next(iter(self._buttons), self._edit)
        if self.hear_button.hasFocus() and self._is_hearing:
            self.stop_button.show()
            self.stop_button.setFocus()
        elif (self.hear_button.hasFocus() and not hears) or (self.stop_button.hasFocus() and not self._is_hearing):
            (first if self._choices else self._edit).setFocus()
        self.hear_button.setVisible(hears)
        self.stop_button.setVisible(self._is_hearing)

    def set_compact(self, *, compact: bool) -> None:
        """Leave the room to the text, and show the choices in a menu; or show them as buttons."""
        self._is_compact = compact
        self._show_heading()

    def _show_heading(self) -> None:
        many = len(self._choices)
        self._heading.setVisible(many > 0 and not self._is_compact)
        self._area.setVisible(many > 0 and not self._is_compact)
        self.menu_button.setText(tr_n("Was it one of these? {n}", "Was it one of these? {n}", many).format(n=many))
        self.menu_button.setVisible(many > 0 and self._is_compact)

    @property
    def _may_hear(self) -> bool:
        return self._place is not None and self._opened is not None and self._opened.may_hear_again

    def _place_here(self) -> PlaceToHear | None:
        if self._opened is None or self._sitting.is_locked or self._edit.isReadOnly():
            return None
        here = self._edit.words_at_cursor()
        if here is None or here[2] > len(here[0].words):
            return None
        # The editor follows the text a moment later.
        is_now = any(turn is here[0] for turn in self._sitting.transcript.turns)
        return place_to_hear(*here) if is_now else None

    def _choices_for(self, place: PlaceToHear) -> list[_OfferedWords]:
        transcript = self._sitting.transcript
        turn = transcript.turn(place.turn_id)
        readings = self._readings.get(turn.words[place.first : place.last], ())
        heard = [(shown(transcript, place, one), one) for one in readings]
        offers = offers_for(turn, place, shipped_spellings(), self._typed_before(), [words for words, _ in heard])
        found = [
            _OfferedWords(
                one.text,
                "" if (one.first, one.last) == (place.first, place.last) else one.written,
                partial(with_offer, offer=one),
            )
            for one in offers
        ]
        known = {one.text.casefold() for one in offers}
        found += [
            _OfferedWords(words, "", partial(with_reading, place=place, reading=one))
            for words, one in heard
            if words.casefold() not in known
        ]
        return found

    def _typed_before(self) -> Mapping[str, tuple[str, ...]]:
        """Return what a person made of the machine's words so far; counted again once the text has changed."""
        if self._opened is None:
            return {}
        transcript = self._sitting.transcript
        if self._typed[0] is not transcript:
            self._typed = (transcript, typed_before(transcript, self._opened.machine_words))
        return self._typed[1]

    def _show_choices(self, choices: list[_OfferedWords]) -> None:
        self._choices = choices
        self._buttons = []
        layouts.discard(self._inner, self._holder)
        self._holder = QWidget()
        column = layouts.column(self._holder, 6)
        short = [(at, one) for at, one in enumerate(choices) if len(one.label) <= _LONGEST_BUTTON]
        if short:
            column.addWidget(flow(*(self._choice_button(at, one.label) for at, one in short), spacing=8))
        for at, one in enumerate(choices):
            if len(one.label) > _LONGEST_BUTTON:
                words = one.label if one.replaces else tr("“{words}”").format(words=one.words)
                column.addWidget(named(text(words, selectable=True), f"transcript-reading-{at}"))
                column.addWidget(self._choice_button(at, tr("Use this"), one.label))
        self._inner.addWidget(self._holder)
        # Once it is laid out: the list above would take all room but a line.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        wraps = self._inner.hasHeightForWidth()
        needed = self._inner.minimumHeightForWidth(self.width()) if wraps else self._inner.minimumSize().height()
        self._area.setMinimumHeight(min(needed, _MOST_LINES * self.fontMetrics().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _choice_button(self, at: int, words: str, description: str = "") -> QPushButton:
        made = button(
            words.replace("&", "&&"), f"transcript-offer-{at}", partial(self.choose, at), description=description
        )
        self._buttons.append(made)
        return made

    # --- acts ---

    def choose(self, at: int) -> None:
        """Put a choice into the text, and select it."""
        self._edit.commit()
        place, wanted = self._place_here(), self._choices[at].label if at < len(self._choices) else ""
        choices = self._choices_for(place) if place is not None else []
        chosen = next((one for one in choices if one.label == wanted), None)
        if chosen is None or place is None:
            self.refresh()
            return
        if self._sitting.apply(chosen.change(self._sitting.transcript)):
            self._edit.go_to(place.turn_id, place.first)
            announce(self._edit, tr("Now “{words}”.").format(words=chosen.words))
        self._edit.setFocus()

    def open_menu(self) -> None:
        """Open the choices as a menu at the word, for a key."""
        self._open_menu(None)

    def _open_menu(self, at: QPoint | None) -> None:
        if not self._edit.isVisible():
            return
        self._edit.commit()
        self.refresh()
        menu = named(QMenu(self), "transcript-offers-menu", spoken=tr("Was it one of these?"))
        menu.setToolTipsVisible(True)
        for number, one in enumerate(self._choices):
            words = one.label if len(one.label) <= _LONGEST_ROW else f"{one.label[:_LONGEST_ROW]}…"
            row = menu.addAction(f"&{number + 1}  {words.replace('&', '&&')}", partial(self.choose, number))
            row.setToolTip(one.label)
        if self._may_hear and not self._is_hearing:
            menu.addAction(tr("Listen again"), self.hear_again)
        if menu.isEmpty():
            menu.deleteLater()
            announce(self._edit, tr("There is no doubtful word here."))
            return
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        open_menu(menu, at or self._edit.below_word())

    def hear_again(self) -> None:
        """Have the machine listen again to the place at the cursor. What plays is paused: two sounds help nobody."""
        if not self._edit.isVisible():
            return
        self._edit.commit()
        self.refresh()
        place, service, opened = self._place, self._service, self._opened
        if place is None or service is None or opened is None or not self._may_hear or self._is_hearing:
            return
        transcript = self._sitting.transcript
        key = transcript.turn(place.turn_id).words[place.first : place.last]
        with self._messages.attempt():
            hearing = service.hear_again(opened, transcript, place)
            self._playback.pause()
            self._run += 1
            run = self._run
            self._is_hearing = True
            self._state.announce(tr("Listening again…"))
            self.refresh()
            self._work.run(
                lambda: hearing.run(
                    lambda number, many: self._work.post(lambda: self._on_progress(run, number, many), self)
                ),
                lambda readings: self._on_heard(run, key, readings),
                lambda trouble: self._on_failed(run, trouble),
                owner=self,
            )

    def stop(self) -> None:
        """Stop listening again."""
        if self._is_hearing:
            self._end("")

    def _end(self, words: str) -> None:
        self._is_hearing = False
        self._run += 1
        if self._service is not None:
            self._service.end_hearing()
        self._state.announce(words)
        self.refresh()

    def _on_progress(self, run: int, number: int, many: int) -> None:
        if run == self._run:
            self._state.follow(tr("Listening again, {n} of {many}…").format(n=number, many=many))

    def _on_heard(self, run: int, key: tuple[Word, ...], readings: tuple[Reading, ...] | None) -> None:
        if run != self._run:
            return
        if readings:
            self._readings[key] = readings
        stopped, nothing = tr("Stopped."), tr("The machine heard nothing else.")
        self._end("" if readings else nothing if readings is not None else stopped)

    def _on_failed(self, run: int, trouble: Trouble) -> None:
        if run == self._run:
            self._end("")
            self._messages.trouble(trouble)
