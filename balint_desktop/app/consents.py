"""What a group's consents work with: the log, the room that hears of a change at once, and the way to destroying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from balint_desktop.app import navigation
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.export.save_dialog import ask_where_to_save
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.section import ConsentsSection

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def build_consents(owner: Owner) -> ConsentsSection:
    """Build the section of consents on a group's page."""

    def changed(group: GroupId) -> None:
        if owner.leading is not None:
            owner.leading.consents_changed(group)

    def print_text(parent: QWidget, html: str) -> None:
        from balint_desktop.ui.export import printing

        printing.print_text(parent, html)

    return ConsentsSection(
        ConsentDeps(
            log=owner.open_vault().log,
            messages=owner.messages,
            undoing=owner.undoing,
            changed=changed,
            destroy=lambda recording: navigation.destroy_recording(owner.shell, recording),
            print_text=print_text,
            ask=ask_where_to_save,
        )
    )
