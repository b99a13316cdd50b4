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
# The part of Settings, and what has the focus there.
_SETTINGS = {
    OpenKind.BACKUP_DUE: ("backups", "backup-make"),
    OpenKind.RECOVERY_KEY_UNPROVEN: ("vault", "renew"),
    OpenKind.PASSPHRASE_FILE_UNPROVEN: ("vault", "passphrase-change"),
}
# The page of a study that handles a matter.
_STUDY_PAGES = {
    OpenKind.CODING_FILE_CAME: "files",
    OpenKind.ROUND_TO_CODE: "",
    OpenKind.ROUND_TO_SEND: "files",
}
_PLACES = {
    OpenKind.FIRST_DRAFT: PlaceKey.TRANSCRIPTS,
    OpenKind.TO_DEIDENTIFY: PlaceKey.TRANSCRIPTS,
    OpenKind.DISK_FULL: PlaceKey.RECORDINGS,
    OpenKind.DISK_READ_ONLY: PlaceKey.RECORDINGS,
}


def show_open(shell: Shell, matter: OpenMatter) -> None:
    """Go to where an open matter is handled."""
    if matter.kind in _SETTINGS:
        navigation.show_settings(shell, *_SETTINGS[matter.kind])
    elif matter.study is not None and matter.kind in _STUDY_PAGES:
        navigation.show_study(shell, matter.study, _STUDY_PAGES[matter.kind])
    elif matter.kind in _PLACES:
        shell.show_place(_PLACES[matter.kind])
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
