"""Panels of the members section: add, edit, mark as left, change group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.group.roster import CONTACT_LIMIT, NAME_LIMIT, Person
from balint_desktop.i18n import tr
from balint_desktop.ui.group.members.panel import MemberPanel
from balint_desktop.ui.group.members.service import MembersService
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.fields import NumberField
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small

_SEATS = 40
Done = Callable[[], None]


class JoinPanel(MemberPanel):
    """Form to add a member under the next code."""

    def __init__(self, service: MembersService, done: Done) -> None:
        super().__init__("member-join", "", tr("Add"))
        self._service, self._done = service, done
        self._group: Group | None = None
        self.day = DateField(service.today())
        self.name = _line(NAME_LIMIT)
        self.contact = _line(CONTACT_LIMIT)
        self.form.row(tr("Joins on"), self.day, "member-join-day")
        self._name_label = self.form.row(tr("Name, if you like"), self.name, "member-join-name")
        self._contact_label = self.form.row(tr("How to reach them"), self.contact, "member-join-contact")
        self.names_words = named(small(""), "member-join-names")
        self.form.add(self.names_words)
        self.name.returnPressed.connect(self.submit)

    def open_for(self, group: Group) -> None:
        """Show the form for a group."""
        self._group = group
        self.day.set_day(self._service.today())
        self.heading.setText(tr("Somebody joins as {code}").format(code=_next(group)))
        held = self._service.keys.are_available()
        for widget in (self.name, self.contact, self._name_label, self._contact_label):
            widget.setVisible(held)
        self.names_words.setText(
            tr("The name is kept in this group's sealed roster alone. Consents are entered under Consents.")
            if held
            else tr("A name can be given later, once the passphrase has been entered again.")
        )
        self.show()

    def act(self) -> None:
        if self._group is not None and self._service.join(
            self._group, self.day.day(), self.name.text(), self.contact.text()
        ):
            self.close_panel()
            self._done()

    def forget(self) -> None:
        _clear(self.name, self.contact)

    def first_focus(self) -> QWidget:
        return self.day if self.name.isHidden() else self.name


class PersonPanel(MemberPanel):
    """Form for a member's seat and, while names are shown, name and contact."""

    def __init__(self, service: MembersService, done: Done) -> None:
        super().__init__("member-change", "", tr("Save"))
        self._service, self._done = service, done
        self._about: tuple[Group, Participant] | None = None
        self.seat = NumberField(0, _SEATS)
        self.seat.setSpecialValueText(tr("none"))
        self.name = _line(NAME_LIMIT)
        self.contact = _line(CONTACT_LIMIT)
        self._name_label = self.form.row(tr("Name"), self.name, "member-change-name")
        self._contact_label = self.form.row(tr("How to reach them"), self.contact, "member-change-contact")
        self.form.row(tr("Seat"), self.seat, "member-change-seat")
        self.name.returnPressed.connect(self.submit)

    def open_for(self, group: Group, member: Participant, person: Person | None) -> None:
        """Show a member; `person` is None while names are hidden."""
        self._about = (group, member)
        self.heading.setText(tr("Change {code}").format(code=member.code))
        self.seat.setValue(member.seat or 0)
        for widget in (self.name, self.contact, self._name_label, self._contact_label):
            widget.setVisible(person is not None)
        self.name.setText(person.name if person is not None else "")
        self.contact.setText(person.contact if person is not None else "")
        self.show()

    def act(self) -> None:
        if self._about is None:
            return
        group, member = self._about
        person = None if self.name.isHidden() else Person(member.code, self.name.text(), self.contact.text())
        if self._service.change(group, member, self.seat.value() or None, person):
            self.close_panel()
            self._done()

    def forget(self) -> None:
        _clear(self.name, self.contact)

    def first_focus(self) -> QWidget:
        return self.seat if self.name.isHidden() else self.name


