"""How an imported file is put into words: what was read and kept, what was found, and whether the original may go."""

from __future__ import annotations

from balint_desktop.domain.import_report import Finding, ImportReport
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.durations import duration_words
from balint_desktop.vault.log.transfers import ImportRow


def imported(original: str, report: ImportReport) -> str:
    """Return the result of importing a file: what was read, what was saved, and what to do with the original."""
    return " ".join([amount_sentence(original, report), *findings(report), original_words(original, report)])


def amount_sentence(original: str, report: ImportReport) -> str:
    """Return how much of a file was read, and how much of it is sealed here."""
    return tr("{name} ({kind}): {read} read, {kept} imported and sealed.").format(
        name=original, kind=report.kind, read=duration_words(report.read_s), kept=duration_words(report.kept_s)
    )


def findings(report: ImportReport) -> list[str]:
    """Return a sentence for each finding, most important first."""
    return [words for finding in Finding if finding in report.findings and (words := _finding(finding, report))]


def original_words(original: str, report: ImportReport | None) -> str:
    """Return whether the original may be wiped: only where all of it is saved. `report` is None where none was made."""
    if report is None:
        return tr(
            "{name} was imported by an earlier version, which could miss part of a file. The original is still "
            "on the recorder, not encrypted. Listen to the end of the recording before you delete the "
            "original."
        ).format(name=original)
    if report.is_complete:
        return tr(
            "The whole file was imported. The original, {name}, is still on the recorder, not encrypted. "
            "Delete it there."
        ).format(name=original)
    if Finding.SILENT in report.findings:
        return tr(
            "Do not delete the original, {name}, yet. Play it on the device it came from. If it is silent "
            "there too, nothing is lost."
        ).format(name=original)
    return tr(
        "Do not delete the original yet: {name} may contain more. It is not encrypted, so keep it somewhere "
        "safe. Listen to the recording here and compare its length with the original."
    ).format(name=original)


def reminder(row: ImportRow) -> str:
    """Return the reminder about an original not yet wiped: what was found, and what to do with it."""
    found = [] if row.report is None or row.report.is_complete else findings(row.report)
    return " ".join([*found, original_words(row.original, row.report)])


def description(row: ImportRow) -> str:
    """Return the description of an imported recording: what was read of the file, and the findings."""
    if row.report is None:
        return tr(
            "Imported by an earlier version, which could miss part of a file. It is readable, but compare its "
            "length with the original."
        )
    lengths = tr("Imported from a file ({kind}): {read} read, {kept} imported.").format(
        kind=row.report.kind, read=duration_words(row.report.read_s), kept=duration_words(row.report.kept_s)
    )
    return " ".join([lengths, *findings(row.report)])


def _finding(finding: Finding, report: ImportReport) -> str:
    announced, read = duration_words(report.said_s or 0.0), duration_words(report.read_s)
    return {
        Finding.SILENT: tr("It is silent from beginning to end."),
        Finding.SILENT_IN_PART: tr("{long} of it is completely silent.").format(long=duration_words(report.silent_s)),
        Finding.QUIET: tr("It is very quiet."),
        Finding.DAMAGED: _damaged(report),
        Finding.CUT_SHORT: _cut_short(report),
        Finding.LESS_THAN_SAID: tr(
            "The file states a length of {said} but contains {read}. Its end may be missing."
        ).format(said=announced, read=read),
        Finding.MORE_THAN_SAID: tr(
            "The file states a length of {said} but contains {read}. All of it was read."
        ).format(said=announced, read=read),
        Finding.UNFINISHED: tr("The recorder did not finish the file. All of it was read."),
        Finding.UNCHECKED: tr(
            "Files of this kind do not state their length, so the app cannot check that all of it was read."
        ),
        Finding.JOINED: tr_n(
            "It contained {n} recording.",
            "It contained {n} recordings, one after another. All were read.",
            report.takes,
        ).format(n=report.takes),
        Finding.OPPOSED: tr("Its channels cancelled each other out, so one was inverted before mixing."),
    }[finding]


def _damaged(report: ImportReport) -> str:
    if round(report.lost_s) < 1:
        return tr("The file is damaged, and a small part could not be read.")
    return tr("The file is damaged: about {long} of it could not be read.").format(long=duration_words(report.lost_s))


def _cut_short(report: ImportReport) -> str:
    if report.said_s is not None and report.said_s > report.read_s + 1:
        return tr("The file is cut short: it states a length of {said}. Everything in it was read.").format(
            said=duration_words(report.said_s)
        )
    return tr("The file is cut short, so its end may be missing. Everything in it was read.")
