"""What keeps a text from being approved, and what an approved one must not hold."""

from __future__ import annotations

import pytest

from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn, Redaction
from balint_desktop.domain.deidentify.decisions import Decision, DecisionKind, Decisions, PageTick, TermPlace
from balint_desktop.domain.deidentify.gate import (
    FindingKind,
    GateFinding,
    findings_before_approval,
    findings_before_redaction,
    findings_in_approved,
)
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.marks import marks_of, page_sha256, page_text
from balint_desktop.domain.deidentify.reading import ReadingLine, ReadingText
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.transcript.transcript import PAGE_MS, Speaker
from balint_desktop.domain.values import ParticipantCode

NAMES = (
    KnownName(ParticipantCode("P1"), "Aroha Ngata"),
    KnownName(ParticipantCode("P2"), "Hope Ward"),
)
FIRST, SECOND = "I was with Aroha, and with Hope then.", "She said so."
TEXT = f"{FIRST}\n\n{SECOND}"
READING = ReadingText(
    TEXT,
    (
        ReadingLine(0, len(FIRST), 1, Speaker("P1"), 0, 5_000),
        ReadingLine(len(FIRST) + 2, len(TEXT), 2, Speaker("P2"), PAGE_MS + 1, PAGE_MS + 5_000),
    ),
)


def suggestion(word, layer, replacement="[P1]"):
    begin = TEXT.index(word)
    return Suggestion(begin, begin + len(word), layer, word, word.lower(), replacement)


TURN = (ApprovedTurn(0, 26, "R1", 0, 1),)

AROHA = suggestion("Aroha", Layer.ROSTER)
HOPE = suggestion("Hope", Layer.NAME_OR_WORD, "[P2]")


def decision(word, verdict, replacement="", at=None):
    return Decision(word, word.lower(), verdict, replacement, Layer.MARKED, "K", 0.0, at)


def findings(suggestions, decisions=None, readers_needed=1, read=("K",), names=NAMES):
    """Return what the gate finds once these people have read every page."""
    decisions = decisions or Decisions()
    marks = marks_of(READING, suggestions, decisions)
    for page in READING.pages():
        for by in read:
            sha256 = page_sha256(page_text(READING, marks, page, str))
            decisions = decisions.with_tick(PageTick(page, by, sha256, 0.0))
    return findings_before_approval(READING, marks, decisions, names, readers_needed=readers_needed, speaker_words=str)


LEFT = Decisions().with_decision(decision("Hope", DecisionKind.LEAVE))


def test_a_text_that_is_decided_and_read_has_nothing_against_it():
    assert findings((AROHA, HOPE), LEFT) == ()


def test_what_is_undecided_is_found_at_its_place():
    at = TEXT.index("Hope")

    assert GateFinding(FindingKind.UNDECIDED, "", at, at + 4, 1) in findings((AROHA, HOPE))


def test_a_page_that_nobody_read_is_found():
    assert findings((AROHA, HOPE), LEFT, read=()) == (
        GateFinding(FindingKind.UNREAD, page=1),
        GateFinding(FindingKind.UNREAD, page=2),
    )


def test_a_page_that_changed_since_it_was_read_is_not_read():
    marks = marks_of(READING, (AROHA, HOPE), LEFT)
    read = LEFT
    for page in READING.pages():
        read = read.with_tick(PageTick(page, "K", page_sha256(page_text(READING, marks, page, str)), 0.0))
    changed = read.with_decision(decision("Hope", DecisionKind.REPLACE, "[P2]"))

    found = findings_before_approval(
        READING, marks_of(READING, (AROHA, HOPE), changed), changed, NAMES, readers_needed=1, speaker_words=str
    )
    assert found == (GateFinding(FindingKind.UNREAD, page=1),)


@pytest.mark.parametrize("read", [("K",), ("K", " k "), ("K", "K\u200b"), ("K", ""), ("K", "  ")])
def test_a_second_reader_is_another_person_and_no_other_spelling_of_the_first(read):
    assert {one.kind for one in findings((AROHA, HOPE), LEFT, 2, read)} == {FindingKind.UNREAD}


def test_two_people_are_two_readers():
    assert findings((AROHA, HOPE), LEFT, 2, ("K", "L")) == ()


def test_no_reader_needed_is_one_all_the_same():
    assert findings((AROHA, HOPE), LEFT, 0, ()) != ()


def test_a_name_that_no_layer_suggested_is_found_where_it_would_stay():
    at = TEXT.index("Aroha")

    assert findings((HOPE,), LEFT) == (GateFinding(FindingKind.NAME, "", at, at + 5, 1),)


