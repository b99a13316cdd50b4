"""Which words before a colon, or beside a time, are the label of a speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_LONGEST = 40
_MOST_WORDS = 4
_LABEL = re.compile(r"[^\W_][\w .,’'()&/+-]*")
_LETTER = re.compile(r"[^\W\d_]")
# Codes and roles, which are labels also where they come once.
_SURE = re.compile(
    r"[A-Z]{1,3}[ ._-]?\d{1,3}|(?!OK)[A-Z]{1,2}"
    r"|(?i:(?:(?:unknown|unbekannter?) )?(?:speaker|sprecher(?:in)?|participant|teilnehmer(?:in)?|person)[ _-]?\d{0,3})"
    r"|(?i:(?:co-?)?(?:facilitator|leader|moderator|interviewer|leitung|student|presenter)[ _-]?\d{0,2})"
)
_BEFORE_COLON = re.compile(r"(?P<label>[^:：\t\n]{1,40})(?::(?!\S*//)|：|\t)\s*(?P<rest>.*)", re.DOTALL)
# Of lines that could begin with a label, as many that the text is labelled throughout.
_LABELLED_SHARE = 0.5


def split_label(line: str) -> tuple[str, str] | None:
    """Return what may be a label before a colon or a tab, and the text after it; None where nothing may be."""
    found = _BEFORE_COLON.match(line)
    if found is None or not is_like_label(found["label"].strip()):
        return None
    return found["label"].strip(), found["rest"].strip()


def is_like_label(text: str) -> bool:
    """Return whether a text has the form of a label: a few words without the end of a sentence."""
    return (
        0 < len(text) <= _LONGEST
        and len(text.split()) <= _MOST_WORDS
        and _LABEL.fullmatch(text) is not None
        and _LETTER.search(text) is not None
        and not text.endswith((",", "-"))
        and (len(text.split()) <= 2 or not text[0].islower())
    )


class Labels:
    """The labels of a text: those that come twice, codes and roles, and names where the text is labelled throughout."""

    def __init__(self, candidates: Iterable[str], lines: int) -> None:
        found = list(candidates)
        self._counts = Counter(found)
        self._is_labelled = len(found) >= max(2, _LABELLED_SHARE * lines)

    def __contains__(self, label: object) -> bool:
        """Return whether something that has the form of a label is one."""
        if not isinstance(label, str) or not is_like_label(label):
            return False
        return (
            self._counts[label] > 1
            or _SURE.fullmatch(label) is not None
            or (self._is_labelled and label in self._counts and all(word[0].isupper() for word in label.split()))
        )
