"""What identifies by its form: numbers of a hospital, telephones, addresses, dates, wards. A layer of suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from balint_desktop.domain.deidentify.layer_text import LayerText
from balint_desktop.domain.deidentify.named_things import NAME
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion

NUMBER, DATE, EMAIL, WEB, ADDRESS, ACCOUNT, TIME = (
    "[number]",
    "[date]",
    "[e-mail]",
    "[web address]",
    "[address]",
    "[account]",
    "[time]",
)
UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = r"(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)"
SMALL_NUMBER = rf"(?:{_TENS}[\s-]{UNIT}|{_TENS}|{_TEEN}|{UNIT})"
BIG_NUMBER = rf"(?:{_TENS}[\s-]{UNIT}|{_TENS}|{_TEEN})"
_DIGIT_WORD = r"(?:zero|oh|nought|double|triple|one|two|three|four|five|six|seven|eight|nine)"
_NOT_COUNTING = r"(?!one,?\stwo,?\sthree|two,?\sthree,?\sfour|three,?\sfour,?\sfive|three,?\stwo,?\sone)"
# A vitamin, papers of work, a mask, a size.
_NO_NUMBER = r"(?!(?:B12|P45|P60|N95|Q10|G20)\b)"
_SPELLING_WORD = (
    r"(?:alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo"
    r"|sierra|tango|uniform|victor|whisky|whiskey|x-ray|yankee|zulu)"
)
_SPOKEN_DIGITS = rf"(?:(?:{_DIGIT_WORD}|\d)\b[\s,-]{{0,2}}){{2,7}}(?:{_SPELLING_WORD}\b[\s,-]{{0,2}}){{0,4}}"
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth)|twentieth|thirtieth)"
)
_LATE_ORDINAL = (
    r"(?:tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
    r"|(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth|thirtieth)"
)
_NOT_A_DAY = "|".join(
    "day time week night one morning visit attempt floor try year month session shift ward person patient century hour"
    " of bed round go".split()
)
_NTH = r"\d{1,2}\s?(?:st|nd|rd|th)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|fri|sat|sun)(?=\s\d)"
_LONG_MONTH = r"(?:january|february|april|june|july|august|september|october|november|december)"
# May and March are months beside a number or after a word that says when.
_SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_MONTH = rf"(?:{_LONG_MONTH}|march|may|{_SHORT_MONTH}\b\.?(?=\s?\d)|kohi-?tātea)"
_DAY = rf"(?:{_NTH}|{_ORDINAL}|\d{{1,2}})"
_YEAR_WORDS = (
    rf"(?:nineteen|twenty)[\s-](?:{_TENS}[\s-]{UNIT}|{_TENS}|{_TEEN}|(?:oh|o)[\s-]{UNIT})"
    rf"|two thousand(?: and)? (?:{SMALL_NUMBER})|nineteen hundred(?: and {SMALL_NUMBER})?"
)
_YEAR = rf"(?:(?:1[89]|20)\d\d\b(?!s)|['’]\d\d\b|{_YEAR_WORDS})"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|o['’]clock)|\d{1,2}[:.]\d\d|\d{4}\s?(?:h|hrs|hours))"
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_SPOKEN_CLOCK = (
    rf"half\s(?:past\s)?{_HOUR}|(?:a\s)?quarter\s(?:past|to)\s{_HOUR}"
    rf"|(?:five|ten|twenty(?:[\s-]five)?|\d{{1,2}})\s(?:past|to)\s{_HOUR}(?!\s(?:percent|minutes|people|years|of))"
)
_FEAST = (
    r"(?:christmas|xmas|new year['’]?s|boxing|anzac|waitangi|australia|easter|matariki|diwali|eid|ramadan|halloween"
    r"|valentine['’]?s|(?:mother|father)['’]?s(?=\sday)|good friday|guy fawkes|bonfire|queen['’]?s birthday"
    r"|king['’]?s birthday|labou?r day|labour weekend|chinese new year|hanukkah)"
    r"(?:\s(?:day|eve|sunday|monday|night|weekend))?"
)
_WHEN = (
    r"(?:in|last|this|next|since|until|till|of|by|early|late|mid|from|during|around|before|after|that|every|back in)"
)
BEFORE_A_MONTH = frozenset("in last this next since until till of by early late mid during before after every".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december mai juni juli augusta"
    " januar februar märz marz oktober dezember jan feb apr jun jul aug".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
"""They tell nothing by themselves; beside a date they belong to it."""
_SEP = r"[\s.-]?"

_SPOKEN_DOT, _SPOKEN_DASH = r"(?:dot|punkt)", r"(?:dash|hyphen|minus|underscore|unterstrich|bindestrich)"
_HOUSE = r"\d{1,4}[a-z]?(?:/\d{1,4})?"
_STREET = r"(?:street|road|avenue|drive|lane|crescent|terrace|parade|highway)"
_NOT_THESE = r"(?!(?:in|on|of|the|to|down|along|and|minutes|people|times|by|up|at)\b)"


def _any_case(pattern: str) -> _Rule:
    """Return a rule, written in lower case, for text of any case."""
    return _Rule(re.compile(pattern), is_for_any_case=True)


def _as_written(pattern: str) -> _Rule:
    return _Rule(re.compile(pattern), is_for_any_case=False)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A form that identifies. One for any case is searched in the text in lower case."""

    pattern: re.Pattern[str]
    is_for_any_case: bool

    def found_in(self, text: LayerText) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text.lowered if self.is_for_any_case else text.text)


