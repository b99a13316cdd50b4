"""The group report for an ethics file: counts only."""

from __future__ import annotations

from collections import Counter
from datetime import date

from balint_desktop.domain.evaluation.questionnaires import POINTS
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.study.retention import RetainedItem, RetainedKind, RetentionStatus
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.audit_trail import statement
from balint_desktop.reports.group_account import GroupAccount, WrittenAnswers
from balint_desktop.reports.methods import declared_sentences, paragraph, prompts_words
from balint_desktop.reports.tables import local_day
from balint_desktop.text import durations, retention
from balint_desktop.text.consents import purpose_name
from balint_desktop.text.gaps import gap_sentence
from balint_desktop.ui.group.charts.phase_strips import SessionStrip, on_paper
from balint_desktop.ui.group.reports import pages
from balint_desktop.ui.today.cards import full_day
from balint_desktop.ui.widgets.dates import day_words, short_day

# Text width of an A4 page with its margins, in 96ths of an inch.
_PICTURE_WIDTH = 620


def group_report(account: GroupAccount) -> str:
    """Return the report as HTML for ui/paper. Text from the log is escaped."""
    parts = [
        pages.heading(tr("Report on {group}").format(group=account.group.name)),
        pages.quiet(
            tr("Made on {day} from the group’s log. Counts only: no names and no codes.").format(
                day=day_words(account.today)
            )
        ),
        pages.facts(_frame(account)),
        pages.section(tr("Sessions")),
        *_sessions(account),
        pages.section(tr("Recordings")),
        *_recordings(account),
        pages.section(tr("Consents")),
        *_consents(account),
        pages.section(tr("Written evaluation")),
        *_written(account),
        *_study(account),
        pages.section(tr("Retention")),
        *_retention(account),
        pages.section(tr("Prompts")),
        pages.line(prompts_words(account) or tr("No prompts were shown.")),
        pages.section(tr("Audit trail")),
        pages.line(statement(account.trail)),
        pages.quiet(tr("Write these eight words down to check later that nothing before them was changed.")),
    ]
    return "".join(parts)


def session_strips(account: GroupAccount) -> list[SessionStrip]:
    """Return the group's sessions as strips for the chart."""
    return [
        SessionStrip(
            tr("{n}, {day}").format(n=record.setting.number, day=short_day(local_day(record.began_wall))),
            record.phases,
            record.planned_s,
            record.ended_s,
        )
        for record in account.records
    ]


def _frame(account: GroupAccount) -> list[tuple[str, str]]:
    group = account.group
    reads = [tr("this vault")] if group.opens_here else []
    if group.readers:
        others = tr_n("{n} other reader", "{n} other readers", len(group.readers))
        reads.append(others.format(n=len(group.readers)))
    rows = [
        (tr("Sessions planned"), str(group.sessions)),
        (tr("Usual day"), full_day(group.weekday) if group.weekday is not None else tr("none")),
        (tr("Format"), account.format_name),
        (tr("Participants"), str(len(account.members))),
        (tr("Support named to the group"), group.support or tr("none entered")),
        (tr("Recorded for research"), tr("yes") if group.for_research else tr("no")),
        (tr("Recordings can be opened by"), ", ".join(reads) or tr("no one")),
    ]
    if group.for_research:
        rows.append(
            (tr("Ethics approval"), " ".join(filter(None, (account.committee, account.approval))) or tr("none entered"))
        )
    return rows


# --- sessions ---


