"""Fields to add or remove a reader: who, which groups, earlier recordings too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.sealed.keys import parse_recipient
from balint_desktop.text.lists import listed
from balint_desktop.text.reader_key import words_line
from balint_desktop.ui.group.readers.wording import KnownReader, short_key
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small, subheading, text

CountEarlier = Callable[[Sequence[GroupId]], int]
"""Tells how many recordings there are of groups."""


class GroupChoice(QWidget):
    """Choose one group or all of them, with a tick for earlier recordings. With several groups, none is preselected.

    `changed` is emitted when the set to act on changes.
    """

    changed = Signal()

    def __init__(self, prefix: str, count: CountEarlier) -> None:
        super().__init__()
        self._count = count
        self._names: dict[GroupId, str] = {}
        self.which = Choice(tr("Choose a group"))
        self.earlier = named(QCheckBox(""), f"{prefix}-earlier")
        form = Form(10)
        form.row(tr("For"), self.which, f"{prefix}-groups")
        form.add(self.earlier)
        column = layouts.column(self)
        column.addWidget(form)
        self.which.currentIndexChanged.connect(self._show_count)
        self.earlier.toggled.connect(lambda _: self.changed.emit())

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Offer these groups."""
        self._names = {group.id: group.name for group in groups}
        everyone = [(tr("All groups"), tuple(self._names))] if len(groups) > 1 else []
        self.earlier.setChecked(False)
        self.which.set_options([*everyone, *((group.name, (group.id,)) for group in groups)])

    def groups(self) -> tuple[GroupId, ...]:
        """Return the chosen groups."""
        return tuple(self.which.value() or ())

    def recordings(self) -> int:
        """Return the number of earlier recordings to reseal."""
        return self._count(self.groups()) if self.earlier.isChecked() else 0

    @property
    def is_for_many(self) -> bool:
        """Return whether the action affects several groups or any earlier recording."""
        return len(self.groups()) > 1 or self.recordings() > 0

    def numbers(self) -> str:
        """Return the number of affected groups and recordings, such as: 2 groups, 3 earlier recordings."""
        groups, recordings = len(self.groups()), self.recordings()
        counted = tr_n("{n} group", "{n} groups", groups).format(n=groups)
        if not recordings:
            return counted
        earlier = tr_n("{n} earlier recording", "{n} earlier recordings", recordings).format(n=recordings)
        return tr("{groups}, {recordings}").format(groups=counted, recordings=earlier)

    def names(self) -> str:
        """Return the names of the chosen groups."""
        return listed([self._names[group] for group in self.groups()])

    def _show_count(self) -> None:
        count = self._count(self.groups())
        self.earlier.setText(
            tr_n("Also the {n} earlier recording", "Also the {n} earlier recordings", count).format(n=count)
        )
        self.earlier.setVisible(count > 0)
        if not count:
            self.earlier.setChecked(False)
        self.changed.emit()


class ActOnGroups(QWidget):
    """Action button for the chosen groups: disabled until one is chosen, and showing the number if there are several.

    `one` and `many` are its labels; an action on many asks for confirmation in place.
    """

    def __init__(
        self,
        identifier: str,
        choice: GroupChoice,
        words: tuple[str, str],
        pressed: Callable[[], None],
        *,
        beside: Sequence[QPushButton] = (),
        kind: ButtonKind = ButtonKind.PLAIN,
    ) -> None:
        super().__init__()
        self._choice = choice
        self._one, self._many = words
        self._reason = tr("Choose a group first.")
        self.button = button(self._one, identifier, pressed, kind)
        self.missing = named(quiet(self._reason), f"{identifier}-missing")
        self.confirm = Confirm(identifier)
        column = layouts.column(self, 10)
        for widget in (flow(self.button, *beside), self.missing, self.confirm):
            column.addWidget(widget)
        choice.changed.connect(self.reset)
        self.confirm.closed.connect(self._offer)
        self._offer()

    def reset(self) -> None:
        """Dismiss an outdated confirmation and update the button label."""
        self.confirm.dismiss()
        self._offer()

    def run(self, words: str, act: Callable[[], None]) -> None:
        """Run the action; if it affects many, ask for confirmation with those words first."""
        if self._choice.is_for_many:
            question = words.format(groups=self._choice.names(), numbers=self._choice.numbers())
            self.confirm.ask(question, self.button.text(), act, self.button)
            self._offer()
        else:
            act()

    def _offer(self) -> None:
        chosen, choice = bool(self._choice.groups()), self._choice
        self.button.setText(self._many.format(numbers=choice.numbers()) if choice.is_for_many else self._one)
        self.button.setEnabled(chosen and not self.confirm.is_asking)
        self.button.setAccessibleDescription("" if chosen else self._reason)
        self.missing.setVisible(not chosen)


def tidied_key(typed: str) -> str:
    """Return a typed or pasted public key without spaces and capitals."""
    return "".join(typed.split()).lower()


