"""The controller of the handover: what is cleared before the page is shown, and where the passphrase leads."""

from __future__ import annotations

from datetime import date

import pytest
from app_fakes import Calls, FakeUnlock

from balint_desktop import resources
from balint_desktop.app.handover import Handover
from balint_desktop.domain.evaluation.written_part import FLOOR
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.shell.shell import PlaceKey

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6))
TEXT = resources.text("questionnaires/written-part.toml")


@pytest.fixture
def locking():
    return Calls()


@pytest.fixture
def handover(app, session, locking):
    return Handover(app.context, app.shell, session=session, locking=locking, unlock=FakeUnlock())


@pytest.fixture
def evaluation(app):
    app.vault.log.groups.save_group(GROUP)
    return app.vault.log.evaluation


@pytest.fixture
def part(evaluation):
    return evaluation.open_part(GROUP.id, date(2026, 3, 4), TEXT, FLOOR)


@pytest.fixture
def back():
    return []


@pytest.fixture
def page(handover, part, back):
    """The handover page outside a session."""
    handover.start(part, lambda: back.append("back"))
    return handover.page


def answered(page):
    page.form.rows[0].chips[4].click()
    page.pass_on.click()


def test_keys_messages_and_undo_history_are_cleared_before_the_page_is_shown(app, handover, part):
    app.context.undo.push("Something was done.", lambda: None)
    app.shell.show_place(PlaceKey.GROUPS)
    handover.start(part, lambda: None)

    assert app.slot.is_locked
    assert app.said == ""
    assert app.context.undo.next_words == ""
    assert app.shell.place(PlaceKey.GROUPS) is None
    assert app.shell.gate is handover.page
    assert handover.is_under_way


def test_each_sheet_is_counted(evaluation, part, page):
    answered(page)
    answered(page)

    assert evaluation.part(part).counts.sheets == 2


def test_the_passphrase_ends_the_handover(handover, page, back, locking):
    page.left_open.emit()

    assert back == ["back"]
    assert locking.calls == ["touched"]
    assert not handover.is_under_way


def test_during_a_session_the_room_is_hidden_and_shown_again(app, handover, part, session, locking):
    session.open_room()
    handover.start(part, lambda: pytest.fail("the room is where it leads"))
    assert locking.calls == ["lock_room"]
    handover.page.left_open.emit()

    assert locking.calls == ["lock_room", "unlocked_in_session"]
    assert app.shell.current is PlaceKey.SESSION


def test_during_a_session_the_open_part_is_handed_over(handover, evaluation, part):
    handover.start_in_session(GROUP.id)

    assert [one.id for one in evaluation.parts(GROUP.id)] == [part]
    assert handover.is_under_way


def test_during_a_session_a_part_is_started_if_none_is_open(handover, evaluation, part):
    evaluation.close_part(part)
    handover.start_in_session(GROUP.id)

    (new,) = (one for one in evaluation.parts(GROUP.id) if not one.closed)
    assert new.id != part


def test_during_a_session_a_failure_is_reported_and_nothing_is_handed_over(
    app, handover, evaluation, part, monkeypatch
):
    def full(*_args):
        raise Trouble(TroubleCode.DISK_FULL)

    evaluation.close_part(part)
    monkeypatch.setattr(evaluation, "open_part", full)
    handover.start_in_session(GROUP.id)

    assert "disk is full" in app.said
    assert not handover.is_under_way
    assert app.slot.is_open


def test_without_a_vault_nothing_is_handed_over(handover):
    with pytest.raises(Trouble) as refused:
        handover.start("part", lambda: None)

    assert refused.value.code is TroubleCode.VAULT_LOCKED


# --- from paper ---


@pytest.fixture
def paper(handover, part):
    handover.start(part, lambda: None, from_paper=True)
    return handover.page


def test_a_sheet_from_paper_is_confirmed_and_can_be_undone(app, evaluation, part, paper):
    answered(paper)
    assert app.said == "Sheet counted: 1 so far."
    app.context.undo.undo()

    assert evaluation.part(part).counts.sheets == 0


def test_starting_the_next_sheet_makes_the_last_one_final(app, evaluation, part, paper):
    answered(paper)
    paper.form.rows[0].chips[0].click()
    app.context.undo.undo()

    assert evaluation.part(part).counts.sheets == 1
    assert app.said == ""


def test_leaving_makes_the_last_sheet_final(app, evaluation, part, paper):
    answered(paper)
    paper.left_open.emit()
    app.context.undo.undo()

    assert evaluation.part(part).counts.sheets == 1


def test_a_blank_sheet_is_reported_and_not_counted(app, evaluation, part, paper):
    paper.pass_on.click()

    assert app.said == "The sheet is blank, so it was not counted."
    assert evaluation.part(part).counts.sheets == 0
