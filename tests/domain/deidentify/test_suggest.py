"""All layers over a text: what is found, that nothing overlaps, and what it would become."""

from __future__ import annotations

import pytest
from deidentified_values import decided, read
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_texts import GROUP, TEXTS, marked_text

from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.known_names import KnownName, find_names
from balint_desktop.domain.deidentify.marks import MarkState, line_text, marks_of
from balint_desktop.domain.deidentify.suggest import suggest
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.deidentify.word_lists import WordLists
from balint_desktop.domain.transcript.transcript import Speaker
from balint_desktop.domain.values import participant_code
from balint_desktop.library.word_lists import read_word_lists

NOTHING = [path.name for path in sorted(TEXTS.glob("*holds_nothing.txt"))]
TALK = [path.name for path in sorted(TEXTS.glob("*.txt")) if path.name not in NOTHING]
LISTS = read_word_lists()
SPEAKER = Speaker("P9")
NAMES = (
    KnownName(participant_code(1), "Aroha Te Kanawa"),
    KnownName(participant_code(2), "Siobhan Daly", ("Shiv",), ("shove on",)),
    KnownName(participant_code(3), "Hope Ng"),
)


def found_in(text, names=NAMES, **more):
    return suggest(text, names, LISTS, **more)


def shown(text, **more):
    return [(one.text, one.replacement) for one in found_in(text, **more)]


def applied(text, found):
    pieces, at = [], 0
    for one in found:
        pieces += [text[at : one.begin], one.replacement or one.text]
        at = one.end
    return "".join([*pieces, text[at:]])


# --- how much is found ---


@pytest.mark.parametrize("name", TALK)
def test_nine_in_ten_of_what_identifies_is_marked_or_suggested(name):
    marked = marked_text(name)
    covered = {at for one in suggest(marked.text, GROUP, LISTS) for at in range(one.begin, one.end)}

    missed = [
        marked.text[begin:end]
        for begin, end in marked.items
        if 2 * sum(at in covered for at in range(begin, end)) < end - begin
    ]

    assert len(marked.items) >= 50
    assert len(missed) <= 0.1 * len(marked.items), missed


@pytest.mark.parametrize("name", TALK)
def test_seven_in_ten_suggestions_are_of_what_identifies(name):
    marked = marked_text(name)
    items = {at for begin, end in marked.items for at in range(begin, end)}
    found = suggest(marked.text, GROUP, LISTS)

    right = [one for one in found if any(at in items for at in range(one.begin, one.end))]

    assert len(right) >= 0.7 * len(found)


@pytest.mark.parametrize("name", NOTHING)
def test_talk_that_holds_nothing_has_few_suggestions(name):
    text = marked_text(name).text
    words = len(text.split())

    assert words > 800
    assert len(suggest(text, GROUP, LISTS)) <= 15 * words / 1000


def test_names_of_the_group_are_found_in_a_text_of_a_machine_that_writes_no_capitals():
    marked = marked_text("dictated_in_australia.txt")

    assert {"[P2]", "[P10]", "[P12]", "[P13]"} <= {one.replacement for one in suggest(marked.text, GROUP, LISTS)}


