"""Fold text for comparison: no case, no accents, letters that look alike as one; and where each letter stood."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that no decomposition takes apart, as they are typed on another keyboard.
_TYPED_AS = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ŧ": "t",
    "ŋ": "ng",
    "ə": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ƒ": "f",
}
# Letters of other scripts that look like a Latin one, in one case at least, and small capitals. A word of their own
# script stays itself, since the name it is compared with is folded, too.
_CYRILLIC = ("авекмнорстухіѕјһԛԝԁӏ", "abekmhopctyxisjhqwdl")
_GREEK = ("αβεζηικμνορτυχɑɡ", "abezhikmnoptyxag")
_ARMENIAN_AND_CHEROKEE = ("օհոսցᎪᏴᏟᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ohnugabceghjklmprstvwz")
_SMALL_CAPITALS = ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")
_LOOKS_LIKE = {
    ord(sign): like
    for signs, likes in (_CYRILLIC, _GREEK, _ARMENIAN_AND_CHEROKEE, _SMALL_CAPITALS)
    for sign, like in zip(signs, likes, strict=True)
}
# Signs that are nothing to see although they count as letters or as marks of their own.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_APOSTROPHES = dict.fromkeys("’‘ʼʻʹ′`´ꞌ＇", "'")
_COMPARED_AS = {**_LOOKS_LIKE, **{ord(sign): like for sign, like in _APOSTROPHES.items()}}
# Marks that two letters are typed for where they cannot be typed themselves: a macron doubles its vowel.
_DIAERESIS, _MACRON = "\u0308", "\u0304"
_SPELT_OUT = {"ø": "oe", "å": "aa", "ð": "dh"}


@lru_cache(maxsize=4096)
def folded_sign(sign: str) -> str:
    """Return what a sign is compared as: nothing for an accent or a joiner, two letters for a ligature."""
    apostrophe = _APOSTROPHES.get(sign)
    if apostrophe is not None:
        return apostrophe
    if sign in _INVISIBLE:
        return ""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    return "".join(_TYPED_AS.get(one, one) for one in decomposed if not _is_ignored(one)).translate(_COMPARED_AS)


def _is_ignored(sign: str) -> bool:
    """Return whether a sign counts for nothing: an accent, a joiner, a direction, a choice of glyph."""
    return (
        unicodedata.combining(sign) > 0
        or unicodedata.category(sign) == "Cf"
        or sign in _INVISIBLE
        or "\ufe00" <= sign <= "\ufe0f"
    )


def plain(text: str) -> str:
    """Return a text without case and accents, as it is compared and searched."""
    return "".join(map(folded_sign, text))


def plain_with_places(text: str) -> tuple[str, list[int]]:
    """Return a text as it is compared, and where in the text each of its letters stands; its length at the end."""
    signs, places = [], []
    for at, sign in enumerate(text):
        for one in folded_sign(sign):
            signs.append(one)
            places.append(at)
    return "".join(signs), [*places, len(text)]


def spelt_out(word: str) -> str:
    """Return a word as it is compared where two letters stand for one with a mark: Müller as mueller, ā as aa."""
    found: list[str] = []
    for sign in unicodedata.normalize("NFC", word):
        decomposed = unicodedata.normalize("NFD", sign.casefold())
        base, marks = plain(decomposed[:1]), decomposed[1:]
        if sign.casefold() in _SPELT_OUT:
            found.append(_SPELT_OUT[sign.casefold()])
        elif _DIAERESIS in marks and base in "aou":
            found.append(base + "e")
        elif _MACRON in marks and base in "aeiou":
            found.append(base * 2)
        else:
            found.append(plain(sign))
    return "".join(found)
