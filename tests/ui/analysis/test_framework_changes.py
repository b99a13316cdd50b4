"""The framework while a round is compared: changed, undone, fixed."""

from __future__ import annotations

from analysis_bench import (
    ME,
    OTHER,
)
from comparing_bench import choose, rows
from PySide6.QtCore import Qt
from window_fakes import DraftRows

from balint_desktop.domain.analysis.framework import FrameworkAct
from balint_desktop.ui.widgets.drafts import Drafts


def test_a_code_of_an_earlier_round_in_the_framework_is_said_to_be_one(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("framework")
    settle()
    page.framework._theirs = ()

    assert page.framework._drawn_from(page.frameworks.now.book.codes[0].guid) == (
        "Drawn from: a code of an earlier round (Coder 1), a code of an earlier round (Coder 2)"
    )


def test_after_a_version_is_fixed_its_codes_have_the_focus(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("framework")

    page.framework.fix_button.click()
    page.framework.confirm.do_button.click()
    settle()

    assert page.framework.codes.hasFocus()


def test_the_framework_is_written_and_fixed_as_a_version(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("framework")
    assert page.framework.drawn_from.text() == "Drawn from: Anger (Coder 1), Rage (Coder 2)"
    page.framework.fields["definition"].setPlainText("Turned on the patient")

    page.framework.fix_button.click()
    page.framework.confirm.do_button.click()
    settle()

    (version,) = page.frameworks.now.versions
    assert [code.definition for code in version.book.codes] == ["Turned on the patient"]
    assert page.framework.fix_button.isHidden()
    assert page.framework.versions.text().startswith("Version 1, fixed on")
    assert page.framework.undo_button.isHidden()


def choose_theirs(page, title):
    row = next(at for at, line in enumerate(rows(page.framework.theirs)) if line.startswith(title))
    page.framework.theirs.setCurrentRow(row)


def test_a_coders_code_is_drawn_into_the_framework_by_key_with_its_reason(comparing, settle, qtbot):
    page = comparing()
    page.show_view("framework")
    choose_theirs(page, "Rage")
    page.framework.reason.setText("Louder than anger")

    qtbot.keyClick(page.framework.theirs, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()

    (move,) = page.frameworks.now.moves
    assert (move.act, move.author, move.code, move.reason) == (
        FrameworkAct.DRAWN_IN,
        OTHER,
        "other-Rage",
        "Louder than anger",
    )
    assert page.framework.reason.text() == ""
    assert "Rage (Coder 2), in “Rage”" in rows(page.framework.theirs)
    assert page.framework.drawn_from.text() == "Drawn from: Rage (Coder 2): Louder than anger"


def test_a_code_is_dropped_on_another_and_taken_out_again(comparing, settle):
    page = comparing()
    page.show_view("framework")
    choose_theirs(page, "Anger")
    page.framework.codes.dropped.emit(-1)
    choose_theirs(page, "Rage")
    page.framework.codes.dropped.emit(0)
    settle()
    assert page.frameworks.now.same_as[OTHER, "other-Rage"] == page.frameworks.now.same_as[ME, "code-Anger"]

    choose_theirs(page, "Rage")
    page.framework.out_button.click()
    settle()

    assert (OTHER, "other-Rage") not in page.frameworks.now.same_as
    assert [one.act for one in page.frameworks.now.moves] == [
        FrameworkAct.DRAWN_IN,
        FrameworkAct.DRAWN_IN,
        FrameworkAct.TAKEN_OUT,
    ]


def test_each_change_of_the_framework_is_undone_and_a_fixed_version_never(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("framework")
    page.framework.name.setText("Fury")
    page.framework.commit()
    assert page.framework.codes.item(0).text() == "Fury"

    page.framework.undo_button.click()
    assert page.framework.name.text() == "Anger"
    page.show_view("matters")
    page.matters.undo_button.click()
    settle()

    assert page.frameworks.now.book.codes == ()
    assert page.frameworks.now.moves == ()
    assert page.matters.undo_button.isHidden()


def test_undone_is_said_until_the_next_change(comparing):
    page = comparing()
    page.show_view("framework")
    choose_theirs(page, "Anger")
    page.framework.draw_button.click()
    page.framework.undo_button.click()
    assert page.news.text() == "Undone."

    choose_theirs(page, "Rage")
    page.framework.draw_button.click()

    assert page.news.text() == ""


def named_twice(page):
    """Draw two codes into the framework, and type the name of the one for the other."""
    page.show_view("framework")
    for title in ("Anger", "Rage"):
        choose_theirs(page, title)
        page.framework.draw_button.click()
    page.framework.codes.setCurrentRow(1)
    page.framework.name.setText("Anger")
    page.framework.commit()
    assert page.framework.problem.text() == "Another code already has this name."


def test_a_refused_name_is_said_below_it_and_no_version_is_fixed_over_it(comparing):
    page = comparing()
    named_twice(page)
    name, problem = page.framework.name, page.framework.problem
    assert name.y() < problem.y() < page.framework.fields["definition"].y()

    page.framework.fix_button.click()

    assert not page.framework.confirm.is_asking
    assert problem.text() == "Another code already has this name."
    name.setText("Rage")
    page.framework.fix_button.click()
    assert problem.text() == ""
    assert page.framework.confirm.is_asking


def test_a_refused_name_is_forgotten_with_the_code_it_was_typed_for(comparing):
    page = comparing()
    named_twice(page)

    choose_theirs(page, "Safety")
    page.framework.draw_button.click()
    assert (page.framework.name.text(), page.framework.problem.text()) == ("Rage", "")
    page.framework.name.setText("Anger")
    page.framework.commit()
    page.framework.codes.setCurrentRow(0)

    assert page.framework.problem.text() == ""
    page.framework.codes.setCurrentRow(1)
    assert page.framework.name.text() == "Rage"


def test_nothing_of_a_code_leaves_with_the_mouse(comparing):
    page = comparing()
    page.show_view("framework")

    data = page.framework.theirs.mimeData(page.framework.theirs.selectedItems())

    assert [bytes(data.data(kind)) for kind in data.formats()] == [b""]


def choose_after(page, title):
    page.show_view("matters")
    choose(page, title)
    page.matters.add_button.click()


def test_what_changed_between_versions_is_counted_and_shown(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    settle()
    page.frameworks.fix_framework("study-1")
    page._on_fix()
    settle()
    choose_after(page, "Safety")
    page.show_view("framework")

    assert page.framework.versions.text().split("\n")[-1] == "Since version 2: 1 added (Safety)"


def test_a_reason_that_is_half_typed_for_the_framework_survives_a_lock_and_a_move_takes_it(comparing, settle):
    drafts = Drafts(DraftRows())
    page = comparing(drafts=drafts)
    page.show_view("framework")
    page.framework.reason.setText("Louder than")
    page.leave()
    again = comparing(page.service, drafts=drafts)
    again.show_view("framework")
    typed = again.framework.reason.text()
    choose_theirs(again, "Rage")
    again.framework.draw_in()
    settle()
    again.leave()

    assert typed == "Louder than"
    assert [one.reason for one in again.frameworks.now.moves] == ["Louder than"]
    assert drafts.rows == {}
