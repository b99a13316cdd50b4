"""Build Today: its sources of open matters, and where its buttons lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from balint_desktop.app import navigation, open_matters
from balint_desktop.app.context import AppContext
from balint_desktop.app.session import SessionHost
from balint_desktop.app.transcript_titles import recording_title
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.i18n import tr
from balint_desktop.text.transcribing import line_words
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.today.gather import gather_presented, gather_today, gather_without_vault
from balint_desktop.ui.today.place import Presented, TodayPlace
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.open_sessions import LogMatters
from balint_desktop.vault.open_coding_files import CodingFileMatters
from balint_desktop.vault.open_retention import RetentionMatters
from balint_desktop.vault.open_transcripts import TranscriptMatters
from balint_desktop.vault.open_vault_matters import VaultMatters

if TYPE_CHECKING:
    from balint_desktop.domain.open_matters import OpenMatter, OpenMatters
    from balint_desktop.domain.transcript.queue import QueueState
    from balint_desktop.domain.values import GroupId
    from balint_desktop.vault.log.log import Log
    from balint_desktop.vault.vault import OpenVault


def open_sources(vault: OpenVault) -> tuple[OpenMatters, ...]:
    """Return the sources of open matters: a new one is a line here."""
    log = vault.log
    return (
        VaultMatters(vault),
        LogMatters(log),
        log.reminders,
        log.request_matters,
        log.consent_matters,
        TranscriptMatters(log),
        CodingFileMatters(log),
        RetentionMatters(log, vault.rosters.has_code_key),
        log.backup_matters,
    )


def build_today(
    context: AppContext,
    shell: Shell,
    session: SessionHost,
    transcription: TranscriptionHost,
    *,
    open_gate: Callable[[], None],
    import_coding_file: Callable[[], None],
    timer_only: bool,
) -> TodayPlace:
    """Build the start place. `open_gate` leads to the vault, which is not offered for the timer alone."""
    vault = context.vault.current
    if vault is not None:
        log, sources = vault.log, open_sources(vault)

        def presented(group: GroupId) -> Presented | None:
            # Hidden while participants may see the screen.
            return None if session.is_room_open else gather_presented(log, group, context.clock.now())

        place = TodayPlace(
            lambda: gather_today(log, context.clock.now(), sources),
            context.messages,
            presented,
            lambda: _transcribing_words(log, transcription.state),
        )
        _follow(place, transcription)
        place.transcripts_asked.connect(lambda: shell.show_place(PlaceKey.TRANSCRIPTS))
    else:
        is_made = VaultLayout(context.data.vault).exists()
        way = "" if timer_only else tr("Unlock") if is_made else tr("Set up a vault")
        place = TodayPlace(lambda: gather_without_vault(way), context.messages)
    place.get_ready_asked.connect(session.get_ready)
    place.without_group_asked.connect(session.try_it_now)
    place.return_asked.connect(session.return_to_unfinished)
    place.create_group_asked.connect(lambda: navigation.add_group(shell))
    place.vault_asked.connect(open_gate)
    place.coding_file_asked.connect(import_coding_file)
    place.open_asked.connect(lambda matter: _open(context, shell, matter))
    return place


def _transcribing_words(log: Log, queue: QueueState) -> str:
    """Return the line on the first transcription of a queue; empty where nothing is asked for. Raise Trouble."""
    return line_words(recording_title(log, queue.first), queue) if queue.first is not None else ""


def _follow(place: TodayPlace, transcription: TranscriptionHost) -> None:
    """Show how far a transcription is while Today is in view, and what is open once one leaves the queue."""
    line = transcription.state.line

    def show() -> None:
        nonlocal line
        if not place.isVisible():
            return
        place.show_transcribing()
        if transcription.state.line != line:
            line = transcription.state.line
            place.refresh()

    subscribe(place, transcription.changed, show)


def _open(context: AppContext, shell: Shell, matter: OpenMatter) -> None:
    """Go to where a matter is handled; a reminder has nowhere to go, and is marked as done."""
    if matter.reminder is None:
        open_matters.show_open(shell, matter)
        return
    with context.messages.attempt():
        rows = context.vault.open_vault().log.reminders
        reminder = rows.finish(matter.reminder)
        if reminder is not None:
            context.undo.push(tr("The reminder was marked as done."), lambda: rows.restore(reminder))
        shell.refresh()
