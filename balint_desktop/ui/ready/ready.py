"""The Get ready page: attendance, microphone, machine, recording availability."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from balint_desktop.domain.group.group import Group, recording_available
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.machine import Machine
from balint_desktop.ui.accreditation.leaders_box import LeadersBox
from balint_desktop.ui.group.readers import excluded
from balint_desktop.ui.ready.deps import Ready, ReadyDeps
from balint_desktop.ui.ready.microphone import MicrophoneBox
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets.buttons import ButtonKind, button, chip
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading, text

_LOW_BATTERY = 60


class ReadyPlace(Place):
    """The page before a session. Emits `ready` once, with all choices."""

    ready = Signal(object)
    back_asked = Signal()

    def __init__(self, deps: ReadyDeps, work: Work) -> None:
        super().__init__("ready", _title(deps))
        self._deps = deps
        self._group = deps.group
        self._work = work
        self.microphone = MicrophoneBox(deps, work)
        self.format = ChoiceField()
        for label in deps.formats:
            self.format.addItem(label.name, label.key)
        self.format.setCurrentIndex(max(0, self.format.findData(deps.format_key)))
        self.here: dict[ParticipantCode, QPushButton] = {}
        self.leaders = LeadersBox(deps.leading) if deps.leading is not None else None
        self.available = named(text("", "subheading"), "recording-available")
        self.disk = named(text(""), "ready-disk")
        self.battery = named(text(""), "ready-battery")
        self.awake = named(text(""), "ready-awake")
        self.awake.hide()
        self.open_button = button(
            tr("Open the room"), "open-room", lambda: self._go(record=True), ButtonKind.PRIMARY, shortcut="Ctrl+Return"
        )
        self.without_button = button(
            tr("Open it without recording"), "open-room-without", lambda: self._go(record=False)
        )
        self.card_button = button(
            tr("Print the card of the hour…"), "ready-card", self._on_print_card, ButtonKind.QUIET
        )
        self.back_button = button(tr("Back"), "ready-back", self.back_asked.emit, ButtonKind.QUIET)
        self._build()
        self.microphone.changed.connect(self._say_available)
        if self.leaders is not None:
            self.leaders.changed.connect(self._say_available)
        self._say_available()

    def _build(self) -> None:
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(48)
        row.addLayout(self._left(), 1)
        row.addLayout(self._right(), 1)
        self.body.addWidget(columns)
        self.body.addStretch(1)
        self.body.addWidget(self.available)
        ways = (self.open_button, self.without_button, self.card_button, self.back_button)
        self.body.addWidget(flow(*ways, spacing=14))
        # Only once it is in the layout: shown without a parent it would be a window and take the focus.
        self.card_button.setVisible(self._deps.print_card is not None)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(subheading(tr("Who is here")))
        column.addWidget(self._people())
        if self.leaders is not None:
            column.addSpacing(8)
            column.addWidget(subheading(tr("Who leads")))
            column.addWidget(self.leaders)
        form = Form()
        form.row(tr("Format"), self.format, "ready-format")
        column.addSpacing(8)
        column.addWidget(form)
        column.addSpacing(8)
        column.addWidget(subheading(tr("Before you begin")))
        reminder = tr("Silence the notifications on this computer.")
        for number, cue in enumerate((*self._deps.cues, reminder), start=1):
            column.addWidget(named(quiet(cue), f"cue-{number}"))
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(subheading(tr("Recording")))
        column.addWidget(self.microphone)
        if left_out_words := excluded.ready_notice(self._deps.group):
            column.addWidget(named(text(left_out_words), "ready-left-out"))
        column.addSpacing(8)
        column.addWidget(subheading(tr("This computer")))
        column.addWidget(self.disk)
        column.addWidget(self.battery)
        column.addWidget(self.awake)
        column.addStretch(1)
        return column

    def _people(self) -> QWidget:
        if not self._deps.group.participants:
            return quiet(tr("This group has no members yet. Add them under Groups, or go on without."))
        for member in self._deps.group.participants:
            made = chip(member.code, f"present-{member.code}", lambda _on: self._say_available())
            made.setAccessibleDescription(tr("{code} is here").format(code=member.code))
            made.setChecked(member.code in self._deps.present)
            self.here[member.code] = made
        return flow(*self.here.values())

    def first_focus(self) -> QWidget:
        return self.open_button

    def enter_view(self) -> None:
        self.microphone.enter_view()
        self._show_machine(self._deps.read_machine())
        if self._deps.can_keep_awake is not None:
            self._work.run(self._deps.can_keep_awake, self._show_awake, lambda _trouble: self._show_awake(False), self)

    def leave_view(self) -> None:
        self.microphone.leave_view()

    def present(self) -> tuple[ParticipantCode, ...]:
        """Return who is present."""
        return tuple(code for code, made in self.here.items() if made.isChecked())

    def can_record(self) -> bool:
        """Return whether recording is available today."""
        others_agree = self.leaders is None or self.leaders.leaders().allow_recording
        available = recording_available(self._group, self.present(), others_agree=others_agree)
        return available and self.microphone.device is not None

    @property
    def group_id(self) -> GroupId:
        """The id of the group that gets ready."""
        return self._group.id

    def consents_changed(self, group: Group) -> None:
        """Apply changed consents of the group's members."""
        self._group = group
        self._say_available()

    def _say_available(self) -> None:
        # One line, the same whatever the reason: it does not reveal who has not consented.
        available = self.can_record()
        self.available.setText(tr("Recording available today") if available else tr("Recording not available today"))
        self.without_button.setVisible(available)

    def _show_machine(self, machine: Machine) -> None:
        hours = int(machine.hours_free)
        if hours < 1:
            self.disk.setText(tr("The disk is nearly full: less than an hour of recording fits on it."))
        elif hours > 99:
            self.disk.setText(tr("There is plenty of room on the disk."))
        else:
            template = tr_n(
                "There is room for {n} hour of recording.", "There is room for {n} hours of recording.", hours
            )
            self.disk.setText(template.format(n=hours))
        self.battery.setText(_battery_words(machine))

    def _show_awake(self, can: bool) -> None:
        kept_awake = tr("It is kept awake while it records. Leave the lid open.")
        cannot = tr("It may fall asleep: turn its sleep off in the system’s settings, and leave the lid open.")
        self.awake.setText(kept_awake if can else cannot)
        self.awake.show()

    def _on_print_card(self) -> None:
        if self._deps.print_card is not None:
            self._deps.print_card(self, self.format.currentData())

    def _go(self, *, record: bool) -> None:
        chosen = Ready(
            format_key=self.format.currentData(),
            present=self.present(),
            device=self.microphone.device,
            record=record and self.can_record(),
            leaders=self.leaders.leaders() if self.leaders is not None else None,
        )
        self.ready.emit(chosen)


def _title(deps: ReadyDeps) -> str:
    group, number, count = deps.group.name, deps.number, deps.group.sessions
    if number > count:
        return tr("{group}, session {n}").format(group=group, n=number)
    return tr("{group}, session {n} of {count}").format(group=group, n=number, count=count)


def _battery_words(machine: Machine) -> str:
    if machine.battery is None:
        return tr("It runs on mains power.")
    if machine.on_charger:
        return tr("The charger is connected; the battery is at {n} %.").format(n=machine.battery)
    if machine.battery < _LOW_BATTERY:
        return tr("The battery is at {n} %. Connect the charger before you begin.").format(n=machine.battery)
    return tr("The battery is at {n} %, without the charger.").format(n=machine.battery)
