"""Sentences for every expected failure: what happened, what is safe, what to do."""

from __future__ import annotations

from balint_desktop.domain.hidden_signs import escape_hidden
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text import name_places
from balint_desktop.text.troubles import (
    analysis,
    approved,
    coding_files,
    computer,
    copies,
    exports,
    formats,
    groups,
    imported_sound,
    microphone,
    models,
    recordings,
    records,
    transcripts,
    vault,
)
from balint_desktop.text.troubles.microphone import BEFORE_RECORDING, GOING_ON
from balint_desktop.text.troubles.sentence import Sentence

# A trouble without a sentence, or with two, fails a test; so does a subject that is not among these.
SUBJECTS = (
    analysis.SENTENCES,
    approved.SENTENCES,
    coding_files.SENTENCES,
    computer.SENTENCES,
    copies.SENTENCES,
    exports.SENTENCES,
    formats.SENTENCES,
    groups.SENTENCES,
    imported_sound.SENTENCES,
    microphone.SENTENCES,
    models.SENTENCES,
    recordings.SENTENCES,
    records.SENTENCES,
    transcripts.SENTENCES,
    vault.SENTENCES,
)
SENTENCES: dict[TroubleCode, Sentence] = {code: words for subject in SUBJECTS for code, words in subject.items()}


class _MissingDetails(dict[str, object]):
    """Fills a missing detail with three dots, so that a sentence is always shown."""

    def __missing__(self, key: str) -> str:
        return "…"


_EXAMPLE_DAY = "2026-03-24"


def sentence(trouble: Trouble, *, goes_on: bool = False) -> str:
    """Return the trouble in words: what happened, what is safe, what to do.

    `goes_on` is set where a recording resumes by itself as soon as it can.
    """
    words = SENTENCES[trouble.code]
    if "until" not in trouble.details:
        words = BEFORE_RECORDING.get(trouble.code, words)
    to_do = GOING_ON.get(trouble.code, words.to_do) if goes_on else words.to_do
    details = _shown(trouble)
    return " ".join(tr(part).format_map(details) for part in (words.happened, words.safe, to_do))


def _shown(trouble: Trouble) -> _MissingDetails:
    """Return the details as they are printed: a path may hold an escape sequence."""
    escaped = {
        name: escape_hidden(value) if isinstance(value, str) else value for name, value in trouble.details.items()
    }
    if trouble.code is TroubleCode.NAME_IN_EXPORT:
        escaped["where"] = name_places.where(escaped)
    # A page has written the example in its user's way already.
    return _MissingDetails({"example": _EXAMPLE_DAY, **escaped})


def headline(trouble: Trouble) -> str:
    """Return the first of the trouble's three parts, for a place with little room."""
    return tr(SENTENCES[trouble.code].happened).format_map(_shown(trouble))


def format_reason(error: FormatError) -> str:
    """Return why a format or another of the user's files cannot be used, to finish a sentence."""
    return tr(error.template).format(**error.details)
