"""Titles with a name, places with their kind, and who is named by whose they are: a layer of suggestions."""

from __future__ import annotations

from collections.abc import Iterator

from balint_desktop.domain.deidentify.layer_text import LayerText
from balint_desktop.domain.deidentify.name_text import WordGap, name_words
from balint_desktop.domain.deidentify.name_words import AFTER_A_NAME, ALSO_WORDS, FUNCTION_WORDS, GIVEN_NAMES
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion

ADDRESS = "[address]"
PATIENT, RELATIVE, STAFF, NAME, PLACE = "[patient]", "[relative]", "[staff]", "[name]", "[place]"
HOSPITAL, ORGANISATION, CLINIC, SCHOOL, UNIVERSITY = (
    "[hospital]",
    "[organisation]",
    "[clinic]",
    "[school]",
    "[university]",
)
PEOPLE = (NAME, PATIENT, RELATIVE, STAFF)
THINGS = (PLACE, HOSPITAL, ORGANISATION)

_DOCTOR, _NURSE = "[staff: doctor]", "[staff: nurse]"
_TITLES = {
    **dict.fromkeys(
        "dr drs doctor doc".split(),
        _DOCTOR,
    ),
    **dict.fromkeys(
        "professor prof".split(),
        "[staff: professor]",
    ),
    **dict.fromkeys(
        "registrar reg consultant surgeon psychiatrist physician".split(),
        _DOCTOR,
    ),
    **dict.fromkeys(
        "nurse matron".split(),
        _NURSE,
    ),
    **dict.fromkeys(
        "sister".split(),
        _NURSE,
    ),
    **dict.fromkeys(
        "midwife physio pharmacist".split(),
        STAFF,
    ),
    **dict.fromkeys(
        "mr mrs ms miss mx mister missus".split(),
        PATIENT,
    ),
    **dict.fromkeys(
        "sir dame lady lord judge constable sergeant officer captain inspector senator".split(),
        NAME,
    ),
    **dict.fromkeys(
        "father pastor reverend rev rabbi imam bishop chaplain brother".split(),
        NAME,
    ),
    **dict.fromkeys(
        "matua whaea kaumatua kuia koro koroua kui papa tohunga".split(),
        NAME,
    ),
    **dict.fromkeys(
        "aunty auntie aunt uncle nana nan nanny grandma grandad granny".split(),
        RELATIVE,
    ),
}
# With these before it even a common word is a name, in speech without capitals, too.
_SURE_TITLES = frozenset("mr mrs ms miss mx mister missus dr doc prof professor".split())
_DOCTORS = frozenset(
    "anaesthetist boss cardiologist consultant doctor fellow gynaecologist houseman intern locum neurologist"
    " obstetrician oncologist operated operates operating orthopaedic paediatrician physician psychiatrist radiologist"
    " reg registrar specialist surgeon surgical theatre urologist".split()
)
_NEAR = 8
# Titles that are more often a word than a title: what follows must look like a name by itself.
_RELATIONS = {
    **dict.fromkeys(
        "husband wife partner boyfriend girlfriend fiance fiancee mum mother dad father brother sister son"
        " daughter cousin nephew niece grandson granddaughter grandmother grandfather stepdad stepmum ex baby"
        " twin".split(),
        RELATIVE,
    ),
    **dict.fromkeys(
        "flatmate friend mate classmate colleague neighbour neighbor housemate roommate".split(),
        NAME,
    ),
    **dict.fromkeys(
        "supervisor tutor boss consultant registrar intern houseman preceptor mentor".split(),
        STAFF,
    ),
    **dict.fromkeys(
        "patient client lady man woman guy bloke girl boy kid".split(),
        PATIENT,
    ),
}
_NAMING = frozenset("called calls call named nicknamed surnamed".split())
_KINDS = {
    **dict.fromkeys(
        "hospital infirmary".split(),
        HOSPITAL,
    ),
    **dict.fromkeys(
        "clinic practice surgery medical hospice".split(),
        CLINIC,
    ),
    **dict.fromkeys(
        "school college academy kindergarten kindy kohanga kura preschool primary intermediate grammar high".split(),
        SCHOOL,
    ),
    **dict.fromkeys(
        "university uni polytechnic polytech".split(),
        UNIVERSITY,
    ),
    **dict.fromkeys(
        "house church mosque temple gurdwara cathedral chapel marae cafe pub bar hotel motel park beach bay"
        " island river lake bridge station airport prison jail library gardens village lodge manor hall home"
        " court estate valley hill hills point head heads cemetery theatre stadium mall plaza square market"
        " farm ranch arms inn tavern".split(),
        PLACE,
    ),
    **dict.fromkeys(
        "street road avenue lane crescent drive terrace highway motorway".split(),
        ADDRESS,
    ),
    **dict.fromkeys(
        "ward unit wing".split(),
        "[ward]",
    ),
    **dict.fromkeys(
        "trust foundation society club association ltd limited company bank supermarket council party band"
        " team ministries centre center institute gang".split(),
        ORGANISATION,
    ),
}
_TWO_WORD_KINDS = {
    ("rest", "home"): "[rest home]",
    ("nursing", "home"): "[rest home]",
    ("care", "home"): "[rest home]",
    ("medical", "centre"): CLINIC,
    ("health", "centre"): CLINIC,
    ("high", "school"): SCHOOL,
    ("primary", "school"): SCHOOL,
    ("medical", "school"): UNIVERSITY,
    ("retirement", "village"): "[rest home]",
    ("surf", "club"): ORGANISATION,
}
_PLACE_BEFORE = {
    "lake": PLACE,
    "mount": PLACE,
    "mt": PLACE,
    "port": PLACE,
    "saint": PLACE,
    "st": PLACE,
    "cape": PLACE,
    "fort": PLACE,
    "university of": UNIVERSITY,
    "hospital of": HOSPITAL,
    "college of": SCHOOL,
    "church of": ORGANISATION,
}
_INSIDE = frozenset("of the and de la le du van der st saint s o".split())
# Words that make of a title or a kind no name: "nurse practitioner", "doctor came".
_NOT_NAMES = FUNCTION_WORDS | frozenset(
    "charge may might practitioner specialist asked will manager unit on-call".split()
)
_SAINTS = frozenset("st saint mount mt".split())
_MOST_WORDS = 4
_INITIAL = 1


