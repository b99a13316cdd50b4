"""The page where a person makes a transcript of a first draft: listen, correct, say who speaks, sign off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontInfo, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.new_turn import first_turn
from balint_desktop.domain.transcript.open_places import OpenPlace
from balint_desktop.domain.transcript.sign_off import sign_off_state
from balint_desktop.domain.transcript.transcript import Speaker, Transcript, WordKind
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import durations
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.transcripts import keys, wording
from balint_desktop.ui.transcripts.deps import OpenTranscript, SignedOff, TranscriptsDeps, TranscriptService
from balint_desktop.ui.transcripts.find_bar import FindBar
from balint_desktop.ui.transcripts.gutter import is_withdrawn
from balint_desktop.ui.transcripts.heard_strip import HeardLegend, HeardStrip, heard_share
from balint_desktop.ui.transcripts.keys import CorrectAction
from balint_desktop.ui.transcripts.keys_panel import KeysPanel
from balint_desktop.ui.transcripts.left_open import LeftOpen
from balint_desktop.ui.transcripts.listening import ListeningTracker
from balint_desktop.ui.transcripts.marks import LanguageBox, marks_menu
from balint_desktop.ui.transcripts.places_list import PlacesList
from balint_desktop.ui.transcripts.player_bar import Pedal, PlayerBar, pedal_shortcuts
from balint_desktop.ui.transcripts.room import RoomBox
from balint_desktop.ui.transcripts.second_look import SecondLook
from balint_desktop.ui.transcripts.sign_off import SignOffForm, signed_words
from balint_desktop.ui.transcripts.sitting import Sitting
from balint_desktop.ui.transcripts.text_acts import TextActs
from balint_desktop.ui.transcripts.text_edit import TranscriptEdit
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, set_words, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.key_names import key_name
from balint_desktop.ui.widgets.live_label import LiveLabel, announce
from balint_desktop.ui.widgets.menus import open_menu, under
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.shortcuts import shortcut
from balint_desktop.ui.widgets.slots import hold_widest
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import small, subheading, text
from balint_desktop.ui.widgets.undo_keys import takes_undo, undo_step

_WHO_SPEED = 1.25
# The text follows the sound again so long after the last key.
_FOLLOWS_AFTER_MS = 4_000
# In ems: below this the list gives its room to the text, and is opened over it.
_WIDE = 58.0
_SIDE = 19.0
# In ems: below this what is opened over the text takes the room of the buttons that begin something.
_LOW = 21.5
_POINTS_AN_INCH = 72


class CorrectPage(QWidget):
    """One transcript. The text in the editor, the list, the strip and the counts are views of one sitting."""

    back = Signal()

    def __init__(self, deps: TranscriptsDeps, playback: Playback, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "transcript-correct")
        self._deps, self._playback, self._messages = deps, playback, messages
        self._work = work
        self._opened: OpenTranscript | None = None
        self._service: TranscriptService | None = None
        self.sitting = Sitting(self)
        lock, failed, again = threading.Lock(), self._on_save_failed, self._on_saved_again
        self.saver: Saver[Transcript] = Saver(work, failed, again, lock, self)
        self.listened_saver: Saver[Listened] = Saver(work, failed, again, lock, self)
        self.listening = ListeningTracker(playback, self._on_listened, self.listened_saver.save, self)
        self._build_text()
        self._build_side()
        self._build_head()
        self._build_foot()
        self._lay_out()
        self._typing = QTimer(self, singleShot=True, interval=_FOLLOWS_AFTER_MS)
        shortcuts = keys.listen(self, self._actions())
        for digit in "0123456789":
            shortcut(self, f"{keys.WHO}+{digit}", partial(self._on_digit, digit))
        self.pedal = Pedal(playback, pedal_shortcuts(shortcuts), self)
        self._connect()
        self._on_pedal_changed(deps.settings.pedal_holds)

    # --- opening and leaving ---

    def show_opened(self, service: TranscriptService, opened: OpenTranscript) -> None:
        """Show a transcript from its beginning."""
        recording = opened.row.recording
        # Before there is a text: at the beginning of the sound no word is to be shown.
        self._opened = None
        self.player.show_opened(opened.sound)
        self._service, self._opened = service, opened
        # Nothing was heard in it by anybody yet: one turn to type in.
        is_empty = not opened.transcript.turns and opened.signed is None and bool(opened.audible)
        self.sitting.begin(first_turn(opened.audible[-1][1]) if is_empty else opened.transcript)
        self.saver.begin(lambda transcript: service.save(recording, transcript))
        self.listened_saver.begin(lambda listened: service.save_listened(recording, listened))
        self.listening.begin(opened.listened)
        self.second_look.begin(service, opened)
        self.title.setText(wording.title(opened.row))
        self._show_sound(has_recording=opened.row.has_recording)
        self.sign_off.name_check.names_in = partial(self._deps.names_in, recording)
        self.edit.show_text(opened.audible, opened.phases)
        self.strip.show_recording(opened.audible, opened.phases)
        self.strip.follow(self._playback.position_s)
        self.room.show_speakers(opened.speakers, self._deps.labels(recording), self._deps.names(recording))
        self._show_signed(opened.signed)
        self._show_main()
        self._on_listened(opened.listened)

    def _show_sound(self, *, has_recording: bool) -> None:
        """Show what plays and what was heard, or nothing of either for a session that was never recorded."""
        self._has_recording = has_recording
        for widget in (self.edit, self.places):
            widget.set_times(are_known=has_recording)
        for shown in (self.player, self.strip):
            shown.setVisible(has_recording)
        self._show_legend()

    def leave(self) -> None:
        """Save what is not saved yet, stop the sound and drop the text. Raise Trouble if it cannot be saved."""
        if self._opened is None:
            return
        self.edit.commit()
        self._playback.pause()
        self.listening.save_now()
        self.saver.flush()
        self.listened_saver.flush()
        opened, service = self._opened, self._service
        self.drop()
        if opened is not None and service is not None:
            service.close(opened.row.recording)

    def drop(self) -> None:
        """Drop the text and the sound."""
        self._opened = self._service = None
        self.second_look.forget()
        self.player.show_opened(None)
        self.room.hide_names()
        self.guess.setText("")
        self.guess.hide()
        self.find_bar.forget()
        self.sign_off.forget()
        self.sitting.begin(Transcript())
        self.edit.show_text((), ())
        self.places.show_text(Transcript())

    def left_open(self) -> LeftOpen | None:
        """Return where one is in the transcript on the page, None without one."""
        turn = self.edit.turn_at_cursor()
        if self._opened is None or turn is None:
            return None
        offset = self.edit.textCursor().positionInBlock()
        had_changes = self.sitting.has_changes
        return LeftOpen(self._opened.row.recording, turn.id, offset, self._playback.position_s, had_changes)

    def go_back_to(self, left: LeftOpen) -> None:
        """Go where one was in the transcript that was left open, and say what is lost."""
        self.edit.go_to_offset(left.turn_id, left.offset)
        self._playback.seek(left.at_s)
        if left.had_changes and self._signed is None:
            self.signed.follow(tr("Earlier changes can no longer be undone."))

    def _is_member(self, code: str) -> bool:
        if self._opened is None or self._deps.heard_as is None:
            return False
        return code in self._deps.labels(self._opened.row.recording)

    def _on_heard_as(self, code: str, phrase: str) -> None:
        if self._opened is not None and self._deps.heard_as is not None:
            self._deps.heard_as(self._opened.row.recording, ParticipantCode(code), phrase)

    @property
    def opened(self) -> OpenTranscript | None:
        """The transcript on the page."""
        return self._opened

    @property
    def is_read_only(self) -> bool:
        """Whether the text was signed off, and nothing can be changed."""
        return self._signed is not None

    # --- building ---

    def _build_text(self) -> None:
        self._signed: SignedOff | None = None
        self._has_recording = True
        self.edit = TranscriptEdit(self.sitting)
        self.places = PlacesList()
        self.second_look = SecondLook(self.sitting, self.edit, self._playback, self._work, self._messages)
        self.acts = TextActs(self.sitting, self.edit, self.places, self._playback)
        self.find_bar = FindBar(self.sitting, self.edit.commit, self.acts.cursor)
        self.language_box = LanguageBox()
        self.sign_off = SignOffForm()
        self.keys_panel = KeysPanel(self._playback)
        # Hidden from the start, so that their height is none of the page's.
        self.sign_off.hide()
        self.keys_panel.hide()

    def _build_side(self) -> None:
        self.side = named(QWidget(), "transcript-side")
        self._places_heading = named(subheading(tr("Next to look at")), "transcript-places-heading")
        self.unnamed_button = button("", "transcript-unnamed", self._on_unnamed, ButtonKind.QUIET)
        self.unnamed_button.setToolTip(tr("Go to the next one and set who speaks"))
        self.unnamed_button.hide()
        self.guess_button = button(tr("Show the machine’s guess"), "transcript-guess-show", self._on_guess)
        self.guess = named(text("", selectable=True), "transcript-guess")
        self.guess.hide()
        self.guess_button.hide()
        self._guess_box = QWidget()
        guesses = layouts.column(self._guess_box, 4)
        guesses.addWidget(self.second_look)
        guesses.addWidget(self.guess_button)
        guesses.addWidget(self.guess)
        self.room = RoomBox(self._messages)
        self._is_room_over = False
        self._acts_shown: tuple[object, ...] = ()
        column = layouts.column(self.side, 8)
        column.addWidget(self._places_heading)
        column.addWidget(self.places, 1)
        column.addWidget(self.unnamed_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._guess_box)
        column.addWidget(self.room)
        self._side_column = column

    def _build_head(self) -> None:
        self.back_button = button(
            tr("Back to transcripts"), "transcript-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(subheading(""), "transcript-title")
        self.heard = named(text("", "quiet"), "transcript-heard")
        self.heard.setWordWrap(False)
        self.save_state = LiveLabel("transcript-save-state")
        self.save_state.setWordWrap(False)
        self.strip = HeardStrip()
        self.legend = HeardLegend()

    def _build_foot(self) -> None:
        self.player = PlayerBar(self._playback)
        self.where = named(text("", "quiet"), "transcript-where")
        self.where.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.side_chip = chip(tr("Next to look at"), "transcript-side-show", self._on_side)
        self.who_chip = chip(tr("Who speaks?"), "transcript-who")
        when_chosen(self.who_chip, lambda on: self._set_who(on=on))
        self.marks_button = button(tr("Mark…"), "transcript-marks", self._on_marks)
        self.marks_button.setToolTip(key_name("Ctrl+M"))
        self.find_button = button(tr("Find…"), "transcript-find-open", lambda: self._on_find(replace=True))
        self.keys_button = button(tr("Keys…"), "transcript-keys", self._on_keys)
        self.sign_off_button = button(tr("Sign off…"), "transcript-sign-off-open", self.ask_to_sign_off)
        self.again_button = button(tr("Edit again"), "transcript-again", self._on_again)
        self.keys_line = named(small(""), "transcript-keys-line")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.save_state)
        head.addWidget(self.heard)
        self.signed = LiveLabel("transcript-signed", "quiet")
        self._text_column = QWidget()
        inner = layouts.column(self._text_column, 8)
        inner.addWidget(self.find_bar)
        inner.addWidget(self.language_box)
        inner.addWidget(self.edit, 1)
        self._text_layout = inner
        self._main = QWidget()
        row = layouts.row(self._main, 16)
        row.addWidget(self._text_column, 1)
        row.addWidget(self.side)
        marks = QHBoxLayout()
        marks.addWidget(self.legend)
        marks.addWidget(self.where, 1)
        self._foot = flow(
            self.player,
            self.side_chip,
            self.who_chip,
            self.marks_button,
            self.find_button,
            self.keys_button,
            self.sign_off_button,
            self.again_button,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addLayout(marks)
        column.addWidget(self.signed)
        for widget in (self._main, self.sign_off, self.keys_panel):
            column.addWidget(widget, 1)
        column.addWidget(self._foot)
        column.addWidget(self.keys_line)
        # Until there is a width: wide first, the page would make a small window grow.
        self._set_narrow(narrow=True)

    def _connect(self) -> None:
        self.sitting.changed.connect(self._on_changed)
        # The text is there first; what is counted from it follows.
        self.edit.completed.connect(self._refresh)
        self.edit.pointed.connect(lambda at_ms: self._playback.seek(at_ms / 1000))
        self.edit.cursor_moved.connect(self._on_cursor_moved)
        self.edit.typed.connect(self._typing.start)
        self.edit.split_asked.connect(self.acts.split)
        self.edit.undo_asked.connect(lambda: self.acts.undo(back=True))
        self.edit.redo_asked.connect(lambda: self.acts.undo(back=False))
        self.find_bar.found.connect(self.acts.go_to_found)
        self.find_bar.closed.connect(self._on_find_closed)
        self.find_bar.heard_as.connect(self._on_heard_as)
        self.find_bar.has_code = self._is_member
        self.language_box.chosen.connect(self._on_language)
        self.language_box.closed.connect(self.edit.setFocus)
        self.places.chosen.connect(self._on_place)
        self.room.chosen.connect(lambda speaker: self._on_speaker(Speaker(speaker)))
        self.strip.seek_asked.connect(self._playback.seek)
        self.sign_off.asked.connect(self._on_signed)
        self.sign_off.closed.connect(self._show_main)
        self.keys_panel.closed.connect(self._show_main)
        self.keys_panel.pedal_changed.connect(self._on_pedal_changed)
        self._playback.position_changed.connect(self._on_position)
        self._playback.failed.connect(self._messages.trouble)

    def _actions(self) -> dict[CorrectAction, Callable[[], object]]:
        return {
            **self.player.key_actions(),
            CorrectAction.PLAY_TURN: self._on_play_turn,
            CorrectAction.PLAY_HERE: self._on_play_here,
            CorrectAction.NEXT_PLACE: lambda: self.acts.go_to_next_place(forward=True),
            CorrectAction.PREVIOUS_PLACE: lambda: self.acts.go_to_next_place(forward=False),
            CorrectAction.CONFIRM: self.acts.confirm,
            CorrectAction.OFFERS: self.second_look.open_menu,
            CorrectAction.HEAR_AGAIN: self.second_look.hear_again,
            CorrectAction.MARKS: lambda: self._open_marks(self.edit.below_word()),
            CorrectAction.UNCLEAR: lambda: self.acts.mark(WordKind.UNCLEAR),
            CorrectAction.OTHER_LANGUAGE: self._on_other_language,
            CorrectAction.FIND: lambda: self._on_find(replace=False),
            CorrectAction.REPLACE: lambda: self._on_find(replace=True),
        }

    # --- what is shown ---

    def _show_main(self) -> None:
        """Show the text in place of a form."""
        for widget in (self.sign_off, self.keys_panel):
            widget.hide()
        self._main.show()
        self._foot.show()
        self._show_keys_line()
        self.edit.setFocus()

    def _show_form(self, form: QWidget) -> None:
        self.edit.commit()
        self._main.hide()
        self._foot.hide()
        self.keys_line.hide()
        form.show()

    def _refresh(self) -> None:
        """Show what follows from the text: the list, its count, the strip."""
        transcript = self.sitting.transcript
        self.places.show_text(transcript)
        many = len(self.places.places)
        self._places_heading.setText(_next_words(many))
        set_words(self.side_chip, self._places_heading.text())
        self._hold_chip()
        unnamed = len(self.places.unnamed)
        self.unnamed_button.setText(wording.turns_without_speaker(unnamed))
        self.unnamed_button.setVisible(unnamed > 0)
        self.strip.show_text(transcript)
        self._on_cursor_moved()

    def _on_changed(self) -> None:
        if self._signed is None:
            self.signed.follow("")
        self._refresh()
        self.saver.save(self.sitting.transcript)

    def _on_listened(self, listened: Listened) -> None:
        if self._opened is None:
            return
        self.strip.show_listened(listened)
        share, audible = heard_share(listened, self._opened.audible), self._opened.audible
        self.heard.setText(tr("heard {share}%").format(share=share) if audible else "")

    def _on_position(self, at_s: float) -> None:
        if self._opened is None:
            return
        self.strip.follow(at_s)
        follows = self._playback.playing and not self._typing.isActive()
        self.edit.show_heard(round(at_s * 1000), follow=follows)

    def _on_cursor_moved(self) -> None:
        line = self.edit.line_at_cursor()
        if self._opened is None or line is None:
            self.where.setText("")
            self.edit.setAccessibleDescription("")
            return
        phase = [one.label for one in self._opened.phases if one.at_s * 1000 <= line.at_ms][-1:]
        turn = line.turn if line.turn is not None and not is_withdrawn(line.turn) else None
        who = [wording.speaker_name(turn.speaker)] if turn is not None else []
        words = self._where_words(line.at_ms, *who, *phase)
        self.where.setText(self._where_words(self.edit.ms_at_cursor() or line.at_ms, *who, *phase))
        if words != self.edit.accessibleDescription():
            self.edit.setAccessibleDescription(words)
            if self.edit.hasFocus():
                # Time and speaker are beside the text, where no cursor goes.
                announce(self.edit, words)
        self.guess.hide()
        self.guess_button.setVisible(self._guess_here() != "")
        self.second_look.refresh()

    def _where_words(self, at_ms: int, *more: str) -> str:
        clock = [durations.clock(at_ms / 1000)] if self._has_recording else []
        return " · ".join((*clock, *more))

    def _show_signed(self, signed: SignedOff | None) -> None:
        """Show whether the text was signed off. Who speaks is not being set then."""
        self._signed = signed
        self.signed.follow(signed_words(signed) if signed is not None else "")
        self._set_who(on=False)

    def _allow_editing(self) -> None:
        is_open = self._signed is None
        self.sitting.is_locked = not is_open
        self.edit.setReadOnly(not is_open or self.who_chip.isChecked())
        self.who_chip.setEnabled(is_open)
        self.marks_button.setEnabled(not self.edit.isReadOnly())
        self.find_bar.set_editable(editable=not self.edit.isReadOnly())
        self.room.set_enabled(is_open)
        self.unnamed_button.setEnabled(is_open)
        self.second_look.refresh()
        self.keys_line.setText(
            keys.keys_line(
                is_locked=not is_open,
                sets_speakers=self.who_chip.isChecked(),
                has_recording=self._has_recording,
            )
        )

    def _set_who(self, *, on: bool) -> None:
        """Set who speaks while listening, or go back to correcting."""
        self.edit.commit()
        show_on(self.who_chip, on)
        self._place_room()
        self._playback.set_speed(_WHO_SPEED if on else 1.0)
        self._allow_editing()

    # --- size ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "pedal"):
            self._fit()
        elif event.type() == QEvent.Type.ActivationChange and hasattr(self, "pedal") and not self.isActiveWindow():
            self.pedal.let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pedal.let_go()

    def _em(self) -> float:
        return QFontInfo(self.font()).pointSizeF() * self.logicalDpiY() / _POINTS_AN_INCH

    def _fit(self) -> None:
        self.side.setMaximumWidth(round(_SIDE * self._em()) if not self._is_narrow else 16_777_215)
        self.side.setMinimumWidth(round(_SIDE * self._em()) if not self._is_narrow else 0)
        narrow = self.width() < _WIDE * self._em()
        if narrow != self._is_narrow:
            self._set_narrow(narrow=narrow)
        self._hold_chip()
        self._acts_shown = ()
        self._show_acts()

    def _show_legend(self) -> None:
        """Explain the strip where there is room for it."""
        room = self.width() - (self.where.minimumSizeHint().width() if not self._is_narrow else 0)
        gives_way = self._is_narrow and (self._is_short or self.who_chip.isChecked() or self.side_chip.isChecked())
        fits = self.legend.sizeHint().width() <= room and not gives_way
        self.legend.setVisible(self._has_recording and fits)

    def _show_keys_line(self) -> None:
        """Show the keys under the text, also in a narrow window where they set who speaks."""
        shows = not self._is_narrow or (self.who_chip.isChecked() and not self._is_short and not self._is_low)
        self.keys_line.setVisible(shows and not self._foot.isHidden())

    @property
    def _is_low(self) -> bool:
        """Whether a narrow window is so low, too, that a bar and the text fill it."""
        return self._is_narrow and self.height() < _LOW * self._em()

    @property
    def _is_short(self) -> bool:
        """Whether the bar that finds words takes the room of what explains the page."""
        return self._is_narrow and not self.find_bar.isHidden()

    def _hold_chip(self) -> None:
        """Keep the room of as many digits, so that no button moves when places are done."""
        if self._is_narrow:
            many = len(self.places.places)
            hold_widest(self.side_chip, [_next_words(many), _next_words(88 if many < 100 else 8_888)])

    def _place_room(self) -> None:
        """Show who was in the room beside the text; where there is no beside, over it while speakers are set."""
        is_over = self._is_narrow and self.who_chip.isChecked()
        if is_over != self._is_room_over:
            self._is_room_over = is_over
            if is_over:
                self._text_layout.insertWidget(self._text_layout.indexOf(self.edit), self.room)
            else:
                self._side_column.addWidget(self.room)
            self.room.set_compact(compact=is_over)
            follow_layout(self)
        self._show_acts()

    def _set_narrow(self, *, narrow: bool) -> None:
        self._is_narrow = narrow
        self.side_chip.setVisible(narrow)
        show_on(self.side_chip, False)
        self.side.setVisible(not narrow)
        self._text_column.show()
        # The turn beside the text says most of it where there is little room.
        self.where.setVisible(not narrow)
        self.second_look.set_compact(compact=narrow)
        # Beside the list where that is seen, else below the text.
        if narrow:
            self._text_layout.addWidget(self._guess_box)
        else:
            self._side_column.insertWidget(self._side_column.indexOf(self.unnamed_button) + 1, self._guess_box)
        self._place_room()
        follow_layout(self)
        if narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        else:
            self.side.setFixedWidth(round(_SIDE * self._em()))

    def _on_side(self, shown: bool) -> None:
        if self._is_narrow:
            self.side.setVisible(shown)
            self._text_column.setVisible(not shown)
            self._show_acts()
            (self.places if shown else self.edit).setFocus()

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        # Here it is the text's, wherever the focus is.
        return takes_undo(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.pedal.press(event):
            return
        step = undo_step(event)
        if step is not None:
            self.acts.undo(back=step < 0)
            return
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if self.who_chip.isChecked() and is_plain and event.text().lower() in self.room.by_key:
            self._on_speaker(self.room.by_key[event.text().lower()])
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.pedal.release(event):
            super().keyReleaseEvent(event)

    def _on_pedal_changed(self, holds: bool) -> None:
        self.pedal.set_holds(holds)
        self._deps.settings.pedal_holds = holds
        self.keys_panel.show_pedal(holds=holds)

    def _on_digit(self, digit: str) -> None:
        if digit in self.room.by_key:
            self._on_speaker(self.room.by_key[digit])

    # --- playing ---

    def _on_play_turn(self) -> None:
        turn = self.edit.turn_at_cursor()
        if turn is not None:
            self._play_from(turn.from_ms / 1000)

    def _on_play_here(self) -> None:
        at_ms = self.edit.ms_at_cursor()
        if at_ms is not None:
            self._play_from(at_ms / 1000)

    def _play_from(self, at_s: float) -> None:
        self._playback.seek(at_s)
        self._playback.play()
        # The text is there before the first sound.
        self._on_position(self._playback.position_s)

    # --- acts on the text ---

    def _on_speaker(self, speaker: Speaker) -> None:
        self.acts.set_speaker(speaker, from_here=self.who_chip.isChecked())
        if not self.who_chip.isChecked():
            self.edit.setFocus()

    def _on_place(self, place: OpenPlace) -> None:
        if self._is_narrow and self.side_chip.isChecked():
            self.side_chip.setChecked(False)
        self.acts.go_to_place(place)

    def _on_unnamed(self) -> None:
        """Set who speaks, from the next turn without a speaker on."""
        if self._is_narrow and self.side_chip.isChecked():
            self.side_chip.setChecked(False)
        self._set_who(on=True)
        self.acts.go_to_next_unnamed()

    def _guess_here(self) -> str:
        """Return what the machine wrote for the place at the cursor, empty without a guess."""
        place = self.acts.place_at_cursor()
        if self._opened is None or place is None or place.kind is not WordKind.NOT_UNDERSTOOD:
            return ""
        return self._opened.guesses.get(place.from_ms, "")

    def _on_guess(self) -> None:
        self.guess.setText(tr("The machine guessed: “{guess}”. It is often wrong.").format(guess=self._guess_here()))
        self.guess.show()
        announce(self.guess, self.guess.text())

    def _on_marks(self) -> None:
        self._open_marks(under(self.marks_button))

    def _open_marks(self, at: QPoint) -> None:
        if not self.edit.isReadOnly():
            menu = marks_menu(self, self._deps.settings.other_language, self.acts.mark, self._ask_language)
            open_menu(menu, at)

    def _on_other_language(self) -> None:
        language = self._deps.settings.other_language
        if language:
            self.acts.mark(WordKind.OTHER_LANGUAGE, language)
        elif not self.edit.isReadOnly():
            self._ask_language()

    def _ask_language(self) -> None:
        self.language_box.ask(self._deps.settings.other_language)

    def _on_language(self, language: str) -> None:
        self._deps.settings.other_language = language
        self.acts.mark(WordKind.OTHER_LANGUAGE, language)
        self.edit.setFocus()

    # --- find ---

    def _on_find(self, *, replace: bool) -> None:
        self.edit.commit()
        here = self.edit.words_at_cursor() if self.edit.textCursor().hasSelection() else None
        phrase = " ".join(word.text for word in here[0].words[here[1] : here[2]]) if here is not None else ""
        self.find_bar.open_bar(phrase, replace=replace)
        self._show_acts()

    def _on_find_closed(self) -> None:
        self._show_acts()
        self.edit.setFocus()

    def _show_acts(self) -> None:
        """Show the buttons at the foot. While words are looked for in a narrow window, what explains gives way."""
        self._show_keys_line()
        sets, lists = self.who_chip.isChecked(), self.side_chip.isChecked()
        state = (self._is_narrow, self._is_low, self._is_short, sets, lists, self._signed is None, self.width())
        if state == self._acts_shown:
            # Measured and shown already: a transcript opens the faster.
            return
        self._acts_shown = state
        is_full = self._is_low and (self._is_short or sets or lists)
        for made in (self.marks_button, self.find_button, self.keys_button, self.strip):
            made.setVisible(not is_full)
        self.side_chip.setVisible(self._is_narrow and not (is_full and self._is_short))
        self.sign_off_button.setVisible(not is_full and self._signed is None)
        self.again_button.setVisible(not is_full and self._signed is not None)
        self._guess_box.setVisible(not self._is_short)
        self.room.setVisible(not (self._is_short and sets))
        self._show_legend()

    # --- saving ---

    def _on_save_failed(self, trouble: Trouble) -> None:
        self.save_state.announce(tr("Not saved yet. Trying again."))
        self._messages.trouble(trouble)

    def _on_saved_again(self) -> None:
        if not self.saver.is_failing and not self.listened_saver.is_failing:
            self.save_state.announce("")
            self._messages.inform(tr("Saved again. Nothing was lost."))

    # --- keys and pedal, sign off ---

    def _on_keys(self) -> None:
        self._show_form(self.keys_panel)
        self.keys_panel.close_button.setFocus()

    def ask_to_sign_off(self) -> None:
        """Show the form to sign the text off."""
        if self._opened is None:
            return
        self._playback.pause()
        self._show_form(self.sign_off)
        state = sign_off_state(self.sitting.transcript, self.listening.listened, self._opened.audible)
        self.sign_off.show_state(state, has_recording=self._has_recording)

    def _on_signed(self, by: str, reason: str) -> None:
        opened, service = self._opened, self._service
        if opened is None or service is None:
            return
        with self.sign_off.problem.attempt():
            # What is signed off is what was saved.
            self.saver.flush()
            self.listened_saver.flush()
            signed = service.sign_off(opened.row.recording, by, reason)
            self._show_signed(signed)
            self._show_main()

    def _on_again(self) -> None:
        opened, service = self._opened, self._service
        if opened is None or service is None:
            return
        with self._messages.attempt():
            service.reopen(opened.row.recording)
            self._show_signed(None)
            self.edit.setFocus()


def _next_words(many: int) -> str:
    return tr_n("Next to look at: {n}", "Next to look at: {n}", many).format(n=many)