def is_recipient(key: str) -> bool:
    """Return whether a text is an age public key."""
    try:
        parse_recipient(key)
    except Trouble:
        return False
    return True


def typed_reader(label: QLineEdit, key: QLineEdit, problem: ProblemLabel) -> Reader | None:
    """Return the typed reader; if invalid, show the problem and focus the field."""
    reader = Reader(label.text().strip(), tidied_key(key.text()))
    if not reader.label:
        problem.announce(tr("Enter a label, so that you know later whose key it is."))
        label.setFocus()
        return None
    if not is_recipient(reader.recipient):
        problem.announce(tr("This is not an age public key. Such a key begins with age1; check it for typing errors."))
        key.setFocus()
        return None
    problem.announce("")
    return reader


class KeyWords(QWidget):
    """The eight words of the key typed in a field, as its holder sees them; hidden until it is one."""

    def __init__(self, field: QLineEdit, identifier: str, help_words: str = "") -> None:
        super().__init__()
        help_words = help_words or tr("Read these words to the reader by telephone. They must match.")
        self._field = field
        self.words = named(text(""), identifier)
        column = layouts.column(self, 4)
        column.addWidget(self.words)
        column.addWidget(named(small(help_words), f"{identifier}-help"))
        field.textChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        recipient = tidied_key(self._field.text())
        is_key = is_recipient(recipient)
        self.words.setText(words_line(recipient) if is_key else "")
        self.setVisible(is_key)


class AddFields(QWidget):
    """Fields to add a reader: label, public key, groups. `add` is called with complete input."""

    def __init__(self, count: CountEarlier, add: Callable[[Reader], None]) -> None:
        super().__init__()
        self._add = add
        self.label = QLineEdit()
        self.key = QLineEdit()
        self.choice = GroupChoice("reader-new", count)
        self.problem = ProblemLabel("reader-new-problem")
        words = (tr("Add reader"), tr("Add reader to {numbers}"))
        self.act = ActOnGroups("reader-new-add", self.choice, words, self._on_add, kind=ButtonKind.PRIMARY)
        form = Form(10)
        form.row(tr("Label"), self.label, "reader-new-label", tr("A role or a study, such as “Transcriber”. No names."))
        form.row(tr("Public key"), self.key, "reader-new-key", tr("It begins with age1. It is not a secret."))
        form.add(self.choice)
        column = layouts.column(self, 10)
        self.key_words = KeyWords(self.key, "reader-new-words")
        for widget in (subheading(tr("Add a reader")), form, self.key_words, self.problem, self.act):
            column.addWidget(widget)
        for field in (self.label, self.key):
            field.textChanged.connect(lambda _: self.act.reset())

    def clear(self) -> None:
        """Clear the fields."""
        self.label.clear()
        self.key.clear()
        self.problem.announce("")

    def _on_add(self) -> None:
        reader = typed_reader(self.label, self.key, self.problem)
        if reader is not None:
            words = tr("This reader will be able to open the recordings of {groups} ({numbers}).")
            self.act.run(words, lambda: self._add(reader))


class RemoveReaderFields(Card):
    """Fields to remove a reader from groups, and the limits of removal. `take_off` is called with the reader's key."""

    def __init__(self, count: CountEarlier, take_off: Callable[[str], None], leave: Callable[[], None]) -> None:
        super().__init__("reader-off-card")
        self._take_off = take_off
        self._recipient = ""
        self.choice = GroupChoice("reader-off", count)
        self._title = named(subheading(""), "reader-off-heading")
        words = (tr("Remove"), tr("Remove from {numbers}"))
        back = button(tr("Cancel"), "reader-off-leave", leave, ButtonKind.QUIET, escape=EscapeRole.CANCEL)
        self.act = ActOnGroups("reader-off-now", self.choice, words, self._on_off, beside=(back,))
        self.body.setSpacing(10)
        self.body.addWidget(self._title)
        self.body.addWidget(
            named(
                text(
                    tr("New recordings will not be sealed to this reader. Files already copied stay readable to them.")
                ),
                "reader-off-honest",
            )
        )
        self.body.addWidget(self.choice)
        self.body.addWidget(self.act)

    def show_reader(self, known: KnownReader) -> None:
        """Show the form for this reader."""
        self._recipient = known.reader.recipient
        self._title.setText(
            tr("Remove {label} ({key})").format(label=known.reader.label, key=short_key(self._recipient))
        )
        self.choice.show_groups(known.groups)

    def first_focus(self) -> QWidget:
        """Return the widget that gets the focus first: the missing choice, or the action."""
        return self.act.button if self.choice.groups() else self.choice.which

    def _on_off(self) -> None:
        words = tr("No more recordings of {groups} will be sealed to this reader ({numbers}).")
        self.act.run(words, lambda: self._take_off(self._recipient))
