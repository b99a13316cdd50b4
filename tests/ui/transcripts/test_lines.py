"""The lines of a transcript on its page, and the words of a line that was typed in."""

import pytest
from correcting_bench import turn

from balint_desktop.domain.transcript.transcript import Transcript, Turn, WordKind, transcript_of
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.transcripts.lines import LineMaker, ShownWord, is_unchanged, matched, moved, pieces, typed_words

ONE, TWO = turn(1, "P1", 10, "Yes."), turn(2, "P2", 30, "No.")
END_S, TWO_S = ONE.until_ms / 1000, 30.0
PAUSE = round(TWO_S - END_S)


def shown(audible, turns=(ONE, TWO), phases=()):
    return [line.text for line in LineMaker(audible, phases).lines(transcript_of(turns))]


@pytest.mark.parametrize(
    ("audible", "between"),
    [
        (((0, 60_000),), [f"[silence, {PAUSE} s]"]),
        ((), [f"[silence, {PAUSE} s]"]),
        (((0, 11_000), (29_000, 60_000)), ["[not available]"]),
        (((0, 20_000), (22_000, 60_000)), ["[silence, 10 s]", "[not available]", "[silence, 8 s]"]),
        (((0, 12_000), (13_000, 14_000), (15_000, 29_000), (29_500, 60_000)), ["[not available]", "[silence, 14 s]"]),
        (((0, 29_999), (30_000, 60_000)), [f"[silence, {PAUSE} s]"]),
    ],
)
def test_between_two_turns_stands_what_was_silent_and_what_cannot_be_heard(audible, between):
    assert shown(audible) == ["Yes.", *between, "No."]


def test_what_cannot_be_heard_has_no_length():
    short = shown(((0, 11_000), (29_000, 60_000)))
    late = turn(2, "P2", 3_000, "No.")

    assert short == shown(((0, 11_000), (2_999_000, 4_000_000)), (ONE, late))


def test_a_pause_of_less_than_three_seconds_is_no_silence():
    assert shown(((0, 60_000),), (ONE, turn(2, "P2", END_S + 2.9, "No."))) == ["Yes.", "No."]


def test_people_who_speak_at_once_have_no_silence_between_them():
    long = Turn(1, "P1", 10_000, 40_000, ONE.words)

    assert shown(((0, 60_000),), (long, TWO)) == ["Yes.", "No."]


def test_a_phase_stands_before_its_first_turn_and_the_last_of_two_counts():
    phases = (PhaseMark("Open", 0.0), PhaseMark("Case", 20.0), PhaseMark("Group", 25.0), PhaseMark("Close", 99.0))

    assert shown((), phases=phases) == ["Open", "Yes.", f"[silence, {PAUSE} s]", "Group", "No."]


def test_only_the_lines_of_a_turn_that_changed_are_made_anew():
    maker = LineMaker(((0, 60_000),))
    before = maker.lines(Transcript((ONE, TWO)))
    now = maker.lines(Transcript((ONE, turn(2, "P2", 30, "Never."))))

    assert now[0] is before[0]
    assert now[2] is not before[2]
    assert maker.lines(Transcript((ONE, TWO)))[2].text == "No."


def test_a_place_is_one_word_whatever_it_touches():
    assert pieces("a [b c]d  [b c]", {"[b c]"}) == [
        ShownWord(0, 1, "a"),
        ShownWord(2, 7, "[b c]", is_place=True),
        ShownWord(7, 8, "d"),
        ShownWord(10, 15, "[b c]", is_place=True),
    ]


def test_a_place_that_is_pasted_twice_is_one_place_and_words():
    of = turn(1, "P1", 0, "a <unclear>")
    words = typed_words(of, "[unclear, 4 s] b [unclear, 4 s]")

    assert words[0] is of.words[1]
    assert words[1:] == ["b", "[unclear, 4 s]"]


def test_brackets_that_somebody_types_are_words():
    assert typed_words(ONE, "[unclear] so") == ["[unclear]", "so"]


@pytest.mark.parametrize(("text", "expected"), [("  Yes. ", True), ("Yes", False), ("", False), ("Yes. Yes.", False)])
def test_spaces_alone_are_no_change(text, expected):
    assert is_unchanged(ONE, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b c d", [0, 1, 2, 3]),
        ("a x b c d", [0, 1, 2, 3]),
        ("a b xc d", [0, 1, 3]),
        ("b c d", [1, 2, 3]),
        ("", []),
        ("x", []),
        ("a a b c d", [0, 1, 2, 3]),
    ],
)
def test_while_a_line_is_typed_in_the_words_beside_the_change_are_still_known(text, expected):
    of = turn(1, "P1", 0, "a b c d")

    assert [at for _, at in matched(of, pieces(text, ()))] == expected


def test_a_withdrawn_word_is_a_place():
    of = turn(1, "P1", 0, "<withdrawn>")

    assert of.words[0].kind is WordKind.WITHDRAWN
    assert typed_words(of, "[not available]") == [of.words[0]]


@pytest.mark.parametrize(
    ("now", "at", "expected"),
    [
        ("With the [unclear] and then her.", 4, 4),
        ("With the [unclear] and then her.", 9, 9),
        ("With the [unclear] and then her.", 12, 18),
        ("With the [unclear] and then her.", 22, 22),
        ("With the registrar and\nthen her.", 23, 23),
        ("At the registrar or then you.", 12, 10),
        ("At the registrar or then you.", 24, 21),
        ("", 12, 0),
    ],
    ids=["before", "at its beginning", "inside", "behind", "split", "between two", "behind one of two", "deleted"],
)
def test_a_position_stays_at_its_words_when_the_text_changes(now, at, expected):
    assert moved("With the registrar and then her.", now, at) == expected
