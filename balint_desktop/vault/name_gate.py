"""The gate at every door: nothing leaves by one that is not for names while a name of the roster is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.deidentify.file_texts import FILE_NAME
from balint_desktop.domain.deidentify.gate import FindingKind, GateFinding, findings_in_file
from balint_desktop.domain.deidentify.known_names import KnownName, find_names
from balint_desktop.domain.deidentify.own_words import OwnWords
from balint_desktop.domain.deidentify.typed_text import TypedText
from balint_desktop.domain.study.doors import FOR_NAMES, HERE, OURS_ALONE, SEALED, SOUND, Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import said
from balint_desktop.i18n.library_texts import shipped_texts
from balint_desktop.vault.known_names import known_names
from balint_desktop.vault.typed_texts import typed_texts
from balint_desktop.vault.vault import OpenVault

_PDF = b"%PDF"
_CODES = {
    FindingKind.OTHER_TEXT: TroubleCode.NOT_AS_APPROVED,
    FindingKind.UNREADABLE: TroubleCode.EXPORT_UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """Finished bytes about to leave, under a file name that is empty for the clipboard and for paper.

    `made_of` is the HTML that a PDF was made of, and its title: a PDF's own letters are numbers of its fonts.
    `approved` is the text that the file is said to be, `holds` are those that are parts of it, and `typed` is what
    people typed that it is made of beside what the vault itself has, each with its place.
    """

    name: str
    data: bytes
    made_of: tuple[str, ...] = ()
    approved: ApprovedText | None = None
    holds: tuple[ApprovedText, ...] = ()
    typed: tuple[TypedText, ...] = ()


def pass_names(vault: OpenVault, door: Door, files: Iterable[OutgoingFile], group: GroupId | None = None) -> None:
    """Let files about a group, or with None about the whole vault, through a door.

    Raise Trouble: NAME_IN_EXPORT, which says the place and not the name; NAMES_LOCKED while a roster there cannot be
    read; EXPORT_UNREADABLE; NOT_AS_APPROVED. A group whose code key was destroyed has no names to look for.
    """
    if door in FOR_NAMES | SEALED | HERE | OURS_ALONE:
        return
    groups = [one.id for one in vault.log.groups.groups()] if group is None else [group]
    names = _names(vault, groups)
    for file in files:
        found = findings_in_sound(file, names) if door in SOUND else findings_in_outgoing(file, names)
        if found:
            raise _trouble(vault, file, found[0], names, groups)


def findings_in_outgoing(file: OutgoingFile, names: Sequence[KnownName]) -> tuple[GateFinding, ...]:
    """Return what a file must not hold. Of a PDF what it was made of is read; one without that is unreadable."""
    own = own_words()
    if not file.data.startswith(_PDF):
        return findings_in_file(file.name, file.data, names, file.approved, own_words=own, holds=file.holds)
    if not file.made_of:
        return (GateFinding(FindingKind.UNREADABLE),)
    found = [one for text in file.made_of for one in findings_in_file("page.html", text.encode(), names, own_words=own)]
    return (*findings_in_file(file.name, b"", names, own_words=own), *found)


def findings_in_sound(file: OutgoingFile, names: Sequence[KnownName]) -> tuple[GateFinding, ...]:
    """Return the names in a sound file's name and tags."""
    found = findings_in_file(file.name, file.data, names, own_words=own_words())
    return tuple(one for one in found if one.kind is FindingKind.NAME)


def own_words() -> OwnWords:
    """Return the program's own words: those it has said, and those of the files it comes with."""
    return OwnWords((*said(), *shipped_texts()))


def _names(vault: OpenVault, groups: Sequence[GroupId]) -> tuple[KnownName, ...]:
    try:
        return known_names(vault, groups)
    except Trouble as trouble:
        if trouble.code is TroubleCode.VAULT_LOCKED:
            raise Trouble(TroubleCode.NAMES_LOCKED, group=groups[0] if len(groups) == 1 else "") from trouble
        raise


def _trouble(
    vault: OpenVault, file: OutgoingFile, found: GateFinding, names: Sequence[KnownName], groups: Iterable[GroupId]
) -> Trouble:
    code = _CODES.get(found.kind, TroubleCode.NAME_IN_EXPORT)
    if code is not TroubleCode.NAME_IN_EXPORT:
        return Trouble(code)
    if found.part != FILE_NAME:
        for typed in chain(file.typed, typed_texts(vault.log, groups)):
            if typed.text and find_names(typed.text, names):
                return Trouble(
                    code,
                    place=typed.place.value,
                    group=typed.group or "",
                    session=typed.session or "",
                    number=typed.number,
                )
    return Trouble(code, part=found.part)
