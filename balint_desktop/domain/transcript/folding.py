"""Compare words without case, accents and the signs around them, and cut a word where another one stands in it."""

from __future__ import annotations

import re

from balint_desktop.domain.folding import plain, plain_with_places

_SIGNS_AROUND = re.compile(r"^\W+|\W+$")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


def folded(text: str, *, match_case: bool = False) -> str:
    """Return a word as it is compared: one kind of apostrophe, and no case and accents unless they count."""
    return text.translate(_APOSTROPHES) if match_case else plain(text)


def bare(text: str, *, match_case: bool = False) -> str:
    """Return a word as it is compared, without the signs around it; signs alone stay."""
    text = folded(text, match_case=match_case)
    return _SIGNS_AROUND.sub("", text) or text


def trimmed(text: str) -> str:
    """Return a word without the signs around it, as it is written otherwise; signs alone are nothing."""
    return _SIGNS_AROUND.sub("", text)


def spelt(text: str) -> str:
    """Return a word by which it is the same in any case, whatever signs are around it; its accents count."""
    return bare(text, match_case=True).casefold()


def before(text: str, term: str) -> str:
    """Return what stands in a text before its end that is a term; nothing where it is not in there."""
    places = _places(text, bare(term))
    return text[: places[-1][0]] if places else ""


def after(text: str, term: str) -> str:
    """Return what stands in a text after its beginning that is a term; nothing where it is not in there."""
    places = _places(text, bare(term))
    return text[places[0][1] :] if places else ""


def replaced(text: str, term: str, replacement: str) -> str:
    """Return a text with each occurrence of a term in it replaced; all of it where the term is not in there."""
    places = _places(text, folded(term)) or _places(text, bare(term))
    if not places:
        return replacement
    ends = [0, *(end for _, end in places)]
    return (
        "".join(text[end:begin] + replacement for end, (begin, _) in zip(ends, places, strict=False)) + text[ends[-1] :]
    )


def _places(text: str, term: str) -> list[tuple[int, int]]:
    """Return where a folded term stands in a text, as positions in the text that is not folded."""
    line, origins = plain_with_places(text)
    found = []
    at = line.find(term) if term else -1
    while at >= 0:
        end = at + len(term)
        found.append((origins[at], max(origins[end], origins[end - 1] + 1)))
        at = line.find(term, end)
    return found
