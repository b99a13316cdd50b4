"""The Get ready page: who is here, microphone, computer, whether recording is available."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from balint_desktop.domain.group.group import Group, recording_available
from balint_desktop.domain.session.opening import LONGEST_MIN
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.machine import Machine
from balint_desktop.ui.accreditation.leaders_box import LeadersBox
from balint_desktop.ui.group.readers import excluded
from balint_desktop.ui.ready.columns import TwoColumns
from balint_desktop.ui.ready.computer_sound import ComputerSoundBox
from balint_desktop.ui.ready.deps import Ready, ReadyDeps
from balint_desktop.ui.ready.microphone import MicrophoneBox
from balint_desktop.ui.ready.room_labels import RoomLabelsBox
from balint_desktop.ui.room.situations_list import SituationsFold
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, show_on
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled, side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.show_names import ShowNames
from balint_desktop.ui.widgets.text import quiet, subheading, text

_LOW_BATTERY = 60


class ReadyPlace(Place):
    """The page before a session. Emits `ready` once, with all choices."""

    ready = Signal(object)
    back_asked = Signal()
    agreement_asked = Signal()
    """The group's agreement to being recorded is to be entered."""

    def __init__(self, deps: ReadyDeps, work: Work) -> None:
        super().__init__("ready", _title(deps))
        self._deps = deps
        self._group = deps.group
        self._work = work
        self._chips: dict[object, tuple[ParticipantCode, QPushButton]] = {}
        self.microphone = MicrophoneBox(deps, work)
        self.computer_sound = ComputerSoundBox(deps, work)
        self.format = ChoiceField()
        for label in deps.formats:
            self.format.addItem(label.name, label.key)
        self.format.setCurrentIndex(max(0, self.format.findData(deps.format_key)))
        self.opening = NumberField(1, LONGEST_MIN)
        self.opening.setSuffix(tr(" min"))
        self.support = QLineEdit()
        self.here: dict[ParticipantCode, QPushButton] = {}
        self.names = ShowNames(deps.names, self._chips, deps.report)
        self.room_labels = RoomLabelsBox(deps.group, deps.names, deps.report)
        self.leaders = LeadersBox(deps.leading) if deps.leading is not None else None
        self._goes_once_listed = False
        self.available = named(text("", "subheading"), "recording-available")
        self.available.setWordWrap(False)
        # A matter of whoever leads, which says nothing of anybody who was asked for consent.
        self.unanswered = named(
            text(tr("Say first, under Consents, whether you also assess these students.")), "ready-unanswered"
        )
        self.day = named(text(_day_words(deps)), "ready-day")
        self.cues = _Cues(deps)
        self.situations = SituationsFold(self._group)
        self.no_recording = named(text(tr("Nothing will be recorded, so the microphone is off.")), "ready-no-recording")
        self.disk = named(text(""), "ready-disk")
        self.battery = named(text(""), "ready-battery")
        self.awake = named(text(""), "ready-awake")
        self.awake.hide()
        self.open_button = button(
            tr("Continue to the session"),
            "open-room",
            lambda: self._go(record=True),
            ButtonKind.PRIMARY,
            shortcut="Ctrl+Return",
        )
        self.without_button = button(
            tr("Continue without recording"), "open-room-without", lambda: self._go(record=False)
        )
        self.card_button = button(tr("Print the session card…"), "ready-card", self._on_print_card, ButtonKind.QUIET)
        self.back_button = button(
            tr("Back"), "ready-back", self.back_asked.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.consents_button = button(tr("Consents…"), "ready-consents", self.agreement_asked.emit, ButtonKind.QUIET)
        self._build()
        self.format.currentIndexChanged.connect(lambda _: self._on_format())
        self.computer_sound.changed.connect(lambda: self.microphone.listen_with(self.computer_sound.source))
        self.microphone.heard.connect(self.computer_sound.show_heard)
        self.microphone.test_begun.connect(self.computer_sound.begin_test)
        self.room_labels.changed.connect(self._show_labels)
        self._show_opening()
        self._show_labels()
        self.microphone.changed.connect(self._show_available)
        if self.leaders is not None:
            self.leaders.changed.connect(self._show_available)
        self._show_available()

    def _build(self) -> None:
        self.body.addWidget(self.day)
        self.body.addWidget(TwoColumns(self._left(), self._right()))
        self.body.addStretch(1)
        self.body.addWidget(flow(self.available, self.consents_button, spacing=14))
        self.body.addWidget(self.unanswered)
        ways = (self.open_button, self.without_button, self.card_button, self.back_button)
        self.body.addWidget(flow(*ways, spacing=14))
        self.body.addWidget(self.situations)
        self.day.setVisible(bool(self.day.text()))
        # Only once they are in the layout: shown without a parent they would be windows and take the focus.
        self.card_button.setVisible(self._deps.print_card is not None)
        self.names.setVisible(self.names.is_offered)
        self.room_labels.setVisible(self.room_labels.is_offered)
        # A group without a support to name is asked for it here, once a session.
        self._support_row.setVisible(not self._group.support)

    def _left(self) -> QWidget:
        side = QWidget()
        column = layouts.column(side, 12)
        column.addWidget(subheading(tr("Who is here")))
        column.addWidget(self._people())
        column.addWidget(self.names)
        column.addWidget(self.room_labels)
        if self.leaders is not None:
            column.addSpacing(8)
            column.addWidget(subheading(tr("Who leads")))
            column.addWidget(self.leaders)
        form = Form()
        form.add(
            side_by_side(
                (tr("Format"), self.format, "ready-format"),
                (tr("Length of the opening"), self.opening, "ready-opening"),
            )
        )
        self._support_row = labelled(tr("Support (you will read this out)"), self.support, "ready-support")
        form.add(self._support_row)
        column.addSpacing(8)
        column.addWidget(form)
        column.addSpacing(8)
        column.addWidget(subheading(tr("Before you begin")))
        column.addWidget(self.cues)
        column.addStretch(1)
        return side

    def _right(self) -> QWidget:
        side = QWidget()
        column = layouts.column(side, 12)
        column.addWidget(subheading(tr("Recording")))
        column.addWidget(self.no_recording)
        column.addWidget(self.microphone)
        column.addWidget(self.computer_sound)
        if left_out_words := excluded.ready_notice(self._deps.group):
            column.addWidget(named(text(left_out_words), "ready-left-out"))
        column.addSpacing(8)
        column.addWidget(subheading(tr("This computer")))
        column.addWidget(self.disk)
        column.addWidget(self.battery)
        column.addWidget(self.awake)
        column.addStretch(1)
        return side

    def _people(self) -> QWidget:
        if not self._deps.group.participants:
            return quiet(tr("This group has no members yet. Add them under Groups, or continue without."))
        for member in self._deps.group.participants:
            made = chip(member.code, f"present-{member.code}", lambda _on: self._show_available())
            made.setAccessibleDescription(tr("{code} is here").format(code=member.code))
            # Silently: what a press would update is not in the layout yet.
            show_on(made, member.code in self._deps.present)
            self.here[member.code] = made
            self._chips[member.code] = (member.code, made)
        return flow(*self.here.values())

    def first_focus(self) -> QWidget:
        return self.open_button

    def enter_view(self) -> None:
        self._show_setting()
        self.microphone.enter_view()
        self._show_machine(self._deps.read_machine())
        if self._deps.can_keep_awake is not None:
            self._work.run(self._deps.can_keep_awake, self._show_awake, lambda _trouble: self._show_awake(False), self)

    def leave_view(self) -> None:
        self._goes_once_listed = False
        self.microphone.leave_view()
        self.names.hide_names()

    def present(self) -> tuple[ParticipantCode, ...]:
        """Return who is present."""
        return tuple(code for code, made in self.here.items() if made.isChecked())

    def can_record(self) -> bool:
        """Return whether recording is available today."""
        return self._may_record() and self.microphone.device is not None

    def _may_record(self) -> bool:
        others_agree = self.leaders is None or self.leaders.leaders().allow_recording
        return recording_available(self._group, self.present(), others_agree=others_agree)

    @property
    def group_id(self) -> GroupId:
        """The id of the group that gets ready."""
        return self._group.id

    def consents_changed(self, group: Group) -> None:
        """Apply changed consents of the group's members."""
        self._group = group
        self._show_available()

    def _show_available(self) -> None:
        # One line, the same whatever the reason: it does not reveal who has not consented.
        available = self.can_record()
        if self._is_waiting():
            self.available.setText(tr("Looking for a microphone…"))
        else:
            self.available.setText(
                tr("Recording available today") if available else tr("Recording not available today")
            )
        self._prepare_recording()
        self.without_button.setVisible(available)
        self.unanswered.setVisible(self._group.lacks_assessment_answer)
        if self._goes_once_listed and not self.microphone.is_searching:
            self._goes_once_listed = False
            if available:
                self._go(record=True)
        # Where the microphone is what is missing, its own line says so.
        self.consents_button.setVisible(bool(self.here) and not recording_available(self._group, self.present()))

    def _show_labels(self) -> None:
        """Show on the chips what the room will show."""
        self.names.labels = self.room_labels.labels
        if not self.names.are_shown:
            self.names.hide_names()

    def _on_format(self) -> None:
        self._show_opening()
        self._show_setting()

    def _show_setting(self) -> None:
        """Show what fits the chosen format: a session in a room, or by video call."""
        online = self._deps.is_online(self.format.currentData())
        self.cues.show_for(online=online)
        self.situations.show_for(online=online)
        self._prepare_recording()

    def _prepare_recording(self) -> None:
        """Offer and hear what could be recorded, nothing where no recording is possible today."""
        may_record = self._may_record()
        self.no_recording.setVisible(not may_record)
        self.microphone.set_wanted(wanted=may_record)
        self.computer_sound.show_for(online=may_record and self._deps.is_online(self.format.currentData()))

    def _show_opening(self) -> None:
        planned, longest = self._deps.opening_of(self.format.currentData())
        self.opening.setRange(1, longest)
        self.opening.setValue(self._group.opening_min or planned)

    def _chosen_opening(self) -> int | None:
        planned, _ = self._deps.opening_of(self.format.currentData())
        # A format may open for less than a minute, which the field cannot show.
        return self.opening.value() if self.opening.value() != max(1, planned) else None

    def _show_machine(self, machine: Machine) -> None:
        hours = int(machine.hours_free)
        if hours < 1:
            self.disk.setText(tr("The disk is nearly full: there is room for less than an hour of recording."))
        elif hours > 99:
            self.disk.setText(tr("Plenty of disk space."))
        else:
            template = tr_n("Disk space for {n} hour of recording.", "Disk space for {n} hours of recording.", hours)
            self.disk.setText(template.format(n=hours))
        self.battery.setText(_battery_words(machine))

    def _show_awake(self, can: bool) -> None:
        kept_awake = tr("It stays awake while recording. Leave the lid open.")
        cannot = tr("This computer may go to sleep. Turn sleep off in system settings, and leave the lid open.")
        self.awake.setText(kept_awake if can else cannot)
        self.awake.show()

    def _on_print_card(self) -> None:
        if self._deps.print_card is not None:
            self._deps.print_card(self, self.format.currentData())

    def _is_waiting(self) -> bool:
        """Return whether only the list of microphones is missing for a recording."""
        return self._may_record() and self.microphone.is_searching

    def _go(self, *, record: bool) -> None:
        if record and self._is_waiting():
            # Opened now, the room could not record.
            self._goes_once_listed = True
            return
        chosen = Ready(
            format_key=self.format.currentData(),
            present=self.present(),
            device=self.microphone.device,
            record=record and self.can_record(),
            leaders=self.leaders.leaders() if self.leaders is not None else None,
            opening_min=self._chosen_opening(),
            room_labels=self.room_labels.chosen,
            labels=self.room_labels.labels,
            support=" ".join(self.support.text().split()),
            monitor=self.computer_sound.source,
        )
        self.ready.emit(chosen)


class _Cues(QWidget):
    """What to think of before a session: in a room, or by video call."""

    def __init__(self, deps: ReadyDeps) -> None:
        super().__init__()
        reminder = tr("Silence notifications on this computer.")
        self._cues = {False: (*deps.cues, reminder), True: (*(deps.online_cues or deps.cues), reminder)}
        column = layouts.column(self, 12)
        self._labels = [
            named(quiet(""), f"cue-{number}") for number in range(1, max(map(len, self._cues.values())) + 1)
        ]
        for label in self._labels:
            column.addWidget(label)
        self.show_for(online=False)

    def show_for(self, *, online: bool) -> None:
        """Show the cues of one setting."""
        cues = self._cues[online]
        for place, label in enumerate(self._labels):
            label.setText(cues[place] if place < len(cues) else "")
            label.setVisible(place < len(cues))


def _day_words(deps: ReadyDeps) -> str:
    """Return the day that the session is planned for, and whether that is not today; empty where none is planned."""
    if deps.day is None:
        return ""
    if deps.day == deps.today or deps.today is None:
        return tr("Planned for today, {day}.").format(day=day_words(deps.day))
    template = tr("Planned for {day}, not for today, {today}.")
    return template.format(day=day_words(deps.day), today=day_words(deps.today))


def _title(deps: ReadyDeps) -> str:
    group, number, count = deps.group.name, deps.number, deps.group.sessions
    if number > count:
        return tr("{group}, session {n}").format(group=group, n=number)
    return tr("{group}, session {n} of {count}").format(group=group, n=number, count=count)


def _battery_words(machine: Machine) -> str:
    if machine.battery is None:
        return tr("Mains power.")
    if machine.on_charger:
        return tr("Charger connected, battery at {n}%.").format(n=machine.battery)
    if machine.battery < _LOW_BATTERY:
        return tr("Battery at {n}%. Connect the charger before you begin.").format(n=machine.battery)
    return tr("Battery at {n}%, not charging.").format(n=machine.battery)
