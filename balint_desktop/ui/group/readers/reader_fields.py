"""Fields to add or remove a reader: who, which groups, earlier recordings too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.group.people import Group, Reader
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.sealed.keys import parse_recipient
from balint_desktop.ui.group.readers.wording import KnownReader, short_key
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import subheading, text

CountEarlier = Callable[[Sequence[GroupId]], int]
"""Tells how many recordings there are of groups."""


class GroupChoice(QWidget):
    """All groups or one of them, and a tick for their earlier recordings."""

    def __init__(self, prefix: str, count: CountEarlier) -> None:
        super().__init__()
        self._count = count
        self.which = ChoiceField()
        self.earlier = named(QCheckBox(""), f"{prefix}-earlier")
        form = Form(10)
        form.row(tr("For"), self.which, f"{prefix}-groups")
        form.add(self.earlier)
        column = layouts.column(self)
        column.addWidget(form)
        self.which.currentIndexChanged.connect(self._say_how_many)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Offer these groups."""
        self.which.clear()
        if len(groups) > 1:
            self.which.addItem(tr("All groups"), [group.id for group in groups])
        for group in groups:
            self.which.addItem(group.name, [group.id])
        self.earlier.setChecked(False)
        self._say_how_many()

    def groups(self) -> tuple[GroupId, ...]:
        """Return the groups that are chosen."""
        return tuple(self.which.currentData() or ())

    def _say_how_many(self) -> None:
        count = self._count(self.groups())
        self.earlier.setText(
            tr_n("The {n} earlier recording, too", "The {n} earlier recordings, too", count).format(n=count)
        )
        self.earlier.setVisible(count > 0)
        if not count:
            self.earlier.setChecked(False)


def typed_reader(label: QLineEdit, key: QLineEdit, problem: ProblemLabel) -> Reader | None:
    """Return the reader that was typed; where it is none, say what is wrong and bring the focus there."""
    reader = Reader(label.text().strip(), "".join(key.text().split()).lower())
    if not reader.label:
        problem.say(tr("Give the reader a label first, so that you know later whose key it is."))
        label.setFocus()
        return None
    try:
        parse_recipient(reader.recipient)
    except Trouble:
        problem.say(tr("That is not an age public key. It begins with age1, and a slip in any letter shows."))
        key.setFocus()
        return None
    problem.say("")
    return reader


class AddFields(QWidget):
    """A label, a public key and for whom. It calls `add` with what was typed, once that is whole."""

    def __init__(self, count: CountEarlier, add: Callable[[Reader], None]) -> None:
        super().__init__()
        self._add = add
        self.label = QLineEdit()
        self.key = QLineEdit()
        self.choice = GroupChoice("reader-new", count)
        self.problem = ProblemLabel("reader-new-problem")
        self.add_button = button(tr("Add the reader"), "reader-new-add", self._on_add, ButtonKind.PRIMARY)
        form = Form(10)
        form.row(
            tr("A label"), self.label, "reader-new-label", tr("A role or a study, such as “Transcriber”. No names.")
        )
        form.row(tr("Its public key"), self.key, "reader-new-key", tr("It begins with age1 and is no secret."))
        form.add(self.choice)
        column = layouts.column(self, 10)
        for widget in (subheading(tr("Add a reader")), form, self.problem, flow(self.add_button)):
            column.addWidget(widget)

    def clear(self) -> None:
        """Forget what was typed."""
        self.label.clear()
        self.key.clear()
        self.problem.say("")

    def _on_add(self) -> None:
        reader = typed_reader(self.label, self.key, self.problem)
        if reader is not None:
            self._add(reader)


class TakeOffFields(Card):
    """For whom a reader is taken off, and what that cannot do. It calls `take_off` with the reader's key."""

    def __init__(self, count: CountEarlier, take_off: Callable[[str], None], leave: Callable[[], None]) -> None:
        super().__init__("reader-off-card")
        self._take_off = take_off
        self._recipient = ""
        self.choice = GroupChoice("reader-off", count)
        self._title = named(subheading(""), "reader-off-heading")
        self.off_button = button(tr("Take it off"), "reader-off-now", self._on_off)
        self.body.setSpacing(10)
        self.body.addWidget(self._title)
        self.body.addWidget(
            named(
                text(
                    tr(
                        "From now on nothing is sealed to it. Whoever has copied files already keeps what they have, "
                        "and can go on opening it: sealing anew changes the files in this vault alone."
                    )
                ),
                "reader-off-honest",
            )
        )
        self.body.addWidget(self.choice)
        self.body.addWidget(flow(self.off_button, button(tr("Leave it"), "reader-off-leave", leave, ButtonKind.QUIET)))

    def show_reader(self, known: KnownReader) -> None:
        """Ask about this reader."""
        self._recipient = known.reader.recipient
        self._title.setText(
            tr("Take off {label} ({key})").format(label=known.reader.label, key=short_key(self._recipient))
        )
        self.choice.show_groups(known.groups)

    def _on_off(self) -> None:
        self._take_off(self._recipient)
