"""Plan a roster import: find the columns, list each row that cannot be used with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.roster import (
    CONTACT_LIMIT,
    NAME_LIMIT,
    Person,
    Roster,
    same_name,
    several,
    several_of,
    tidy,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import ParticipantCode, parse_participant_code, participant_code
from balint_desktop.roster.columns import RosterColumns, cell, find_columns, is_formula, is_test_row
from balint_desktop.roster.read_table import FileTable, TableLine, parse_table, read_table


class RefusalReason(StrEnum):
    """Why a row cannot be imported; nothing is, while there is one."""

    OPEN_QUOTE = "open-quote"
    TOO_LONG = "too-long"
    NOT_A_CODE = "not-a-code"
    CODE_TWICE = "code-twice"
    NAME_TWICE = "name-twice"
    CODE_TAKEN = "code-taken"
    NAME_KNOWN = "name-known"
    NO_CODE_LEFT = "no-code-left"


class SkipReason(StrEnum):
    """Why a row is left out, without harm to the others."""

    NO_NAME = "no-name"
    REPEATS = "repeats"
    HIDDEN = "hidden"
    NOT_A_PERSON = "not-a-person"
    TITLE = "title"


class RowOutcome(StrEnum):
    """Outcome of an accepted row."""

    JOINS = "joins"
    GETS_NAME = "gets-name"
    GETS_SHORT_NAMES = "gets-short-names"
    IS_KNOWN = "is-known"


@dataclass(frozen=True, slots=True)
class Row:
    """A person in a file, not yet matched with the group. `code` is None where the file gives none."""

    line: int
    name: str
    contact: str = ""
    code: ParticipantCode | None = None
    short_names: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A refused row: its line, the reason, and the line or code that the reason refers to; never what stands in it."""

    line: int
    why: RefusalReason
    message: str = ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is left out: its line, the reason, and the line that it repeats."""

    line: int
    why: SkipReason
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class RosterContent:
    """Content of a file. `formulas` are the lines with text that a spreadsheet would parse as a formula.

    `sheet` is the one read of several; the three flags are what a person should check.
    """

    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    encoding: str = ""
    guessed: bool = False
    formulas: tuple[int, ...] = ()
    sheet: str = ""
    has_headings: bool = True
    surname_first: bool = False
    other_ids: bool = False


@dataclass(frozen=True, slots=True)
class ImportStep:
    """Effect of importing one row."""

    line: int
    outcome: RowOutcome
    person: Person


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Effects of an import, row by row; it cannot run while there are problems."""

    steps: tuple[ImportStep, ...]
    problems: tuple[RowProblem, ...]

    @property
    def joining(self) -> tuple[ParticipantCode, ...]:
        """Return the codes of new members."""
        return tuple(step.person.code for step in self.steps if step.outcome is RowOutcome.JOINS)

    @property
    def named_rows(self) -> tuple[Person, ...]:
        """Return everyone whose name, or what they are called besides, would be added."""
        return tuple(step.person for step in self.steps if step.outcome is not RowOutcome.IS_KNOWN)

    @property
    def is_possible(self) -> bool:
        """Return whether there is anything to import and no problem."""
        return bool(self.named_rows) and not self.problems


def read_people(path: Path) -> RosterContent:
    """Return the people in a file. Raise Trouble ROSTER_COLUMNS, and what reading its table raises."""
    return people_in(read_table(path), path.name)


def people_pasted(text: str, name: str) -> RosterContent:
    """Return the people in pasted text: a line each, or all in one parted by semicolons or commas. Raise Trouble."""
    rows = [line for line in text.splitlines() if line.strip()]
    if len(rows) == 1 and "\t" not in text:
        sign = ";" if ";" in text else ","
        text = "\n".join(part.strip() for part in text.split(sign))
    return people_in(parse_table(text.encode(errors="replace"), name), name)


