"""A pseudo-language: every text in brackets, accented, and 40 % longer.

Whatever is on a page outside brackets did not come from a catalogue, and whatever does not fit will not fit in German.
"""

from __future__ import annotations

import gettext
import re

from balint_desktop import i18n

TAG = "pseudo"
_ACCENTS = str.maketrans("aceginorsuyACEGINORSUY", "áçéğíñóřšúýÁÇÉĞÍÑÓŘŠÚÝ")
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_LONGER = 0.4
# Words, so that lines break where lines break.
_FILLER = "lörém ïpsüm dölör sít ámét čönséctétúr ádípíscíng élít séd dó éíúsmód témpör "


def pseudo(text: str) -> str:
    """Return a text in the pseudo-language; placeholders stay."""
    parts = _PLACEHOLDER.split(text)
    accented = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))
    more = round(len(text) * _LONGER) - 2
    filler = (_FILLER * (more // len(_FILLER) + 1))[: max(0, more)].strip()
    return f"[{accented}{' ' + filler if filler else ''}]"


class PseudoTexts(gettext.NullTranslations):
    """A catalogue that has every text."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return pseudo(message)


def speak_pseudo(monkeypatch) -> None:
    """Let the app speak the pseudo-language, whichever is chosen."""

    def use(_wanted):
        i18n.use_texts(PseudoTexts(), TAG)
        return TAG

    monkeypatch.setattr(i18n, "use", use)
    monkeypatch.setattr(i18n, "_in_use", i18n._InUse())
    use(())


def outside_brackets(text: str) -> str:
    """Return what of a text stands in no brackets."""
    while (inner := re.sub(r"\[[^\[\]]*\]", " ", text)) != text:
        text = inner
    return text
