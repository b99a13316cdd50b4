"""How alike a model's English and a word of te reo sound: misspellings are found, ordinary English seldom."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from balint_desktop import resources
from balint_desktop.domain.transcript import folding
from balint_desktop.domain.transcript.sounding import english_sound, likeness, sounds_like, spellings
from balint_desktop.library.spellings import shipped_spellings

LIST = spellings(shipped_spellings().words)
SOUNDS = st.text("aeiouhkmnprtwf", max_size=12)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("funnow", "whānau"),
        ("farno", "whānau"),
        ("far now", "whānau"),
        ("Cuea", "kuia"),
        ("Kuyar", "kuia"),
        ("Tamarike", "tamariki"),
        ("tummy ricky", "tamariki"),
        ("mocca puna", "mokopuna"),
        ("wyrua", "wairua"),
        ("how aura", "hauora"),
        ("tea kanga", "tikanga"),
        ("carrickia", "karakia"),
        ("kohar", "koha"),
        ("hooey", "hui"),
        ("marai", "marae"),
        ("corridor", "kōrero"),
        ("fukama", "whakamā"),
        ("faka papa", "whakapapa"),
        ("tangy hunger", "tangihanga"),
        ("packer ha", "Pākehā"),
        ("koopoo", "kupu"),
        ("kai-diyaki", "kaitiaki"),
    ],
)
def test_what_a_model_writes_for_a_word_sounds_like_it(written, meant):
    assert meant in sounds_like(written, LIST)[:2]


@pytest.mark.parametrize("written", ["registrar", "small", "angry", "the", "patient", "asked", "silence", "shoulder"])
def test_english_words_sound_like_none(written):
    assert sounds_like(written, LIST) == []


def test_a_word_without_its_macrons_is_the_likest():
    for one in shipped_spellings().words:
        assert one in sounds_like(folding.folded(one), LIST)[:2]


def test_of_a_long_english_text_few_words_would_be_offered_a_spelling():
    known = {folding.bare(word) for one in LIST for word in one.text.split()}
    pages = " ".join(path.read_text("utf-8") for path in sorted(resources.folder("help").glob("*.md")))
    said = [word for word in map(folding.bare, re.findall(r"[A-Za-z’'-]+", pages)) if word not in known]
    alike = {word for word in set(said) if sounds_like(word, LIST)}

    # 1.8 % of 7,041 words when it was written, and an offer is made for doubtful words alone.
    assert len(said) > 5_000
    assert sum(word in alike for word in said) <= 0.03 * len(said)


@given(SOUNDS, SOUNDS)
@example("ef", "aaa")
def test_likeness_is_the_same_both_ways_and_one_for_the_same_sound_alone(one, other):
    alike = likeness(one, other)

    assert 0.0 <= alike <= 1.0
    assert alike == pytest.approx(likeness(other, one))
    assert (alike == 1.0) == (one == other != "")


@given(st.text(max_size=30))
def test_any_text_has_a_sound_of_the_letters_that_te_reo_and_an_s_have(text):
    assert set(english_sound(text)) <= set("aeioufhkmnprstw")
