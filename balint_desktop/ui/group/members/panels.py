"""Panels of the members section: add, edit, mark as left, change group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.group.roster import Person
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr, tr_in
from balint_desktop.ui.group.members.name_fields import NameFields
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
        self.form.row(tr("Joins on"), self.day, "member-join-day")
        self.names = NameFields(self.form, "member-join", needs_name=False)
        self.name = self.names.name
        self.names_words = named(small(""), "member-join-names")
        self.form.add(self.names_words)
        self.name.returnPressed.connect(self.submit)

    def open_for(self, group: Group) -> None:
        """Show the form for a group."""
        self._group = group
        self.day.set_day(self._service.today())
        self.heading.setText(tr("Add {code}").format(code=_next(group)))
        held = self._service.keys.are_available()
        self.names.set_shown(held)
        self.names_words.setText(
            tr("The name is stored only in this group’s sealed roster. Enter consents under Consents.")
            if held
            else tr("You can add a name later, after entering your passphrase.")
        )
        self.show()

    def act(self) -> None:
        if self._group is None:
            return
        person = self.names.person(ParticipantCode(_next(self._group)))
        if self._service.join(self._group, self.day.day(), person):
            self.close_panel()
            self._done()

    def forget(self) -> None:
        self.names.clear()

    def first_focus(self) -> QWidget:
        return self.day if self.name.isHidden() else self.name


class PersonPanel(MemberPanel):
    """Form for a member's seat and, while names are shown, name and contact. It follows the selected member.

    What was typed for one member is there again on coming back, until the form is closed.
    """

    def __init__(self, service: MembersService, done: Done) -> None:
        super().__init__("member-change", "", tr("Save"))
        self._service, self._done = service, done
        self._about: tuple[Group, Participant] | None = None
        self._saved = _PersonValues()
        self._unsaved: dict[ParticipantCode, _PersonValues] = {}
        self.seat = NumberField(0, _SEATS)
        self.seat.setSpecialValueText(tr("none"))
        self.names = NameFields(self.form, "member-change", needs_name=True)
        self.name = self.names.name
        self.form.row(tr("Seat"), self.seat, "member-change-seat")
        self.unsaved_words = named(small(""), "member-change-unsaved")
        self.form.add(self.unsaved_words)
        self.name.returnPressed.connect(self.submit)

    def code(self) -> str:
        """Return the code of the member shown, empty for none."""
        return self._about[1].code if self._about is not None else ""

    def open_for(self, group: Group, member: Participant, person: Person | None) -> None:
        """Show a member; `person` is None while names are hidden."""
        if self._about is not None and not self.isHidden():
            self._unsaved.pop(self._about[1].code, None)
            if self._typed() != self._saved:
                self._unsaved[self._about[1].code] = self._typed()
        self._about = (group, member)
        self.heading.setText(tr("Edit {code}").format(code=member.code))
        self.names.set_shown(person is not None)
        self.seat.setValue(member.seat or 0)
        self.names.show_person(person if person is not None else Person(member.code, ""))
        self._saved = self._typed()
        self._show(self._unsaved.pop(member.code, self._saved))
        others = ", ".join(sorted(self._unsaved, key=lambda code: int(code[1:])))
        self.unsaved_words.setText(tr("Not saved yet: {codes}").format(codes=others))
        self.unsaved_words.setVisible(bool(others))
        self.show()

    def _typed(self) -> _PersonValues:
        return _PersonValues(self.seat.value(), self.names.texts())

    def _show(self, values: _PersonValues) -> None:
        self.seat.setValue(values.seat)
        self.names.show_texts(values.texts)

    def act(self) -> None:
        if self._about is None:
            return
        group, member = self._about
        person = None if self.name.isHidden() else self.names.person(member.code)
        if self._service.change(group, member, self.seat.value() or None, person):
            self.close_panel()
            self._done()

    def forget(self) -> None:
        self._about, self._saved = None, _PersonValues()
        self._unsaved.clear()
        self.names.clear()

    def first_focus(self) -> QWidget:
        return self.seat if self.name.isHidden() else self.name


@dataclass(frozen=True, slots=True)
class _PersonValues:
    """What the form for a member holds."""

    seat: int = 0
    texts: tuple[str, ...] = ()


class LeavePanel(MemberPanel):
    """Form to mark a member as left on a date. No reason is asked for."""

    def __init__(self, service: MembersService, done: Done) -> None:
        super().__init__("member-leave", "", tr("Mark as left"))
        self._service, self._done = service, done
        self._about: tuple[Group, Participant] | None = None
        self.day = DateField(service.today())
        self.form.row(
            tr("Left on"),
            self.day,
            "member-leave-day",
            tr(
                "From that day the code is no longer offered. It stays in earlier sessions and is never reused. "
                "Consents stay as they are."
            ),
        )
        self.delete_note = named(small(""), "member-leave-out-words")
        self.delete_button = button("", "member-leave-out", self._on_delete)
        self.form.add(self.delete_note)
        self.form.add(self.delete_button)

    def code(self) -> str:
        """Return the code of the member shown, empty for none."""
        return self._about[1].code if self._about is not None else ""

    def open_for(self, group: Group, member: Participant) -> None:
        """Show the form for a member."""
        self._about = (group, member)
        self.heading.setText(tr("Mark {code} as left").format(code=member.code))
        unused = not self._service.members.is_referred_to(group.id, member.code)
        self.delete_note.setText(
            tr("{code} was never in a session and was never asked for consent.").format(code=member.code)
        )
        self.delete_button.setText(tr("Never came: delete {code}").format(code=member.code))
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
        super().__init__("member-move", "", tr("Move"))
        self._service, self._done = service, done
        self._about: tuple[Group, Participant] | None = None
        self.to = Choice(tr("Choose a group"))
        self.missing = named(small(tr("Choose a group first.")), "member-move-missing")
        self.day = DateField(service.today())
        self.form.row(tr("New group"), self.to, "member-move-to")
        self.form.row(tr_in("a day from which on", "From"), self.day, "member-move-day")
        self.form.add(self.missing)
        self.to.currentIndexChanged.connect(lambda _: self._offer())
        self.form.add(
            named(
                small(
                    tr(
                        "The name moves too, under a new code. Consents do not: they were given for this group’s "
                        "study, so please ask again."
                    )
                ),
                "member-move-words",
            )
        )

    def code(self) -> str:
        """Return the code of the member shown, empty for none."""
        return self._about[1].code if self._about is not None else ""

    def open_for(self, group: Group, member: Participant, others: tuple[Group, ...]) -> None:
        """Show the form for a member."""
        self._about = (group, member)
        self.heading.setText(tr("Move {code} to another group").format(code=member.code))
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


def _begin(field: DateField, today: date, member: Participant) -> None:
    """Set the date to today, or to the join date if that is later."""
    field.set_range(first=member.joined)
    field.set_day(today)


def _next(group: Group) -> str:
    try:
        return group.next_code()
    except ValueError:
        return "…"
