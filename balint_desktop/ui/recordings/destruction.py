"""Destroy a recording: reason, limits, and a second deliberate step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.named_note import NameCheck
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import area_around
from balint_desktop.ui.widgets.text import subheading, text

_LONGEST = 200


class DestroyPanel(QWidget):
    """A button that opens a confirmation. `destroy_asked` carries the reason and a witness's label."""

    destroy_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "recording-destroying")
        self._offered = True
        self.ask_button = button(tr("Destroy this recording…"), "recording-destroy", self.ask, ButtonKind.QUIET)
        self.heading = named(subheading(tr("Destroy this recording")), "recording-destroy-heading")
        self.why = QLineEdit()
        self.why.setMaxLength(_LONGEST)
        self.witness = QLineEdit()
        self.witness.setMaxLength(_LONGEST)
        for field in (self.why, self.witness):
            # What cannot be undone is never Enter's; nor does Enter press what else is on the page.
            field.returnPressed.connect(lambda: None)
        self._stretches_waiting = 0
        self.clock = named(text("", selectable=True), "recording-destroy-clock")
        self.transcript = named(text("", selectable=True), "recording-destroy-transcript")
        self.problem = ProblemLabel("recording-destroy-problem")
        self.name_check = NameCheck(self.problem.announce)
        self.reach = named(text("", selectable=True), "recording-destroy-reach")
        self.destroy_button = button(tr("Destroy permanently"), "recording-destroy-now", self._on_destroy)
        self.cancel_button = button(
            tr("Cancel"), "recording-destroy-cancel", self.close_panel, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.once_more = Confirm("recording-destroy-once-more")
        self._card = self._build_card()
        column = layouts.column(self)
        column.addWidget(flow(self.ask_button, learn_more("sealing", "recording-destroy-more")))
        column.addWidget(self._card)
        self._card.hide()

    @property
    def is_asking(self) -> bool:
        """Whether the confirmation is open."""
        return not self._card.isHidden()

    def set_recording(
        self,
        backups: Sequence[str],
        *,
        offered: bool,
        clock: str = "",
        stretches_waiting: int | None = None,
        approved: int | None = None,
        has_sound: bool = True,
    ) -> None:
        """Enable or disable it for a recording, with its backups (a sentence each) and its retention period.

        `stretches_waiting` are those of its transcript for a speaker of another language, None without a transcript.
        `approved` is the version of its approved text, which stays; None without one. Without sound it is the
        transcript of a session that was not recorded.
        """
        self.ask_button.setText(tr("Destroy this recording…") if has_sound else tr("Destroy this transcript…"))
        self.heading.setText(tr("Destroy this recording") if has_sound else tr("Destroy this transcript"))
        self._offered = offered
        self._stretches_waiting = stretches_waiting or 0
        lines = [_goes(approved, has_sound=has_sound)] if stretches_waiting is not None else []
        lines += [_waiting(stretches_waiting)] if stretches_waiting else []
        self.transcript.setText("\n".join(lines))
        self.transcript.setVisible(bool(lines))
        self.clock.setText(clock)
        self.clock.setVisible(bool(clock))
        self.reach.setText("\n".join([*backups, _reach()]))
        self.close_panel()

    def close_panel(self) -> None:
        """Close the confirmation and discard the reason."""
        self.why.clear()
        self.witness.clear()
        self.problem.announce("")
        self.once_more.dismiss()
        self._card.hide()
        self.ask_button.setVisible(self._offered)

    def _build_card(self) -> Card:
        card = Card("recording-destroy-card")
        card.body.setSpacing(12)
        card.body.addWidget(self.heading)
        card.body.addWidget(
            named(
                text(tr("Its key is overwritten and all its files are deleted. This cannot be undone.")),
                "recording-destroy-what",
            )
        )
        card.body.addWidget(self.transcript)
        card.body.addWidget(self.clock)
        card.body.addWidget(self.reach)
        form = Form()
        form.row(
            tr("Reason"),
            self.why,
            "recording-destroy-why",
            tr("For example: transcribed and checked, or retention period over. No names: this is stored in the log."),
        )
        form.row(
            tr("Witness"),
            self.witness,
            "recording-destroy-witness",
            tr("A role, such as coordinator. Leave empty if you are alone. This is stored in the log."),
        )
        card.body.addWidget(form)
        card.body.addWidget(self.problem)
        card.body.addWidget(flow(self.destroy_button, self.cancel_button))
        card.body.addWidget(self.once_more)
        return card

    def ask(self) -> None:
        """Ask for the reason: the first of two steps. Does nothing if not offered, as under a legal hold."""
        if not self._offered:
            return
        self.ask_button.hide()
        self._card.show()
        self.why.setFocus()
        area = area_around(self)
        if area is not None:
            # All of it, or in a low window the field that has the focus.
            area.reveal(self.destroy_button)
            area.reveal(self.why)

    def _on_destroy(self) -> None:
        why = self.why.text().strip()
        if not why:
            self.problem.announce(tr("Enter a reason first. It is stored in the log."))
            self.why.setFocus()
            return
        witness = self.witness.text()
        if not self.name_check.may_save(why, witness):
            return
        if not self._stretches_waiting:
            self.destroy_asked.emit(why, witness)
            return
        self.once_more.ask(
            _waiting(self._stretches_waiting) + " " + tr("Once the recording is destroyed, no one ever can."),
            tr("Destroy it all the same"),
            lambda: self.destroy_asked.emit(why, witness),
            self.destroy_button,
        )


def _goes(approved: int | None, *, has_sound: bool) -> str:
    """Return what goes with the sound, and what stays."""
    if approved is None:
        return tr("Its transcript is destroyed with it.")
    if not has_sound:
        return tr(
            "Destroyed: the corrected text and your decisions. Not destroyed: the approved text, version {n}."
        ).format(n=approved)
    return tr(
        "Destroyed: the sound, the machine’s text, the corrected text and your decisions. Not destroyed: the approved "
        "text, version {n}."
    ).format(n=approved)


def _waiting(count: int) -> str:
    return tr_n(
        "{n} stretch in the transcript is in another language. Someone who speaks it should listen to it first.",
        "{n} stretches in the transcript are in another language. Someone who speaks it should listen to them first.",
        count,
    ).format(n=count)


def _reach() -> str:
    return tr(
        "This does not delete backups, exported files, copies held by readers, or traces in a raw image of this "
        "disk. Once you have renewed the keys in Settings, your passphrase no longer opens old backups or traces."
    )
