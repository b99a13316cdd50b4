"""List the places of the navigation, and build each when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.gates import Gates
from balint_desktop.app.handover import Handover
from balint_desktop.app.keys import KeyChanges
from balint_desktop.app.locking import Locking
from balint_desktop.app.session import SessionHost
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.shell import PlaceKey, Shell

if TYPE_CHECKING:
    from balint_desktop.ui.group.form.edit_group import FormatChoice
    from balint_desktop.ui.shell.place import Place


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place in the navigation. Its builder is called when it is first shown, and each time after locking.

    With `below`, it is listed below that place, once it is of use.
    """

    key: PlaceKey
    label: str
    build: Callable[[], Place]
    needs_vault: bool = False
    below: PlaceKey | None = None


class Places:
    """Lists the places in the window, and builds each with its dependencies."""

    def __init__(
        self,
        context: AppContext,
        shell: Shell,
        *,
        session: SessionHost,
        locking: Locking,
        handover: Handover,
        gates: Gates,
        keys: KeyChanges,
        transcription: TranscriptionHost,
        timer_only: bool,
    ) -> None:
        self._context = context
        self._shell = shell
        self._session = session
        self._locking = locking
        self._handover = handover
        self._gates = gates
        self._keys = keys
        self._transcription = transcription
        self._lists_transcripts = self._lists_analysis = False
        self._timer_only = timer_only

    def offers(self) -> tuple[PlaceEntry, ...]:
        """Return every place, in the order of the navigation. A session's is listed while there is one."""
        return (
            PlaceEntry(PlaceKey.TODAY, tr("Today"), self._today),
            PlaceEntry(PlaceKey.GROUPS, tr("Groups"), self._groups, needs_vault=True),
            PlaceEntry(PlaceKey.LOG, tr("Log"), self._log, needs_vault=True),
            PlaceEntry(PlaceKey.RECORDINGS, tr("Recordings"), self._recordings, needs_vault=True),
            self._transcripts_entry(),
            self._analysis_entry(),
            PlaceEntry(PlaceKey.PATH, tr("Accreditation"), self._accreditation, needs_vault=True),
            PlaceEntry(PlaceKey.SETTINGS, tr("Settings"), self._settings),
            PlaceEntry(PlaceKey.HELP, tr("Help"), self._help),
        )

    def open(self) -> None:
        """List the places: those of the vault where one is open."""
        has_vault = self._context.vault.current is not None
        self._shell.remove_places()
        self._lists_transcripts = self._lists_analysis = False
        self._session.discard()
        for offer in self.offers():
            if (has_vault or not offer.needs_vault) and offer.below is None:
                self._shell.add_place(offer.key, offer.label, offer.build)
        self._shell.reserve_place(PlaceKey.SESSION, tr("Session"))
        self._shell.set_can_lock(has_vault)
        self._locking.watch()
        self._shell.show_place(PlaceKey.TODAY)

    def list_transcripts(self) -> None:
        """List Transcripts as soon as it is of use: to a group for research, or where somebody agreed to it."""
        vault = self._context.vault.current
        if self._lists_transcripts or vault is None or not self._shell.place(PlaceKey.TODAY):
            return
        from balint_desktop.vault.transcripts import may_be_transcribed

        with self._context.messages.attempt():
            if may_be_transcribed(vault.log):
                self._lists_transcripts = True
                offer = self._transcripts_entry()
                self._shell.add_place(offer.key, offer.label, offer.build, offer.below)

    def list_analysis(self) -> None:
        """List Analysis as soon as it is of use: once a text is approved, or a study is there."""
        vault = self._context.vault.current
        if self._lists_analysis or vault is None or not self._shell.place(PlaceKey.TODAY):
            return
        from balint_desktop.app.analysis_place import may_be_analysed

        with self._context.messages.attempt():
            if may_be_analysed(vault):
                self._add_analysis()

    def _add_analysis(self) -> None:
        self._lists_analysis = True
        offer = self._analysis_entry()
        self._shell.add_place(offer.key, offer.label, offer.build, offer.below)

    def import_coding_file(self, path: Path | None = None) -> None:
        """Take a coding file that came, in a coder's own vault also where nothing is analysed yet; ask without one."""
        if self._context.vault.current is None or not self._shell.place(PlaceKey.TODAY):
            return
        from balint_desktop.ui.analysis.file_kinds import coding_file_kinds
        from balint_desktop.ui.analysis.place import AnalysisPlace
        from balint_desktop.ui.export.open_dialog import ask_for_file

        if path is None:
            # Asked where one is: who cancels stays there.
            path = ask_for_file(self._shell, tr("Open a coding file"), coding_file_kinds(sealed_only=True))
        if path is None:
            return
        if not self._lists_analysis:
            self._add_analysis()
        if self._shell.current is not PlaceKey.ANALYSIS:
            self._shell.show_place(PlaceKey.ANALYSIS)
        place = self._shell.place(PlaceKey.ANALYSIS)
        if isinstance(place, AnalysisPlace) and self._shell.current is PlaceKey.ANALYSIS:
            place.import_file(path)

    def _transcripts_entry(self) -> PlaceEntry:
        return PlaceEntry(
            PlaceKey.TRANSCRIPTS,
            tr("Transcripts"),
            self._transcripts,
            needs_vault=True,
            below=PlaceKey.RECORDINGS,
        )

    def _analysis_entry(self) -> PlaceEntry:
        below = PlaceKey.TRANSCRIPTS if self._lists_transcripts else PlaceKey.RECORDINGS
        return PlaceEntry(PlaceKey.ANALYSIS, tr("Analysis"), self._analysis, needs_vault=True, below=below)

    # --- builders import their modules on use; longer ones have a module of their own ---

    def _today(self) -> Place:
        from balint_desktop.app.today import build_today

        return build_today(
            self._context,
            self._shell,
            self._session,
            self._transcription,
            open_gate=self._gates.show,
            import_coding_file=self.import_coding_file,
            timer_only=self._timer_only,
        )

    def _groups(self) -> Place:
        from balint_desktop.app.group_sections import group_sections
        from balint_desktop.app.vault_services import form_drafts
        from balint_desktop.domain.group.dates import day_of
        from balint_desktop.ui.group.form.deps import GroupDeps
        from balint_desktop.ui.group.list.place import GroupsPlace
        from balint_desktop.vault.new_group import add_group

        context = self._context
        vault = context.vault.open_vault()
        return GroupsPlace(
            vault.readers,
            self._format_choices,
            context.messages,
            vault.readers,
            sections=group_sections(
                context, self._shell, session=self._session, gates=self._gates, handover=self._handover
            ),
            undoing=context.undo,
            deps=GroupDeps(
                dates=vault.log.dates,
                today=lambda: day_of(context.clock.now().wall),
                add=lambda new: add_group(vault, new),
                drafts=form_drafts(context),
            ),
        )

    def _format_choices(self) -> list[FormatChoice]:
        from balint_desktop.ui.group.form.edit_group import FormatChoice

        return [FormatChoice(line.key, line.name) for line in self._context.formats.lines() if not line.problem]

    def _log(self) -> Place:
        from balint_desktop.app.log import build_log

        return build_log(self._context, self._shell)

    def _recordings(self) -> Place:
        from balint_desktop.app.recordings import build_recordings

        return build_recordings(self._context, self._shell, self._transcription)

    def _transcripts(self) -> Place:
        from balint_desktop.app.transcripts_place import build_transcripts

        return build_transcripts(self._context, self._shell, self._session, self._transcription)

    def _analysis(self) -> Place:
        from balint_desktop.app.analysis_place import build_analysis

        return build_analysis(self._context, self._shell)

    def _accreditation(self) -> Place:
        from balint_desktop.app.vault_services import accreditation_deps, export_service, report_accounts
        from balint_desktop.ui.accreditation.place import AccreditationPlace
        from balint_desktop.ui.accreditation.record_section import RecordDeps, RecordSection
        from balint_desktop.ui.widgets.sections import SectionEntry

        deps = accreditation_deps(self._context)
        accounts = report_accounts(self._context)
        record = RecordDeps(deps.service, export_service(self._context), lambda: accounts.facilitator().who)
        return AccreditationPlace(deps, (SectionEntry("record", tr("Leader’s record"), lambda: RecordSection(record)),))

    def _settings(self) -> Place:
        from balint_desktop.app.settings import build_settings

        return build_settings(self._context, self._locking, self._keys, self._speak)

    def _speak(self, language: str) -> None:
        """Speak another language: every page is built anew, after the press that asked for it is over."""
        self._context.language.choose(language)
        self._context.messages.clear()
        QTimer.singleShot(0, self._shell, self._reopen_at_settings)

    def _reopen_at_settings(self) -> None:
        self.open()
        navigation.show_settings(self._shell, "appearance", "language")

    def _help(self) -> Place:
        from balint_desktop.ui.help.place import HelpPlace

        return HelpPlace()