def test_an_hour_with_25_items_needs_at_most_60_decisions():
    talk = "\n\n".join(marked_text(name).text for name in NOTHING)
    lines = [line for line in talk.splitlines() if line.strip()]
    hour = lines * (8000 // len(talk.split()) + 1)
    marked = marked_text("hospital_in_new_zealand.txt")
    planted = [marked.text[begin:end] for begin, end in marked.items[:25]]
    for number, item in enumerate(planted):
        hour.insert(12 * number, f"and then there was {item}, you know")
    text = "\n\n".join(hour)

    found = suggest(text, GROUP, LISTS)

    assert len(text.split()) >= 8000
    assert len({one.key for one in found if one.layer not in {Layer.ROSTER, Layer.STORY}}) <= 60


# --- layers ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we saw Aroha there", [("Aroha", Layer.ROSTER)]),
        ("and shove on said", [("shove on", Layer.ROSTER)]),
        ("we saw Hope there", [("Hope", Layer.NAME_OR_WORD)]),
        ("in the hope of it", []),
        ("I asked Shivon and Arohah", [("Shivon", Layer.SOUNDS_LIKE), ("Arohah", Layer.SOUNDS_LIKE)]),
        ("i asked shivaun about it", [("shivaun", Layer.SOUNDS_LIKE)]),
        ("he grew up in Papakura", [("Papakura", Layer.PATTERN)]),
        ("it was number 26", [("26", Layer.NUMBER)]),
        ("we saw Zebulon there", [("Zebulon", Layer.CAPITAL)]),
        ("we saw zebulon there", [("zebulon", Layer.CAPITAL)]),
        ("Zebulon came. Then it rained.", [("Zebulon", Layer.CAPITAL)]),
        ("Grace came, and Grace left", [("Grace", Layer.CAPITAL), ("Grace", Layer.CAPITAL)]),
        ("we saw hōne there", [("hōne", Layer.CAPITAL)]),
        ("her twin was on the news", [("twin", Layer.STORY), ("on the news", Layer.STORY)]),
        ("she was the first woman to drive it", [("first woman to", Layer.STORY)]),
        ("she was the first person to ask", []),
        ("she is Somali", [("Somali", Layer.STORY)]),
    ],
)
def test_each_layer_finds_its_kind(text, expected):
    assert [(one.text, one.layer) for one in found_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "So I went. But she didn’t. Perhaps we’ll see. What’s that? It isn’t. I’d say I’m sure.",
        "The CT and the MRI, the ECG and an NG tube; HIV, COPD and PTSD, on the ICU.",
        "He has Parkinson’s and Crohn’s, and takes Panadol. Mum and Dad, oh God.",
        "Kia ora. The whānau of the kuia, the tamariki and the kaumātua at the hui, Māori and Pākehā.",
        "I give it fifty percent, ten minutes, 20 mg, nine out of ten, twenty-four hours.",
        "one of the two, the first time, the third day, level of care, in bed for hours, room to breathe",
        "“And then?” she said, “What now?” I thought, What can I do? We both knew. Yes: No.",
        "the doctor came, the nurse said, a sister of mine, my mother is well, our house",
        "00:12:03 so I went\n00:12:09 and then",
        "hmm yeah nah um I was gonna say, mm",
        "GCS of 15, BP 120 over 80, sats 98% and a resp rate of 22, temp 37.8, on day 3",
        "the Swiss cheese model, a Catch-22, and I am in fourth year, no Indian summer",
    ],
)
def test_what_identifies_nobody_is_left(text):
    assert [one.text for one in found_in(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("her NHI is ABC1234", [("ABC1234", "[number]")]),
        ("NHI ABC12DX", [("ABC12DX", "[number]")]),
        ("it says A B C 1 2 3 4 there", [("A B C 1 2 3 4", "[number]")]),
        ("ring 021 555 0199 or (09) 555 0123", [("021 555 0199", "[number]"), ("(09) 555 0123", "[number]")]),
        ("ring +64 21 555 0199", [("+64 21 555 0199", "[number]")]),
        ("ring 0412 345 678", [("0412 345 678", "[number]")]),
        ("ring oh two one five five five", [("oh two one five five five", "[number]")]),
        ("write to a.b@example.co.nz please", [("a.b@example.co.nz", "[e-mail]")]),
        ("see www.example.org/page", [("www.example.org/page", "[web address]")]),
        ("on 14/3/2024", [("14/3/2024", "[date]")]),
        ("on the fourteenth of March 2024", [("the fourteenth of March 2024", "[date]")]),
        ("on Tuesday the fourteenth", [("Tuesday the fourteenth", "[date]")]),
        ("it was a Monday, last Tuesday, on Mondays, and see you on Thursday", []),
        ("he costs four pounds fifty, fourteen patients, question 12, a level of 0.7", []),
        ("the bracelet says K nine four one seven", [("K nine four one seven", "[number]")]),
        ("dial nine four one seven", [("nine four one seven", "[number]")]),
        ("and one two three four, breathe", []),
        ("he is on J27 with his B12", [("J27", "[number]")]),
        ("in March, and may I", [("March", "[date]")]),
        ("in twenty nineteen", [("twenty nineteen", "[year]")]),
        ("back in 1998", [("1998", "[year]")]),
        ("at 3.15 pm on Tuesday the 2nd", [("3.15 pm on Tuesday the 2nd", "[date]")]),
        ("in room 12B and bed four", [("room 12B", "[room]"), ("bed four", "[bed]")]),
        ("on Ward 7", [("Ward 7", "[ward]")]),
        ("on the third floor", [("the third floor", "[level]")]),
        ("at Fairleigh Hospital", [("Fairleigh Hospital", "[hospital]")]),
        ("at fairleigh hospital", [("fairleigh hospital", "[hospital]")]),
        ("the Hillcroft Rest Home", [("Hillcroft Rest Home", "[rest home]")]),
        ("on Hillcroft Road", [("Hillcroft Road", "[address]")]),
        ("the University of Otago", [("University of Otago", "[university]")]),
        ("at Middlemore", [("Middlemore", "[hospital]")]),
        ("Doctor Tuilagi came", [("Doctor Tuilagi", "[staff: doctor]")]),
        ("doctor tuilagi came", [("doctor tuilagi", "[staff: doctor]")]),
        ("Dr. Smith-Jones came", [("Dr. Smith-Jones", "[staff: doctor]")]),
        ("Doc H said", [("Doc H", "[staff: doctor]")]),
        ("Mrs Brown said", [("Mrs Brown", "[patient]")]),
        ("Whaea Ngaire sang", [("Whaea Ngaire", "[name]")]),
        ("my flatmate Tash said", [("Tash", "[name]")]),
        ("a boy called Mason", [("Mason", "[name]")]),
        ("she is Ngāpuhi", [("Ngāpuhi", "[iwi]")]),
        ("at Christmas", [("Christmas", "[date]")]),
        ("It was Z K R four one oh eight.", [("Z K R four one oh eight", "[number]")]),
        ("it was z k r four one oh eight", [("z k r four one oh eight", "[number]")]),
        ("the plate, P T Z six one nine", [("P T Z six one nine", "[number]")]),
        ("C F six eight, X-ray Delta Mike", [("C F six eight, X-ray Delta Mike", "[number]")]),
        ("signed K J V below", [("K J V", "[name]")]),
        ("after E C T and C. B. T.", []),
        ("on insta, at the weekend", []),
    ],
)
def test_patterns_have_a_ready_replacement(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she was 26 then", [("26", "[in her twenties]")]),
        ("he is forty-two now", [("forty-two", "[in his forties]")]),
        ("a 26 year old woman", [("26 year old", "[in her twenties]")]),
        ("a thirty-four-year-old man", [("thirty-four-year-old", "[in his thirties]")]),
        ("they were aged 61", [("aged 61", "[in their sixties]")]),
        ("she turned eighty", [("eighty", "[in her eighties]")]),
        ("in her mid-forties", [("in her mid-forties", "[in her forties]")]),
        ("a boy of six years old", [("six years old", "[child]")]),
        ("his daughter is six", [("six", "[child]")]),
        ("I’m twenty-four", [("twenty-four", "[in my twenties]")]),
        ("at age seventeen she", [("seventeen", "[in her teens]")]),
        ("ten months old", [("ten months old", "[baby]")]),
        ("six of us, three times", []),
    ],
)
def test_an_age_is_made_general(text, expected):
    assert shown(text) == expected