def named_thing_suggestions(text: LayerText) -> Iterator[Suggestion]:
    """Yield titles with a name, places with their kind, listed places, and who is called by a name."""
    for place in range(len(text.words)):
        yield from _titled(text, place)
        yield from _kind_of_place(text, place)
        yield from _place_after(text, place)
        yield from _listed(text, place)
        yield from _called(text, place)
        if text.no_case:
            yield from _in_speech(text, place)


def may_be_name(text: LayerText, place: int) -> bool:
    """Return whether a word looks like a name: a capital, or no word of the language."""
    if place >= len(text.words) or text.folded[place] in _NOT_NAMES or text.is_ending(place):
        return False
    if text.is_capital(place):
        return not text.is_allowed(place)
    return text.is_unknown(place)


def _names_from(text: LayerText, place: int, most: int = 3) -> int:
    """Return where the words end that look like a name, from a place on."""
    end = place
    while end < len(text.words) and end - place < most and (end == place or text.joins(end)) and may_be_name(text, end):
        end += 1
        while (
            text.at(end)
            and text.is_capital(end - 1)
            and text.words[end].gap is WordGap.APOSTROPHE
            and not text.is_ending(end)
        ):
            end += 1
    return end


# --- titles ---


def _titled(text: LayerText, place: int) -> Iterator[Suggestion]:
    title = text.folded[place]
    replacement = _TITLES.get(title)
    is_relation = title in _RELATIONS and text.joins(place) and text.at(place - 1) in _WHOSE
    if replacement is None or is_relation or not text.joins(place + 1):
        return
    end = _names_from(text, place + 1)
    if end == place + 1 and _is_name_after_title(text, place):
        end = place + 2
        while (
            end < len(text.words) and text.joins(end) and len(text.folded[end]) == _INITIAL == len(text.folded[end - 1])
        ):
            end += 1
        end = _spoken_on(text, max(end, _names_from(text, end)))
    if end > place + 1:
        if replacement == PATIENT and _is_about_doctors(text, place, end):
            yield text.of_words(place, end, Layer.PATTERN, _DOCTOR, PEOPLE)
        else:
            yield text.of_words(place, end, Layer.PATTERN, replacement, (*PEOPLE, _DOCTOR))


