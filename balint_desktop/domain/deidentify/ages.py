"""Ages and other numbers: a layer of suggestions. An age is made general before it is taken out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from balint_desktop.domain.deidentify.layer_text import LayerText
from balint_desktop.domain.deidentify.patterns import BIG_NUMBER, NUMBER, SMALL_NUMBER, UNIT
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion

AGE = "[age]"
_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * (at + 2) for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_DECADES = {
    "teens": 10,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_N = rf"(?:\d{{1,3}}|{SMALL_NUMBER})"
_BIG = rf"(?:\d{{2}}|{BIG_NUMBER})"
_DECADE = rf"(?:{'|'.join(_DECADES)}|(?:[1-9]0)['’]?s)"
_GROWN, _SMALL = r"(?:years?|yrs?)", r"(?:months?|weeks?|days?)"
_ABOUT = r"(?:only\s|just\s|about\s|around\s|maybe\s|like\s|nearly\s|almost\s)?"
_IS = r"(?:['’]s|\sis|\swas|['’]d\sbe|\swould\sbe|\smust\sbe)"
_NO_AGE = (
    r"(?!\s?(?:[:.%/]\d|%|percent|kilos|kg|minutes|hours|weeks?|months?|days?|stone|out|in|of|times|degrees)"
    rf"|[\s-]{UNIT}\b)"
)
_WHOSE = r"(?P<who>her|his|their|my)?"
_PART = r"(?:early|late|mid|middle)"
_THEN = r"(?=[.,;!?]|\s(?:now|then|and|when|next|at the time|years|no)\b|$)"
_SINCE = r"(?:when|since|before|until|till|because|cause)"
_CHILDREN = r"(?:daughter|son|girl|boy|kid|child|baby|niece|nephew|grandson|granddaughter|sister|brother|moko|mokopuna)"
_AGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<n>{_N})(?:[\s-]and[\s-]a[\s-]half)?[\s-]?{_GROWN}[\s-]?olds?\b",
        rf"\b(?P<baby>{_N})[\s-]{_SMALL}[\s-]old\b",
        rf"\b(?P<n>{_N})[\s-]?(?:y/?o|yo|yrs?|something)\b",
        rf"\baged\s{_ABOUT}(?P<n>{_N})\b{_NO_AGE}",
        rf"\b(?:in|into|approaching|nearing)\s{_WHOSE}\s?(?:(?:very\s)?{_PART}[\s-])?(?P<decade>{_DECADE})\b",
        rf"\b{_PART}[\s-](?P<decade>{_DECADE})\b",
    )
)
# These tell an age by what stands before it, which stays.
_AGES_IN_PLACE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:age|turn(?:ed|ing|s)?|ages? of)\s{_ABOUT}(?P<n>{_N})\b{_NO_AGE}",
        rf"\b(?P<who>i)(?:['’]m|\sam|\swas)\s{_ABOUT}(?P<n>{_BIG})\b{_NO_AGE}(?!\syears\s(?!old))",
        rf"\b(?P<who>she|he){_IS}\s{_ABOUT}(?P<n>{_BIG})\b{_NO_AGE}",
        rf"\b(?P<who>she|he){_IS}\s{_ABOUT}(?P<n>{SMALL_NUMBER}|\d)\b{_THEN}",
        rf"\b{_SINCE}\s(?P<who>she|he|they|i)\s(?:was|were|turned|is)\s{_ABOUT}(?P<n>{_N})\b{_NO_AGE}",
        rf"\b{_CHILDREN}\s(?:\w+\s)?(?:is|was|['’]s|would be|will be|turns)\s{_ABOUT}(?P<n>{_N})\b{_NO_AGE}",
        rf"\bat\s(?P<n>{_BIG})\b(?=\s(?:she|he|they|with|years)\b)",
        rf"\b(?P<n>{_BIG}),?\s(?:and\s)?(?:single|married|pregnant|divorced|widowed)\b",
        rf"\b(?:man|boy|son|mum|dad|kid|woman|girl|lady|chap|guy),\s(?P<n>{_N})\b(?=,)",
    )
)
_HER = frozenset(
    "she her hers woman girl mother mum lady wife daughter grandmother nana sister aunty auntie kuia pregnant".split()
)
_HIS = frozenset(
    "he him his man boy father dad guy husband son grandfather brother uncle bloke gentleman chap koroua lad".split()
)
_WHOSE_LIFE = {"she": "her", "her": "her", "he": "his", "his": "his", "i": "my", "my": "my"}
_NEAR = 12
_CHILD, _BABY, _TEEN, _OLDEST = 13, 2, 20, 100
_NUMBERS = re.compile(
    rf"(?<![\w.])(?:[$£€]\s?)?\d+(?:,\d{{3}})*(?:[.:/]\d+)*(?:\s?(?:st|nd|rd|th|k|am|pm)\b)?"
    rf"|\b{BIG_NUMBER}\b(?:\s(?:hundred|thousand|million)\b(?:\sand\s{SMALL_NUMBER}\b)?)?"
    r"|\b\d['’]\s?\d{1,2}(?:\"|”)?"
    rf"|\b(?:\d|{SMALL_NUMBER})\s?(?:foot|feet|ft|stone)\s(?:\d{{1,2}}|{SMALL_NUMBER}|nothing)\b"
    rf"|\b{SMALL_NUMBER}\s(?:hundred|thousand|million)\b(?:\s(?:and\s)?{SMALL_NUMBER}\b)?",
)
# With these a number is a dose, a duration of talk, a share or a saying, and says nothing of anyone.
_NOT_IDENTIFYING = re.compile(
    r"[\s-]?(?:%|per\s?cents?\b|minutes?\b|mins?\b|hours?\b|hrs?\b|seconds?\b|secs?\b|mgs?\b|mls?\b|mcg\b|grams?\b"
    r"|milligrams?\b|micrograms?\b|millimoles?\b|mmol\b|mm\b|cm\b|centimetres?\b|litres?\b|degrees\b|times\b|units?\b"
    r"|o['’]clock\b|out\sof\b|in\sten\b|to\sone\b|over\s\d|on\s(?:room\s)?air\b|percentile\b|items?\b|questions?\b"
    r"|things\b|different\b|emails?\b|tabs\b|seven\b|pounds?\b|quid\b|dollars?\b|bucks\b|euros?\b|pence\b|cents?\b"
    r"|patients\b|visits\b|beds\b|stations\b|slides\b|pages\b|marks\b|words\b|more\b|steps\b|others\b)",
)
_MEASURED = (
    "score gcs phq gad sats? saturations? rate temp temperature pulse hr bp glucose sugars? hb haemoglobin crp"
    " wcc potassium sodium creatinine lactate troponin albumin platelets bmi ph fio2 apgars?"
).split()
_BEFORE_NOT = re.compile(
    r"(?:\bhalf\spast|\bquarter\s(?:past|to)|\bout\sof|\bcovid|\btop|\btype|\bstage|\bgrade|\bchapter|\bpage|\bquestion"
    r"|\bslide|\bstep|\bstation|\bsection|\bitem|\blike\sa|\bcatch|\b(?:pounds?|dollars?|euros?)"
    rf"|\d\sover|\b(?:{'|'.join(_MEASURED)})(?:['’]?s|\sof|\sat|\swas|\swere|\sis)?(?:\sabout|\saround)?"
    r"|\d\son)[\s-]?$",
)
# Times and numbers at the beginning of a line, as files of subtitles and of other programs have them.
_TIME_CODE = re.compile(
    r"^[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?(?:\s*-->\s*[\d:.,]+.*$)?|^\d+[.):]?$", re.MULTILINE
)
_BEFORE = 24
_DIGITS = 2


def age_suggestions(text: LayerText) -> Iterator[Suggestion]:
    """Yield ages, each with the decade of life it may become."""
    for rules, group in ((_AGES, 0), (_AGES_IN_PLACE, "n")):
        for rule in rules:
            for found in rule.finditer(text.lowered):
                general = _generalised(found, text) or AGE
                yield text.suggestion(*found.span(group), Layer.NUMBER, general, (AGE, NUMBER))


def number_suggestions(text: LayerText) -> Iterator[Suggestion]:
    """Yield numbers of two digits and more, and number words from ten up, but for doses, shares and minutes."""
    codes = [found.span() for found in _TIME_CODE.finditer(text.text)]
    for found in _NUMBERS.finditer(text.lowered):
        at = bisect_right(codes, (found.start(), len(text.text)))
        if at and found.start() < codes[at - 1][1]:
            continue
        digits = sum(sign.isdigit() for sign in found[0])
        # What begins with a nought and a point is measured.
        if (
            0 < digits < _DIGITS
            or found[0].startswith(("0.", "0,"))
            or _NOT_IDENTIFYING.match(text.lowered, found.end())
        ):
            continue
        if not _BEFORE_NOT.search(text.lowered, max(0, found.start() - _BEFORE), found.start()):
            age = number_of(found[0])
            general = () if age is None or not _TEEN <= age < _OLDEST else (_generalised_number(age, found, text),)
            yield text.suggestion(found.start(), found.end(), Layer.NUMBER, NUMBER, (AGE, *general, "[date]", "[time]"))


def number_of(words: str) -> int | None:
    """Return the number that figures or words from zero to ninety-nine say."""
    if words.isdigit():
        return int(words)
    parts = words.casefold().replace("fourty", "forty").replace("-", " ").split()
    values = [_UNITS.get(part, _TENS.get(part)) for part in parts]
    return sum(value for value in values if value is not None) if values and None not in values else None


def _generalised(found: re.Match[str], text: LayerText) -> str:
    """Return the decade of life that an age belongs to, as of her, his or their life."""
    groups = found.groupdict()
    if groups.get("baby"):
        return "[baby]"
    who = _pronoun(found, text)
    if groups.get("decade"):
        decade = groups["decade"].casefold()
        return _in_decade(_DECADES.get(decade) or int(decade[:2]), who)
    age = number_of(groups.get("n") or "")
    if age is None:
        return ""
    if age < _TEEN:
        return "[baby]" if age < _BABY else "[child]" if age < _CHILD else _in_decade(10, who)
    return _in_decade(age // 10 * 10, who) if age < _OLDEST else "[over ninety]"


def _generalised_number(age: int, found: re.Match[str], text: LayerText) -> str:
    return _in_decade(age // 10 * 10, _pronoun(found, text))


def _in_decade(tens: int, who: str) -> str:
    word = next((word for word, value in _DECADES.items() if value == tens), "nineties")
    return f"[in {who} {word}]"


def _pronoun(found: re.Match[str], text: LayerText) -> str:
    said = (found.groupdict().get("who") or "").casefold()
    if said in _WHOSE_LIFE:
        return _WHOSE_LIFE[said]
    around = text.folded_between(found.start(), found.end(), _NEAR)
    for word in around:
        if word in _HER:
            return "her"
        if word in _HIS:
            return "his"
    return "their"