def test_other_choices_are_offered_with_an_age():
    (only,) = found_in("she was 26 then")

    assert only.others == ("[age]", "[number]")


def test_the_same_word_has_the_same_key_in_any_form():
    keys = {one.key for one in found_in("Zebulon, ZEBULON and Zebulon’s, then Zébulon")}

    assert keys == {"zebulon"}


def test_a_name_spelt_out_has_the_key_of_the_name():
    assert {one.key for one in found_in("A r o h a, Aroha and A-R-O-H-A")} == {"aroha"}


# --- what is given beside the text ---


def test_nothing_is_found_in_brackets_and_in_what_is_fixed():
    text = "[Aroha] and Aroha with [P3] in [place], Papakura"

    assert shown(text, fixed=[(12, 17)]) == [("Papakura", "[place]")]


def test_a_phrase_that_was_marked_is_found_everywhere_whatever_its_case():
    found = found_in("the Engagement ring, an engagement\nring’s stone, rings", phrases=["engagement ring"])

    assert [(one.text, one.layer) for one in found] == [
        ("Engagement ring", Layer.MARKED),
        ("engagement\nring", Layer.MARKED),
    ]
    assert {one.key for one in found} == {"engagement ring"}


def test_a_name_of_the_roster_goes_before_a_marked_phrase_and_this_before_a_pattern():
    found = found_in("Aroha in Papakura west, Papakura west", phrases=["aroha in", "papakura west"])

    assert [(one.text, one.layer) for one in found] == [
        ("Aroha", Layer.ROSTER),
        ("Papakura west", Layer.MARKED),
        ("Papakura west", Layer.MARKED),
    ]


