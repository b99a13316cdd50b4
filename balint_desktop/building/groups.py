"""What Groups works with: the vault's groups, the formats that can be read, and the readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.joints import ReaderDesk
from balint_desktop.ui.group_form.editor import FormatChoice
from balint_desktop.ui.groups import GroupsPlace

if TYPE_CHECKING:
    from balint_desktop.building.owner import Owner


def build_groups(owner: Owner) -> GroupsPlace:
    """Build the place where groups are named and changed."""

    def formats() -> list[FormatChoice]:
        return [FormatChoice(line.key, line.name) for line in owner.formats.lines() if not line.problem]

    readers = owner.open_vault().readers
    return GroupsPlace(readers, formats, owner.messages, ReaderDesk(readers))
