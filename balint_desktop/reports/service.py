"""ReportService: gather a group's figures from an open vault and audit each exported file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.evaluation.written_part import shown_counts
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import StoredSession, session_record
from balint_desktop.domain.study.access import AccessRequest
from balint_desktop.domain.study.consent import Answer, count_answers
from balint_desktop.domain.study.doors import door_of_file
from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionId
from balint_desktop.i18n.library_texts import translated_questionnaire, translated_record
from balint_desktop.reports.audit_trail import audit_rows
from balint_desktop.reports.calendar_file import LengthOf, to_ics
from balint_desktop.reports.group_account import (
    AuditHead,
    ConsentCount,
    Declared,
    GroupAccount,
    PlannedDay,
    WrittenAnswers,
)
from balint_desktop.reports.outside_labels import OutsideLabels, outside_labels
from balint_desktop.vault.consent_gate import pass_group
from balint_desktop.vault.log.audit import AuditAct, AuditRow
from balint_desktop.vault.log.evaluation import WrittenPart
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.vault import OpenVault

Sessions = Callable[[GroupId], tuple[StoredSession, ...]]
_FACILITATOR = "facilitator"
_INSTITUTION = "institution"


class ReportService:
    """Reports' access to the log. Runs on the log's thread; each method raises Trouble."""

    def __init__(self, vault: OpenVault, sessions: Sessions, format_name: Callable[[str], str], clock: Clock) -> None:
        """Store the providers: `sessions` returns a group's sessions, `format_name` a format's current name."""
        self._vault = vault
        self._sessions = sessions
        self._format_name = format_name
        self._clock = clock

    def today(self) -> date:
        """Return the local day."""
        return day_of(self._clock.now().wall)

    def account(self, group: Group) -> GroupAccount:
        """Return all figures a group's reports are built from."""
        log = self._vault.log
        records = [translated_record(session_record(kept)) for kept in self._sessions(group.id)]
        records.sort(key=lambda record: record.began_wall or 0.0)
        study = log.consents.study(group.id)
        return GroupAccount(
            group=group,
            format_name=self._format_name(group.format_key),
            today=self.today(),
            records=tuple(records),
            planned=tuple(
                PlannedDay(line.number, line.day, line.kind, line.cancelled is not None)
                for line in log.dates.plan(group.id)
            ),
            # In a group this small, a count of refusals tells whoever teaches more than they are to know.
            consents=() if study is not None and study.coordinator else self._consents(group),
            coordinator=study.coordinator if study is not None else "",
            clocks=log.retention.clocks(group.id),
            retained=GroupRetention(log, group.id, self.today(), self._vault.rosters.has_code_key).items(),
            holds=sum(1 for hold in log.holds.holds(group.id) if hold.lifted is None),
            trail=audit_rows(log.audit),
            facilitator=self.facilitator(),
            colleagues=self._beside(group.id),
            approval=study.approval_reference if study is not None else "",
            committee=study.approval_committee if study is not None else "",
            invited=study.invited if study is not None else None,
            # Whoever leads and assesses, or may, sees no answers before the grades, here either.
            written=() if group.awaits_grades or group.lacks_assessment_answer else self._written(group.id),
            declared=Declared(
                assesses=group.leader_assesses,
                grades_are_final=group.grades_final is not None,
                patients=study.patients if study is not None else "",
                governance=study.governance if study is not None else "",
            ),
        )

    def facilitator(self) -> Facilitator:
        """Return the facilitator's description of themselves."""
        return Facilitator.from_text(self._vault.log.setting(_FACILITATOR))

    def set_facilitator(self, facilitator: Facilitator) -> None:
        """Save the facilitator's description of themselves."""
        self._vault.log.set_setting(_FACILITATOR, facilitator.to_text())

    def institution(self) -> str:
        """Return the institution that certificates name, empty where none was entered."""
        return self._vault.log.setting(_INSTITUTION)

    def set_institution(self, name: str) -> None:
        """Save the institution that certificates name."""
        if name != self.institution():
            self._vault.log.set_setting(_INSTITUTION, name)

    def names(self, group: GroupId) -> Mapping[ParticipantCode, str]:
        """Return the names in a group's roster, by code. Raise Trouble VAULT_LOCKED."""
        return {person.code: person.name for person in self._vault.rosters.read(group).people}

    def labels(self, group: GroupId) -> OutsideLabels:
        """Return what stands for a group's people in files; it raises Trouble VAULT_LOCKED when it is asked."""
        return outside_labels(self._vault, group)

    def has_names(self, group: GroupId) -> bool:
        """Return whether there are names of a group that an export can be checked for. Needs no key."""
        return self._vault.rosters.has(group)

    def calendar_file(self, group: Group, length_of: LengthOf) -> bytes:
        """Return a group's dates as an iCalendar file."""
        return to_ics(group, self._vault.log.dates.plan(group.id), length_of, self._clock.now().wall)

    def name_of(self, group: GroupId, code: ParticipantCode) -> str:
        """Return the name for a code, empty where the roster has none. Raise Trouble VAULT_LOCKED."""
        return self._vault.rosters.read(group).name_of(code)

    def audit_rows(self) -> tuple[AuditRow, ...]:
        """Return the audit trail from its beginning."""
        return self._vault.log.audit.rows()

    def trail(self) -> AuditHead:
        """Verify the audit trail, and return its head."""
        return audit_rows(self._vault.log.audit)

    def requests(self, group: GroupId) -> tuple[AccessRequest, ...]:
        """Return the requests for access to a group's data."""
        return self._vault.log.access.requests(group)

    def next_start(self, group: GroupId) -> str:
        """Return the start of the group's next session (HH:MM), else of its last; empty where no time is planned."""
        _number, line = self._vault.log.dates.next_session(group, self.today())
        times = [one.time for one in self._vault.log.dates.plan(group) if one.time]
        return line.time if line is not None and line.time else times[-1] if times else ""

    def pass_door(self, file_kind: str, group: GroupId | None) -> None:
        """Ask the consent gate whether such a file may leave. Raise Trouble; ValueError for a kind without a door."""
        pass_group(self._vault.log, door_of_file(file_kind), group)

    def note_export(self, file_kind: str, group: GroupId | None = None, *, with_names: bool = False) -> None:
        """Record in the audit trail an unencrypted export: its kind, its group, and whether it holds a name.

        Raise Trouble as `pass_door` does: nothing is noted that may not leave.
        """
        self.pass_door(file_kind, group)
        details = {"what": file_kind, "group": group, "names": "yes" if with_names else "no"}
        self._vault.log.audit.add_export(AuditAct.REPORT_TAKEN_OUT, details)

    def _consents(self, group: Group) -> tuple[ConsentCount, ...]:
        rows = self._vault.log.consents.consents(group.id)
        if not rows:
            return ()
        counted = count_answers(rows, [member.code for member in group.participants])
        return tuple(
            ConsentCount(
                purpose,
                forms,
                given=answers.get(Answer.GIVEN, 0),
                declined=answers.get(Answer.DECLINED, 0),
                withdrawn=answers.get(Answer.WITHDRAWN, 0),
                not_asked=answers.get(None, 0),
            )
            for (purpose, forms), answers in counted.items()
        )

    def _written(self, group: GroupId) -> tuple[WrittenAnswers, ...]:
        parts = self._vault.log.evaluation.parts(group)
        return tuple(written_answers(part) for part in sorted(parts, key=lambda part: part.day))

    def _beside(self, group: GroupId) -> dict[SessionId, dict[str, int]]:
        found: dict[SessionId, dict[str, int]] = {}
        for session, colleagues in self._vault.log.leaders.non_participants_of_group(group).items():
            for one in colleagues:
                roles = found.setdefault(session, {})
                roles[one.role.value] = roles.get(one.role.value, 0) + 1
        return found


def written_answers(part: WrittenPart) -> WrittenAnswers:
    """Return what may be shown of a written part."""
    asked = translated_questionnaire(part.questionnaire)
    return WrittenAnswers(
        name=asked.name,
        version=asked.version,
        day=part.day,
        sheets=part.counts.sheets,
        closed=part.closed,
        statements=asked.statements,
        counts=shown_counts(part.counts, closed=part.closed, least=part.least),
        from_words=asked.from_words,
        to_words=asked.to_words,
    )
