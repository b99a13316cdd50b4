"""A person's work on a transcript: retyping, splitting, joining, who speaks, finding and replacing, taking out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcript_values import (
    P2,
    P4,
    SPEAKERS,
    WORD_TEXTS,
    any_transcripts,
    require_ordered,
    spoken,
    text,
    transcript,
    turn,
)

from balint_desktop.domain.transcript.editing import (
    FoundPhrase,
    confirmed,
    find,
    joined,
    removed,
    replaced,
    retyped,
    split,
    spoken_by,
    spoken_from,
    with_turns,
    with_word,
    withdrawn,
)
from balint_desktop.domain.transcript.transcript import LEADER, UNKNOWN, Transcript, Turn, Word, WordKind

TWO = transcript(turn(1, "I imagine she was tired"), turn(2, "It made me angry", 5_000, P2))


def speakers(one):
    return [each.speaker for each in one.turns]


def stretch(kind, from_ms, until_ms, name=""):
    return Word(name, from_ms, until_ms, kind=kind)


# --- words ---


def test_retyping_changes_the_words_of_one_turn():
    one = retyped(TWO, 2, ["It", "made", "us", "angry"])

    assert text(one) == ["I imagine she was tired", "It made us angry"]
    assert TWO.turn(2).words[:2] == one.turn(2).words[:2]


def test_confirming_a_doubtful_word_takes_the_doubt_and_leaves_its_time():
    one = confirmed(transcript(turn(1, "the cuter", probability=0.3)), 1, 1)

    assert tuple(word.is_doubtful for word in one.turn(1).words) == (True, False)
    assert Word("cuter", 200, 400) == one.turn(1).words[1]


def test_a_mark_stands_for_one_word():
    mark = stretch(WordKind.OTHER_LANGUAGE, 200, 400, "te reo Māori")

    assert mark == with_word(TWO, 1, 1, mark).turn(1).words[1]


@pytest.mark.parametrize("at", [-1, 5])
def test_a_word_that_is_not_there_is_refused(at):
    with pytest.raises(IndexError):
        with_word(TWO, 1, at, Word("so", 0, 1))
    with pytest.raises(IndexError):
        confirmed(TWO, 1, at)


# --- turns ---


def test_a_turn_is_split_before_a_word():
    one = split(TWO, 1, 2)

    assert [(each.id, each.from_ms, each.until_ms) for each in one.turns] == [
        (1, 0, 400),
        (3, 400, 1_000),
        (2, 5_000, 5_800),
    ]
    assert text(one) == ["I imagine", "she was tired", "It made me angry"]
    assert speakers(one) == [P4, P4, P2]


@pytest.mark.parametrize("at", [0, 5, -1])
def test_a_turn_is_not_split_at_its_edges(at):
    with pytest.raises(ValueError):
        split(TWO, 1, at)


def test_a_turn_is_joined_to_the_one_before_whose_speaker_stays():
    one = joined(TWO, 2)

    assert text(one) == ["I imagine she was tired It made me angry"]
    assert (one.turns[0].id, one.turns[0].speaker, one.turns[0].from_ms, one.turns[0].until_ms) == (1, P4, 0, 5_800)


def test_a_turn_joined_to_one_without_a_speaker_brings_its_own():
    assert speakers(joined(spoken_by(TWO, 1, UNKNOWN), 2)) == [P2]


def test_the_first_turn_is_joined_to_nothing():
    with pytest.raises(ValueError):
        joined(TWO, 1)


@given(any_transcripts(), st.data())
def test_splitting_and_joining_again_changes_nothing(one, data):
    long = [each for each in one.turns if len(each.words) > 1]
    if long:
        each = data.draw(st.sampled_from(long))
        parted = split(one, each.id, data.draw(st.integers(1, len(each.words) - 1)))

        assert one == joined(parted, parted.turns[parted.index(each.id) + 1].id)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: retyped(one, 9, []),
        lambda one: split(one, 9, 1),
        lambda one: joined(one, 9),
        lambda one: spoken_by(one, 9, P2),
        lambda one: confirmed(one, 9, 0),
        lambda one: with_word(one, 9, 0, Word("so", 0, 1)),
        lambda one: replaced(one, [FoundPhrase(9, 0, 1)], "so", "then"),
    ],
)
def test_a_turn_that_is_not_there_is_refused(change):
    with pytest.raises(KeyError):
        change(TWO)


# --- who speaks ---


def test_a_key_sets_who_speaks_to_the_end_of_the_run_of_one_speaker():
    one = transcript(*(turn(n, "so then", n * 1_000, who) for n, who in enumerate([UNKNOWN] * 3 + [P2] + [UNKNOWN], 1)))

    assert speakers(spoken_from(one, 2_400, P4)) == [UNKNOWN, P4, P4, P2, UNKNOWN]


@pytest.mark.parametrize(("gap_ms", "expected"), [(199, ["I was There"]), (200, ["I was", "There"])])
def test_a_key_in_a_turn_splits_it_at_the_last_gap_of_200_ms(gap_ms, expected):
    words = (*spoken("I was"), *spoken("There", 400 + gap_ms))
    one = transcript(Turn(1, UNKNOWN, 0, 5_000, words))

    assert expected == text(spoken_from(one, 1_200, P4))


def test_a_gap_within_a_reaction_of_the_key_is_after_the_voice_that_was_meant():
    words = (*spoken("I"), *spoken("was", 600), *spoken("There", 1_200))
    one = transcript(Turn(1, UNKNOWN, 0, 5_000, words))

    assert text(spoken_from(one, 1_499, P4)) == ["I", "was There"]
    assert text(spoken_from(one, 1_500, P4)) == ["I was", "There"]


def test_a_key_pressed_as_the_next_turn_begins_is_for_that_turn():
    assert speakers(spoken_from(TWO, 5_100, LEADER)) == [P4, LEADER]


def test_a_key_pressed_in_the_silence_before_is_for_the_turn_that_was_heard():
    assert speakers(spoken_from(TWO, 4_999, LEADER)) == [LEADER, P2]


def test_a_key_for_who_is_heard_already_changes_nothing():
    words = (*spoken("I was"), *spoken("There", 1_000))
    one = transcript(Turn(1, P4, 0, 5_000, words))

    assert one is spoken_from(one, 1_500, P4)


@pytest.mark.parametrize("at_ms", [0, 200])
def test_a_key_before_the_first_turn_is_for_that(at_ms):
    assert speakers(spoken_from(transcript(turn(1, "so", 500)), at_ms, LEADER)) == [LEADER]


def test_a_key_in_an_empty_text_changes_nothing():
    assert Transcript() == spoken_from(Transcript(), 500, P4)


# --- find and replace ---

GROUP = transcript(
    turn(1, "The registrar came, and the registrar’s “Whānau” too."),
    turn(2, "Registrar? Cut the cuter registrars.", 5_000),
)


def places(phrase, one=GROUP, **how):
    return [(each.turn_id, each.first, each.last) for each in find(one, phrase, **how)]


@pytest.mark.parametrize(
    ("phrase", "how", "expected"),
    [
        ("registrar", {}, [(1, 1, 2), (2, 0, 1)]),
        ("registrar,", {}, [(1, 1, 2), (2, 0, 1)]),
        ("Registrar", {"match_case": True}, [(2, 0, 1)]),
        ("registrar", {"whole_words": False}, [(1, 1, 2), (1, 5, 6), (2, 0, 1), (2, 4, 5)]),
        ("whanau", {}, [(1, 6, 7)]),
        ("Whanau", {"match_case": True}, []),
        ("Whānau", {"match_case": True}, [(1, 6, 7)]),
        ("wha\u0304nau", {}, [(1, 6, 7)]),
        ("registrar's", {}, [(1, 5, 6)]),
        ("registrar came", {}, [(1, 1, 3)]),
        ("came and", {}, [(1, 2, 4)]),
        ("the reg", {"whole_words": False}, [(1, 0, 2), (1, 4, 6)]),
        ("ut the cut", {"whole_words": False}, [(2, 1, 4)]),
        ("too registrar", {}, []),
        ("", {}, []),
        ("  ", {}, []),
        ("?", {}, []),
        ("?", {"whole_words": False}, [(2, 0, 1)]),
    ],
)
def test_a_phrase_is_found_where_it_is_said(phrase, how, expected):
    assert expected == places(phrase, **how)


def test_occurrences_do_not_overlap():
    assert places("so so", transcript(turn(1, "so so so so so"))) == [(1, 0, 2), (1, 2, 4)]


def test_a_stretch_without_words_is_never_found():
    one = transcript(Turn(1, P4, 0, 900, (stretch(WordKind.OTHER_LANGUAGE, 0, 900, "Samoan"),)))

    assert places("Samoan", one, whole_words=False) == []


@pytest.mark.parametrize(
    ("phrase", "replacement", "how", "expected"),
    [
        ("registrar", "consultant", {}, "The consultant came, and the registrar’s “Whānau” too."),
        ("whanau", "iwi", {}, "The registrar came, and the registrar’s “iwi” too."),
        ("registrar", "kuia", {"whole_words": False}, "The kuia came, and the kuia’s “Whānau” too."),
        ("registrar came", "two of us came", {}, "The two of us came, and the registrar’s “Whānau” too."),
        ("came and the", "with a", {}, "The registrar with a registrar’s “Whānau” too."),
        ("too", "", {}, "The registrar came, and the registrar’s “Whānau”."),
        ("came", "", {}, "The registrar and the registrar’s “Whānau” too."),
        ("the", "", {}, "registrar came, and registrar’s “Whānau” too."),
    ],
)
def test_a_phrase_is_replaced_and_the_signs_around_it_stay(phrase, replacement, how, expected):
    found = [one for one in find(GROUP, phrase, **how) if one.turn_id == 1]

    assert expected == text(replaced(GROUP, found, phrase, replacement))[0]


def test_as_many_are_replaced_as_were_counted():
    found = find(GROUP, "the")

    assert len(found) == 3
    assert text(replaced(GROUP, found, "the", "a")) == [
        "a registrar came, and a registrar’s “Whānau” too.",
        "Registrar? Cut a cuter registrars.",
    ]


def test_only_the_places_given_are_replaced():
    assert text(replaced(GROUP, find(GROUP, "the")[1:2], "the", "a"))[:1] == [
        "The registrar came, and a registrar’s “Whānau” too."
    ]


def test_a_replaced_word_keeps_its_time_and_so_do_all_others():
    one = replaced(GROUP, find(GROUP, "whanau"), "whanau", "iwi")

    assert [word.from_ms for word in GROUP.turn(1).words] == [word.from_ms for word in one.turn(1).words]


@given(any_transcripts(), WORD_TEXTS, st.booleans(), st.booleans())
def test_what_was_replaced_by_another_word_is_not_found_any_more(one, phrase, whole, case):
    found = find(one, phrase, whole_words=whole, match_case=case)

    changed = replaced(one, found, phrase, "zzz")

    assert find(changed, phrase, whole_words=whole, match_case=case) == []
    assert len(found) == len(find(changed, "zzz", whole_words=False))
    require_ordered(changed)


# --- taken out ---


def test_withdrawn_words_leave_a_stretch_without_words_and_without_a_speaker():
    one = withdrawn(TWO, P2)

    assert TWO.turns[0] == one.turns[0]
    assert Turn(2, UNKNOWN, 5_000, 5_800, (stretch(WordKind.WITHDRAWN, 5_000, 5_800),)) == one.turns[1]


def test_withdrawing_what_nobody_said_changes_nothing():
    assert TWO is withdrawn(TWO, LEADER)


def test_what_touches_a_removed_stretch_is_taken_out():
    one = removed(TWO, 300, 5_350)

    assert text(one) == ["I", "me angry"]


def test_a_turn_that_was_removed_whole_is_no_longer_there():
    assert text(removed(TWO, 0, 1_000)) == ["It made me angry"]


def test_a_place_to_listen_to_stays_where_part_of_it_can_be_heard():
    one = transcript(Turn(1, UNKNOWN, 0, 4_000, (stretch(WordKind.NOT_UNDERSTOOD, 0, 4_000),)))

    assert one == removed(one, 1_000, 2_000)
    assert Transcript() == removed(one, 0, 4_000)


@given(any_transcripts(), st.integers(0, 12_000), st.integers(1, 6_000))
def test_no_word_of_a_removed_stretch_is_left(one, from_ms, long_ms):
    changed = removed(one, from_ms, from_ms + long_ms)

    assert [
        word.text
        for each in changed.turns
        for word in each.words
        if word.kind is WordKind.SPOKEN and word.from_ms < from_ms + long_ms and word.until_ms > from_ms
    ] == []
    require_ordered(changed)


# --- any order ---


def test_turns_are_replaced_by_those_of_the_same_id():
    other = turn(2, "Not at all", 5_000, P2)

    assert (TWO.turns[0], other) == with_turns(TWO, [other]).turns


@settings(max_examples=150)
@given(any_transcripts(), st.data())
def test_after_any_sequence_of_edits_turns_are_in_order_ids_unique_and_words_in_order(one, data):
    for _ in range(data.draw(st.integers(1, 6))):
        if one.turns:
            each = data.draw(st.sampled_from(one.turns))
            one = ACTS[data.draw(st.sampled_from(sorted(ACTS)))](one, each, data.draw)
        require_ordered(one)


def _typed(one, each, draw):
    typed = [word if draw(st.booleans()) else word.text for word in each.words]
    at = draw(st.integers(0, len(typed)))
    typed[at : at + draw(st.integers(0, 2))] = draw(st.lists(WORD_TEXTS, max_size=3))
    return retyped(one, each.id, typed)


def _parted(one, each, draw):
    return split(one, each.id, draw(st.integers(1, len(each.words) - 1))) if len(each.words) > 1 else one


def _confirmed(one, each, draw):
    return confirmed(one, each.id, draw(st.integers(0, len(each.words) - 1))) if each.words else one


def _replaced(one, each, draw):
    phrase = draw(WORD_TEXTS)
    return replaced(one, find(one, phrase), phrase, " ".join(draw(st.lists(WORD_TEXTS, max_size=2))))


def _removed(one, each, draw):
    from_ms = draw(st.integers(0, 30_000))
    return removed(one, from_ms, from_ms + draw(st.integers(1, 3_000)))


ACTS = {
    "type": _typed,
    "split": _parted,
    "join": lambda one, each, _draw: joined(one, each.id) if one.index(each.id) else one,
    "speaker": lambda one, each, draw: spoken_by(one, each.id, draw(SPEAKERS)),
    "from": lambda one, _each, draw: spoken_from(one, draw(st.integers(0, 30_000)), draw(SPEAKERS)),
    "confirm": _confirmed,
    "replace": _replaced,
    "withdraw": lambda one, _each, draw: withdrawn(one, draw(SPEAKERS)),
    "remove": _removed,
}