def people_in(table: FileTable, name: str) -> RosterContent:
    """Return the people in a table. Raise Trouble ROSTER_COLUMNS, ROSTER_FILE_EMPTY."""
    table, columns = _first_list(table, name)
    rows: list[Row] = []
    problems: list[RowProblem] = []
    skipped = [SkippedRow(number, SkipReason.HIDDEN) for number in table.hidden]
    skipped += [SkippedRow(number, SkipReason.TITLE) for number in columns.titles]
    for line in columns.lines:
        try:
            rows.append(_row(line, columns))
        except _RowSkipped as left_out:
            skipped.append(SkippedRow(line.number, left_out.why))
        except _RowRefused as refused:
            problems.append(RowProblem(line.number, refused.why, refused.detail))
    different, again = _without_repeated(rows)
    skipped += again
    problems += _duplicates(different)
    return RosterContent(
        tuple(different),
        tuple(sorted(problems, key=_by_line)),
        tuple(sorted(skipped, key=_by_line)),
        table.encoding,
        table.guessed,
        tuple(line.number for line in columns.lines if any(is_formula(text) for text in line.cells)),
        table.sheet,
        columns.has_headings,
        columns.surname_first,
        columns.other_ids,
    )


def _first_list(table: FileTable, name: str) -> tuple[FileTable, RosterColumns]:
    """Return the first sheet with headings and its columns, else the first one that reads as a list. Raise Trouble."""
    found: list[tuple[FileTable, RosterColumns]] = []
    refused: Trouble | None = None
    for sheet in (table, *table.others):
        try:
            found.append((sheet, find_columns(sheet, name)))
        except Trouble as trouble:
            refused = refused or trouble
    if not found:
        raise refused or Trouble(TroubleCode.ROSTER_COLUMNS, name=name)
    return next((one for one in found if one[1].has_headings), found[0])


def plan(found: RosterContent, group: Group, roster: Roster, *, fill: bool) -> ImportPlan:
    """Match a file's content with a group and its roster.

    A code in the group gets the name; any other joins. Rows without a code join under fresh codes, or, with
    `fill`, take the group's codes without a name, in order. A name never replaces another:
    that is reported as a problem.
    """
    bad = {problem.line for problem in found.problems}
    rows = [row for row in found.rows if row.line not in bad]
    known = {member.code for member in group.participants}
    spoken_for = {row.code for row in rows if row.code is not None}
    free = _free_codes(group, roster, spoken_for, fill=fill)
    steps: list[ImportStep] = []
    problems = list(found.problems)
    for row in rows:
        try:
            steps.append(_step(row, roster, known, free))
        except _RowRefused as refused:
            problems.append(RowProblem(row.line, refused.why, refused.detail))
    return ImportPlan(tuple(steps), tuple(sorted(problems, key=_by_line)))


def _step(row: Row, roster: Roster, known: Collection[ParticipantCode], free: Iterator[ParticipantCode]) -> ImportStep:
    same = next((person for person in roster.people if same_name(person.name, row.name)), None)
    if same is not None:
        if row.code not in {None, same.code}:
            raise _RowRefused(RefusalReason.NAME_KNOWN, same.code)
        more = replace(
            same,
            short_names=several_of((*same.short_names, *row.short_names)),
            heard_as=several_of((*same.heard_as, *row.heard_as)),
        )
        return ImportStep(row.line, RowOutcome.IS_KNOWN if more == same else RowOutcome.GETS_SHORT_NAMES, more)
    if row.code is not None and roster.name_of(row.code):
        raise _RowRefused(RefusalReason.CODE_TAKEN, row.code)
    code = row.code or next(free, None)
    if code is None:
        raise _RowRefused(RefusalReason.NO_CODE_LEFT)
    outcome = RowOutcome.GETS_NAME if code in known else RowOutcome.JOINS
    return ImportStep(row.line, outcome, Person(code, row.name, row.contact, row.short_names, row.heard_as))


def codes_without_name(group: Group, roster: Roster) -> tuple[ParticipantCode, ...]:
    """Return the codes of current members who have no name in the roster."""
    return tuple(p.code for p in group.participants if p.left is None and not roster.name_of(p.code))


def _free_codes(
    group: Group, roster: Roster, spoken_for: Collection[ParticipantCode], *, fill: bool
) -> Iterator[ParticipantCode]:
    """Yield the codes for rows without one."""
    if fill:
        yield from (code for code in codes_without_name(group, roster) if code not in spoken_for)
    for number in range(1 + max((int(member.code[1:]) for member in group.participants), default=0), 100):
        code = participant_code(number)
        if code not in spoken_for:
            yield code


