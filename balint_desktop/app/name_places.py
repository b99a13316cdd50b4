"""Lead to where a name stands that kept something from leaving, and ask the gate about what is copied."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionId
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.shell import PlaceKey, Shell


def may_copy(context: AppContext, door: Door, text: str) -> bool:
    """Return whether a text may be copied, and say why where it may not."""
    from balint_desktop.app.vault_services import name_gate
    from balint_desktop.ui.export.name_gate import copied

    return context.messages.attempted(lambda: name_gate(context)(door, (copied(text),)))


def names_in_group_of(context: AppContext) -> Callable[[RecordingId, str], tuple[str, ...]]:
    """Return what finds the words of a text that name a member of a recording's group, in the open vault."""
    vault = context.vault.open_vault()
    return lambda recording, text: vault.rosters.names_in(vault.log.retained_recordings.group_of(recording), text)


# The page of a study on which each of its fields is.
_IN_ANALYSIS = {
    **dict.fromkeys(("analysis-name", "analysis-question", "analysis-governance"), "set-up"),
    **dict.fromkeys(("analysis-author", "analysis-position"), "set-up"),
    "analysis-code": "code",
    "analysis-memo": "read",
    "analysis-theme": "themes",
    "analysis-stated": "report",
    **dict.fromkeys(("analysis-decision", "analysis-meeting"), "compare"),
    "analysis-text": "read",
}


def way_to_name(shell: Shell, trouble: Trouble) -> tuple[str, Callable[[], None]] | None:
    """Return the button that leads to a name in a field, or to where names are unlocked; None without a place."""
    details = {name: str(value) for name, value in trouble.details.items()}
    group, session = details.get("group", ""), details.get("session", "")
    if trouble.code is TroubleCode.NAMES_LOCKED and group:
        return tr("Show names"), lambda: navigation.show_group(shell, GroupId(group), "members")
    if trouble.code is not TroubleCode.NAME_IN_EXPORT or "place" not in details:
        return None
    return tr("Go there"), lambda: _show(shell, details["place"], GroupId(group), SessionId(session))


def _show(shell: Shell, place: str, group: GroupId, session: SessionId) -> None:
    from balint_desktop.domain.deidentify.typed_text import TypedPlace

    match TypedPlace(place):
        case TypedPlace.PROCESS_NOTE:
            navigation.show_note(shell, session)
        case TypedPlace.REVIEW:
            navigation.show_session(shell, session)
        case TypedPlace.STUDY | TypedPlace.ACCESS_REQUEST:
            navigation.show_group(shell, group, "consents")
        case TypedPlace.ACCREDITATION:
            shell.show_place(PlaceKey.PATH)
        case TypedPlace.SETTING:
            shell.show_place(PlaceKey.SETTINGS)
        case one if one in _IN_ANALYSIS:
            _show_in_analysis(shell, _IN_ANALYSIS[one])
        case _:
            navigation.show_group(shell, group)


def _show_in_analysis(shell: Shell, page: str) -> None:
    """Show a page of the study that is open; what is typed on the page before it is saved."""
    from balint_desktop.ui.analysis.place import AnalysisPlace

    shell.show_place(PlaceKey.ANALYSIS)
    place = shell.place(PlaceKey.ANALYSIS)
    if isinstance(place, AnalysisPlace):
        place.turn_to(page)
