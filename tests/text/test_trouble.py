"""Every trouble has its words: what happened, what is safe, what to do."""

from __future__ import annotations

import importlib
import pkgutil
import string

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text import troubles
from balint_desktop.text.trouble import SENTENCES, SUBJECTS, headline, sentence
from balint_desktop.text.troubles.microphone import BEFORE_RECORDING, GOING_ON

# The details that a trouble may carry, with what they might be.
DETAILS = {
    "name": "audio.opus.age",
    "line": 12,
    "reason": "“name” is missing",
    "folder": "/home/someone/vault",
    "until": "12:31",
    "lost": "3 s",
    "device": "USB microphone",
    "recording": "0b5c1c5e",
    "part": 2,
    "member": "P7",
    "most": 500,
    "found": "given, age",
    "day": "4 March 2026",
    "number": 3,
    "who": "P3",
    "example": "04/03/2026",
    "kind": "M4A",
    "file": "model.bin",
    "megabytes": 484,
    "where": "The group’s name",
}


def parts(code):
    words = SENTENCES[code]
    return words.happened, words.safe, words.to_do


@pytest.mark.parametrize("code", TroubleCode)
def test_a_trouble_states_what_happened_what_is_safe_and_what_to_do(code):
    for part in parts(code):
        assert part.strip() == part
        assert part[0].isupper() or part.startswith(("{", "“{"))
        assert part.endswith(".")
    assert len(set(parts(code))) == 3


@pytest.mark.parametrize("code", TroubleCode)
def test_it_requires_no_detail_that_is_never_supplied(code):
    for part in parts(code):
        asked = {field for _, field, _, _ in string.Formatter().parse(part) if field is not None}
        assert asked <= set(DETAILS)


@pytest.mark.parametrize("code", TroubleCode)
def test_its_details_are_filled_in_and_a_missing_one_is_tolerated(code):
    text = sentence(Trouble(code, **DETAILS))

    assert "{" not in text
    assert "…" not in text
    assert text.startswith(headline(Trouble(code, **DETAILS)))
    assert "{" not in sentence(Trouble(code))


@pytest.mark.parametrize("code", TroubleCode)
def test_it_neither_blames_nor_shouts(code):
    text = " ".join(parts(code))

    assert "!" not in text
    assert not {"error", "failed", "invalid", "illegal", "fatal", "exception"} & set(text.lower().split())


@pytest.mark.parametrize("code", BEFORE_RECORDING)
def test_before_anything_is_recorded_nothing_is_said_to_be_sealed(code):
    text = sentence(Trouble(code))

    before = BEFORE_RECORDING[code]
    assert text == f"{SENTENCES[code].happened} {before.safe} {before.to_do}"
    assert "sealed" not in text
    assert "…" not in text
    assert sentence(Trouble(code, until="12:31")) == " ".join(parts(code)).format(until="12:31")


def test_there_are_no_words_for_impossible_cases():
    assert set(SENTENCES) == set(TroubleCode)


def test_no_trouble_has_the_words_of_two_subjects():
    assert sorted(code for subject in SUBJECTS for code in subject) == sorted(TroubleCode)


def test_every_subject_is_among_those_that_are_looked_up():
    modules = [
        importlib.import_module(f"{troubles.__name__}.{one.name}") for one in pkgutil.iter_modules(troubles.__path__)
    ]
    subjects = [one.SENTENCES for one in modules if hasattr(one, "SENTENCES")]

    assert sorted(map(id, subjects)) == sorted(map(id, SUBJECTS))


@pytest.mark.parametrize("code", GOING_ON)
def test_automatic_recovery_asks_for_no_press(code):
    text = sentence(Trouble(code, **DETAILS), goes_on=True)

    assert text == " ".join((*parts(code)[:2], GOING_ON[code])).format(**DETAILS)
    assert "Start recording again" not in text
    assert "!" not in text
