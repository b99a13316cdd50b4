"""Navigate from one place to another."""

from __future__ import annotations

from balint_desktop.domain.values import GroupId, SessionId
from balint_desktop.ui.shell.shell import PlaceKey, Shell


def show_today(shell: Shell) -> None:
    """Go to the start place."""
    shell.show_place(PlaceKey.TODAY)


def add_group(shell: Shell) -> None:
    """Go to the groups, with the form for a new one."""
    from balint_desktop.ui.group.list.place import GroupsPlace

    shell.show_place(PlaceKey.GROUPS)
    groups = shell.place(PlaceKey.GROUPS)
    if isinstance(groups, GroupsPlace):
        groups.new()


def show_group(shell: Shell, group: GroupId, section: str = "") -> None:
    """Go to the page of a group, in the requested section."""
    from balint_desktop.ui.group.list.place import GroupsPlace

    shell.show_place(PlaceKey.GROUPS)
    groups = shell.place(PlaceKey.GROUPS)
    if isinstance(groups, GroupsPlace):
        groups.show_group_of(group, section)


def show_session(shell: Shell, session: SessionId) -> None:
    """Go to a session in the log."""
    from balint_desktop.ui.log.place import LogPlace

    shell.show_place(PlaceKey.LOG)
    log = shell.place(PlaceKey.LOG)
    if isinstance(log, LogPlace):
        log.show_session(session)


def show_note(shell: Shell, session: SessionId) -> None:
    """Go to the note of a session in the log, ready to be changed."""
    from balint_desktop.ui.log.place import LogPlace

    shell.show_place(PlaceKey.LOG)
    log = shell.place(PlaceKey.LOG)
    if isinstance(log, LogPlace):
        log.show_note(session)


def enter_session(shell: Shell, group: GroupId, number: int) -> None:
    """Go to the form for a session held without the laptop, filled in from the group's plan."""
    from balint_desktop.ui.log.place import LogPlace

    shell.show_place(PlaceKey.LOG)
    log = shell.place(PlaceKey.LOG)
    if isinstance(log, LogPlace) and shell.current is PlaceKey.LOG:
        log.enter_planned(group, number)


def show_settings(shell: Shell, part: str, focus: str) -> None:
    """Go to a part of Settings, with the focus on the control of this name."""
    from balint_desktop.ui.settings.place import SettingsPlace

    shell.show_place(PlaceKey.SETTINGS)
    settings = shell.place(PlaceKey.SETTINGS)
    if isinstance(settings, SettingsPlace) and shell.current is PlaceKey.SETTINGS:
        settings.show_part(part, focus)


def show_agreement(shell: Shell, group: GroupId) -> None:
    """Go to where a group's agreement to being recorded is entered: its one answer, or its consents."""
    from balint_desktop.ui.group.list.place import GroupsPlace

    shell.show_place(PlaceKey.GROUPS)
    groups = shell.place(PlaceKey.GROUPS)
    if isinstance(groups, GroupsPlace) and shell.current is PlaceKey.GROUPS:
        groups.show_agreement_of(group)


def show_leaving(shell: Shell, group: GroupId) -> None:
    """Go to what a group's withdrawals ask for."""
    from balint_desktop.ui.group.consents.section import ConsentsSection
    from balint_desktop.ui.group.list.place import GroupsPlace

    show_group(shell, group, "consents")
    groups = shell.place(PlaceKey.GROUPS)
    if isinstance(groups, GroupsPlace) and shell.current is PlaceKey.GROUPS:
        section = groups.page.sections.section("consents")
        if isinstance(section, ConsentsSection):
            section.show_leaving()


def show_section(shell: Shell, section: str) -> None:
    """Go to another section of the group in view."""
    from balint_desktop.ui.group.list.place import GroupsPlace

    groups = shell.place(PlaceKey.GROUPS)
    if isinstance(groups, GroupsPlace):
        groups.page.sections.show_section(section)


def show_transcript(shell: Shell, recording: str) -> None:
    """Go to a session's transcript and open its next step."""
    from balint_desktop.domain.values import RecordingId
    from balint_desktop.ui.transcripts.place import TranscriptsPlace

    shell.show_place(PlaceKey.TRANSCRIPTS)
    place = shell.place(PlaceKey.TRANSCRIPTS)
    if isinstance(place, TranscriptsPlace) and shell.current is PlaceKey.TRANSCRIPTS:
        place.show_begun(RecordingId(recording))


def show_study(shell: Shell, study: str, page: str = "") -> None:
    """Open a study of Analysis, at one of its pages."""
    from balint_desktop.ui.analysis.place import AnalysisPlace

    shell.show_place(PlaceKey.ANALYSIS)
    place = shell.place(PlaceKey.ANALYSIS)
    if isinstance(place, AnalysisPlace) and shell.current is PlaceKey.ANALYSIS:
        place.open_page(study, page)


def destroy_recording(shell: Shell, recording: str) -> None:
    """Go to a recording and start destroying it; the page asks for confirmation."""
    from balint_desktop.domain.values import RecordingId
    from balint_desktop.ui.recordings.place import RecordingsPlace

    if shell.current is not PlaceKey.RECORDINGS:
        shell.show_place(PlaceKey.RECORDINGS)
    place = shell.place(PlaceKey.RECORDINGS)
    if isinstance(place, RecordingsPlace) and shell.current is PlaceKey.RECORDINGS:
        place.ask_to_destroy(RecordingId(recording))


def show_recording(shell: Shell, recording: str) -> None:
    """Go to a recording; does nothing where the passphrase is asked for first."""
    from balint_desktop.domain.values import RecordingId
    from balint_desktop.ui.recordings.place import RecordingsPlace

    shell.show_place(PlaceKey.RECORDINGS)
    place = shell.place(PlaceKey.RECORDINGS)
    if isinstance(place, RecordingsPlace) and shell.current is PlaceKey.RECORDINGS:
        place.show_recording(RecordingId(recording))