def test_a_doubtful_word_is_found_where_it_is_written_as_a_name():
    found = suggest("we saw Kuiper and came", (), WordLists(), doubtful=[(7, 13), (18, 22)])

    assert [(one.text, one.layer) for one in found] == [("Kuiper", Layer.DOUBT)]


@pytest.mark.parametrize("language", ["de", "lb"])
def test_where_every_noun_has_a_capital_the_net_is_off(language):
    text = "Die Frau sah Aroha im Zimmer 12 mit der Tasche."

    assert "Tasche" not in [one.text for one in found_in(text, language=language)]
    assert "Aroha" in [one.text for one in found_in(text, language=language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Elle pleurait beaucoup. Puis Zoubida est venue. Zoubida riait. Personne ne parlait."),
        ("mi", "I haere ia ki reira. Ka noho a Zoubida. Zoubida riri. Kāore he kōrero."),
    ],
)
def test_where_there_is_no_dictionary_a_sentence_may_begin_with_any_word(language, text):
    assert [one.text for one in found_in(text, language=language)] == ["Zoubida", "Zoubida"]


def test_a_region_does_not_change_the_language():
    assert [one.text for one in found_in("we saw zebulon", language="en-NZ")] == ["zebulon"]


# --- any text ---

WORDS = st.sampled_from(
    "Aroha aroha’s Doctor Shivon Papakura Hope hope 26 year old she ward 4 on Tuesday the fourteenth [P1] A r o h a St"
    " Mount called my flatmate Tash NHI ABC1234 \u200b ’ . , - \n University of Road Ng twin".split(" ")
)
TEXT = st.one_of(st.text(), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join))


@settings(deadline=None)
@given(TEXT, st.sampled_from(["en", "de", "mi"]))
def test_suggestions_are_inside_any_text_in_order_and_apart(text, language):
    at = 0
    for one in found_in(text, language=language, doubtful=[(0, 9)], phrases=["year old"]):
        assert at <= one.begin < one.end <= len(text)
        assert text[one.begin : one.end] == one.text
        assert one.key
        at = one.end


@settings(deadline=None)
@given(TEXT)
def test_no_plain_name_of_the_roster_is_left_where_all_were_applied(text):
    rest = applied(text, found_in(text))

    assert [rest[one.begin : one.end] for one in find_names(rest, NAMES) if not one.is_word] == []


@pytest.mark.parametrize(
    "text", ["We sat on the ward\nP1: and cried.", "By the bay I stood and waited.", "thats it, youre right"]
)
def test_a_line_end_a_pronoun_and_a_lost_apostrophe_are_no_ward_and_no_name(text):
    assert shown(text) == []


# --- words that were decided ---


def after_deciding(text, *decisions):
    """Return a text as it reads once these are decided, and every place that is still to decide."""
    known = Decisions()
    for one in decisions:
        known = known.with_decision(one)
    reading = read((SPEAKER, text))
    found = found_in(reading.text, phrases=known.marked(), decided=known.phrases() - known.marked())
    marks = marks_of(reading, found, known)
    return line_text(reading, reading.lines[0], marks), [
        one.suggestion.text for one in marks if one.state is MarkState.TO_DECIDE
    ]


def test_a_month_that_was_decided_parts_no_date():
    text = "It was on friday the fourteenth of june and then in June."
    shown, left = after_deciding(text, decided("June", replacement="[month]", layer=Layer.PATTERN))

    assert (shown, left) == (text.replace("June", "[month]"), ["friday the fourteenth of june"])


def test_a_number_that_was_decided_parts_no_longer_one():
    text = "She had twenty-five minutes, and twenty of them alone."
    shown, _ = after_deciding(text, decided("twenty", replacement="[number]", layer=Layer.NUMBER))

    assert shown == text.replace("twenty of", "[number] of")


