"""Withdraw a participant from the study, and carry out the approval's rule for each recording."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.consent import TakenBy
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.study.withdrawal import AffectedRecording, Withdrawal
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.tables import local_day
from balint_desktop.text.transcripts import text_destruction_words
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import DateField, day_words
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, subheading, text
from balint_desktop.vault import consent_gate
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.transcripts import RemovableWords


class WithdrawalPage(Section[Group]):
    """Form to withdraw a participant, its consequences, and the open actions for earlier withdrawals."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "leaving-page")
        self._deps = deps
        self._group: Group | None = None
        self._undos: list[Callable[[], None]] = []
        self._undo_of: dict[int, Callable[[], None]] = {}
        self.who = ChoiceField()
        self.day = DateField(deps.log.consents.today())
        self.taker = ChoiceField()
        for taken_by in (TakenBy.COORDINATOR, TakenBy.FACILITATOR):
            self.taker.addItem(wording.taker_word(taken_by), taken_by)
        self.rule = named(text(""), "leaving-rule")
        self.reach = named(text(""), "leaving-reach")
        self.enter_button = button(tr("Record the withdrawal"), "leaving-enter", self._on_enter, ButtonKind.PRIMARY)
        nobody = tr("There is no consent in this group to withdraw.")
        self.none = named(quiet(nobody), "leaving-none")
        self._entry = Form()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._build()
        self.who.currentIndexChanged.connect(lambda _: self._deps.messages.attempted(self._show_reach))
        self.day.changed.connect(lambda: self._deps.messages.attempted(self._show_reach))

    def show_subject(self, thing: Group) -> None:
        """Show who may withdraw and who has withdrawn. Raise Trouble."""
        self._group = thing
        able = consent_gate.may_withdraw(self._deps.log, thing.id)
        may = [member.code for member in thing.participants if member.code in able]
        today = self._deps.log.consents.today()
        chosen = self.who.currentData()
        self.who.blockSignals(True)
        self.who.clear()
        self.who.addItem(tr("Choose a code"), None)
        for code in may:
            self.who.addItem(code, code)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        self.who.blockSignals(False)
        self.day.set_range(last=today)
        self.day.set_day(today)
        entered = self._deps.log.consents.study(thing.id)
        study = entered or Study()
        self.taker.setCurrentIndex(0 if study.coordinator else 1)
        self.rule.setText(wording.rule_words(study, has_study=wording.has_study_pages(thing, entered)))
        for widget in (self._entry, self.reach, self.enter_button):
            widget.setVisible(bool(may))
        self.none.setVisible(not may)
        self._show_reach()
        self._show_left()

    def leave_view(self) -> None:
        # Pressed on another page, Undo would change an answer that nobody is looking at.
        for undo in (*self._undos, *self._undo_of.values()):
            self._deps.undoing.forget(undo)
        self._undos.clear()
        self._undo_of.clear()

    def first_focus(self) -> QWidget:
        return self.who

    def _build(self) -> None:
        column = layouts.column(self, 14)
        column.addWidget(
            named(
                quiet(
                    tr(
                        "No one needs a reason to leave the study, and leaving it never means leaving the group. "
                        "From then on recording is not available; the room shows no more than that."
                    )
                ),
                "leaving-what",
            )
        )
        column.addWidget(self.rule)
        column.addWidget(self.none)
        self._entry.row(tr("Who"), self.who, "leaving-who")
        self._entry.row(tr("Date"), self.day, "leaving-day")
        self._entry.row(tr("Taken by"), self.taker, "leaving-taker")
        column.addWidget(self._entry)
        column.addWidget(self.reach)
        column.addWidget(flow(self.enter_button, learn_more("withdrawal", "leaving-more")))
        column.addLayout(self._rows)

    def _show_reach(self) -> None:
        code, group = self.who.currentData(), self._group
        self.enter_button.setEnabled(code is not None)
        if code is None or group is None:
            self.reach.setText("")
            return
        found = consent_gate.affected_recordings(self._deps.log, group.id, code, self.day.day())
        if not found:
            nothing = tr("No session that {code} attended has a recording or a text.")
            self.reach.setText(nothing.format(code=code))
            return
        planned = Withdrawal(0, code, self.day.day(), found)
        lines = [self._reach_line(planned, one) for one in found]
        heading = tr_n("{n} session is affected:", "{n} sessions are affected:", len(found)).format(n=len(found))
        self.reach.setText("\n".join([heading, *lines]))

    def _reach_line(self, planned: Withdrawal, one: AffectedRecording) -> str:
        """Return what a withdrawal would ask for a recording. Until it is recorded, the transcript can be opened."""
        log = self._deps.log
        has_sound = log.recordings.recording(one.recording).has_sound
        lines = [_session_words(one) + ": " + wording.asks_words(one.asks, has_sound=has_sound)]
        if log.approved.find(one.recording) is not None:
            lines += wording.approved_reach_words(one.asks)
        found = self._removable(planned, one)
        if found is not None and found.turns is not None and found.turns.unknown:
            lines.append(wording.unknown_speaker_words(found.turns.unknown))
        return "\n".join(lines)

    def _on_enter(self) -> None:
        code, group = self.who.currentData(), self._group
        if code is not None and group is not None:
            self._deps.messages.attempted(lambda: self._enter(group, code))

    def _enter(self, group: Group, code: ParticipantCode) -> None:
        taking = ConsentCollection(self.day.day(), taken_by=TakenBy(self.taker.currentData()))
        place, rows = consent_gate.withdraw(self._deps.log, group.id, code, taking)
        self.who.setFocus()
        deps = self._deps
        deps.changed(group.id)
        self.show_subject(group)

        def undo_withdrawal() -> None:
            consent_gate.undo_withdrawal(deps.log, group.id, place, rows)
            deps.changed(group.id)

        self._undo_of[place] = undo_withdrawal
        deps.undoing.push(tr("The withdrawal was recorded."), undo_withdrawal)

    # --- withdrawn participants ---

    def _show_left(self) -> None:
        layouts.clear(self._rows)
        if self._group is not None:
            for left in consent_gate.withdrawals(self._deps.log, self._group.id):
                self._rows.addWidget(self._card(left))
        follow_layout(self)

    def _card(self, left: Withdrawal) -> Card:
        card = Card(f"left-{left.place}")
        card.body.setSpacing(8)
        card.body.addWidget(
            named(
                subheading(tr("{code} left the study on {day}").format(code=left.code, day=day_words(left.day))),
                f"left-{left.place}-heading",
            )
        )
        found = {one.recording: self._removable(left, one) for one in left.affected}
        if not any(_is_open(one, found[one.recording]) for one in left.affected):
            card.body.addWidget(named(quiet(tr("Nothing left to do.")), f"left-{left.place}-done"))
        for one in left.affected:
            card.body.addWidget(self._line(left, one, found[one.recording]))
        if consent_gate.is_carried_out(self._deps.log, left):
            # Nor is Undo: what was done by the rule does not come back.
            undo = self._undo_of.pop(left.place, None)
            if undo is not None:
                self._deps.undoing.forget(undo)
        else:
            self._offer_mistaken(card, left)
        return card

    def _offer_mistaken(self, card: Card, left: Withdrawal) -> None:
        confirm = Confirm(f"left-{left.place}-mistaken")
        mistaken = button(
            tr("Entered by mistake"),
            f"left-{left.place}-mistaken",
            lambda: confirm.ask(
                tr("{code} is then in the study again, with the answers from before.").format(code=left.code),
                tr("Undo the withdrawal"),
                lambda: self._on_mistaken(left),
                mistaken,
            ),
            ButtonKind.QUIET,
            description=left.code,
        )
        card.body.addWidget(flow(mistaken))
        card.body.addWidget(confirm)

    def _on_mistaken(self, left: Withdrawal) -> None:
        group, log = self._group, self._deps.log
        if group is None:
            return

        def undo() -> None:
            places = consent_gate.withdrawn_answers(log, group.id, left)
            consent_gate.undo_withdrawal(log, group.id, left.place, places)
            self._deps.changed(group.id)
            self.show_subject(group)

        self.who.setFocus()
        self._deps.messages.attempted(undo)

    def _line(self, left: Withdrawal, one: AffectedRecording, found: RemovableWords | None) -> QWidget:
        name = f"left-{left.place}-{one.number}"
        label = f"{_session_words(one)}: {self._state_words(one, found)}"
        if found is not None and _is_open(one, found):
            if _waits_for_speakers(found):
                return _under(named(text(label), name), self._speaker_acts(left, one, name, label))
            return self._removing(left, one, found, name, label)
        if not one.is_done and one.asks is Asks.DESTROY and self._deps.transcripts.has_only_text(one.recording):
            return self._destroying_texts(one, name, label)
        return _under(named(text(label), name), [] if one.is_done else self._acts(left, one, name, label))

    def _state_words(self, one: AffectedRecording, found: RemovableWords | None) -> str:
        if found is not None and _is_open(one, found) and _waits_for_speakers(found):
            if found.turns is None:
                return tr("some turns may have no single known speaker")
            return wording.left_over_words(found.turns.unknown)
        if not one.is_done or one.asks is Asks.KEEP or _is_open(one, found):
            has_sound = self._deps.log.recordings.recording(one.recording).has_sound
            return wording.asks_words(one.asks, has_sound=has_sound)
        if found is not None:
            return tr("nothing marked as theirs is left in the transcript")
        if one.asks is Asks.REMOVE_WORDS:
            return tr("own words left out")
        return tr("destroyed")

    def _destroying_texts(self, one: AffectedRecording, name: str, label: str) -> QWidget:
        """Return the line of a recording of which texts alone are left, to be destroyed by the rule."""
        confirm = Confirm(f"{name}-destroy-texts")

        def destroy() -> None:
            self._deps.transcripts.destroy_texts(one.recording, tr("Withdrawal from the study"))
            self._deps.messages.inform(tr("The texts of this session were destroyed."))

        opens = button(
            tr("Destroy texts…"),
            f"{name}-destroy-texts",
            lambda: confirm.ask(
                text_destruction_words(_session_words(one)), tr("Destroy texts"), lambda: self._do(destroy), opens
            ),
            description=label,
        )
        return _under(named(text(label), name), [opens], confirm)

    def _speaker_acts(self, left: Withdrawal, one: AffectedRecording, name: str, label: str) -> list[QWidget]:
        """Return the acts where it is not known of some turns who speaks, and none is marked as theirs."""
        return [
            button(
                tr("Open the transcript"),
                f"{name}-open",
                lambda: self._deps.open_transcript(one.recording),
                description=label,
            ),
            button(
                tr("None of these turns is theirs"),
                f"{name}-none-theirs",
                lambda: self._do(lambda: self._note_none_theirs(left, one)),
                ButtonKind.QUIET,
                description=label,
            ),
        ]

    def _note_none_theirs(self, left: Withdrawal, one: AffectedRecording) -> None:
        rows = self._deps.log.withdrawals
        rows.mark_done(left.place, one.recording)

        def undo() -> None:
            rows.mark_done(left.place, one.recording, settled=False)
            self._show_left()

        self._undos.append(undo)
        self._deps.undoing.push(tr("Noted: none of these turns is theirs."), undo)

    def _removable(self, left: Withdrawal, one: AffectedRecording) -> RemovableWords | None:
        """Return what of this person is in the recording's transcript, None if there is none or the rule is another."""
        return self._deps.transcripts.removable(left, one.recording) if one.asks is Asks.REMOVE_WORDS else None

    def _removing(
        self, left: Withdrawal, one: AffectedRecording, found: RemovableWords, name: str, label: str
    ) -> QWidget:
        """Return the line of a recording with a transcript: its act asks once more, since it cannot be undone."""
        confirm = Confirm(f"{name}-remove-words")
        act, confirmed = (
            (tr("Delete the unfinished transcript…"), tr("Delete transcript"))
            if not found.is_finished
            else (tr("Remove their words from the approved text…"), tr("Remove their words"))
            if not found.has_transcript
            else (tr("Open the transcript again…"), tr("Open it again"))
            if found.turns is not None and not found.turns.theirs
            else (tr("Remove their words from the transcript…"), tr("Remove their words"))
        )
        opens = button(
            act,
            f"{name}-remove-words",
            lambda: confirm.ask(
                wording.removal_words(found), confirmed, lambda: self._do(lambda: self._remove(left, one, found)), opens
            ),
            description=label,
        )
        return _under(named(text(label), name), [opens], confirm)

    def _remove(self, left: Withdrawal, one: AffectedRecording, found: RemovableWords) -> None:
        transcripts = self._deps.transcripts
        if found.is_finished:
            words = wording.removed_words if found.has_transcript else wording.removed_from_approved_words
            self._deps.messages.inform(words(transcripts.remove_words(left, one.recording)))
        else:
            transcripts.delete(one.recording)
            self._deps.log.withdrawals.mark_done(left.place, one.recording)
            self._deps.messages.inform(tr("The unfinished transcript was deleted."))

    def _acts(self, left: Withdrawal, one: AffectedRecording, name: str, description: str) -> list[QWidget]:
        def act(words: str, ending: str, do: Callable[[], None]) -> QWidget:
            return button(words, f"{name}-{ending}", lambda: self._do(do), ButtonKind.QUIET, description=description)

        rows = self._deps.log.withdrawals
        if one.asks is Asks.DESTROY:
            return [
                button(
                    tr("Destroy recording…"),
                    f"{name}-destroy",
                    lambda: self._deps.destroy(one.recording),
                    description=description,
                )
            ]
        if one.asks is Asks.REMOVE_WORDS:
            return [act(tr("Mark as done"), "settle", lambda: rows.mark_done(left.place, one.recording))]
        choices = (
            (tr("Leave out their words"), "remove", Asks.REMOVE_WORDS),
            (tr("Destroy"), "decide-destroy", Asks.DESTROY),
            (tr("Keep"), "keep", Asks.KEEP),
        )
        return [
            act(words, ending, partial(rows.decide, left.place, one.recording, asks)) for words, ending, asks in choices
        ]

    def _do(self, act: Callable[[], None]) -> None:
        if self._deps.messages.attempted(act):
            self.who.setFocus()
            self._deps.messages.attempted(self._show_left)


def _session_words(one: AffectedRecording) -> str:
    return tr("Session {n}, {day}").format(n=one.number, day=day_words(local_day(one.wall)))


def _is_open(one: AffectedRecording, found: RemovableWords | None) -> bool:
    """Return whether there is anything to do: in a transcript, also where turns were given to them since."""
    if found is None:
        return not one.is_done
    if not found.is_removed or found.turns is None:
        return not found.is_removed or not one.is_done
    return found.turns.theirs > 0 or (found.turns.unknown > 0 and not one.is_done)


def _waits_for_speakers(found: RemovableWords) -> bool:
    """Return whether the text is open again, with none of their turns that could be removed."""
    return found.is_finished and found.is_removed and (found.turns is None or found.turns.theirs == 0)


def _under(label: QWidget, acts: list[QWidget], *more: QWidget) -> QWidget:
    """Return a line with its acts below it: beside them a long sentence would have no room."""
    line = QWidget()
    column = layouts.column(line, 6)
    for widget in (label, *([flow(*acts)] if acts else []), *more):
        column.addWidget(widget)
    return line