def _is_about_doctors(text: LayerText, place: int, end: int) -> bool:
    """Return whether somebody with a title for all is a doctor by the words around: surgeons are called Mr and Ms."""
    around = text.folded_between(text.words[place].begin, text.words[end - 1].end, _NEAR)
    return any(word in _DOCTORS for word in around)


def is_titled(text: str) -> bool:
    """Return whether a text begins with a title and goes on."""
    first, *rest = name_words(text) or [None]
    return first is not None and bool(rest) and first.folded in _TITLES


def _is_name_after_title(text: LayerText, place: int) -> bool:
    """Return whether what follows a title is a name although it is a common word, or a single letter."""
    title, after = text.folded[place], text.folded[place + 1]
    is_sure = title in _SURE_TITLES
    if len(after) == _INITIAL:
        return (
            text.is_capital(place + 1) or (text.no_case and is_sure) or text.words[place + 1].written.isupper()
        ) and not (after == "i" and title not in _SURE_TITLES)
    if after in _NOT_NAMES or text.is_ending(place + 1):
        return False
    if is_sure and (text.no_case or text.is_capital(place)):
        return title != "miss" or text.is_capital(place)
    return after in ALSO_WORDS and text.at(place + 2) in AFTER_A_NAME


# --- places with their kind ---


def _kind_of_place(text: LayerText, place: int) -> Iterator[Suggestion]:
    pair = (text.folded[place], text.at(place + 1) if text.joins(place + 1) else "")
    if pair in _TWO_WORD_KINDS:
        replacement, end = _TWO_WORD_KINDS[pair], place + 2
    elif pair[0] in _KINDS:
        replacement, end = _KINDS[pair[0]], place + 1
    else:
        return
    first = _first_of_place(text, place)
    if first == place and text.no_case and replacement == ADDRESS and text.joins(place):
        first -= text.folded[place - 1] not in _NOT_NAMES | _ROADS
    is_usual = first == place - 1 and text.is_allowed(first)
    if first < place and not is_usual:
        yield text.of_words(first, end, Layer.PATTERN, replacement, THINGS)


def _first_of_place(text: LayerText, place: int) -> int:
    """Return where the name before a kind of place begins, the kind's own place where there is none."""
    first = place
    while first > 0 and place - first < _MOST_WORDS and text.joins(first):
        if _is_proper(text, first - 1):
            first -= 1
        elif _goes_on_before(text, first, place):
            first -= 2
        else:
            break
    if first < place and text.joins(first) and text.at(first - 1) in _SAINTS:
        first -= 1
    return first


def _goes_on_before(text: LayerText, first: int, place: int) -> bool:
    """Return whether a small word, or a possessive, stands between two parts of a name."""
    is_between = text.is_ending(first - 1) or (first < place and text.folded[first - 1] in _INSIDE)
    return is_between and first > 1 and text.joins(first - 1) and _is_proper(text, first - 2)


def _is_proper(text: LayerText, place: int) -> bool:
    if text.folded[place] in _NOT_NAMES:
        return False
    if text.is_capital(place):
        return not (text.words[place].is_first and text.is_word(place)) and not text.is_shouted(place)
    return text.is_unknown(place) or text.is_listed(place) or (text.no_case and text.is_rare(place))


def _place_after(text: LayerText, place: int) -> Iterator[Suggestion]:
    """Yield a name behind what says that a place is meant: Lake Taupō, University of Otago, saint marys."""
    one = text.folded[place]
    two = f"{one} {text.at(place + 1)}"
    replacement, begin = (
        (_PLACE_BEFORE[two], place + 2) if two in _PLACE_BEFORE else (_PLACE_BEFORE.get(one, ""), place + 1)
    )
    if not replacement or not text.joins(place + 1) or begin >= len(text.words) or not text.joins(begin):
        return
    end = _names_from(text, begin)
    if (
        end == begin
        and one in {"saint", "st"}
        and (text.no_case or text.is_capital(place))
        and text.folded[begin] not in _NOT_NAMES
    ):
        end = begin + 1
    if end > begin and (
        begin == place + 2 or one in {"saint", "st"} or text.is_capital(place) or not text.is_word(begin)
    ):
        yield text.of_words(place, end, Layer.PATTERN, replacement, THINGS)


