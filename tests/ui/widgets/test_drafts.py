"""Unsaved input: stored when a form is left or the vault is about to close, and there again; only what was changed."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from window_fakes import DraftRows as Rows

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.form_state import CONFIRMS, NAMES, read_state, write_state
from balint_desktop.ui.widgets.naming import named


class FullDisk(Rows):
    tried = 0

    def save(self, form, content):
        self.tried += 1
        raise Trouble(TroubleCode.DISK_FULL)


class Vault(QObject):
    closing = Signal()


class Filled(QWidget):
    """A form with one field of each kind."""

    def __init__(self):
        super().__init__()
        self.line = named(QLineEdit("as it was"), "line")
        self.note = named(QPlainTextEdit(), "note")
        self.number = named(QSpinBox(), "number")
        self.choice = named(QComboBox(), "choice")
        self.choice.addItems(["one", "two", "three"])
        self.tick = named(QCheckBox("Tick"), "tick")
        self.list = named(QListWidget(), "list")
        self.list.addItems(["a", "b"])
        for place in range(2):
            self.list.item(place).setCheckState(Qt.CheckState.Unchecked)
        column = QVBoxLayout(self)
        for field in (self.line, self.note, self.number, self.choice, self.tick, self.list):
            column.addWidget(field)

    def type(self):
        self.note.setPlainText("Half a li")
        self.number.setValue(7)
        self.choice.setCurrentIndex(2)
        self.tick.setChecked(True)
        self.list.item(1).setCheckState(Qt.CheckState.Checked)
        return self


@pytest.fixture
def form(qtbot):
    def make():
        made = Filled()
        qtbot.addWidget(made)
        return made

    return make


TYPED = {"note": "Half a li", "number": 7, "choice": "three", "tick": True, "list": ["b"]}


def test_every_kind_of_field_is_read_and_written(form):
    values = read_state(form().type())
    other = form()
    write_state(other, values)

    assert read_state(other) == values == {"line": "as it was", **TYPED}


def test_an_item_that_is_not_offered_any_more_leaves_the_choice_alone(form):
    made = form()
    write_state(made, {"choice": "four", "unknown": "x"})

    assert made.choice.currentText() == "one"


def test_only_what_was_changed_is_stored_and_it_is_there_again(form):
    drafts = Drafts(Rows())
    first = form()
    draft = FormDraft(first, drafts)
    assert not draft.begin("a form")
    first.type()
    draft.keep()
    assert json.loads(drafts.rows["a form"]) == TYPED
    second = form()
    second.line.setText("changed meanwhile")

    assert FormDraft(second, drafts).begin("a form")
    assert read_state(second) == {"line": "changed meanwhile", **TYPED}


def test_a_form_as_it_was_filled_leaves_none_and_takes_back_an_earlier_one(form):
    drafts = Drafts(Rows())
    made = form()
    draft = FormDraft(made, drafts)
    draft.begin("a form")
    made.note.setPlainText("Half a li")
    draft.keep()
    made.note.clear()
    draft.keep()

    assert drafts.rows == {}


def test_a_vault_about_to_close_stores_the_draft(form):
    vault = Vault()
    drafts = Drafts(Rows(), vault.closing)
    made = form()
    draft = FormDraft(made, drafts)
    draft.begin("a form")
    made.type()
    vault.closing.emit()

    assert json.loads(drafts.rows["a form"]) == TYPED


def test_a_saved_form_leaves_no_draft_even_if_the_vault_closes_after(form):
    vault = Vault()
    drafts = Drafts(Rows(), vault.closing)
    made = form()
    draft = FormDraft(made, drafts)
    draft.begin("a form")
    made.type()
    draft.keep()
    draft.discard()
    vault.closing.emit()

    assert drafts.rows == {}


def test_a_full_disk_does_not_stop_the_lock(form):
    vault = Vault()
    drafts = Drafts(FullDisk(), vault.closing)
    draft = FormDraft(made := form(), drafts)
    draft.begin("a form")
    made.type()
    vault.closing.emit()

    assert drafts.rows.tried == 1
    assert made.note.toPlainText() == "Half a li"


def test_without_a_vault_nothing_is_stored(form):
    draft = FormDraft(form(), None)

    assert not draft.begin("a form")
    draft.keep()
    draft.discard()


def filled(made, words="as it was"):
    def fill():
        made.line.setText(words)
        made.note.clear()

    return fill


def test_a_form_filled_again_holds_what_is_being_typed_beside_what_changed_in_the_log(form):
    made = form()
    draft = FormDraft(made, Drafts(Rows()))
    draft.refill("a form", filled(made))
    made.note.setPlainText("Half a li")
    assert draft.refill("a form", filled(made, "changed in the log"))

    assert (made.line.text(), made.note.toPlainText()) == ("changed in the log", "Half a li")


def test_what_is_being_typed_outlives_a_refresh_on_a_full_disk(form):
    made = form()
    draft = FormDraft(made, Drafts(FullDisk()))
    draft.refill("a form", filled(made))
    made.note.setPlainText("Half a li")
    draft.refill("a form", filled(made))

    assert made.note.toPlainText() == "Half a li"


def test_a_form_for_another_subject_holds_nothing_of_the_first_which_is_stored(form):
    made, rows = form(), Rows()
    draft = FormDraft(made, Drafts(rows))
    draft.refill("of one group", filled(made))
    made.note.setPlainText("Half a li")
    assert not draft.refill("of another", filled(made))
    assert made.note.toPlainText() == ""
    assert draft.refill("of one group", filled(made))

    assert made.note.toPlainText() == "Half a li"


def test_a_form_saved_is_filled_again_without_its_draft(form):
    made, rows = form(), Rows()
    draft = FormDraft(made, Drafts(rows))
    draft.refill("a form", filled(made))
    made.note.setPlainText("Half a li")
    draft.keep()
    draft.discard()
    assert not draft.refill("a form", filled(made))

    assert (made.note.toPlainText(), dict(rows)) == ("", {})


@pytest.mark.parametrize("mark", [NAMES, CONFIRMS])
def test_no_draft_takes_a_name_or_gives_a_confirmation(form, mark):
    made = form().type()
    for field in (made.line, made.tick):
        field.setProperty(mark, "yes")

    assert not {"line", "tick"} & set(read_state(made))
