"""Build Transcripts: the list, transcribing, correcting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.deidentify_pages import deidentify_deps
from balint_desktop.app.name_places import names_in_group_of
from balint_desktop.app.session import SessionHost
from balint_desktop.app.session_names import GroupNames
from balint_desktop.app.text_import import TextImport
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.app.vault_services import form_drafts
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.roster import Roster, several_of
from balint_desktop.domain.values import ParticipantCode, RecordingId
from balint_desktop.i18n import tr
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.sound import SoundDeck
from balint_desktop.ui.shell.shell import Shell
from balint_desktop.ui.transcripts.deps import TranscriptsDeps
from balint_desktop.ui.transcripts.place import TranscriptsPlace
from balint_desktop.ui.transcripts.remembered import RememberedSettings
from balint_desktop.vault.consent_gate import withdrawals
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

    def import_text(recording: RecordingId) -> None:
        TextImport(context, shell, work, place).ask(recording)

    place = TranscriptsPlace(
        TranscriptsDeps(
            service=lambda: work,
            settings=RememberedSettings(context.data.root / "correcting.json"),
            names=names,
            labels=labels,
            names_in=names_in_group_of(context),
            heard_as=lambda recording, code, phrase: add_heard_as(context, _group_of(vault, recording), code, phrase),
            drafts=form_drafts(context).rows,
            deidentify=deidentify_deps(context),
            import_text=import_text,
            show_consents=lambda recording: show_consents(vault, shell, recording),
            add_model=lambda: navigation.show_settings(shell, "transcription", "models-folder"),
        ),
        playback,
        context.work,
        context.messages,
    )
    playback.setParent(place)
    return place


def show_consents(vault: OpenVault, shell: Shell, recording: RecordingId) -> None:
    """Go to what keeps a text closed: a withdrawal, or the answers of the group."""
    group = _group_of(vault, recording)
    if group is None:
        return
    if any(one.recording == recording for left in withdrawals(vault.log, group.id) for one in left.affected):
        navigation.show_leaving(shell, group.id)
    else:
        navigation.show_group(shell, group.id, "consents")


def add_heard_as(context: AppContext, group: Group | None, code: ParticipantCode, phrase: str) -> None:
    """Add to a person of the roster how a transcription writes the name, with undo."""
    rosters = context.vault.open_vault().rosters
    with context.messages.attempt():
        roster = rosters.read(group.id) if group is not None else Roster()
        person = roster.person(code)
        if group is None or person is None:
            context.messages.inform(tr("The roster has no name for {code}.").format(code=code))
            return
        after = replace(person, heard_as=several_of((*person.heard_as, phrase)))
        rosters.save({group.id: roster.with_people([after])})
        words = tr("Added to “Heard as” of {code}.").format(code=code)
        context.undo.push(words, lambda: rosters.save({group.id: rosters.read(group.id).with_people([person])}))


def _group_of(vault: OpenVault, recording: RecordingId) -> Group | None:
    group = vault.log.sessions.session(vault.log.recordings.recording(recording).session).setting.group
    return next((one for one in vault.log.groups.groups() if one.id == group), None)
