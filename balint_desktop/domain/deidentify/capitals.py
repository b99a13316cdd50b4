"""The capital net: what is written with a capital for no other reason, and what is no word of the language."""

from __future__ import annotations

from collections.abc import Iterator

from balint_desktop.domain.deidentify.layer_text import LayerText
from balint_desktop.domain.deidentify.name_text import WordGap
from balint_desktop.domain.deidentify.name_words import (
    AFTER_A_NAME,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    NO_NAME_AFTER,
    TOO_COMMON,
)
from balint_desktop.domain.deidentify.named_things import NAME, PEOPLE, PLACE, THINGS
from balint_desktop.domain.deidentify.patterns import WEEKDAYS
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion

# In these every noun has a capital, which says nothing then.
CAPITAL_NOUNS = frozenset({"de", "lb", "gsw", "nds"})
# These have a layer of their own.
_DAYS = WEEKDAYS | frozenset(
    "january february march april may june july august september october november december".split()
)
# "Faith, my flatmate": whose somebody is follows a name.
_WHOSE = frozenset("my our his her who".split())
_LINKS = frozenset("of the de la le du van von der den da di st te".split())
# The first word of many a place and of some names: "Te Kauwhata", "Ngā Tapuwae".
_BEFORE_A_NAME = frozenset("te nga st mt mount lake port fort".split())
_LEAST_SHOUT = 3
_WHERE = frozenset("in at near from around outside aus nach bei".split())
_DID = frozenset(
    "was is had has and who came drove went took gave sat stood told rang held kept made left saw ran felt knew"
    " got put brought wrote read met sang spoke broke cut hurt paid sent lost did does doesn didn wasn isn won"
    " found heard".split()
)
# Words of speech that no dictionary has.
_SPEECH = frozenset(
    "mm hm mhm aah ahh argh aw aww aye bro bugger cos coz cuz dunno eh erm err gonna gotta haha hahaha hmm hmmm"
    " huh innit kinda lol mmm mum mums mumma nah naw okey oof ooh oops oy phew sorta tch umm ugh uh uhh um wanna"
    " whoa wow ya yah yeah yep yup yuck nope hiya gidday crikey arvo doco chemo physio physios rehab uni med meds"
    " paeds peds gynae obs psych neuro cardio ortho onco nonverbal nonmaleficence countertransference debrief"
    " debriefed debriefing debriefs handover handovers endo psychs selfie vape vaping vaped blog podcast podcasts"
    " app apps email emails texted texting online offline login inbox wifi laptop smartphone insta hee heh shh shhh tsk"
    " arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt shouldnt wasnt werent wouldnt hes shes thats theres"
    " theyre theyve theyd theyll weve whats wheres whos youre youve youd youll ive"
    " uhm uhuh mhmm yknow lemme gimme outta lotta alot ain gotcha bloody telly loo doc docs".split()
)


def capital_suggestions(text: LayerText) -> Iterator[Suggestion]:
    """Yield words with a capital that are on no list, run by run and one by one, and unknown words."""
    marked = [_may_identify(text, place) for place in range(len(text.words))]
    # A name that is a word counts at a sentence's beginning too where it stands as a name elsewhere.
    elsewhere = {text.folded[place] for place, is_marked in enumerate(marked) if is_marked}
    for place, word in enumerate(text.words):
        if not marked[place] and word.is_first and text.is_capital(place) and text.folded[place] in elsewhere:
            marked[place] = not text.is_allowed(place)
    for place in range(len(marked) - 1):
        if (
            marked[place + 1]
            and text.folded[place] in _BEFORE_A_NAME
            and text.is_capital(place)
            and text.joins(place + 1)
        ):
            marked[place] = True
    place = 0
    while place < len(text.words):
        end = _run(text, marked, place)
        if end > place:
            yield _suggested(text, place, end)
            if end > place + 1:
                for one in range(place, end):
                    if marked[one]:
                        yield _suggested(text, one, one + 1)
        place = max(end, place + 1)


def _suggested(text: LayerText, place: int, end: int) -> Suggestion:
    """Return a suggestion for a name: of a place first where the word before it says where."""
    if text.at(place - 1) in _WHERE and text.joins(place):
        return text.of_words(place, end, Layer.CAPITAL, PLACE, (NAME, *THINGS, *PEOPLE))
    return text.of_words(place, end, Layer.CAPITAL, NAME, (PLACE, *PEOPLE, *THINGS))


def _run(text: LayerText, marked: list[bool], place: int) -> int:
    """Return where the marked words end that belong together: "Bay of Plenty"."""
    if not marked[place]:
        return place
    end = place + 1
    while end < len(marked):
        if not text.joins(end) or text.words[end].is_first:
            break
        is_small = not text.is_capital(end - 1)
        if marked[end] and (is_small or text.is_capital(end)):
            end += 1
        elif (
            text.folded[end] in _LINKS
            and end + 1 < len(marked)
            and marked[end + 1]
            and text.joins(end + 1)
            and not is_small
        ):
            end += 2
        else:
            break
    return end


def _may_identify(text: LayerText, place: int) -> bool:
    folded = text.folded[place]
    if text.is_ending(place) or text.is_allowed(place) or folded.removesuffix("s") in _DAYS or folded in _SPEECH:
        return False
    if text.is_of_a_people(place):
        return False
    if text.is_capital(place):
        return text.language not in CAPITAL_NOUNS and _is_name_by_capital(text, place)
    if text.no_case and folded in GIVEN_NAMES and folded not in TOO_COMMON and text.at(place - 1) not in NO_NAME_AFTER:
        return _did_something(text, place)
    return text.is_unknown(place)


def _is_name_by_capital(text: LayerText, place: int) -> bool:
    word, folded = text.words[place], text.folded[place]
    if len(folded) == 1 or (word.gap is WordGap.APOSTROPHE and text.at(place - 1) != "o"):
        return False
    if text.is_shouted(place):
        return _is_shouted_name(text, place)
    if not word.is_first:
        return folded in GIVEN_NAMES or (folded not in text.lists.other_words and folded not in FUNCTION_WORDS)
    if text.is_word(place) or not text.has_dictionary:
        # Without a dictionary every sentence would begin with one: a name counts where it stands elsewhere, too.
        return folded in GIVEN_NAMES and _did_something(text, place)
    return folded not in text.seen_small


def _did_something(text: LayerText, place: int) -> bool:
    """Return whether the word behind a word says that it did something, as a person does."""
    after = text.at(place + 1)
    if after in _WHOSE and not text.joins(place + 1):
        return True
    return after in _DID or after in AFTER_A_NAME or (len(after) > _LEAST_SHOUT and after.endswith("ed"))


def _is_shouted_name(text: LayerText, place: int) -> bool:
    """Return whether capitals alone are no usual abbreviation, and no word that is shouted among others."""
    folded = text.folded[place]
    known = text.lists.identifying.abbreviations
    if len(folded) < _LEAST_SHOUT or folded in known or folded.removesuffix("s") in known:
        return False
    return not (folded in text.lists.dictionary and _is_shout_beside(text, place))


def _is_shout_beside(text: LayerText, place: int) -> bool:
    """Return whether a word beside is shouted, too: then it is speech, and no abbreviation."""
    return any(0 <= one < len(text.words) and text.is_shouted(one) for one in (place - 1, place + 1))