def test_a_name_that_is_a_word_may_be_left_by_decision_and_not_by_silence():
    at = TEXT.index("Hope")

    assert findings((AROHA,)) == (GateFinding(FindingKind.NAME, "", at, at + 4, 1),)


def test_a_name_that_is_no_word_is_found_whatever_was_decided():
    other = suggestion("Aroha", Layer.CAPITAL)
    found = findings((other, HOPE), LEFT.with_decision(decision("Aroha", DecisionKind.LEAVE)))

    assert [one.kind for one in found] == [FindingKind.NAME]


def test_a_name_in_what_replaces_another_is_found_where_that_stands():
    at = TEXT.index("Hope")
    found = findings(
        (AROHA, HOPE), Decisions().with_decision(decision("Hope", DecisionKind.REPLACE, "[Ngata’s friend]"))
    )

    assert found == (GateFinding(FindingKind.NAME, "", at, at + 4, 1),)


@pytest.mark.parametrize("typed", ["[near Hope]", "[the hope of us]", "[said So]"])
def test_what_replaces_a_word_holds_neither_it_nor_another_that_is_replaced(typed):
    at = TEXT.index("Hope")
    said = Suggestion(TEXT.index("so"), TEXT.index("so") + 2, Layer.MARKED, "so", "so", "[x]")
    known = Decisions().with_decision(decision("so", DecisionKind.REPLACE, "[x]"))
    found = findings((AROHA, HOPE, said), known.with_decision(decision("Hope", DecisionKind.REPLACE, typed)))

    assert found == (GateFinding(FindingKind.NAME, "", at, at + 4, 1),)


def test_a_decision_for_one_place_leaves_the_others_to_decide():
    later = Suggestion(TEXT.index("She"), TEXT.index("She") + 3, Layer.CAPITAL, "She", "hope", "[x]")
    single = Decisions().with_decision(decision("Hope", DecisionKind.LEAVE, at=TermPlace(1, 0)))

    assert [one.kind for one in findings((AROHA, HOPE, later), single)] == [FindingKind.UNDECIDED]


def test_findings_come_in_order_of_the_text_with_the_unread_page_first():
    found = findings((HOPE,), read=())

    assert [(one.page, one.kind) for one in found] == [
        (1, FindingKind.UNREAD),
        (1, FindingKind.NAME),
        (1, FindingKind.UNDECIDED),
        (2, FindingKind.UNREAD),
    ]


def test_without_a_roster_there_are_no_names_to_look_for():
    assert findings((HOPE,), LEFT, names=()) == ()


# --- an approved text ---


@pytest.mark.parametrize("typed", ["[Aroha]", "[near Middlemore]"])
def test_a_redaction_that_names_is_found_at_the_words_that_it_was_to_take_out(typed):
    text = "R1: at Middlemore and home"
    redaction = Redaction(7, 17, typed)

    assert findings_before_redaction(ApprovedText(1, text, TURN), (redaction,), Decisions(), NAMES) == (
        GateFinding(FindingKind.NAME, "", 7, 17),
    )


def test_what_another_name_is_left_beside_a_redaction_is_found_where_it_stands_before():
    text = "R1: at Middlemore and Aroha"
    redaction = Redaction(7, 17, "[x]")

    assert findings_before_redaction(ApprovedText(1, text, TURN), (redaction,), Decisions(), NAMES) == (
        GateFinding(FindingKind.NAME, "", 22, 27),
    )


def test_a_redaction_without_names_has_nothing_against_it():
    text = "R1: at Middlemore and home"
    redaction = Redaction(7, 17, "[hospital]")

    assert findings_before_redaction(ApprovedText(1, text, TURN), (redaction,), Decisions(), NAMES) == ()


def test_an_approved_text_may_hold_the_words_that_were_left_and_no_other_name():
    text = "R1: with Hope, and Hope again"
    left = (text.index("Hope"), text.index("Hope") + 4)
    second = text.rindex("Hope")

    assert findings_in_approved(ApprovedText(1, text, (), (left,)), NAMES) == (
        GateFinding(FindingKind.NAME, "", second, second + 4),
    )


def test_a_name_that_came_onto_the_roster_later_is_found_though_it_was_left():
    text = "R1: with Aroha"

    assert findings_in_approved(ApprovedText(1, text, (), ((9, 14),)), NAMES) == (
        GateFinding(FindingKind.NAME, "", 9, 14),
    )


@pytest.mark.parametrize("written", ["Aro\u200bha", "Aro\u00adha", "Aro\u200dha"])
def test_signs_that_are_not_seen_hide_no_name(written):
    text = f"R1: with {written}"

    assert findings_in_approved(ApprovedText(1, text, ()), NAMES) == (GateFinding(FindingKind.NAME, "", 9, len(text)),)
