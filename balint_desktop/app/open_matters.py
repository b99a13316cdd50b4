"""Lead to where an open matter is handled."""

from __future__ import annotations

from balint_desktop.app import navigation
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.ui.shell.shell import PlaceKey, Shell

# The section of a group's page that handles a matter.
_SECTIONS = {
    OpenKind.ASSESSMENT_UNANSWERED: "consents",
    OpenKind.CONSENTS_TO_ENTER: "consents",
    OpenKind.REQUEST_TO_ANSWER: "retention",
    OpenKind.RECORDING_TO_TRANSCRIBE: "retention",
    OpenKind.RECORDING_TO_DESTROY: "retention",
    OpenKind.PERIOD_OVER: "retention",
}


def show_open(shell: Shell, matter: OpenMatter) -> None:
    """Go to where an open matter is handled."""
    if matter.kind is OpenKind.BACKUP_DUE:
        navigation.show_backups(shell)
    elif matter.kind is OpenKind.FIRST_DRAFT:
        shell.show_place(PlaceKey.TRANSCRIPTS)
    elif matter.kind in {OpenKind.DISK_FULL, OpenKind.DISK_READ_ONLY}:
        shell.show_place(PlaceKey.RECORDINGS)
    elif matter.kind in {OpenKind.RECOVERY_KEY_UNPROVEN, OpenKind.PASSPHRASE_FILE_UNPROVEN}:
        navigation.show_vault_settings(shell)
    elif matter.kind is OpenKind.SESSION_WITHOUT_RECORD and matter.group is not None and matter.number is not None:
        navigation.enter_session(shell, matter.group, matter.number)
    elif matter.recording is not None and matter.kind is not OpenKind.PERIOD_OVER:
        navigation.show_recording(shell, matter.recording)
    elif matter.session is not None:
        navigation.show_session(shell, matter.session)
    elif matter.kind is OpenKind.TRANSCRIPT_TO_CHANGE and matter.group is not None:
        navigation.show_leaving(shell, matter.group)
    elif matter.group is not None:
        navigation.show_group(shell, matter.group, _SECTIONS.get(matter.kind, ""))
