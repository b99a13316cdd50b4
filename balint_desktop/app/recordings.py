"""Build Recordings: list, playback, sharing, import, retention."""

from __future__ import annotations

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.name_places import names_in_group_of
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.app.vault_services import recordings_service, retention_service, transfer_service
from balint_desktop.text import transfer
from balint_desktop.ui.group.retention.recording_section import RecordingRetention
from balint_desktop.ui.recordings.import_copy_form import ImportCopyForm
from balint_desktop.ui.recordings.import_form import ImportForm
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.share import ShareButton
from balint_desktop.ui.recordings.sound import SoundDeck
from balint_desktop.ui.shell.shell import Shell
from balint_desktop.vault.transcripts import TranscriptVault


def build_recordings(context: AppContext, shell: Shell, transcription: TranscriptionHost) -> RecordingsPlace:
    """Build the place where recordings are listed, played, shared and destroyed."""
    service = recordings_service(context.vault.open_vault())
    playback = Playback(SoundDeck, context.work.post)
    transcription.give_way_to(playback)
    carriage = transfer_service(context)
    place = RecordingsPlace(
        lambda: service,
        playback,
        context.work,
        context.messages,
        backups=lambda recording: transfer.backups_sentence(carriage.backups_holding(recording)).splitlines(),
        transcripts=TranscriptVault(context.vault.open_vault()).stretches_waiting,
        names_in=names_in_group_of(context),
        hand_over=ShareButton(
            carriage,
            context.work,
            context.messages,
            # Offered in a message, which may outlive this place.
            destroy=lambda recording: navigation.destroy_recording(shell, recording),
        ),
        import_form=ImportForm(carriage, context.work, context.messages),
        import_copy=ImportCopyForm(carriage, context.formats, context.work, context.messages),
        keeping=RecordingRetention(retention_service(context)),
    )
    playback.setParent(place)
    return place
