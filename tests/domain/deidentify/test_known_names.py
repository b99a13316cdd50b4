"""Names of a roster in a text: found in every spelling, and words that are also names only where they stand as one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.deidentify.known_names import (
    KnownName,
    NameFound,
    everyday_apart,
    find_names,
    find_names_heard,
)
from balint_desktop.domain.deidentify.name_text import name_words
from balint_desktop.domain.values import participant_code

P = participant_code


def known(*names: str) -> tuple[KnownName, ...]:
    return tuple(KnownName(P(number), name) for number, name in enumerate(names, start=1))


PEOPLE = (
    KnownName(P(1), "Aroha Te Kanawa"),
    KnownName(P(2), "Siobhán O’Reilly", ("Shiv",), ("shove on", "chiffon")),
    KnownName(P(3), "Tāmati Wīhongi", ("Tam",)),
    KnownName(P(4), "Anne-Marie van der Berg"),
    KnownName(P(5), "Jørgen Weiß"),
    KnownName(P(6), "Łukasz Müller"),
    KnownName(P(7), "Xin Ng"),
    KnownName(P(8), "Faʻafetai Lēsā"),
    KnownName(P(9), "Þóra Æsa Garðarsdóttir"),
    KnownName(P(10), "José Núñez"),
)
FRAMES = ("I saw {} there.", "{} was quiet", "and then,{}—she said", "we met ({}) twice", "with {}")
LONG_PARTS = {
    P(1): ("Aroha", "Kanawa", "Te Kanawa", "Aroha Te Kanawa"),
    P(2): ("Siobhán", "O’Reilly", "Siobhán O’Reilly", "Shiv"),
    P(3): ("Tāmati", "Wīhongi", "Tāmati Wīhongi", "Tam"),
    P(4): ("Anne", "Marie", "Anne-Marie", "Anne-Marie van der Berg", "van der Berg", "Berg"),
    P(5): ("Jørgen", "Weiß", "Jørgen Weiß"),
    P(6): ("Łukasz", "Müller", "Łukasz Müller"),
    P(7): ("Xin", "Xin Ng"),
    P(8): ("Faʻafetai", "Lēsā", "Faʻafetai Lēsā"),
    P(9): ("Þóra", "Æsa", "Garðarsdóttir", "Þóra Æsa"),
    P(10): ("José", "Núñez", "José Núñez"),
}
TYPED = str.maketrans({"ø": "o", "ß": "ss", "ł": "l", "Ł": "L", "Þ": "Th", "Æ": "Ae", "ð": "d", "ʻ": None, "’": None})
TWO_LETTERS = {"ø": "oe", "ü": "ue", "ä": "ae", "ā": "aa", "ī": "ii", "ē": "ee"}
LOOK_ALIKE = str.maketrans("aeopcxyAEOPCXTHKMB", "аеорсхуАЕОРСХТНКМВ")
FULL_WIDTH = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in map(chr, range(0x21, 0x7F))}


def without_accents(name: str) -> str:
    signs = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in signs if not unicodedata.combining(sign)).translate(TYPED)


def with_two_letters(name: str) -> str:
    for sign, letters in TWO_LETTERS.items():
        name = name.replace(sign, letters)
    return name


def spelt(name: str, between: str) -> str:
    return between.join(sign for sign in name if sign.isalpha() and sign != "ʻ")


def forms(name: str) -> set[str]:
    """Return a name as people and programs write it."""
    joined = name.replace("-", "").replace(" ", "")
    found = {
        name,
        name.upper(),
        name.lower(),
        name.swapcase(),
        unicodedata.normalize("NFD", name),
        without_accents(name),
        without_accents(name).upper(),
        with_two_letters(name),
        name.replace("-", " "),
        name.replace(" ", "-"),
        name.replace(" ", "\n"),
        name.replace(" ", "_"),
        name.replace(" ", "."),
        name.replace(" ", "\u00a0"),
        name.replace("-", "\u2011"),
        name.replace("’", "'"),
        name.replace("’", ""),
        name.replace("ʻ", "'"),
        joined,
        joined.upper(),
        name[:2] + "\u200b" + name[2:],
        name[:1] + "\u00ad" + name[1:],
        "\u2060".join(name),
        name.translate(LOOK_ALIKE),
        name.translate(FULL_WIDTH),
    }
    if len(spelt(name, "")) > 2:
        found |= {spelt(name, " "), spelt(name, "-").upper(), spelt(name, ". "), spelt(name, ".").lower()}
    return found


ALL_FORMS = [(code, form) for code, names in LONG_PARTS.items() for name in names for form in sorted(forms(name))]


def found_in(text: str, names: tuple[KnownName, ...] = PEOPLE) -> list[str]:
    return [text[one.begin : one.end] for one in find_names(text, names)]


def test_there_are_more_than_200_forms():
    assert len(ALL_FORMS) > 200


@pytest.mark.parametrize("frame", FRAMES)
def test_every_form_of_every_name_is_found_whole(frame):
    missed = []
    for code, form in ALL_FORMS:
        begin = frame.index("{}")
        expected = [NameFound(begin, begin + len(form), code, is_word=False)]
        if expected != list(find_names(frame.format(form), PEOPLE)):
            missed.append(form)

    assert missed == []


@pytest.mark.parametrize("possessive", ["’s", "'s", "’", "s’", "s", "'S"])
@pytest.mark.parametrize(
    "name", ["Aroha", "aroha", "Siobhán", "O’Reilly", "Anne-Marie", "Te Kanawa", "TĀMATI", "Núñez"]
)
def test_a_possessive_is_not_part_of_the_name(name, possessive):
    assert [name] == found_in(f"{name}{possessive} story")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Annemarie and Anne Marie and Anne-Marie", ["Annemarie", "Anne Marie", "Anne-Marie"]),
        ("A. Te Kanawa, Aroha T. and Xin N.", ["A. Te Kanawa", "Aroha T.", "Xin N."]),
        ("dr.kanawa@example.org and aroha_kanawa.txt", ["kanawa", "aroha_kanawa"]),
        ("Kanawa, Aroha", ["Kanawa", "Aroha"]),
        ("It was A-r-o-h-a, A as in apple", ["A-r-o-h-a"]),
        ("mullers children, Anne’s", ["muller", "Anne"]),
        ("So I told Shove On, and shove on said", ["Shove On", "shove on"]),
        ("the Aro-\nha we know", ["Aro-\nha"]),
        ("A  R  O  H  A, then T_a_m_a_t_i", ["A  R  O  H  A", "T_a_m_a_t_i"]),
        ("ᴀʀᴏʜᴀ and Ⓐⓡⓞⓗⓐ and 𝓐𝓻𝓸𝓱𝓪", ["ᴀʀᴏʜᴀ", "Ⓐⓡⓞⓗⓐ", "𝓐𝓻𝓸𝓱𝓪"]),
        ("Aro\u3164ha, Aro\ufe0fha, \u202eAroha\u202c", ["Aro\u3164ha", "Aro\ufe0fha", "Aroha"]),
        ("Tämati, Taamati", ["Tämati", "Taamati"]),
    ],
)
def test_names_stand_in_many_ways(text, expected):
    assert expected == found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the van der valk",
        "Adamant, aromatic, announced, chinx",
        "an ne, mar ie, a roha",
        "I saw a man, a. b. c. and so on",
        "an NG tube, and ng",
        "Te reo, te ara",
        "we came by",
        "shove on",
    ],
)
def test_what_only_looks_like_a_name_is_not_found(text):
    names = tuple(KnownName(one.code, one.name, one.short_names) for one in PEOPLE)

    assert found_in(text, names) == []


WORDS = known("Hope Ngata", "Will Young", "Grace Li", "May Rose", "Mark He", "Kiri Wu", "Sue An")


@pytest.mark.parametrize(
    ("text", "expected", "is_word"),
    [
        ("We listened to Hope.", "Hope", True),
        ("Will was quiet.", "Will", True),
        ("and then May cried", "May", True),
        ("I asked Ms Li to wait", "Li", True),
        ("we asked Mark He about it", "Mark He", False),
        ("may rose", None, True),
        ("Wu said so.", "Wu", True),
        ("a wu, and WU", None, True),
        ("Will Young spoke", "Will Young", False),
        ("Hope Ngata", "Hope Ngata", False),
        ("hope ngata", "hope ngata", False),
        ("W-i-l-l", "W-i-l-l", False),
        ("Will we come back?", None, True),
        ("I hope that grace will mark it", None, True),
        ("He waited. An hour went by. So he and we did.", None, True),
    ],
)
def test_a_name_that_is_also_a_word_is_found_where_it_stands_as_a_name(text, expected, is_word):
    found = find_names(text, WORDS)

    assert ([expected] if expected else []) == [text[one.begin : one.end] for one in found]
    assert all(one.is_word is is_word for one in found)


def test_in_a_text_without_capitals_speech_tells_a_name_from_a_word():
    rest = " and so we will hope for the best" * 10
    text = f"then will said it was fine{rest}"

    assert found_in(text, WORDS) == ["will"]


def test_a_name_written_as_one_with_a_capital_inside_is_found_in_two_words():
    names = known("Ewan McDonald")

    assert found_in("Mc Donald, mcdonald, Mac, Donald", names) == ["Mc Donald", "mcdonald"]


def test_in_a_text_without_capitals_a_short_name_that_is_no_word_is_found():
    rest = " and so we stayed with her for a while" * 10

    assert found_in(f"i asked wu and li about it{rest}", WORDS) == ["wu"]


def test_what_is_heard_is_found_in_any_case_and_asked_where_it_is_a_word():
    names = (KnownName(P(1), "Zzyx", heard_as=("hope",)),)

    assert (NameFound(2, 6, P(1), is_word=True),) == find_names("i hope", names)


def test_an_everyday_word_by_which_a_name_was_heard_is_asked_in_a_transcript_and_is_no_name_elsewhere():
    heard = KnownName(P(1), "Zzyx Quorn", heard_as=("gone", "Two He", "Korn"))
    apart = everyday_apart(heard, {"gone", "two", "he"})
    text = "She has gone. Thanks Korn, said Two He."

    assert (apart.heard_as, apart.heard_words) == (("Two He", "Korn"), ("gone",))
    assert everyday_apart(apart, {"gone", "two", "he"}) == apart
    assert [text[one.begin : one.end] for one in find_names(text, (apart,))] == ["Korn", "Two He"]
    found = find_names_heard(text, name_words(text), (apart,))
    assert [(text[one.begin : one.end], one.is_word) for one in found] == [
        ("gone", True),
        ("Korn", False),
        ("Two He", False),
    ]


def test_what_names_somebody_else_is_not_asked_as_an_everyday_word():
    names = (KnownName(P(1), "Rose Quorn"), KnownName(P(2), "Zzyx", heard_words=("rose", "quorn")))

    assert [(one.code, one.is_word) for one in find_names_heard("Quorn", name_words("Quorn"), names)] == [(P(1), False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天李小龙说话", ["李小龙"]),
        ("김민준은 말했다", ["김민준"]),
        ("เมื่อวานสมชายมา", ["สมชาย"]),
        ("تحدثت نور اليوم", ["نور"]),
        ("ونور قالت", ["نور"]),
        ("Анна и Петрова", ["Анна", "Петрова"]),
        ("राम आया", ["राम"]),
        ("रोम आया", []),
    ],
)
def test_names_of_other_scripts_are_found(text, expected):
    assert expected == found_in(text, known("李小龙", "김민준", "สมชาย", "نور الهدى", "Анна Петрова", "राम"))


def test_the_code_is_that_of_the_person_and_the_first_of_two_who_share_a_part():
    names = known("Ada Mori", "Bea Mori")

    assert [P(2), P(1), P(1)] == [one.code for one in find_names("Bea Mori, Mori, Ada Mori", names)]


SIGNS = st.sampled_from(
    ["a", "A", "n", "e", "r", "o", "h", "s", "'", "’", "-", " ", ".", "\n", "\u0304", "\u200b", "李"]
)


@given(st.one_of(st.text(), st.text(SIGNS)), st.lists(st.one_of(st.text(max_size=9), st.text(SIGNS, max_size=6))))
def test_whatever_the_text_each_name_is_inside_it_after_the_one_before(text, names):
    at = 0
    for one in find_names(text, known(*names[:9])):
        assert at <= one.begin < one.end <= len(text)
        at = one.end


@given(st.text(), st.sampled_from(ALL_FORMS), st.text())
def test_a_name_is_found_between_any_other_words(before, code_and_form, after):
    code, form = code_and_form

    found = find_names(f"{before}\n\n{form}\n\n{after}", PEOPLE)

    assert any(one.code == code and one.begin <= len(before) + 2 + len(form) for one in found)


@pytest.mark.parametrize(
    "text", ["at Middlemore, with Kahurangi", "a horse called Amareth", "Hopeful, hopes and Wardle"]
)
def test_no_name_is_found_inside_a_word_of_letters(text):
    names = [KnownName(participant_code(at), name) for at, name in enumerate(("Kahu", "Mare", "Hope Ward", "Iddl"), 1)]

    assert [text[one.begin : one.end] for one in find_names(text, names)] == []
