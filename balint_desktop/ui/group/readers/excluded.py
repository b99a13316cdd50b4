"""Wording for groups whose recordings this vault cannot open."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.i18n import tr
from balint_desktop.text.lists import listed


def choosing(readers: Sequence[Reader], *, this_vault: bool) -> str:
    """Return a warning for the chosen readers, empty if there is none."""
    if this_vault:
        return ""
    if not readers:
        return tr("No one could open a recording, so none can be made. Add at least one reader.")
    warning = tr("Neither you nor your recovery key will be able to open this group’s recordings.")
    if len({reader.recipient for reader in readers}) == 1:
        warning += " " + tr(
            "Add a second reader, such as the coordinator: if the only key is lost, every recording is lost."
        )
    return warning


def ready_notice(group: Group) -> str:
    """Return the notice for Get ready, empty if this vault is a reader or recording is impossible."""
    if group.opens_here or not group.readers:
        return ""
    return tr("Recordings are sealed to {readers} only. This vault cannot open them.").format(readers=_labels(group))


def afterwards(group: Group) -> str:
    """Return the notice for the debrief, empty if this vault is a reader."""
    if group.opens_here or not group.readers:
        return ""
    return tr("The recording is sealed to {readers} only. This vault cannot open it.").format(readers=_labels(group))


def _labels(group: Group) -> str:
    return listed(list(dict.fromkeys(reader.label for reader in group.readers)))