_RULES: tuple[tuple[_Rule, str, tuple[str, ...]], ...] = (
    (_any_case(r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"), EMAIL, ()),
    (
        _any_case(
            rf"(?<![\w.])[\w.]{{1,64}}(?:\s(?:{_SPOKEN_DOT}|{_SPOKEN_DASH})\s\w{{1,64}}){{0,6}}\sat\s\w{{1,63}}"
            rf"(?:\s{_SPOKEN_DASH}\s\w{{1,63}}){{0,3}}(?:\s{_SPOKEN_DOT}\s\w{{1,63}}){{1,6}}"
        ),
        EMAIL,
        (),
    ),
    (
        _any_case(
            rf"\b(?:w\s?w\s?w\s{_SPOKEN_DOT}\s)?\w{{2,63}}(?:\s(?:{_SPOKEN_DOT}|{_SPOKEN_DASH})\s\w{{1,63}}){{0,6}}"
            rf"\s{_SPOKEN_DOT}\s(?:com|org|net|nz|uk|au|edu|info|de|ch|at)\b"
        ),
        WEB,
        (),
    ),
    (
        _any_case(
            r"\bhttps?://\S+[\w/]|\bwww\.\S+[\w/]|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}"
            r"\.(?:co\.nz|org\.nz|ac\.nz|govt\.nz|com\.au"
            r"|org\.au|edu\.au|gov\.au|co\.uk|ac\.uk|org\.uk|nhs\.uk|com|org|net|nz)\b(?:/\S*)?"
        ),
        WEB,
        (),
    ),
    (_as_written(r"(?<!\w)@\w{3,}"), ACCOUNT, ()),
    # National Health Index: three letters without I and O and four digits, or two digits and two letters; also spaced.
    (_any_case(r"\b[a-hj-np-z]{3}\d{4}\b|\b[a-hj-np-z]{3}\d{2}[a-hj-np-z]{2}\b"), NUMBER, ()),
    (
        _as_written(
            rf"\b(?:[A-HJ-NP-Z]{_SEP}){{3}}(?:\d[\s-]?){{2}}(?:(?:\d[\s-]?){{1}}\d|[A-HJ-NP-Z]{_SEP}[A-HJ-NP-Z])\b"
        ),
        NUMBER,
        (),
    ),
    (
        _any_case(
            rf"(?<=\bnhi\b)(?:\s(?:number|no\.?))?(?:\sis|\swas|:|,|\sof)?\s?"
            rf"(?P<what>(?:[a-z]\b[\s.,-]*){{3}}(?:(?:{_DIGIT_WORD}|\d|{SMALL_NUMBER})\b[\s,-]*){{2,4}}(?:[a-z]\b\s?){{0,2}}|[a-z]{{3}}\s\d{{2}}\s?\w\w\b)"
        ),
        NUMBER,
        (),
    ),
    # Letters and digits read aloud: a number plate, a hospital's number.
    (_any_case(rf"\b(?:[a-z]\b[\s,.-]{{1,2}}){{3,4}}{_SPOKEN_DIGITS}"), NUMBER, ()),
    (_as_written(rf"\b(?:[A-Z]\b[\s,.-]{{1,2}}){{2}}(?i:{_SPOKEN_DIGITS})"), NUMBER, ()),
    (_as_written(rf"\b[B-HJ-Z]\b[\s,-]{{1,2}}(?i:(?:{_DIGIT_WORD}[\s,-]+){{2,}}{_DIGIT_WORD})\b"), NUMBER, ()),
    # A ward, a road, a locker: J27.
    (_as_written(rf"\b{_NO_NUMBER}[A-Z]\d{{2,3}}\b"), NUMBER, ("[place]",)),
    # Telephones, and other numbers of seven digits and more in groups.
    (_as_written(r"(?<![\w.])(?:\+|00)\d(?:[\s().-]{0,2}\d){6,13}(?!\w)"), NUMBER, ()),
    (_as_written(r"(?<![\w.])\(?0\d(?:[\s().-]{0,2}\d){5,10}(?!\w)"), NUMBER, ()),
    (_as_written(r"(?<![\w.])\d(?:[\s-]?\d){6,15}(?!\w)"), NUMBER, ()),
    (_any_case(rf"\b{_NOT_COUNTING}(?:{_DIGIT_WORD}[\s,-]+){{3,}}{_DIGIT_WORD}\b"), NUMBER, ()),
    (
        _any_case(
            r"\b(?:mcnz|mcn|gmc|ahpra|nmc|nzno|nhs|medicare|ird|acc|passport|licence|license|registration|claim|hospital|case"
            r"|policy|student|staff|account|reference|bed\s?space)\s?(?:number|no\.?|num|id|#|registration)*"
            r"[\s:#]*(?:is\s|was\s|of\s)?\W{0,2}[a-z]{0,4}[\s-]?\d[\d\s-]*\d[a-z]?\b"
        ),
        NUMBER,
        (),
    ),
    (_as_written(r"\b[A-Z]{1,4}-?\d{4,}[A-Z]?\b|\b[A-Z]{3}\s?\d{3}\b"), NUMBER, ()),
    # Postcodes of the United Kingdom.
    (_as_written(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"), "[address]", ("[place]",)),
    (
        _as_written(
            rf"\b{_HOUSE}\s(?:[A-ZĀĒĪŌŪ][\wāēīōū'’-]+\s){{1,3}}(?i:{_STREET}|st|rd|ave|place|close|way|court|grove)\b"
        ),
        ADDRESS,
        (),
    ),
    (_any_case(rf"\b{_HOUSE}\s(?:{_NOT_THESE}[a-zāēīōū'’-]+\s){{1,3}}{_STREET}\b"), ADDRESS, ()),
    (_any_case(r"\bp\.?\s?o\.?\sbox\s\d+"), ADDRESS, ()),
    # Dates.
    (
        _any_case(
            r"\b\d{1,2}\s?[/.]\s?\d{1,2}\s?[/.]\s?(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}-\d{1,2}-\d{2,4}\b|\b[0-3]?\d/[01]?\d\b(?!/)"
        ),
        DATE,
        (),
    ),
    (
        _any_case(
            rf"\b(?:(?:{_WEEKDAY})\b,?\s(?:the\s)?)?(?:the\s)?{_DAY}(?:\sof)?\s(?:{_MONTH}|{_SHORT_MONTH})\b(?:,?\s(?:of\s)?{_YEAR})?"
        ),
        DATE,
        ("[month]",),
    ),
    (
        _any_case(rf"\b(?:(?:{_WEEKDAY})\b,?\s)?{_MONTH}\s(?:the\s)?{_DAY}\b(?!\s?(?:%|percent))(?:,?\s{_YEAR})?"),
        DATE,
        ("[month]",),
    ),
    (_any_case(rf"\b(?:{_LONG_MONTH}|march|may),?\s(?:of\s)?{_YEAR}"), DATE, ("[year]",)),
    (
        _any_case(
            rf"\b(?:{_WEEKDAY})\b,?\s(?:on\s)?(?:the\s)?(?:{_NTH}|{_ORDINAL}|\d{{1,2}})\b(?!\s?(?:people|patients|%|[:.]\d))"
        ),
        DATE,
        (),
    ),
    (
        _any_case(
            rf"\b(?:on|until|till|since|by|before|after)\s(?P<what>the\s{_ORDINAL})\b"
            r"(?=[.,;!?]|$|\s(?:of|and|at|or|when|she|he|they|i|we|it)\b)(?!\sof\sthe)"
        ),
        DATE,
        (),
    ),
    (_any_case(rf"\bthe\s(?:{_NTH}|{_LATE_ORDINAL})\b(?!\s(?:{_NOT_A_DAY})\b)"), DATE, ()),
    (
        _as_written(r"\b(?:J(?:anuary|une|uly)|February|April|August|September|October|November|December)\b"),
        DATE,
        ("[month]",),
    ),
    (_as_written(rf"\b(?i:{_WHEN})\s(?P<what>(?i:{_LONG_MONTH})|March|May)\b"), DATE, ("[month]",)),
    (
        _any_case(
            r"\b(?:1[89]|20)\d0['’]?s\b|\bthe\s(?:(?:early|late|mid)\s)?(?:nineteen\s)?(?P<what>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies|['’]\d0s)\b"
        ),
        DATE,
        ("[year]",),
    ),
    (_any_case(rf"\b(?:{_YEAR_WORDS})\b|\b(?:19|20)\d\d\b"), "[year]", (DATE, NUMBER)),
    (_any_case(r"(?<=\bin\s)['’]\d\d\b"), "[year]", (DATE,)),
    (_any_case(rf"\b{_FEAST}\b"), DATE, ()),
    (_any_case(rf"(?<![\w:.])(?:{_CLOCK})(?![\w:]|\.\d)"), TIME, ()),
    (_any_case(rf"\b(?:{_SPOKEN_CLOCK})\b"), TIME, ()),
)
_BESIDE_DATE = _any_case(rf"(?:\s|,)+(?:at|around|about)?\s?(?:{_CLOCK})")
_BEFORE_DATE = _any_case(rf"(?:{_CLOCK})(?:\s|,)+(?:on\s)?(?:the\s)?$")
_LONGEST_CLOCK = 24

_PLACES = {
    "ward": "[ward]",
    "bed": "[bed]",
    "room": "[room]",
    "level": "[level]",
    "floor": "[level]",
    "bay": "[ward]",
    "theatre": "[ward]",
    "cubicle": "[bed]",
    "pod": "[ward]",
    "unit": "[ward]",
    "block": "[place]",
    "building": "[place]",
    "flat": "[address]",
    "apartment": "[address]",
    "cell": "[place]",
    "gate": "[place]",
    "bedspace": "[bed]",
    "villa": "[place]",
    "cottage": "[place]",
}
_NOT_A_LETTER = r"(?!(?:i|a)\b)"
_NUMBERED = _any_case(
    rf"\b(?P<kind>{'|'.join(_PLACES)})\s(?:number\s|no\.?\s)?"
    rf"(?:\d+\s?(?:[a-z]\b)?(?:[./]\d+)?|{SMALL_NUMBER}(?:\s{_NOT_A_LETTER}[a-z]\b(?!['’]))?)\b(?!\s(?:of|or\stwo|people|days?|hours?|nights?)\b)"
)
_LETTERED = _as_written(
    r"\b(?P<kind>(?i:ward|room|block|unit|pod|level|bay|villa))[^\S\n](?:[B-HJ-Z]\d{0,3}|[AI]\d{1,3}|\d+[A-Z])\b(?!['’])"
)
_LETTERED_IN_WORDS = _any_case(
    rf"\b(?P<kind>ward|room|block|unit|pod|level|bay)\s{_NOT_A_LETTER}[a-z]\b(?!['’])(?:\s(?:\d+|{SMALL_NUMBER})\b)?"
    rf"|\b(?P<kind2>ward)\sa\s(?:\d+|{SMALL_NUMBER})\b"
)
_INITIALS = _as_written(r"\b[A-Z](?:\.?[^\S\n][A-Z]){2,4}\b(?!['’])")
_PRONOUN_OR_ARTICLE = "IA"
_NTH_FLOOR = _any_case(rf"\b(?:the\s)?(?:{_NTH}|{_ORDINAL})\s(?P<kind>floor|ward)\b")


def pattern_suggestions(text: LayerText) -> Iterator[Suggestion]:
    """Yield what identifies by its form."""
    yield from _of_rules(text, _RULES)
    for places in (_NUMBERED, _LETTERED, _LETTERED_IN_WORDS, _NTH_FLOOR):
        for found in places.found_in(text):
            begin, end = _trimmed(text.text, *found.span())
            yield text.suggestion(
                begin, end, Layer.PATTERN, _PLACES[(found["kind"] or "ward").lower()], ("[place]", NUMBER)
            )
    for found in _INITIALS.found_in(text):
        letters = "".join(one for one in found[0] if one.isalpha())
        shortest = letters.rstrip(_PRONOUN_OR_ARTICLE)
        known = text.lists.identifying.abbreviations
        if len(shortest) > 1 and known.isdisjoint({letters.casefold(), shortest.casefold()}):
            yield text.suggestion(*found.span(), Layer.PATTERN, NAME, (NUMBER,))


def address_suggestions(text: LayerText) -> Iterator[Suggestion]:
    """Yield e-mail and web addresses, written and spoken."""
    yield from _of_rules(text, [rule for rule in _RULES if rule[1] in {EMAIL, WEB}])


def _of_rules(text: LayerText, rules: Iterable[tuple[_Rule, str, tuple[str, ...]]]) -> Iterator[Suggestion]:
    for rule, replacement, others in rules:
        for found in rule.found_in(text):
            begin, end = found.span(found.lastgroup or 0)
            begin, end = _trimmed(text.text, begin, end)
            if replacement == DATE:
                begin, end = _with_clock(text.lowered, begin, end)
            if end > begin:
                yield text.suggestion(begin, end, Layer.PATTERN, replacement, others)


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """Return a stretch without the spaces and signs around it."""
    while begin < end and text[begin] in " ,.:;-\n":
        begin += 1
    while begin < end and text[end - 1] in " ,.:;-\n":
        end -= 1
    return begin, end


def _with_clock(text: str, begin: int, end: int) -> tuple[int, int]:
    """Return a date with the time of the clock beside it."""
    after = _BESIDE_DATE.pattern.match(text, end)
    before = _BEFORE_DATE.pattern.search(text, max(0, begin - _LONGEST_CLOCK), begin)
    return before.start() if before is not None else begin, after.end() if after is not None else end
