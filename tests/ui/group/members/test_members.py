"""The section *Members*: codes always, names on demand for a short time; joining, leaving, moving, undo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from clocks import WoundClock
from domain_values import with_participant
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from vaults import make_vault

from balint_desktop.domain.group.group import Group, Participant, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.values import GroupId, SessionKind, participant_code
from balint_desktop.ui.group.members.section import SHOWN_MS, MembersSection
from balint_desktop.ui.group.members.service import MembersService
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.form_state import read_state
from balint_desktop.vault.state import VaultState

GROUP, OTHER = GroupId("ours"), GroupId("theirs")
P1, P2, P3 = (participant_code(number) for number in (1, 2, 3))
DAY = date(2026, 3, 4)
NAME, SHORT, CONTACT = "Marked Name", "Marky", "marked@example.org"


@dataclass
class Keys:
    vault: object
    asked: list = field(default_factory=list)

    def are_available(self):
        return self.vault.state is VaultState.OPEN

    def ask(self):
        self.asked.append(True)


@dataclass
class Shown:
    section: MembersSection
    vault: object
    undoing: UndoStack
    keys: Keys
    files: list

    def again(self):
        """Return to the section, as from another one."""
        self.section.leave_view()
        self.section.show_subject(self.vault.log.groups.group(GROUP))

    def choose(self, code):
        self.section.table.in_view.choose(code)

    def rows(self):
        table = self.section.table.in_view
        return [[cell.words for cell in table.rows.row_at(at).cells] for at in range(table.rows.rowCount())]

    def group(self):
        return self.vault.log.groups.group(GROUP)

    def roster(self):
        return self.vault.rosters.read(GROUP)


@pytest.fixture
def shown(tmp_path, look_at, work, messages):
    vault = make_vault(tmp_path / "vault").open(WoundClock())
    vault.log.groups.save_group(Group(GROUP, "Block B", participants=new_participants(2)))
    vault.log.groups.save_group(Group(OTHER, "Block C", participants=new_participants(5)))
    vault.rosters.save({GROUP: Roster((Person(P1, NAME, CONTACT, (SHORT,), ("Markt",)),))})
    undoing, keys, files = UndoStack(messages), Keys(vault), []
    service = MembersService(vault.members, vault.rosters, keys, messages, undoing, lambda: DAY)
    section = MembersSection(
        service,
        work,
        ask_file=lambda *_: files.pop(),
        ask_save=lambda _parent, _title, name, _kinds: files.pop() / name,
    )
    look_at(section)
    made = Shown(section, vault, undoing, keys, files)
    made.again()
    yield made
    section.leave_view()
    vault.close()


def texts(widget):
    """Return all text in a widget, visible or not."""
    labels = [label.text() for label in widget.findChildren(QLabel)]
    fields = [line.text() for line in widget.findChildren(QLineEdit)]
    spoken = [one.accessibleName() + one.accessibleDescription() for one in widget.findChildren(QWidget)]
    tables = (widget.table.codes, widget.table.named, widget.importing.table)
    cells = [
        cell.words for table in tables for at in range(table.rows.rowCount()) for cell in table.rows.row_at(at).cells
    ]
    return "\n".join([*labels, *fields, *spoken, *cells])


def hold_session(vault):
    setting = SessionSetting(GROUP, 1, SessionKind.CASE, "student-hour", "key = 'student-hour'")
    session = vault.log.sessions.start(setting)
    vault.log.sessions.add_fact(session, f.Began(at=WoundClock().now()))


# --- names ---


def test_members_are_shown_by_code_and_no_name_appears_before_it_is_requested(shown):
    assert [row[0] for row in shown.rows()] == ["P1", "P2"]
    assert NAME not in texts(shown.section)
    assert CONTACT not in texts(shown.section)


def test_names_are_shown_on_request_and_hidden_again(shown):
    shown.section.names_button.click()
    assert shown.rows()[0][:4] == ["P1", NAME, SHORT, CONTACT]
    assert shown.section.names_button.text() == "Hide names"
    shown.section.names_button.click()

    assert NAME not in texts(shown.section)


@pytest.mark.parametrize("way", ["left", "minute", "another group"])
def test_names_are_hidden_after_leaving_after_a_minute_and_in_another_group(shown, way):
    section = shown.section
    section.names_button.click()
    shown.choose(P1)
    section.change_button.click()
    assert section.change.name.text() == NAME
    if way == "left":
        section.leave_view()
    elif way == "minute":
        section.change.close_panel()
        assert section._minute.isActive()
        assert section._minute.interval() == SHOWN_MS == 60_000
        section._minute.timeout.emit()
    else:
        section.show_subject(shown.vault.log.groups.group(OTHER))

    assert NAME not in texts(section)
    assert CONTACT not in texts(section)
    assert not section._minute.isActive()


def test_the_minute_does_not_close_an_open_form(shown):
    shown.section.names_button.click()
    shown.section.change_button.click()
    assert not shown.section._minute.isActive()
    shown.section.change.close_panel()
    assert shown.section._minute.isActive()


def test_after_a_session_the_passphrase_is_asked_for_first(shown):
    shown.vault.begin_session()
    shown.section.names_button.click()

    assert shown.keys.asked == [True]
    assert NAME not in texts(shown.section)


def test_a_group_without_a_roster_offers_no_names(shown):
    shown.section.show_subject(shown.vault.log.groups.group(OTHER))

    for one in (shown.section.names_button, shown.section.export_button, shown.section.destroy_button):
        assert one.isHidden()


# --- joining, leaving, changing ---


def test_a_member_joins_with_a_name_and_is_undone_with_one_key(shown):
    section = shown.section
    section.join_button.click()
    assert section.join.heading.text() == "Add P3"
    section.join.name.setText("Late Marked")
    section.join.act_button.click()
    assert shown.group().participant(P3) == Participant(P3, joined=DAY)
    assert shown.roster().name_of(P3) == "Late Marked"
    assert "Late Marked" not in texts(section)
    shown.undoing.undo()

    assert len(shown.group().participants) == 2
    assert shown.roster().name_of(P3) == ""


def test_without_the_keys_a_member_joins_by_code_alone(shown):
    shown.vault.begin_session()
    shown.section.join_button.click()
    assert shown.section.join.name.isHidden()
    shown.section.join.act_button.click()

    assert shown.group().participant(P3).joined == DAY


def test_leaving_asks_for_the_day_but_no_reason_and_is_undone(shown, messages):
    section = shown.section
    shown.choose(P2)
    section.leave_button.click()
    assert len(section.leave_panel.findChildren(QLineEdit)) == 1  # the day's own
    section.leave_panel.act_button.click()
    assert shown.group().participant(P2).left == DAY
    assert messages.last.text.startswith("P2 was marked as left on")
    shown.undoing.undo()

    assert shown.group().participant(P2).left is None


def test_a_member_who_left_is_marked_and_can_return(shown):
    shown.vault.members.set_left(GROUP, P2, DAY)
    shown.again()
    shown.choose(P2)
    assert shown.rows()[1][-1] != ""
    assert shown.section.leave_button.isHidden()
    shown.section.back_button.click()

    assert shown.group().participant(P2).left is None


def test_a_member_cannot_leave_before_the_day_of_joining(shown):
    shown.vault.members.join(GROUP, date(2026, 4, 1))
    shown.again()
    shown.choose(P3)
    shown.section.leave_button.click()

    assert shown.section.leave_panel.day.day() == date(2026, 4, 1)
    shown.section.leave_panel.day.set_day(DAY)
    assert shown.section.leave_panel.day.day() == date(2026, 4, 1)


def test_a_code_never_used_can_be_removed_and_restored(shown):
    before = shown.group()
    shown.choose(P2)
    shown.section.leave_button.click()
    shown.section.leave_panel.delete_button.click()
    assert [p.code for p in shown.group().participants] == [P1]
    shown.undoing.undo()

    assert shown.group() == before


def test_a_code_with_a_consent_cannot_be_removed(shown):
    group = shown.group()
    shown.vault.log.groups.save_group(with_participant(group, Participant(P2, agreed_to_recording=True)))
    shown.again()
    shown.choose(P2)
    shown.section.leave_button.click()

    assert shown.section.leave_panel.delete_button.isHidden()


def test_changing_group_explains_what_moves_and_is_undone(shown):
    section = shown.section
    before = shown.vault.log.groups.groups()
    shown.choose(P1)
    section.move_button.click()
    words = section.move_panel.findChild(QLabel, "member-move-words").text()
    assert "Consents do not" in words
    assert section.move_panel.to.currentText() == "Block C"
    section.move_panel.act_button.click()
    assert shown.vault.rosters.read(OTHER).name_of(participant_code(6)) == NAME
    shown.undoing.undo()

    assert shown.vault.log.groups.groups() == before
    assert shown.vault.rosters.read(OTHER) == Roster()


def test_with_several_groups_the_new_one_must_be_chosen_first(shown):
    shown.vault.log.groups.save_group(Group(GroupId("third"), "Block D", participants=new_participants(1)))
    shown.again()
    shown.choose(P1)
    shown.section.move_button.click()
    panel = shown.section.move_panel

    assert (panel.act_button.isEnabled(), panel.missing.text()) == (False, "Choose a group first.")
    panel.act_button.click()
    panel.to.setCurrentIndex(panel.to.findText("Block D"))
    assert (panel.act_button.isEnabled(), panel.missing.isHidden()) == (True, True)
    panel.act_button.click()
    assert [len(group.participants) for group in shown.vault.log.groups.groups()] == [2, 5, 2]


def test_a_name_and_a_seat_are_changed_and_undone(shown):
    section = shown.section
    section.names_button.click()
    shown.choose(P1)
    section.change_button.click()
    section.change.name.setText("Other Marked")
    section.change.seat.setValue(3)
    section.change.act_button.click()
    assert (shown.roster().name_of(P1), shown.group().participant(P1).seat) == ("Other Marked", 3)
    assert shown.rows()[0][1] == "Other Marked"
    shown.undoing.undo()

    assert (shown.roster().name_of(P1), shown.group().participant(P1).seat) == (NAME, None)


def test_what_a_member_is_called_besides_is_shown_changed_and_undone(shown):
    section = shown.section
    section.names_button.click()
    shown.choose(P1)
    section.change_button.click()
    fields = section.change.names
    assert (fields.short_names.text(), fields.heard_as.text()) == (SHORT, "Markt")
    fields.short_names.setText("Marky; M. N.")
    fields.heard_as.setText("Markt, mocked name,")
    section.change.act_button.click()

    person = shown.roster().person(P1)
    assert (person.name, person.contact) == (NAME, CONTACT)
    assert (person.short_names, person.heard_as) == (("Marky", "M. N."), ("Markt", "mocked name"))
    shown.undoing.undo()
    assert shown.roster().person(P1) == Person(P1, NAME, CONTACT, (SHORT,), ("Markt",))


def test_a_name_is_changed_and_what_the_member_is_called_besides_stays(shown):
    section = shown.section
    section.names_button.click()
    shown.choose(P1)
    section.change_button.click()
    section.change.name.setText("Other Marked")
    section.change.act_button.click()

    assert shown.roster().person(P1) == Person(P1, "Other Marked", CONTACT, (SHORT,), ("Markt",))


def test_a_member_joins_with_what_they_are_called_besides(shown):
    section = shown.section
    section.join_button.click()
    section.join.name.setText("Late Marked")
    section.join.names.short_names.setText("Latey")
    section.join.names.heard_as.setText("Lady, Lay tea")
    section.join.act_button.click()

    assert shown.roster().person(P3) == Person(P3, "Late Marked", "", ("Latey",), ("Lady", "Lay tea"))


def test_no_field_for_who_somebody_is_goes_into_a_draft(shown):
    section = shown.section
    section.names_button.click()
    shown.choose(P1)
    section.change_button.click()
    section.join_button.click()
    for panel in (section.change, section.join):
        panel.names.show_texts(("Name Zq", "Short Zq", "Heard Zq", "zq@example.org"))
        assert "zq" not in repr(read_state(panel)).casefold()


def test_importing_short_names_for_a_known_member_is_undone_and_the_name_stays(shown, qtbot, tmp_path):
    before = shown.roster()
    content = f"Name,Nickname\n{NAME},Marco\nNew Marked,\n".encode()
    panel = chosen(shown, qtbot, tmp_path / "list.csv", content)
    panel.act_button.click()
    assert shown.roster().person(P1).short_names == (SHORT, "Marco")
    shown.undoing.undo()

    assert shown.roster() == before


def test_while_names_are_hidden_a_seat_is_changed_and_the_name_stays(shown):
    shown.choose(P1)
    shown.section.change_button.click()
    assert shown.section.change.name.isHidden()
    shown.section.change.seat.setValue(2)
    shown.section.change.act_button.click()

    assert (shown.roster().name_of(P1), shown.group().participant(P1).seat) == (NAME, 2)


def test_the_table_opens_the_form_by_key(shown):
    shown.section.table.codes.opened.emit(P1)

    assert not shown.section.change.isHidden()


def test_the_open_form_follows_the_selected_member_and_keeps_what_was_typed(shown):
    section = shown.section
    section.names_button.click()
    shown.choose(P1)
    section.change_button.click()
    section.change.name.setText("Half Marked")
    shown.choose(P2)

    assert section.change.heading.text() == "Edit P2"
    assert section.change.name.text() == ""
    assert section.change.unsaved_words.text() == "Not saved yet: P1"
    shown.choose(P1)
    assert section.change.name.text() == "Half Marked"
    assert section.change.unsaved_words.isHidden()
    section.change.act_button.click()
    assert shown.roster().name_of(P1) == "Half Marked"


@pytest.mark.parametrize(("button", "panel"), [("leave_button", "leave_panel"), ("move_button", "move_panel")])
def test_leaving_and_moving_are_of_the_selected_member(shown, button, panel):
    section = shown.section
    shown.choose(P1)
    getattr(section, button).click()
    shown.choose(P2)

    assert getattr(section, panel).code() == P2
    assert "P2" in getattr(section, panel).heading.text()


def test_a_form_that_the_selected_member_cannot_use_closes(shown):
    section = shown.section
    shown.vault.members.set_left(GROUP, P2, DAY)
    section.show_subject(shown.group())
    shown.choose(P1)
    section.leave_button.click()
    shown.choose(P2)

    assert section.leave_panel.isHidden()


# --- import ---


def chosen(shown, qtbot, path, content):
    path.write_bytes(content)
    shown.files.append(path)
    shown.section.import_button.click()
    qtbot.waitUntil(lambda: not shown.section.importing.isHidden())
    return shown.section.importing


def test_a_files_effect_is_shown_before_anything_is_done(shown, qtbot, tmp_path):
    before = shown.group(), shown.roster(), shown.vault.log.audit.rows()
    panel = chosen(shown, qtbot, tmp_path / "list.csv", b"name;code\nTwo Marked;P2\nThree Marked;\n")

    cells = [[cell.words for cell in panel.table.rows.row_at(at).cells] for at in range(2)]
    assert cells == [
        ["2", "P2", "Two Marked", "", "", "", "name added"],
        ["3", "P3", "Three Marked", "", "", "", "new"],
    ]
    assert panel.act_button.text() == "Import 2 names"
    panel.back_button.click()
    assert (shown.group(), shown.roster(), shown.vault.log.audit.rows()) == before
    assert "Two Marked" not in texts(shown.section)


def test_a_whole_file_is_imported_and_undone_with_one_key(shown, qtbot, tmp_path):
    before = shown.group(), shown.roster()
    panel = chosen(shown, qtbot, tmp_path / "list.csv", b"name\nTwo Marked\nThree Marked\n")
    panel.act_button.click()
    assert [(p.code, p.name) for p in shown.roster().people] == [(P1, NAME), (P2, "Two Marked"), (P3, "Three Marked")]
    assert shown.group().participant(P3).joined is None
    shown.undoing.undo()

    assert (shown.group(), shown.roster()) == before


@pytest.mark.parametrize("is_held", [True, False])
def test_codes_without_a_name_are_used_first_and_after_a_session_their_names_are_to_be_checked(
    shown, qtbot, tmp_path, is_held
):
    if is_held:
        hold_session(shown.vault)
    panel = chosen(shown, qtbot, tmp_path / "list.csv", b"name\nTwo Marked\n")

    assert panel.fill.isChecked()
    assert panel.check.isVisibleTo(panel) == is_held
    assert [(step.person.code, step.person.name) for step in panel.planned.steps] == [(P2, "Two Marked")]


def test_where_every_code_has_a_name_none_is_offered_to_be_used_first(shown, qtbot, tmp_path):
    chosen(shown, qtbot, tmp_path / "list.csv", b"name\nTwo Marked\n").act_button.click()
    panel = chosen(shown, qtbot, tmp_path / "list.csv", b"name\nThree Marked\n")

    assert not panel.fill.isVisibleTo(panel)
    assert [step.person.code for step in panel.planned.steps] == [P3]


def test_after_the_first_session_people_without_a_code_join_from_a_day(shown, qtbot, tmp_path):
    hold_session(shown.vault)
    panel = chosen(shown, qtbot, tmp_path / "list.csv", b"name\nTwo Marked\n")
    panel.fill.click()
    panel.act_button.click()

    assert shown.roster().name_of(P3) == "Two Marked"
    assert shown.group().participant(P3).joined == DAY


def test_invalid_rows_are_named_by_line_and_nothing_can_be_imported(shown, qtbot, tmp_path):
    panel = chosen(shown, qtbot, tmp_path / "list.csv", b"name,code\nTwo Marked,P2\n,P5\nMarked,X\n")

    words = panel.problems.text()
    assert "Line 3 has no name and was skipped." in panel.note.text()
    assert "Line 4: this is not a code. Codes are P1 to P99." in words
    assert panel.act_button.isHidden()
    panel.act()
    assert len(shown.roster().people) == 1


def test_a_repeated_row_is_skipped_and_said(shown, qtbot, tmp_path):
    panel = chosen(shown, qtbot, tmp_path / "list.csv", b"name\nTwo Marked\nThree Marked\ntwo  marked\n")

    assert panel.note.text() == "Line 4 repeats line 2."
    assert panel.act_button.text() == "Import 2 names"


def test_pasted_names_are_previewed_like_a_file(shown, qtbot):
    section = shown.section
    section.paste_button.click()
    section.pasting.names.setPlainText("Two Marked\nThree Marked\n")
    section.pasting.act_button.click()
    assert "Two Marked" not in section.pasting.names.toPlainText()
    assert section.importing.heading.text() == "Import the pasted names"
    assert section.importing.fill.isChecked()
    assert "headings" not in section.importing.note.text()
    section.importing.act_button.click()

    assert shown.roster().name_of(P3) == "Three Marked"


def test_pasted_text_without_names_stays_and_the_reason_is_said(shown):
    section = shown.section
    section.paste_button.click()
    section.pasting.names.setPlainText("12:30\n14:00\n")
    section.pasting.act_button.click()

    assert section.pasting.problem.text() == "No names found. Paste one name per line."
    assert section.pasting.names.toPlainText() == "12:30\n14:00\n"


def test_a_guess_and_a_formula_are_reported(shown, qtbot, tmp_path):
    panel = chosen(shown, qtbot, tmp_path / "list.csv", "name\nZoë\n=1+1\n".encode("cp1252"))

    assert "Windows-1252" in panel.note.text()
    assert "Line 3 looks like a formula" in panel.note.text()


def test_an_unreadable_file_is_reported_and_opens_nothing(shown, qtbot, tmp_path, messages):
    path = tmp_path / "list.csv"
    path.write_bytes(b"Marked Name,Room 3\nOther Name,Room 4\n")
    shown.files.append(path)
    shown.section.import_button.click()
    qtbot.waitUntil(lambda: messages.last is not None)

    assert "The file list.csv has no column for names." in messages.last.text
    assert NAME not in messages.last.text
    assert shown.section.importing.isHidden()


def test_a_file_read_is_not_shown_after_the_page_was_left(shown, qtbot, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"name\nTwo Marked\n")
    shown.files.append(path)
    shown.section.import_button.click()
    shown.section.show_subject(shown.vault.log.groups.group(OTHER))
    qtbot.waitUntil(lambda: not shown.section._work.busy)

    assert shown.section.importing.isHidden()


# --- out, and destroyed ---


def test_names_are_exported_deliberately_to_a_file_that_says_so_and_it_is_audited(shown, tmp_path):
    shown.section.export_button.click()
    shown.files.append(tmp_path)
    shown.section.export_names.act_button.click()
    path = tmp_path / "balint-block-b-roster-with-names.csv"

    assert NAME in path.read_text(encoding="utf-8-sig")
    row = shown.vault.log.audit.rows()[-1]
    assert row.act == "roster-taken-out"
    assert NAME not in row.details


def test_an_existing_file_is_not_overwritten(shown, tmp_path, messages):
    path = tmp_path / "balint-block-b-roster-with-names.csv"
    path.write_text("mine")
    shown.section.export_button.click()
    shown.files.append(tmp_path)
    shown.section.export_names.act_button.click()

    assert path.read_text() == "mine"
    assert "already exists" in messages.last.text


def test_the_names_are_destroyed_at_the_second_act_which_a_double_enter_does_not_trigger(shown):
    section = shown.section
    section.destroy_button.click()
    assert section.destroy_names.first_focus() is section.destroy_names.back_button
    assert section.destroy_names.act_button.text() == "Destroy 1 name permanently"
    assert shown.vault.rosters.has(GROUP)
    section.destroy_names.act_button.click()

    assert not shown.vault.rosters.has(GROUP)
    assert section.names_button.isHidden()
    assert [p.code for p in shown.group().participants] == [P1, P2]
    assert shown.undoing.next_words == ""


def test_one_form_is_open_at_a_time_and_escape_cancels_it(shown):
    section = shown.section
    section.join_button.click()
    section.join.name.setText("Typed Marked")
    section.leave_button.click()
    assert section.join.isHidden()
    assert "Typed Marked" not in texts(section)
    section.leave_panel.back_button.click()

    assert section.leave_panel.isHidden()


@pytest.mark.parametrize("width", [900, 1280])
def test_every_form_fits_the_page(shown, width):
    section = shown.section
    section.resize(width, 1200)
    for opener in (section.join_button, section.leave_button, section.move_button, section.change_button):
        opener.click()
        assert section.minimumSizeHint().width() <= width
