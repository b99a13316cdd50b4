"""Wording of what was found in a roster file. No sentence repeats what stands in a line."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.roster.plan_import import (
    RefusalReason,
    RosterContent,
    RowOutcome,
    RowProblem,
    SkippedRow,
    SkipReason,
)

# Line numbers listed in a sentence before the rest is counted.
_MAX_LINES = 6


def outcome_words(outcome: RowOutcome) -> str:
    """Return the outcome of a roster row."""
    return {
        RowOutcome.JOINS: tr("new"),
        RowOutcome.GETS_NAME: tr("name added"),
        RowOutcome.GETS_SHORT_NAMES: tr("short names added"),
        RowOutcome.IS_KNOWN: tr("known"),
    }[outcome]


def problem_words(problem: RowProblem) -> str:
    """Return a rejected row's line number and reason."""
    return {
        RefusalReason.OPEN_QUOTE: tr("Line {line}: a quotation mark is not closed."),
        RefusalReason.TOO_LONG: tr("Line {line}: the name or contact is too long."),
        RefusalReason.NOT_A_CODE: tr("Line {line}: this is not a code. Codes are P1 to P99."),
        RefusalReason.CODE_TWICE: tr("Line {line} has the same code as line {detail}."),
        RefusalReason.NAME_TWICE: tr(
            "Line {line} has the name of line {detail} but other details. "
            "If they are two people, make the names differ."
        ),
        RefusalReason.CODE_TAKEN: tr("Line {line}: {detail} is another member’s code."),
        RefusalReason.NAME_KNOWN: tr("Line {line}: the roster has this name as {detail}."),
        RefusalReason.NO_CODE_LEFT: tr("Line {line}: no code is left. The last is P99."),
    }[problem.why].format(line=problem.line, detail=problem.message)


def skipped_words(skipped: Sequence[SkippedRow]) -> list[str]:
    """Return which lines are left out and why: a sentence for each repeated line, one for each other reason."""
    sentences = [
        tr("Line {line} repeats line {earlier}.").format(line=row.line, earlier=row.earlier)
        for row in skipped
        if row.why is SkipReason.REPEATS
    ]
    if len(sentences) > _MAX_LINES:
        count = len(sentences)
        sentences = [tr_n("{n} line repeats an earlier one.", "{n} lines repeat earlier ones.", count).format(n=count)]
    for why in (SkipReason.TITLE, SkipReason.NO_NAME, SkipReason.NOT_A_PERSON, SkipReason.HIDDEN):
        lines = [row.line for row in skipped if row.why is why]
        if lines:
            sentences.append(_left_out(why, len(lines)).format(n=len(lines), lines=_numbers(lines)))
    return sentences


def _left_out(why: SkipReason, count: int) -> str:
    if why is SkipReason.TITLE:
        return tr_n("Line {lines} is a title and was skipped.", "Lines {lines} are titles and were skipped.", count)
    if why is SkipReason.NO_NAME:
        return tr_n("Line {lines} has no name and was skipped.", "Lines {lines} have no name and were skipped.", count)
    if why is SkipReason.NOT_A_PERSON:
        return tr_n("Line {lines} is not a person: skipped.", "Lines {lines} are not people: skipped.", count)
    return tr_n("Line {lines} is hidden and was skipped.", "Lines {lines} are hidden and were skipped.", count)


def _numbers(lines: Sequence[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:_MAX_LINES])
    return tr("{lines} …").format(lines=shown) if len(lines) > _MAX_LINES else shown


def found_words(found: RosterContent, *, is_pasted: bool = False) -> str:
    """Return how a list was read and what to check; empty if nothing needs checking. A pasted one has no headings."""
    parts = []
    if found.sheet:
        parts.append(tr("Read from the sheet “{sheet}”.").format(sheet=found.sheet))
    if found.guessed:
        parts.append(
            tr("The file’s encoding is not stated; it was read as {encoding}. Please check the accents.").format(
                encoding=found.encoding
            )
        )
    if not found.has_headings and not is_pasted:
        parts.append(tr("The list has no headings. Please check the names."))
    if found.surname_first:
        parts.append(tr("Names written “Surname, First” were turned round. Please check them."))
    if found.other_ids:
        parts.append(tr("The ID column has no codes P1 to P99 and was not used."))
    if found.formulas:
        sentence = tr_n(
            "Line {lines} looks like a formula; it is read as text.",
            "Lines {lines} look like formulas; they are read as text.",
            len(found.formulas),
        )
        parts.append(sentence.format(lines=_numbers(found.formulas)))
    parts += skipped_words(found.skipped)
    return " ".join(parts)


def paste_problem(trouble: Trouble) -> str:
    """Return why pasted text was not read."""
    if trouble.code is TroubleCode.ROSTER_QUOTE_OPEN:
        return tr("In line {line}, a quotation mark is not closed.").format(line=trouble.details["line"])
    if trouble.code in {TroubleCode.ROSTER_FILE_LONG, TroubleCode.ROSTER_FILE_LARGE}:
        return tr("This is too much for a group. Paste only its members.")
    return tr("No names found. Paste one name per line.")
