"""A person's words taken out of a working text and of what the engine wrote."""

from __future__ import annotations

from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict
from balint_desktop.domain.transcript.rendering import Bracket, BracketKind, text_lines
from balint_desktop.domain.transcript.transcript import SEVERAL, UNKNOWN, Speaker, Transcript, Turn, Word, WordKind
from balint_desktop.domain.transcript.word_removal import RemovableTurns, count_removable, without_words_of

P1, P2 = Speaker("P1"), Speaker("P2")


def turn(number, speaker, begin, *texts):
    words = tuple(Word(text, begin + 100 * at, begin + 100 * at + 90) for at, text in enumerate(texts))
    return Turn(number, speaker, begin, begin + 100 * len(texts), words)


def heard(number, verdict, begin, *texts):
    words = tuple(HeardWord(text, begin + 100 * at, begin + 100 * at + 90, 0.9) for at, text in enumerate(texts))
    return HeardPiece(number, begin, begin + 100 * len(texts), verdict, words)


TEXT = Transcript((turn(1, P1, 0, "one", "two"), turn(2, P2, 200, "three"), turn(3, P1, 300, "four")))


def test_their_turns_become_one_place_each_without_a_speaker_and_the_others_stay():
    text, _ = without_words_of(TEXT, (), P1)

    assert [one.speaker for one in text.turns] == [UNKNOWN, P2, UNKNOWN]
    assert text.turns[1] == TEXT.turns[1]
    assert [[word.kind for word in one.words] for one in (text.turns[0], text.turns[2])] == [[WordKind.WITHDRAWN]] * 2


def test_the_text_shows_neither_who_it_was_nor_for_how_long():
    text, _ = without_words_of(TEXT, (), P1)
    lines = text_lines(text)

    assert [(line.speaker, line.parts) for line in lines] == [
        (None, (Bracket(BracketKind.NOT_AVAILABLE),)),
        (P2, ("three",)),
        (None, (Bracket(BracketKind.NOT_AVAILABLE),)),
    ]


def test_the_engines_words_go_where_they_lie_in_the_time_of_their_turns():
    _, (piece,) = without_words_of(TEXT, (heard(0, Verdict.UNDERSTOOD, 0, "one", "two", "three", "four"),), P1)

    assert [word.text for word in piece.words] == ["three"]
    assert piece.verdict is Verdict.UNDERSTOOD


def test_a_guess_goes_as_a_whole_where_its_piece_touches_a_turn_of_theirs():
    pieces = (heard(0, Verdict.NOT_UNDERSTOOD, 150, "guess", "here"), heard(1, Verdict.NOT_UNDERSTOOD, 900, "far"))
    _, (touched, far) = without_words_of(TEXT, pieces, P1)

    assert (touched.words, touched.verdict) == ((), Verdict.NOTHING)
    assert far == pieces[1]


def test_a_turn_without_length_takes_the_word_at_its_moment():
    text = Transcript((Turn(1, P1, 50, 50, (Word("ah", 50, 50),)),))
    _, (piece,) = without_words_of(text, (heard(0, Verdict.UNDERSTOOD, 0, "ah"),), P1)

    assert piece.words == ()


def test_turns_that_a_person_has_to_look_at_are_counted_and_those_withdrawn_before_are_not():
    text = Transcript((*TEXT.turns, turn(4, UNKNOWN, 500, "who"), turn(5, SEVERAL, 600, "all")))
    after, _ = without_words_of(text, (), P1)

    assert count_removable(text, P1) == RemovableTurns(2, 2)
    assert count_removable(after, P1) == RemovableTurns(0, 2)
