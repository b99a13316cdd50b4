"""How one place leads to another."""

from __future__ import annotations

from balint_desktop.ui.shell import PlaceKey, Shell


def show_today(shell: Shell) -> None:
    """Go to the place one lands in."""
    shell.show_place(PlaceKey.TODAY)


def name_group(shell: Shell) -> None:
    """Go to the groups, with the form for a new one."""
    from balint_desktop.ui.groups import GroupsPlace

    shell.show_place(PlaceKey.GROUPS)
    groups = shell.place(PlaceKey.GROUPS)
    if isinstance(groups, GroupsPlace):
        groups.new()


def show_recording(shell: Shell, recording: str) -> None:
    """Go to a recording; not where the passphrase is asked for first."""
    from balint_desktop.domain.values import RecordingId
    from balint_desktop.ui.recordings.place import RecordingsPlace

    shell.show_place(PlaceKey.RECORDINGS)
    place = shell.place(PlaceKey.RECORDINGS)
    if isinstance(place, RecordingsPlace) and shell.current is PlaceKey.RECORDINGS:
        place.show_recording(RecordingId(recording))
