"""The page of readers, on a real vault: adding and removing, for all groups or one, for earlier recordings or not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import window_fakes as fakes
from PySide6.QtWidgets import QLabel, QPushButton
from recorded_vaults import COORDINATOR, OURS, STUDY, THEIRS, TRANSCRIBER, recorded

from balint_desktop.text.reader_key import words_line
from balint_desktop.ui.group.list.place import GroupsPlace
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.vault.new_group import add_group


@pytest.fixture
def world(tmp_path):
    return recorded(tmp_path / "vault")


@pytest.fixture
def vault(world):
    opened = world.open()
    yield opened
    opened.close()


@pytest.fixture
def place(vault, messages, look_at):
    deps = replace(fakes.Dates(fakes.Book()).deps(), add=lambda new: add_group(vault, new))
    made = GroupsPlace(vault.readers, lambda: fakes.CHOICES, messages, vault.readers, deps=deps)
    look_at(made)
    made.enter_view()
    made.readers_button.click()
    return made


def rows(place):
    labels = (place.findChild(QLabel, f"known-reader-{number}") for number in range(1, 5))
    return [label.text() for label in labels if label is not None and label.isVisibleTo(place)]


def choose(choice, name, *, earlier):
    choice.which.setCurrentIndex(choice.which.findText(name))
    choice.earlier.setChecked(earlier)


def fill_in(place, label, key, name="All groups", *, earlier=False):
    fields = place.readers_page.adding
    fields.label.setText(label)
    fields.key.setText(key)
    choose(fields.choice, name, earlier=earlier)
    fields.act.button.click()
    return fields.act


def add(place, label, key, name="All groups", *, earlier=False):
    act = fill_in(place, label, key, name, earlier=earlier)
    if act.confirm.is_asking:
        act.confirm.do_button.click()


def test_each_reader_is_listed_once_with_its_groups(place):
    study, coordinator = rows(place)

    assert study.endswith("Block B and Block C")
    assert coordinator.endswith("Block C")


def test_a_reader_is_added_to_all_groups_for_earlier_recordings_too(place, vault, world, messages):
    add(place, "Transcriber", TRANSCRIBER.recipient, earlier=True)

    assert world.opens(world.ours[0], TRANSCRIBER)
    assert [len(group.readers) for group in vault.log.groups.groups()] == [2, 3]
    assert "2 earlier recordings were sealed again. 1 earlier recording was not sealed again" in messages.last.text


def test_no_group_is_preselected_and_nothing_can_be_added_without_one(place):
    act = place.readers_page.adding.act

    assert place.readers_page.adding.choice.groups() == ()
    assert (act.button.isEnabled(), act.missing.isVisible()) == (False, True)


def test_adding_a_reader_for_all_groups_asks_once_with_its_numbers(place, vault):
    act = fill_in(place, "Transcriber", TRANSCRIBER.recipient, earlier=True)

    assert act.button.text() == "Add reader to 2 groups, 3 earlier recordings"
    assert "Block B and Block C (2 groups, 3 earlier recordings)" in act.confirm.words.text()
    act.button.click()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    act.confirm.cancel_button.click()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    assert act.button.isEnabled()


def test_adding_a_reader_for_one_groups_earlier_recordings_asks_too(place, vault):
    act = fill_in(place, "Transcriber", TRANSCRIBER.recipient, "Block B", earlier=True)

    assert act.button.text().startswith("Add reader to 1 group, ")
    assert vault.log.groups.groups() == (OURS, THEIRS)


def test_a_question_about_a_reader_is_dismissed_when_another_is_typed(place):
    act = fill_in(place, "Transcriber", TRANSCRIBER.recipient)
    place.readers_page.adding.label.setText("Transcriber 2")

    assert not act.confirm.is_asking


def test_a_reader_of_two_groups_is_removed_only_from_those_chosen_and_on_confirmation(place, vault):
    place.findChild(QPushButton, "known-reader-1-off").click()
    card = place.readers_page.removing
    enabled = card.act.button.isEnabled()
    choose(card.choice, "All groups", earlier=False)
    card.act.button.click()

    assert (enabled, card.act.button.text()) == (False, "Remove from 2 groups")
    assert vault.log.groups.groups() == (OURS, THEIRS)
    assert "Block B and Block C" in card.act.confirm.words.text()


def test_a_reader_is_added_to_one_group_from_now_on(place, vault):
    add(place, "Transcriber", TRANSCRIBER.recipient, "Block B")

    assert [len(group.readers) for group in vault.log.groups.groups()] == [2, 2]
    assert vault.log.keys.sealed_to(vault.log.recordings.recordings()[-1].id) == OURS.readers


@pytest.mark.parametrize(
    ("label", "key"), [("", TRANSCRIBER.recipient), ("Transcriber", "age1wrong")], ids=["no label", "no key"]
)
def test_incomplete_input_is_reported_in_the_page_and_adds_no_reader(place, vault, label, key):
    add(place, label, key)

    assert place.readers_page.adding.problem.isVisible()
    assert vault.log.groups.groups() == (OURS, THEIRS)


def test_removing_a_reader_states_its_limits_before_the_second_act(place, vault):
    place.findChild(QPushButton, "known-reader-2-off").click()

    assert "already copied stay readable" in place.findChild(QLabel, "reader-off-honest").text()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    place.findChild(QPushButton, "reader-off-now").click()
    assert [reader.label for reader in vault.log.groups.group(THEIRS.id).readers] == ["Study"]


def test_the_last_reader_of_a_group_that_excludes_this_vault_stays(place, vault, messages):
    vault.readers.remove_reader([THEIRS.id], COORDINATOR.recipient, earlier=False)
    place.show_readers()
    place.findChild(QPushButton, "known-reader-1-off").click()
    choose(place.readers_page.removing.choice, "All groups", earlier=False)
    place.findChild(QPushButton, "reader-off-now").click()
    place.findChild(QPushButton, "reader-off-now-confirm-do").click()

    assert messages.last.kind is MessageKind.TROUBLE
    assert vault.log.groups.groups()[0] == OURS


def test_back_leads_to_the_groups(place):
    place.readers_page.back_button.click()

    assert place.new_button.isVisible()
    assert not place.readers_page.isVisible()


def test_a_group_that_no_one_could_read_is_not_saved_and_the_reason_is_given(place, vault):
    place.readers_page.back_button.click()
    place.new()
    place.editor.name.setText("Block D")
    place.editor.readers.this_vault.setChecked(False)
    place.editor.save_button.click()

    assert "Someone must be able to open" in place.editor.problem.text()
    assert len(vault.log.groups.groups()) == 2


def test_a_single_reader_is_accepted_with_advice_to_add_a_second(place, vault):
    place.readers_page.back_button.click()
    place.new()
    place.editor.name.setText("Block D")
    readers = place.editor.readers
    readers.this_vault.setChecked(False)
    readers.label_field.setText("Study")
    readers.key_field.setText(TRANSCRIBER.recipient)
    readers.add_typed()

    assert "Add a second reader" in readers.warning.text()
    place.editor.save_button.click()
    assert vault.log.groups.groups()[-1].this_vault_reads is False
    assert "vault-reads" in [row.act for row in vault.log.audit.rows()]


def test_each_reader_has_the_eight_words_that_its_holder_sees(place):
    words = place.findChild(QLabel, "known-reader-1-words")

    assert words.text() == words_line(STUDY.recipient)
