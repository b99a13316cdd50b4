"""Build Transcripts: the list, transcribing, correcting."""

from __future__ import annotations

from collections.abc import Mapping

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.session import SessionHost
from balint_desktop.app.session_names import GroupNames
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.app.vault_services import form_drafts
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.transcript.imported_text import ImportedText
from balint_desktop.domain.values import ParticipantCode, RecordingId
from balint_desktop.i18n import tr
from balint_desktop.transcription.text_import.read_text import read_text
from balint_desktop.ui.export.open_dialog import ask_for_file
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.sound import SoundDeck
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.transcripts.deps import TranscriptsDeps
from balint_desktop.ui.transcripts.import_page import ImportTextPage, PlacedSpeakers, TextToImport
from balint_desktop.ui.transcripts.place import TranscriptsPlace
from balint_desktop.ui.transcripts.remembered import RememberedSettings
from balint_desktop.vault.vault import OpenVault


def build_transcripts(
    context: AppContext, shell: Shell, session: SessionHost, transcription: TranscriptionHost
) -> TranscriptsPlace:
    """Build the place where recordings become transcripts."""
    vault = context.vault.open_vault()
    work = TranscriptWork(context, transcription)
    playback = Playback(SoundDeck, context.work.post)
    transcription.give_way_to(playback)

    def names(recording: RecordingId) -> GroupNames | None:
        group = _group_of(vault, recording)
        return session.names.of_group(group.id) if group is not None else None

    def labels(recording: RecordingId) -> Mapping[ParticipantCode, str]:
        group = _group_of(vault, recording)
        return {member.code: member.code for member in group.participants} if group is not None else {}

    def show_consents(recording: RecordingId) -> None:
        group = _group_of(vault, recording)
        if group is not None:
            navigation.show_agreement(shell, group.id)

    def import_text(recording: RecordingId) -> None:
        kinds = "{texts} (*.txt *.docx *.vtt *.srt *.html *.htm);;{all} (*)".format(
            texts=tr("Texts"), all=tr("All files")
        )
        file = ask_for_file(place, tr("Import a text"), kinds)
        if file is not None:
            context.work.run(
                lambda: read_text(file),
                lambda found: show_page(recording, file.name, found),
                context.messages.trouble,
                place,
            )

    def show_page(recording: RecordingId, file: str, found: ImportedText) -> None:
        def begin(placing: PlacedSpeakers) -> None:
            if context.messages.attempted(lambda: work.import_text(recording, found, placing)):
                shell.remove_cover()
                place.show_begun(recording)

        with context.messages.attempt():
            wanted = TextToImport(file, work.title(recording), found, work.speakers(recording))
            page = ImportTextPage(wanted, begin)
            page.close_asked.connect(shell.remove_cover)
            shell.show_cover(page)

    place = TranscriptsPlace(
        TranscriptsDeps(
            service=lambda: work,
            settings=RememberedSettings(context.data.root / "correcting.json"),
            names=names,
            labels=labels,
            drafts=form_drafts(context).rows,
            import_text=import_text,
            show_consents=show_consents,
            add_model=lambda: shell.show_place(PlaceKey.SETTINGS),
        ),
        playback,
        context.work,
        context.messages,
    )
    playback.setParent(place)
    return place


def _group_of(vault: OpenVault, recording: RecordingId) -> Group | None:
    group = vault.log.sessions.session(vault.log.recordings.recording(recording).session).setting.group
    return next((one for one in vault.log.groups.groups() if one.id == group), None)