def test_a_name_that_is_a_word_stays_a_verb_where_it_is_one():
    text = "I sat with Hope, and I hope the rest of us will mark it."
    decision = decided("Hope", replacement="[P3]", layer=Layer.NAME_OR_WORD)

    assert after_deciding(text, decision)[0] == text.replace("Hope", "[P3]")


def test_a_word_of_the_language_that_was_decided_counts_with_a_capital_alone():
    text = "I asked Mark, but we are not here to mark each other."

    assert after_deciding(text, decided("Mark", replacement="[name]"))[0] == text.replace("Mark", "[name]")


def test_a_word_of_no_language_that_was_decided_is_found_in_any_case():
    text = "She likes kilkenny, and lives there in Kilkenny West."
    shown, _ = after_deciding(text, decided("Kilkenny", replacement="[place]"))

    assert "kilkenny" not in shown


def test_a_word_that_a_person_marked_is_found_everywhere_and_before_longer_ones():
    text = "friday the fourteenth of june, the registrar and the Registrar"
    shown, _ = after_deciding(text, decided("fourteenth", replacement="[x]", layer=Layer.MARKED))

    assert "[x]" in shown


# --- addresses with a name, and what is offered first ---

PROSSER = (KnownName(participant_code(2), "Rhiannon Prosser-Lloyd"), KnownName(participant_code(3), "June Ellery"))


@pytest.mark.parametrize(
    ("address", "replacement"),
    [
        ("rhiannon dot prosser at example dot ac dot nz", "[e-mail]"),
        ("r dot prosser hyphen lloyd at example dot ac dot nz", "[e-mail]"),
        ("Rhiannon Prosser at gmail dot com", "[e-mail]"),
        ("r.prosserlloyd@example.ac.nz", "[e-mail]"),
        ("rprosserlloyd77@example.ac.nz", "[e-mail]"),
        ("w w w dot prosser dot co dot nz", "[web address]"),
        ("www.prosser-lloyd.co.nz/rhiannon", "[web address]"),
    ],
)
def test_an_address_that_holds_a_name_goes_as_a_whole_and_at_once(address, replacement):
    text = f"You can write to {address} or call."
    found = [one for one in found_in(text, PROSSER) if one.layer is Layer.ROSTER]

    assert [(one.text, one.replacement) for one in found] == [(address, replacement)]


def test_an_address_without_a_name_is_decided():
    (only,) = found_in("You can write to info at example dot ac dot nz or call.", PROSSER)

    assert (only.layer, only.replacement) == (Layer.PATTERN, "[e-mail]")


def first_for(text, word, names=PROSSER):
    (one,) = (one for one in found_in(text, names) if word in one.text)
    return one.replacement, one.others


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The surgeon was Mr Strickland-Bray, who rang me.", "Strickland"),
        ("I asked my consultant, Mr Abernethy, about it.", "Abernethy"),
    ],
)
def test_somebody_with_a_title_for_all_is_a_doctor_by_the_words_around(text, word):
    replacement, others = first_for(text, word)

    assert replacement == "[staff: doctor]"
    assert "[patient]" in others


def test_somebody_with_a_title_for_all_is_a_patient_otherwise():
    assert first_for("I sat with Mrs Faleolo for a while and she cried.", "Faleolo")[0] == "[patient]"


@pytest.mark.parametrize("place", ["Rawene", "Harbin", "Wellsford", "Kilkenny"])
@pytest.mark.parametrize("text", ["she grew up in {} then", "my time with {} was long"])
def test_a_place_is_among_the_first_that_are_offered_for_a_name(place, text):
    replacement, others = first_for(f"I think {text.format(place)}.", place)

    assert "[place]" in (replacement, *others)[:3]


def test_a_month_that_is_a_name_may_be_a_date():
    assert first_for("We came back in June and it was cold.", "June") == ("[date]", ("[P3]", "[name]"))
    assert first_for("So I told June about it.", "June") == ("[P3]", ("[date]", "[name]"))


def test_a_number_may_be_an_age():
    assert first_for("So it was a woman and 41 of them, she cried.", "41") == (
        "[number]",
        ("[age]", "[in her forties]", "[date]", "[time]"),
    )