class LeavePanel(MemberPanel):
    """Form to mark a member as left on a date. No reason is asked for."""

    def __init__(self, service: MembersService, done: Done) -> None:
        super().__init__("member-leave", "", tr("Note it"))
        self._service, self._done = service, done
        self._about: tuple[Group, Participant] | None = None
        self.day = DateField(service.today())
        self.form.row(
            tr("Left on"),
            self.day,
            "member-leave-day",
            tr(
                "From that day on the code is not offered any more. Earlier sessions keep it, and nobody else gets it. "
                "What was agreed to stays as it is under Consents."
            ),
        )
        self.delete_note = named(small(""), "member-leave-out-words")
        self.delete_button = button("", "member-leave-out", self._on_delete)
        self.form.add(self.delete_note)
        self.form.add(self.delete_button)

    def open_for(self, group: Group, member: Participant) -> None:
        """Show the form for a member."""
        self._about = (group, member)
        self.heading.setText(tr("{code} has left").format(code=member.code))
        unused = not self._service.members.is_referred_to(group.id, member.code)
        self.delete_note.setText(
            tr("Nobody was ever {code} in a session, or asked for a consent.").format(code=member.code)
        )
        self.delete_button.setText(tr("Never came: take {code} out").format(code=member.code))
        for widget in (self.delete_note, self.delete_button):
            widget.setVisible(unused)
        _begin(self.day, self._service.today(), member)
        self.show()

    def act(self) -> None:
        if self._about is not None and self._service.leave(*self._about, self.day.day()):
            self.close_panel()
            self._done()

    def _on_delete(self) -> None:
        if self._about is not None and self._service.delete_unused(*self._about):
            self.close_panel()
            self._done()

    def first_focus(self) -> QWidget:
        return self.day


class ChangeGroupPanel(MemberPanel):
    """Form to move a member to another group from a date."""

    def __init__(self, service: MembersService, done: Done) -> None:
        super().__init__("member-move", "", tr("Change group"))
        self._service, self._done = service, done
        self._about: tuple[Group, Participant] | None = None
        self.to = Choice(tr("Choose a group"))
        self.missing = named(small(tr("Choose a group first.")), "member-move-missing")
        self.day = DateField(service.today())
        self.form.row(tr("Goes on in"), self.to, "member-move-to")
        self.form.row(tr("From"), self.day, "member-move-day")
        self.form.add(self.missing)
        self.to.currentIndexChanged.connect(lambda _: self._offer())
        self.form.add(
            named(
                small(
                    tr(
                        "The name goes along in the sealed roster, under a fresh code. The consents do not: they were "
                        "given for this group's study, and are asked for anew there."
                    )
                ),
                "member-move-words",
            )
        )

    def open_for(self, group: Group, member: Participant, others: tuple[Group, ...]) -> None:
        """Show the form for a member."""
        self._about = (group, member)
        self.heading.setText(tr("{code} changes group").format(code=member.code))
        self.to.set_options([(other.name, other) for other in others])
        _begin(self.day, self._service.today(), member)
        self.show()

    def act(self) -> None:
        to = self.to.value()
        if self._about is not None and to is not None and self._service.move(*self._about, to, self.day.day()):
            self.close_panel()
            self._done()

    def first_focus(self) -> QWidget:
        return self.to

    def _offer(self) -> None:
        chosen = self.to.value() is not None
        self.act_button.setEnabled(chosen)
        self.act_button.setAccessibleDescription("" if chosen else self.missing.text())
        self.missing.setVisible(not chosen)


def _line(longest: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(longest)
    return field


def _clear(*fields: QLineEdit) -> None:
    for field in fields:
        field.clear()


def _begin(field: DateField, today: date, member: Participant) -> None:
    """Set the date to today, or to the join date if that is later."""
    field.set_range(first=member.joined)
    field.set_day(today)


def _next(group: Group) -> str:
    try:
        return group.next_code()
    except ValueError:
        return "…"
