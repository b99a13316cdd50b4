"""The first start: two ways, and a vault that counts only once its key is written down."""

from __future__ import annotations

import random

import pytest
import window_fakes as fakes
from PySide6.QtWidgets import QLabel, QLineEdit
from qt_events import process_events

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.recovery_key import is_group, split_key, two_to_type
from balint_desktop.ui.export.printing import recovery_text
from balint_desktop.ui.vault_access.first_start import FirstStart, SettingUp

GOOD = "correct horse battery staple"


class Making:
    """The requests of setting up."""

    def __init__(self):
        self.created = []
        self.confirmed = 0
        self.trouble = None
        self.confirm_trouble = None
        self.printed = []
        self.is_slow = False
        self.late = ()

    def create(self, passphrase, made, failed):
        self.created.append(passphrase)
        if self.is_slow:
            self.late = (made, failed)
        elif self.trouble is not None:
            failed(Trouble(self.trouble, folder="/there"))
        else:
            made(fakes.KEY)

    def confirm(self):
        if self.confirm_trouble is not None:
            raise Trouble(self.confirm_trouble, folder="/there")
        self.confirmed += 1


@pytest.fixture
def making():
    return Making()


@pytest.fixture
def gate(making, work, messages, look_at):
    return look_at(FirstStart(work, messages, setting_up(making)))


def setting_up(making):
    return SettingUp(making.create, making.confirm, fakes.estimate, lambda _, key: making.printed.append(key))


def choose_passphrase(gate, qtbot, first=GOOD, second=GOOD):
    gate.choice.set_up_button.click()
    gate.passphrase_page.fields.first.setText(first)
    gate.passphrase_page.fields.second.setText(second)
    qtbot.waitUntil(lambda: not gate.passphrase_page.fields._is_estimating)
    gate.passphrase_page.next_button.click()


def problem(page):
    return next(label for label in page.findChildren(QLabel) if label.objectName().endswith("-problem")).text()


def type_back(gate, *, wrong=False):
    page = gate.type_back_page
    for number, field in zip(page.asked, page.fields, strict=True):
        group = split_key(fakes.KEY)[number - 1]
        field.setText("qqqqqq" if wrong else f" {group.lower()} ")
    page.done_button.click()


def test_a_vault_created_after_the_page_was_left_is_reported_to_no_one(qtbot, work, messages, making):
    making.is_slow = True
    gate = FirstStart(work, messages, setting_up(making))
    choose_passphrase(gate, qtbot)
    made, failed = making.late
    gate.deleteLater()
    process_events()
    made(fakes.KEY)
    failed(Trouble(TroubleCode.DISK_FULL))

    assert gate.recovery_page is None
    assert messages.last is None


def test_trying_it_now_asks_for_nothing(gate, qtbot, making):
    with qtbot.waitSignal(gate.try_asked):
        gate.choice.try_button.click()
    assert making.created == []


def test_setup_goes_from_the_passphrase_to_the_key_to_typing_it_back(gate, qtbot, making):
    choose_passphrase(gate, qtbot)
    assert gate.pages.current() is gate.recovery_page
    gate.recovery_page.next_button.click()
    with qtbot.waitSignal(gate.made) as emitted:
        type_back(gate)

    assert making.created == [GOOD]
    assert making.confirmed == 1
    assert emitted.args == [GOOD]


def test_the_key_is_shown_completely(gate, qtbot):
    choose_passphrase(gate, qtbot)
    shown = "".join(
        gate.recovery_page.findChild(QLabel, f"recovery-group-{n}").text()
        for n in range(1, len(split_key(fakes.KEY)) + 1)
    )

    assert "AGE-SECRET-KEY-1" + shown == fakes.KEY


def test_the_page_warns_that_printing_leaves_a_copy(gate, qtbot):
    choose_passphrase(gate, qtbot)

    assert "print queue" in gate.recovery_page.findChild(QLabel, "recovery-print-warning").text()


def test_nothing_is_confirmed_before_two_groups_are_typed_back(gate, qtbot, making):
    choose_passphrase(gate, qtbot)
    gate.recovery_page.next_button.click()
    type_back(gate, wrong=True)

    assert making.confirmed == 0
    assert "doesn’t match" in problem(gate.type_back_page)


def test_back_returns_to_the_key(gate, qtbot):
    choose_passphrase(gate, qtbot)
    gate.recovery_page.next_button.click()
    gate.type_back_page.back_button.click()

    assert gate.pages.current() is gate.recovery_page


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("", "", "Enter a passphrase."),
        ("short", "short", "could be guessed"),
        (GOOD, GOOD + "x", "The two don’t match."),
    ],
)
def test_each_rejected_passphrase_has_its_sentence(gate, qtbot, making, *, first, second, words):
    choose_passphrase(gate, qtbot, first, second)

    assert making.created == []
    assert words in problem(gate.passphrase_page)


def test_show_reveals_what_is_typed_and_hides_it_again(gate):
    fields = gate.passphrase_page.fields
    fields.show_typed.setChecked(True)
    assert fields.first.echoMode() == QLineEdit.EchoMode.Normal

    fields.show_typed.setChecked(False)

    assert {fields.first.echoMode(), fields.second.echoMode()} == {QLineEdit.EchoMode.Password}


def test_an_unwritable_folder_is_reported_and_the_page_stays(gate, qtbot, making, messages):
    making.trouble = TroubleCode.FOLDER_UNWRITABLE
    choose_passphrase(gate, qtbot)

    assert "/there is not writable" in messages.last.text
    assert gate.pages.current() is gate.passphrase_page
    assert gate.passphrase_page.next_button.isEnabled()


def test_a_vault_that_cannot_be_put_in_place_is_reported(gate, qtbot, making, messages):
    making.confirm_trouble = TroubleCode.VAULT_EXISTS
    choose_passphrase(gate, qtbot)
    gate.recovery_page.next_button.click()
    with qtbot.assertNotEmitted(gate.made):
        type_back(gate)
    assert "already a vault in /there" in messages.last.text


def test_the_passphrase_is_cleared_from_the_fields_once_the_vault_is_created(gate, qtbot):
    choose_passphrase(gate, qtbot)

    assert gate.passphrase_page.fields.first.text() == ""


def test_printing_passes_on_the_key(gate, qtbot, making):
    choose_passphrase(gate, qtbot)
    gate.recovery_page.print_button.click()

    assert making.printed == [fakes.KEY]


def test_the_printed_page_holds_the_key_in_groups_and_in_one_piece(qapp):
    text = recovery_text(fakes.KEY)

    assert fakes.KEY in text
    assert all(group in text for group in split_key(fakes.KEY))


def test_two_different_groups_are_asked_for_in_order():
    chance = random.Random(1)
    for _ in range(50):
        one, other = two_to_type(10, chance)
        assert 1 <= one < other <= 10


def test_a_group_is_accepted_in_lower_case_and_with_spaces():
    assert is_group(" ab cd ef ", "ABCDEF")
    assert not is_group("abcdeg", "ABCDEF")