def _sessions(account: GroupAccount) -> list[str]:
    if not account.records and not account.planned:
        return [pages.line(tr("No sessions are planned, and none were held."))]
    headings = (tr("No."), tr("Planned"), tr("Held"), tr("Kind"), tr("Length"), tr("Cases"), tr("People"))
    rows = [_held(account, record) for record in account.records]
    rows += [
        (
            str(line.number) if line.number is not None else "",
            short_day(line.day),
            tr("cancelled") if line.cancelled else _not_held(line.day, account.today),
            _kind(line.kind),
            *("", "", ""),
        )
        for line in account.not_held()
    ]
    parts = [pages.table(headings, rows)]
    if account.records:
        parts.append(pages.line(paragraph(account, day_words)))
        parts.append(pages.quiet(tr("Each session’s phases in minutes from its start: planned above, actual below.")))
        parts.append(pages.picture(on_paper(session_strips(account), _PICTURE_WIDTH), _PICTURE_WIDTH))
    return parts


def _held(account: GroupAccount, record: SessionRecord) -> tuple[str, ...]:
    held = short_day(local_day(record.began_wall))
    if record.entered_wall is not None:
        held = tr("{day}, entered afterwards").format(day=held)
    planned = durations.tenths(record.planned_s / 60)
    length = tr("{held} of {planned} min") if record.ended_s is not None else tr("not ended, {planned} min planned")
    return (
        str(record.setting.number),
        short_day(account.planned_day(record)),
        held,
        _kind(record.setting.kind),
        length.format(held=durations.tenths((record.ended_s or 0.0) / 60), planned=planned),
        str(record.cases),
        str(len(record.present)),
    )


def _not_held(day: date, today: date) -> str:
    return tr("not yet") if day >= today else tr("no record")


def _kind(kind: SessionKind) -> str:
    return {SessionKind.CASE: tr("case"), SessionKind.EVALUATION: tr("evaluation")}[kind]


# --- recordings ---


def _recordings(account: GroupAccount) -> list[str]:
    if not account.recorded:
        return [pages.line(tr("No sessions were recorded."))]
    headings = (tr("No."), tr("Recorded"), tr("Off the record"), tr("Missing"), tr("Now"))
    parts = [pages.table(headings, [_recording(record) for record in account.records])]
    gaps = [
        tr("Session {n}: {gap}").format(n=record.setting.number, gap=gap_sentence(gap))
        for record in account.records
        for gap in record.gaps
    ]
    if gaps:
        parts.append(pages.line("\n".join(gaps)))
    if account.destroyed:
        parts.append(
            pages.quiet(
                tr(
                    "Destroyed: the only key that opens the recording was overwritten and deleted, then all its files, "
                    "and the audit trail says so. Copies in backups have to be destroyed separately."
                )
            )
        )
    return parts


def _recording(record: SessionRecord) -> tuple[str, ...]:
    recording = record.recording
    if recording is None:
        return str(record.setting.number), tr("no"), "", "", ""
    missing = sum(gap.until_s - gap.from_s for gap in record.gaps)
    condition = tr("encrypted")
    if recording.redacted_s >= 1:
        condition = tr("encrypted, {long} removed").format(long=durations.duration_words(recording.redacted_s))
    if recording.destroyed is not None:
        day = short_day(local_day(recording.destroyed.completed_wall or recording.destroyed.asked_wall))
        state = (
            tr("destroyed on {day}: {why}")
            if recording.destroyed.completed_wall
            else tr("being destroyed since {day}: {why}")
        )
        condition = state.format(day=day, why=recording.destroyed.reason)
    return (
        str(record.setting.number),
        durations.minutes_words(recording.seconds / 60),
        durations.minutes_words(recording.off_record_s / 60) if recording.off_record_s >= 1 else tr("none"),
        durations.duration_words(missing) if missing >= 1 else tr("nothing"),
        condition,
    )


# --- consents and evaluation ---


def _consents(account: GroupAccount) -> list[str]:
    if account.coordinator:
        kept = tr("{who} keeps the answers. Their counts are in the ethics file.")
        return [pages.line(kept.format(who=account.coordinator[:1].upper() + account.coordinator[1:]))]
    if not account.consents:
        return [pages.line(tr("No consents are entered."))]
    headings = (tr("Purpose"), tr("Form version"), tr("Given"), tr("Declined"), tr("Withdrawn"), tr("Not asked"))
    rows = [
        (
            purpose_name(count.purpose),
            count.forms or tr("not noted"),
            *(str(n) for n in (count.given, count.declined, count.withdrawn, count.not_asked)),
        )
        for count in account.consents
    ]
    parts = [pages.table(headings, rows)]
    if account.invited is not None:
        parts.append(pages.line(tr("Invited: {n}.").format(n=account.invited)))
    return parts


