"""A typed replacement holds no name, not the word itself, and no word that is replaced elsewhere."""

from __future__ import annotations

import pytest
from deidentified_values import decided

from balint_desktop.domain.deidentify.decisions import DecisionKind, Decisions
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.replacements import ReplacementProblem, replacement_problem
from balint_desktop.domain.values import ParticipantCode

NAMES = (KnownName(ParticipantCode("P1"), "Aroha Ngata"), KnownName(ParticipantCode("P2"), "Hope Ward", ("Hopey",)))


def problem(replacement, term="Middlemore", decisions=()):
    known = Decisions()
    for one in decisions:
        known = known.with_decision(one)
    return replacement_problem(replacement, term, NAMES, known)


@pytest.mark.parametrize("typed", ["[Hope]", "Hope", "[aroha’s friend]", "[Hopey]", "[near Ngata]", "[Aro\u200bha]"])
def test_a_name_of_the_roster_in_any_spelling_is_a_problem(typed):
    assert problem(typed) is ReplacementProblem.NAME


@pytest.mark.parametrize("typed", ["[near Middlemore]", "[near MIDDLEMORE]", "middlemore", "[Middlemore-ish]"])
def test_the_word_itself_is_a_problem(typed):
    assert problem(typed) is ReplacementProblem.ITSELF


@pytest.mark.parametrize("typed", ["[Dr Pemberton]", "[a friend of dr pemberton’s]"])
def test_a_word_that_is_replaced_elsewhere_is_a_problem(typed):
    assert problem(typed, decisions=[decided("Dr Pemberton"), decided("x")]) is ReplacementProblem.REPLACED


def test_a_word_that_was_left_is_none():
    assert problem("[a Pākehā doctor]", decisions=[decided("Pākehā", DecisionKind.LEAVE)]) is None


@pytest.mark.parametrize("typed", ["[hospital]", "[P3]", "[in her twenties]", "[a hospital further north]", "[ward]"])
def test_words_that_say_less_are_none(typed):
    assert problem(typed, decisions=[decided("Ward"), decided("twenty")]) is None


def test_only_whole_words_count():
    assert problem("[the heart ward]", term="Art") is None
