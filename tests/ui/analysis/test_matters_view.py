"""Codes and themes of a compared round: listed, and marked as the same."""

from __future__ import annotations

from comparing_bench import choose, rows


def test_themes_then_codes_come_first_and_pairs_are_offered_from_a_third(comparing):
    page = comparing()

    assert rows(page.matters.list) == [
        "Theme: Being told to toughen up",
        "Anger (Coder 1) and Rage (Coder 2)",
        "Safety: given by Coder 1 only",
        "Feeling lost: given by Coder 2 only",
    ]
    assert page.title.text() == "Compare round 1: 2 coders"


def test_codes_said_to_be_the_same_are_one_of_the_framework_and_their_passages_are_compared(comparing, settle):
    page = comparing()
    page.show_view("passages")
    assert rows(page.passages.list) == []
    page.show_view("matters")
    choose(page, "Anger")

    page.matters.same_button.click()
    settle()

    assert [code.name for code in page.frameworks.now.book.codes] == ["Anger"]
    assert page.matters.apart_button.isVisible()
    page.show_view("passages")
    (shown,) = rows(page.passages.list)
    assert shown == (
        "Anger · Session 1 · Group reflects · R2\n“With the registrar, and then with her.”\nCoder 1; not Coder 2"
    )
    assert page.passages.strip.accessibleDescription().endswith("were coded by all 2 coders.")


def test_nobodys_own_coding_is_changed_by_comparing(comparing, settle):
    page = comparing()
    before = dict(page.service.works)
    choose(page, "Anger")
    page.matters.same_button.click()
    page.matters.apart_button.click()
    choose(page, "Safety")
    page.matters.add_button.click()
    settle()

    assert page.service.works == before
    assert not [asked for asked in page.service.asked if asked[0] == "save_work"]
