"""Sign a transcript off: what was listened to and what is left open, by whom, and why where something is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import REASON_LIMIT, SignOffState
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import durations
from balint_desktop.text.lists import listed
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.transcripts.deps import SignedOff
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import day_and_time_at
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.form_state import CONFIRMS
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.named_note import NameCheck
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import subheading, text

_LABEL_LIMIT = 60


class SignOffForm(QWidget):
    """The form in place of the text. Nothing is called complete: it is one person's reading."""

    asked = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "transcript-sign-off")
        self._needs_reason = self._waits_for_speaker = False
        self.summary = named(text(""), "sign-off-summary")
        self._about = named(text("", "quiet"), "sign-off-about")
        self.by = QLineEdit()
        self.by.setMaxLength(_LABEL_LIMIT)
        self.reason = NoteField("sign-off-reason", REASON_LIMIT, lines=2, shown_from=50)
        self.not_heard = named(
            QCheckBox(tr("No one who speaks the language has heard these places.")), "sign-off-not-heard"
        )
        self.not_heard.setProperty(CONFIRMS, True)
        self.problem = ProblemLabel("sign-off-problem")
        self.name_check = NameCheck(self.problem.announce)
        self._form = Form()
        self._form.row(tr("Signed off by (initials or label)"), self.by, "sign-off-by")
        self._reason_form = Form()
        self._reason_form.row(tr("Why is it signed off with something left open?"), self.reason, "sign-off-reason")
        self._reason_form.add(self.reason.left_words)
        self.do_button = button(tr("Sign off"), "sign-off-do", self._on_do, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), "sign-off-cancel", self.closed.emit, escape=EscapeRole.CANCEL)
        inner = QWidget()
        column = layouts.column(inner, 12)
        for widget in (
            named(subheading(tr("Sign off this transcript")), "sign-off-heading"),
            self.summary,
            self._about,
            self._form,
            self._reason_form,
            self.not_heard,
            self.problem,
            flow(self.do_button, self.cancel_button),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        area = PageArea(narrow(inner), "sign-off-scroll", tr("Sign off this transcript"), inner=True)
        layouts.column(self).addWidget(area)

    def show_state(self, state: SignOffState, *, has_recording: bool = True) -> None:
        """Show what would be signed off, and what that says."""
        self._about.setText(_about(has_recording=has_recording))
        self._needs_reason, self._waits_for_speaker = state.needs_reason, state.waits_for_speaker
        self.not_heard.setChecked(False)
        self.not_heard.setVisible(state.waits_for_speaker)
        self.summary.setText(summary(state))
        self._reason_form.setVisible(state.needs_reason)
        self.problem.announce("")
        follow_layout(self)
        self.by.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop what was entered."""
        self.by.clear()
        self.reason.clear()

    def _on_do(self) -> None:
        by, reason = self.by.text().strip(), self.reason.words()
        if not by:
            self.problem.announce(tr("Enter who signs off: initials or a label."))
            self.by.setFocus()
        elif self._needs_reason and not reason:
            self.problem.announce(tr("Say in a few words why. The reason stays in the record."))
            self.reason.setFocus()
        elif self._waits_for_speaker and not self.not_heard.isChecked():
            self.problem.announce(
                tr("Have someone who speaks the language listen to those places, or tick that no one has.")
            )
            self.not_heard.setFocus()
        elif self.name_check.may_save(by, reason):
            self.asked.emit(by, reason)


def _about(*, has_recording: bool) -> str:
    if has_recording:
        return tr(
            "Signing off says that you have read this text against the recording. It does not say that every "
            "word is right. You can edit it again later."
        )
    return tr(
        "Signing off says that you have read this text. It does not say that every word is right. You can edit it "
        "again later."
    )


def summary(state: SignOffState) -> str:
    """Return what was listened to and what is left, in a few sentences."""
    sentences = []
    if state.audible_ms:
        sentences.append(
            tr("Listened to {heard} of {whole}.").format(
                heard=durations.clock(state.listened_ms / 1000), whole=durations.clock(state.audible_ms / 1000)
            )
        )
    left = [words for need in _ORDER if (words := _left(need, state.open.get(need, 0)))]
    sentences.append(tr("Left open: {places}.").format(places=listed(left)) if left else tr("No place is left open."))
    if state.waits_for_speaker:
        sentences.append(
            tr("Until someone who speaks that language has listened, the recording is not offered for destruction.")
        )
    return " ".join(sentences)


_ORDER = (Need.DOUBTFUL, Need.NOT_UNDERSTOOD, Need.NO_WORDS, Need.UNCLEAR, Need.OTHER_LANGUAGE, Need.SPEAKER)


def _left(need: Need, many: int) -> str:
    """Return how many places of a need are left, empty for none."""
    if not many:
        return ""
    words = {
        Need.DOUBTFUL: lambda: tr_n("{n} doubtful word", "{n} doubtful words", many),
        Need.NOT_UNDERSTOOD: lambda: tr_n("{n} place not understood", "{n} places not understood", many),
        Need.NO_WORDS: lambda: tr_n("{n} place not transcribed", "{n} places not transcribed", many),
        Need.UNCLEAR: lambda: tr_n("{n} unclear place", "{n} unclear places", many),
        Need.OTHER_LANGUAGE: lambda: tr_n("{n} place in another language", "{n} places in another language", many),
        Need.SPEAKER: lambda: wording.turns_without_speaker(many),
    }
    return words[need]().format(n=many)


def signed_words(signed: SignedOff) -> str:
    """Return who signed off and when, with the reason."""
    line = tr("Signed off by {by} on {when}.").format(by=signed.by, when=day_and_time_at(signed.wall))
    return " ".join((line, tr("Reason: {reason}").format(reason=signed.reason))) if signed.reason else line