def _listed(text: LayerText, place: int) -> Iterator[Suggestion]:
    listed = text.kind_at(place)
    if listed is None:
        return
    end, kind = listed
    if kind in {"place", "hospital", "university", "organisation"}:
        yield text.of_words(place, end, Layer.PATTERN, f"[{kind}]", THINGS)
    elif kind == "iwi":
        yield text.of_words(place, end, Layer.PATTERN, "[iwi]", (PLACE,))


# --- whose they are ---


def _called(text: LayerText, place: int) -> Iterator[Suggestion]:
    """Yield the name behind "called", and behind "her husband", "my flatmate": in speech without capitals, too."""
    word, begin = text.folded[place], place + 1
    if not text.joins(begin):
        return
    if word in _NAMING or (word == "name" and text.at(begin) in {"is", "was", "s"}):
        begin += word == "name" or text.at(begin) in _CALLED_WHOM
        if text.joins(begin) and _is_called_so(text, begin):
            end = _spoken_on(text, max(begin + 1, _names_from(text, begin)))
            yield text.of_words(begin, end, Layer.PATTERN, NAME, (*PEOPLE, *THINGS))
    elif word in _RELATIONS and place and text.folded[place - 1] in _WHOSE:
        end = _names_from(text, begin, most=2)
        if end == begin and (_is_single_capital(text, begin) or (text.no_case and text.folded[begin] in GIVEN_NAMES)):
            end = begin + 1
        if end > begin:
            yield text.of_words(begin, end, Layer.PATTERN, _RELATIONS[word], PEOPLE)


def _spoken_on(text: LayerText, end: int) -> int:
    """Return where a name ends in speech without capitals: family names are often rare words."""
    most = end + 2
    while text.no_case and end < min(most, len(text.words)) and text.joins(end):
        if not (text.is_rare(end) or text.is_unknown(end)):
            break
        end += 1
    return end


def _is_called_so(text: LayerText, place: int) -> bool:
    """Return whether the word behind "called" is a name: in speech without capitals almost any."""
    if may_be_name(text, place) or _is_single_capital(text, place):
        return True
    return text.no_case and text.folded[place] not in _NOT_CALLED_SO and not text.is_ending(place)


def _is_single_capital(text: LayerText, place: int) -> bool:
    return text.is_capital(place) and len(text.folded[place]) == _INITIAL and text.folded[place] not in {"i", "a"}


def _in_speech(text: LayerText, place: int) -> Iterator[Suggestion]:
    """Yield, in speech without capitals, where somebody lives, and hospitals of kings and saints."""
    word, begin = text.folded[place], place + 1
    if not text.joins(begin):
        return
    if word in _ROYAL and text.folded[begin] not in _NOT_NAMES | _NOT_ROYAL:
        yield text.of_words(place, begin + 1, Layer.PATTERN, HOSPITAL, THINGS)
    elif word in _WHERE and place and text.folded[place - 1] in _LIVES and text.folded[begin] not in _NOT_NAMES:
        yield text.of_words(begin, begin + 1, Layer.PATTERN, PLACE, THINGS)
    elif word in _WHERE:
        begin += text.folded[begin] == "the" and text.joins(begin + 1)
        if text.is_rare(begin) and text.folded[begin] not in _NO_PLACES:
            yield text.of_words(begin, begin + 1, Layer.PATTERN, PLACE, THINGS)


_WHOSE = frozenset("my your his her our their s the a this that one old younger older little big new best".split())
_CALLED_WHOM = frozenset("me him her us them it".split())
_CALLED_AWAY = frozenset("around round names upon today yesterday tomorrow twice ahead early late security".split())
_NOT_CALLED_SO = _NOT_NAMES | _CALLED_AWAY | frozenset(_TITLES)
_ROADS = frozenset("main long other wrong whole same open back side busy across dirt high memory".split())
_LIVES = frozenset("lives live lived living born up moved moving based staying stays".split())
_WHERE = frozenset("in at near to from".split())
_NUMBERS = frozenset(
    "twenty thirty forty fifty sixty seventy eighty ninety eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen".split()
)
_NO_PLACES = frozenset((*_TITLES, *_KINDS, *_NUMBERS))
_ROYAL = frozenset("royal princess queen prince king".split())
_NOT_ROYAL = frozenset("family jelly commission flush blue size bed sized college".split())
