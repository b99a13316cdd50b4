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
        TypedPlace.ANALYSIS_NAME: tr("The name of the analysis"),
        TypedPlace.ANALYSIS_QUESTION: tr("The research question"),
        TypedPlace.ANALYSIS_GOVERNANCE: tr("Who governs Māori and Pacific data"),
        TypedPlace.ANALYSIS_AUTHOR: tr("What an author is called"),
        TypedPlace.ANALYSIS_POSITION: tr("An author’s positionality"),
        TypedPlace.ANALYSIS_CODE: tr("A code, or what is written of it"),
        TypedPlace.ANALYSIS_MEMO: tr("A memo"),
        TypedPlace.ANALYSIS_THEME: tr("A theme, or what is written of it"),
        TypedPlace.ANALYSIS_DECISION: tr("The reason for a decision"),
        TypedPlace.ANALYSIS_MEETING: tr("The notes of a meeting"),
        TypedPlace.ANALYSIS_STATED: tr("An answer on the page Report"),
        TypedPlace.ANALYSIS_TEXT: tr("The approved text of session {number}"),
    }[place]
