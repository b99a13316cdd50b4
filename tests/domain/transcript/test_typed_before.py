"""What a person made of the engine's words, so that it can be offered for the same word again."""

from balint_desktop.domain.transcript import editing
from balint_desktop.domain.transcript.first_text import from_machine
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict
from balint_desktop.domain.transcript.typed_before import machine_words, typed_before


def heard(text):
    words = tuple(HeardWord(one, 1000 * at, 1000 * at + 600, 0.4) for at, one in enumerate(text.split()))
    return [HeardPiece(0, 0, 1000 * len(words), Verdict.UNDERSTOOD, words)]


def typed(first, then):
    """Return what was typed of a text that the engine wrote and a person changed."""
    pieces = heard(first)
    transcript = from_machine(pieces, ())
    return typed_before(editing.retyped(transcript, 1, then.split()), machine_words(pieces))


def test_a_word_typed_in_the_place_of_another_is_remembered_without_its_signs():
    assert typed("The cuter came.", "The kuia came.") == {"cuter": ("kuia",)}
    assert typed("The “Cuter, came.", "The “kuia, came.") == {"cuter": ("kuia",)}


def test_what_was_typed_most_often_comes_first():
    assert typed("cuter and cuter or Cuter", "kuia and cutter or kuia") == {"cuter": ("kuia", "cutter")}


def test_a_word_that_was_only_confirmed_or_left_is_none():
    pieces = heard("The cuter came.")
    transcript = editing.confirmed(from_machine(pieces, ()), 1, 1)

    assert typed_before(transcript, machine_words(pieces)) == {}
    assert typed("The cuter came.", "The cuter came, then.") == {}


def test_words_of_a_person_where_the_engine_wrote_none_are_none():
    assert typed("The cuter came.", "The cuter came and sat down.") == {}


def test_a_guess_that_was_not_understood_is_none_of_the_words():
    pieces = [HeardPiece(0, 0, 900, Verdict.NOT_UNDERSTOOD, (HeardWord("cuter", 0, 600, 0.1),))]

    assert machine_words(pieces) == {}
