"""Lead what is dropped to where it is imported: names to a group, sound to Recordings, coding files to Analysis."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.session import SessionHost
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.file_drop import FileDrop
from balint_desktop.ui.shell.shell import PlaceKey, Shell

_ROSTERS = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"))


def accept_files(
    context: AppContext, shell: Shell, session: SessionHost, import_coding_file: Callable[[Path], None]
) -> None:
    """Accept files wherever a place is shown and no room is open: nothing is imported beside a group."""

    def takes(path: Path) -> bool:
        is_possible = context.vault.current is not None and shell.current is not None and not session.is_room_open
        return is_possible and (
            path.suffix.lower() in _ROSTERS or _is_sound(path) or _is_copy(path) or _is_coding(shell, path)
        )

    def dropped(path: Path) -> None:
        with context.messages.attempt():
            if _is_coding(shell, path):
                import_coding_file(path)
            elif _is_sound(path) or _is_copy(path):
                _import_recording(shell, path)
            else:
                _import_names(context, shell, path)

    FileDrop(shell, takes, dropped)


def _is_sound(path: Path) -> bool:
    from balint_desktop.ui.recordings.import_form import SUFFIXES

    return path.suffix.lower().removeprefix(".") in SUFFIXES


def _is_copy(path: Path) -> bool:
    from balint_desktop.sealed.manifest import NAME

    return path.is_dir() and (path / NAME).is_file()


def _is_coding(shell: Shell, path: Path) -> bool:
    """Return whether a file is a sealed coding file, or another one where coding files are shown."""
    from balint_desktop.ui.analysis.file_kinds import KIND_OF, is_coding_file
    from balint_desktop.ui.analysis.place import AnalysisPlace

    place = shell.place(PlaceKey.ANALYSIS) if shell.current is PlaceKey.ANALYSIS else None
    is_shown = isinstance(place, AnalysisPlace) and place.takes_any_file
    return is_coding_file(path) or (is_shown and path.suffix.lower() in KIND_OF)


def _import_recording(shell: Shell, path: Path) -> None:
    from balint_desktop.ui.recordings.place import RecordingsPlace

    shell.show_place(PlaceKey.RECORDINGS)
    place = shell.place(PlaceKey.RECORDINGS)
    if isinstance(place, RecordingsPlace) and shell.current is PlaceKey.RECORDINGS:
        place.import_file(path)


def _import_names(context: AppContext, shell: Shell, path: Path) -> None:
    """Preview a roster in the group in view, or in the only one there is. Raise Trouble."""
    from balint_desktop.ui.group.list.place import GroupsPlace
    from balint_desktop.ui.group.members.section import MembersSection

    groups = context.vault.open_vault().log.groups.groups()
    place = shell.place(PlaceKey.GROUPS) if shell.current is PlaceKey.GROUPS else None
    if isinstance(place, GroupsPlace) and place.page.isVisibleTo(place):
        place.page.sections.show_section("members")
    elif len(groups) == 1:
        navigation.show_group(shell, groups[0].id, "members")
    else:
        context.messages.inform(tr("Open a group first, then drop the list of names there."))
        return
    place = shell.place(PlaceKey.GROUPS)
    if isinstance(place, GroupsPlace) and shell.current is PlaceKey.GROUPS:
        section = place.page.sections.section("members")
        if isinstance(section, MembersSection):
            section.import_file(path)