def _written(account: GroupAccount) -> list[str]:
    """Return each written part with its own counts: two versions of a questionnaire are never added up."""
    if account.group.awaits_grades:
        return [pages.line(tr("Closed to the facilitator, who also assesses, until the grades are final."))]
    if not account.written:
        return [pages.line(tr("There was no written evaluation."))]
    parts = []
    for one in account.written:
        sheets = tr_n("{n} sheet", "{n} sheets", one.sheets).format(n=one.sheets)
        parts.append(
            pages.line(
                tr("{name}, version {version}, {day}: {sheets}.").format(
                    name=one.name, version=one.version, day=day_words(one.day), sheets=sheets
                )
            )
        )
        parts += _counts(one) if one.closed else [pages.line(tr("It is still open: counts appear once it is closed."))]
    return parts


def _counts(one: WrittenAnswers) -> list[str]:
    headings = (tr("Statement"), *(str(answer) for answer in range(1, POINTS + 1)))
    rows = [
        (words, *(str(times) for times in counts or ("–",) * POINTS))
        for words, counts in zip(one.statements, one.counts, strict=True)
    ]
    ends = tr("1: {from_words}. {most}: {to_words}.").format(
        from_words=one.from_words, to_words=one.to_words, most=POINTS
    )
    shown = tr("–: not shown, as the counts could identify someone. Free text is not in this report.")
    return [pages.table(headings, rows), pages.quiet(f"{ends} {shown}")]


# --- study and retention ---


def _study(account: GroupAccount) -> list[str]:
    sentences = declared_sentences(account)
    return [pages.section(tr("The study")), pages.line(" ".join(sentences))] if sentences else []


def _retention(account: GroupAccount) -> list[str]:
    rows = [_retention_counts(account, kind) for kind in RetainedKind]
    parts = [pages.table((tr("Data"), tr("Period"), tr("Now")), rows)]
    if account.holds:
        holds = tr_n(
            "{n} legal hold is active: nothing it covers can be destroyed.",
            "{n} legal holds are active: nothing they cover can be destroyed.",
            account.holds,
        )
        parts.append(pages.line(holds.format(n=account.holds)))
    return parts


def _retention_counts(account: GroupAccount, kind: RetainedKind) -> tuple[str, str, str]:
    clock = account.clocks.clocks.get(kind)
    rule = retention.clock(clock) if clock is not None else tr("no period entered")
    things = [one for one in account.retained if one.retained.kind is kind]
    counted = Counter(one.status for one in things)
    parts = [
        tr("{n} {status}").format(n=counted[status], status=_status(status))
        for status in RetentionStatus
        if counted[status]
    ]
    due = [one.due for one in things if one.due is not None and _runs(one)]
    if due:
        parts.append(tr("first due on {day}").format(day=short_day(min(due))))
    return retention.title(kind), rule, ", ".join(parts) or tr("none yet")


def _runs(one: RetainedItem) -> bool:
    return one.status in {RetentionStatus.DUE, RetentionStatus.SOON, RetentionStatus.RUNNING}


def _status(status: RetentionStatus) -> str:
    return {
        RetentionStatus.DUE: tr("overdue"),
        RetentionStatus.SOON: tr("due soon"),
        RetentionStatus.RUNNING: tr("within the period"),
        RetentionStatus.HELD: tr("on legal hold"),
        RetentionStatus.WAITING: tr("not started: waiting for the event"),
        RetentionStatus.NO_PERIOD: tr("without a period"),
        RetentionStatus.GONE: tr("destroyed"),
    }[status]
