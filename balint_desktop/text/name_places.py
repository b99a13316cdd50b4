"""Where a name was found in what was about to leave: the place in the vault, or in the file; never the name."""

from __future__ import annotations

from collections.abc import Mapping

from balint_desktop.domain.deidentify.file_texts import FILE_NAME
from balint_desktop.domain.deidentify.typed_text import TypedPlace
from balint_desktop.i18n import tr


def where(details: Mapping[str, str | float]) -> str:
    """Return the place of a name, as the subject of a sentence."""
    place = str(details.get("place", ""))
    if place in set(TypedPlace):
        return _place(TypedPlace(place)).format(number=details.get("number", ""))
    part = str(details.get("part", ""))
    if part == FILE_NAME:
        return tr("The file’s name")
    if part:
        return tr("The file ({part})").format(part=part)
    return tr("The text")


def _place(place: TypedPlace) -> str:
    return {
        TypedPlace.GROUP_TITLE: tr("The group’s name"),
        TypedPlace.GROUP_SUPPORT: tr("The group’s support line"),
        TypedPlace.READER: tr("A reader’s label"),
        TypedPlace.PROCESS_NOTE: tr("The note on process of session {number}"),
        TypedPlace.STUDY: tr("The wording of the study"),
        TypedPlace.ACCESS_REQUEST: tr("An access request"),
        TypedPlace.ACCREDITATION: tr("Your accreditation record"),
        TypedPlace.REVIEW: tr("Your review of session {number}"),
        TypedPlace.SETTING: tr("What you entered about yourself"),
    }[place]