class _RowRefused(Exception):  # noqa: N818  an outcome rather than an error
    """A row is refused."""

    def __init__(self, why: RefusalReason, detail: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.detail = detail


class _RowSkipped(Exception):  # noqa: N818  an outcome rather than an error
    """A row is left out."""

    def __init__(self, why: SkipReason) -> None:
        super().__init__(why.value)
        self.why = why


def _row(line: TableLine, columns: RosterColumns) -> Row:
    """Return a row as a person. Raise _RowRefused, _RowSkipped."""
    name, contact = columns.name(line), tidy(cell(line, columns.contact))
    if not name:
        raise _RowSkipped(SkipReason.NO_NAME)
    if is_test_row(name) or line.cells == columns.head:
        raise _RowSkipped(SkipReason.NOT_A_PERSON)
    if any(_runs_on(cell(line, place)) for place in columns.names):
        raise _RowRefused(RefusalReason.OPEN_QUOTE)
    if len(name) > NAME_LIMIT or len(contact) > CONTACT_LIMIT:
        raise _RowRefused(RefusalReason.TOO_LONG)
    besides = (one for place in columns.short_names for one in several(cell(line, place)))
    heard = (one for place in columns.heard_as for one in several(cell(line, place)))
    return Row(
        line.number,
        name,
        contact,
        _code(cell(line, columns.code)),
        several_of(one for one in besides if not _is_in_name(one, name)),
        several_of(heard),
    )


def _is_in_name(one: str, name: str) -> bool:
    """Return whether what somebody is called is the name itself, or one of its words."""
    return any(same_name(one, part) for part in (name, *name.split()))


def _runs_on(text: str) -> bool:
    """Return whether a cell has swallowed the lines below: a quotation mark was closed by that of a later one."""
    return any(end in text for end in "\r\n") and any(sign in text for sign in ",;\t|@")


def _code(text: str) -> ParticipantCode | None:
    """Parse a code as people write it: P3, p3, P03, 3. Raise _RowRefused."""
    plain = text.strip().upper().replace(" ", "")
    if not plain:
        return None
    try:
        return parse_participant_code("P" + plain.removeprefix("P").lstrip("0"))
    except ValueError as error:
        raise _RowRefused(RefusalReason.NOT_A_CODE) from error


def _without_repeated(rows: Sequence[Row]) -> tuple[list[Row], list[SkippedRow]]:
    """Return the rows without those that say nothing that an earlier one of the same name does not."""
    different: list[Row] = []
    again: list[SkippedRow] = []
    for row in rows:
        earlier = next((one for one in different if _says_all(one, row)), None)
        if earlier is None and (less := next((one for one in different if _says_all(row, one)), None)) is not None:
            # The same person with more details: they belong to the earlier line.
            different[different.index(less)] = replace(row, line=less.line)
            again.append(SkippedRow(row.line, SkipReason.REPEATS, less.line))
        elif earlier is None:
            different.append(row)
        else:
            again.append(SkippedRow(row.line, SkipReason.REPEATS, earlier.line))
    return different, again


def _says_all(earlier: Row, row: Row) -> bool:
    return (
        same_name(earlier.name, row.name)
        and row.code in {None, earlier.code}
        and (not row.contact or same_name(earlier.contact, row.contact))
        and _has_all(earlier.short_names, row.short_names)
        and _has_all(earlier.heard_as, row.heard_as)
    )


def _has_all(names: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(same_name(name, other) for name in names) for other in others)


def _duplicates(rows: Sequence[Row]) -> Iterator[RowProblem]:
    """Yield each row with an earlier line's code, or with its name and other details."""
    lines: dict[ParticipantCode, int] = {}
    for row in rows:
        first = lines.setdefault(row.code, row.line) if row.code is not None else row.line
        if first != row.line:
            yield RowProblem(row.line, RefusalReason.CODE_TWICE, str(first))
            continue
        other = next((one for one in rows if one.line < row.line and same_name(one.name, row.name)), None)
        if other is not None:
            yield RowProblem(row.line, RefusalReason.NAME_TWICE, str(other.line))


def _by_line(thing: RowProblem | SkippedRow) -> int:
    return thing.line
