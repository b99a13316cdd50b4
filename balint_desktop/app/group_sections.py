"""Build the sections of a group's page after *About*, each when it is first seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.gates import Gates
from balint_desktop.app.handover import Handover
from balint_desktop.app.session import SessionHost
from balint_desktop.app.vault_services import (
    export_service,
    form_drafts,
    name_gate,
    report_accounts,
    retention_service,
)
from balint_desktop.app.vault_slot import VaultSlot
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.widgets.sections import Section, SectionEntry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from balint_desktop.domain.evaluation.questionnaires import Questionnaire


def group_sections(
    context: AppContext, shell: Shell, *, session: SessionHost, gates: Gates, handover: Handover
) -> tuple[SectionEntry[Group], ...]:
    """Return the sections in the order of their tabs: a new one is a line here and a builder below.

    Each receives the group, read again, each time it comes into view. A teaching group has the sections that teaching
    needs; research opens the rest.
    """
    return (
        SectionEntry("dates", tr("Dates"), lambda: _dates(context, shell, session)),
        SectionEntry("members", tr("Members"), lambda: _members(context, shell, gates)),
        SectionEntry("recording", tr("Recording"), lambda: _recording(context, shell, session), _teaches_only),
        SectionEntry("consents", tr("Consents"), lambda: _consents(context, shell, session), _is_research),
        SectionEntry("evaluation", tr("Evaluation"), lambda: _evaluation(context, shell, handover)),
        SectionEntry(
            "retention", tr("Retention"), lambda: _retention(context, shell), lambda group: _retains(context, group)
        ),
        SectionEntry("reports", tr("Reports"), lambda: _reports(context)),
    )


def _is_research(group: Group) -> bool:
    return group.for_research


def _retains(context: AppContext, group: Group) -> bool:
    """Return whether anything of a group is to be retained by a rule: research, and transcripts of any group."""
    vault = context.vault.current
    return group.for_research or (vault is not None and bool(vault.log.transcripts.retained(group.id)))


def _teaches_only(group: Group) -> bool:
    return not group.for_research


# Each section imports its modules when it is built: opening a group must not wait for all of them.


def _dates(context: AppContext, shell: Shell, session: SessionHost) -> Section[Group]:
    from balint_desktop.ui.group.dates.section import DatesSection
    from balint_desktop.ui.group.dates.service import DatesService

    dates = context.vault.open_vault().log.dates
    section = DatesSection(
        DatesService(
            dates, context.messages, context.undo, lambda: day_of(context.clock.now().wall), form_drafts(context)
        )
    )
    section.get_ready_asked.connect(session.get_ready)
    section.enter_asked.connect(lambda group, number: navigation.enter_session(shell, group, number))
    return section


def _recording(context: AppContext, shell: Shell, session: SessionHost) -> Section[Group]:
    from balint_desktop.ui.group.recording.section import RecordingDeps, RecordingSection
    from balint_desktop.vault.group_agreement import GroupAgreement

    agreement = GroupAgreement(context.vault.open_vault().log)
    section = RecordingSection(RecordingDeps(agreement, context.messages, context.undo, session.consents_changed))
    section.by_person_asked.connect(lambda: navigation.show_section(shell, "consents"))
    return section


@dataclass(frozen=True, slots=True)
class _RosterKeys:
    """The roster's keys, which a session drops, and the gate that restores them."""

    vault: VaultSlot
    ask_gate: Callable[[], None]

    def are_available(self) -> bool:
        """Return whether names can be read now."""
        return self.vault.is_open

    def ask(self) -> None:
        """Ask for the passphrase, then return to the group."""
        self.ask_gate()


