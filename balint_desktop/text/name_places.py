"""Where a name was found in what was about to leave: the place in the vault, or in the file; never the name."""

from __future__ import annotations

from collections.abc import Mapping

from balint_desktop.domain.deidentify.file_texts import FILE_NAME
from balint_desktop.domain.deidentify.typed_text import TypedPlace
from balint_desktop.i18n import later, tr

_PLACES = {
    TypedPlace.GROUP_TITLE: later("The group’s name"),
    TypedPlace.GROUP_SUPPORT: later("The group’s support line"),
    TypedPlace.READER: later("A reader’s label"),
    TypedPlace.PROCESS_NOTE: later("The note on process of session {number}"),
    TypedPlace.STUDY: later("The wording of the study"),
    TypedPlace.ACCESS_REQUEST: later("An access request"),
    TypedPlace.ACCREDITATION: later("Your accreditation record"),
    TypedPlace.REVIEW: later("Your review of session {number}"),
    TypedPlace.SETTING: later("What you entered about yourself"),
}


def where(details: Mapping[str, str | float]) -> str:
    """Return the place of a name, as the subject of a sentence."""
    place = str(details.get("place", ""))
    if place in set(TypedPlace):
        return tr(_PLACES[TypedPlace(place)]).format(number=details.get("number", ""))
    part = str(details.get("part", ""))
    if part == FILE_NAME:
        return tr("The file’s name")
    if part:
        return tr("The file ({part})").format(part=part)
    return tr("The text")