def _members(context: AppContext, shell: Shell, gates: Gates) -> Section[Group]:
    from balint_desktop.ui.group.members.section import MembersSection
    from balint_desktop.ui.group.members.service import MembersService

    def ask() -> None:
        gates.ask_for_keys(
            lambda: shell.show_place(PlaceKey.GROUPS),
            tr("Show names"),
            tr("For safety, names lock after a session. Enter your passphrase to see them."),
            help_page="members",
        )

    vault = context.vault.open_vault()
    keys = _RosterKeys(context.vault, ask)
    service = MembersService(
        vault.members, vault.rosters, keys, context.messages, context.undo, vault.log.consents.today
    )
    return MembersSection(service, context.work)


def _consents(context: AppContext, shell: Shell, session: SessionHost) -> Section[Group]:
    from balint_desktop.ui.export.save_dialog import ask_where_to_save
    from balint_desktop.ui.group.consents.deps import ConsentDeps
    from balint_desktop.ui.group.consents.section import ConsentsSection
    from balint_desktop.vault.transcripts import TranscriptVault

    def print_text(parent: QWidget, html: str) -> None:
        from balint_desktop.ui.export import printing

        printing.print_text(parent, html, tr("Consent form"))

    return ConsentsSection(
        ConsentDeps(
            log=context.vault.open_vault().log,
            messages=context.messages,
            undoing=context.undo,
            # The room is notified of a change in the same call.
            changed=session.consents_changed,
            destroy=lambda recording: navigation.destroy_recording(shell, recording),
            open_transcript=lambda recording: navigation.show_transcript(shell, recording),
            print_text=print_text,
            ask=ask_where_to_save,
            pass_names=name_gate(context),
            transcripts=TranscriptVault(context.vault.open_vault()),
            labels=report_accounts(context).labels,
            drafts=form_drafts(context),
        )
    )


def _evaluation(context: AppContext, shell: Shell, handover: Handover) -> Section[Group]:
    from balint_desktop.domain.study.doors import Door
    from balint_desktop.ui.export.name_gate import printed
    from balint_desktop.ui.export.printing import print_text
    from balint_desktop.ui.group.evaluation.deps import EvaluationDeps
    from balint_desktop.ui.group.evaluation.section import EvaluationSection
    from balint_desktop.ui.group.evaluation.sheet_to_print import sheet_html
    from balint_desktop.vault.consent_gate import pass_people

    log, pass_names = context.vault.open_vault().log, name_gate(context)

    def print_sheet(parent: QWidget, asked: Questionnaire) -> None:
        html = sheet_html(asked)
        with context.messages.attempt():
            pass_names(Door.QUESTIONNAIRE_SHEET, (printed(html, asked.name),))
            print_text(parent, html, asked.name)

    def start(group: GroupId, part: str, *, from_paper: bool) -> None:
        handover.start(part, lambda: navigation.show_group(shell, group, "evaluation"), from_paper=from_paper)

    deps = EvaluationDeps(
        store=log.evaluation,
        questionnaires=context.questionnaires,
        today=lambda: day_of(context.clock.now().wall),
        session_of=log.sessions.latest_evaluation,
        begin_handover=lambda group, part: start(group, part, from_paper=False),
        enter=lambda group, part: start(group, part, from_paper=True),
        print_sheet=print_sheet,
        agreed=lambda group: pass_people(log, Door.SCORES, group),
        labels=report_accounts(context).labels,
        export=export_service(context),
        drafts=form_drafts(context),
    )
    return EvaluationSection(deps, context.messages, context.undo)


def _retention(context: AppContext, shell: Shell) -> Section[Group]:
    from balint_desktop.ui.group.retention.section import RetentionSection

    return RetentionSection(retention_service(context), lambda recording: navigation.show_recording(shell, recording))


def _reports(context: AppContext) -> Section[Group]:
    from balint_desktop.ui.export.printing import print_hour_card
    from balint_desktop.ui.group.reports.deps import ReportDeps
    from balint_desktop.ui.group.reports.section import ReportsSection

    accounts = report_accounts(context)
    return ReportsSection(
        ReportDeps(accounts, export_service(context), context.messages, context.formats.load, print_hour_card)
    )
