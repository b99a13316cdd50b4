"""Plan a roster import: find the columns, list each row that cannot be used with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.roster import CONTACT_LIMIT, NAME_LIMIT, Person, Roster, same_name, tidy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import ParticipantCode, parse_participant_code, participant_code
from balint_desktop.roster.read_table import FileTable, TableLine, read_table

# Headings as coordinators write them, compared without case, dots, hyphens and spaces.
_NAMES = {"name", "names", "fullname", "participant", "participantname", "student", "studentname", "member"}
_GIVEN = {"firstname", "givenname", "given", "forename", "firstnames", "givennames", "preferredname"}
_FAMILY = {"lastname", "familyname", "family", "surname"}
_CODES = {"code", "participantcode", "id", "idcode", "number", "no"}
_CONTACTS = {"contact", "email", "mail", "emailaddress", "phone", "telephone", "mobile"}
_MAX_SHOWN = 6
# Prefixes that a spreadsheet parses as a formula. Here they are text: reported, and escaped again on export.
_FORMULA = ("=", "+", "-", "@")


class RefusalReason(StrEnum):
    """Why a row is refused."""

    NO_NAME = "no-name"
    TOO_LONG = "too-long"
    NOT_A_CODE = "not-a-code"
    CODE_TWICE = "code-twice"
    NAME_TWICE = "name-twice"
    CODE_TAKEN = "code-taken"
    NAME_KNOWN = "name-known"
    NO_CODE_LEFT = "no-code-left"


class RowOutcome(StrEnum):
    """Outcome of an accepted row."""

    JOINS = "joins"
    GETS_NAME = "gets-name"
    IS_KNOWN = "is-known"


@dataclass(frozen=True, slots=True)
class Row:
    """A person in a file, not yet matched with the group. `code` is None where the file gives none."""

    line: int
    name: str
    contact: str = ""
    code: ParticipantCode | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A refused row: its line, the reason, and the line or code that the reason refers to."""

    line: int
    why: RefusalReason
    message: str = ""


@dataclass(frozen=True, slots=True)
class RosterContent:
    """Content of a file. `formulas` are the lines with text that a spreadsheet would parse as a formula."""

    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...] = ()
    encoding: str = ""
    guessed: bool = False
    formulas: tuple[int, ...] = ()


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
        """Return everyone whose name would be added."""
        return tuple(step.person for step in self.steps if step.outcome is not RowOutcome.IS_KNOWN)

    @property
    def is_possible(self) -> bool:
        """Return whether there is anything to import and no problem."""
        return bool(self.named_rows) and not self.problems


def read_people(path: Path) -> RosterContent:
    """Return the people in a file. Raise Trouble ROSTER_COLUMNS, and what reading its table raises."""
    return people_in(read_table(path), path.name)


def people_in(table: FileTable, name: str) -> RosterContent:
    """Return the people in a table whose first row is its headings. Raise Trouble ROSTER_COLUMNS, ROSTER_FILE_EMPTY."""
    head, *lines = table.lines
    columns = _Columns.of(head, name)
    if not lines:
        raise Trouble(TroubleCode.ROSTER_FILE_EMPTY, name=name)
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for line in lines:
        try:
            rows.append(columns.row(line))
        except _RowRefused as refused:
            problems.append(RowProblem(line.number, refused.why, refused.detail))
    problems += _duplicates(rows)
    formulas = tuple(line.number for line in lines if any(cell.startswith(_FORMULA) for cell in line.cells))
    return RosterContent(tuple(rows), tuple(sorted(problems, key=_by_line)), table.encoding, table.guessed, formulas)


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
        return ImportStep(row.line, RowOutcome.IS_KNOWN, same)
    if row.code is not None and roster.name_of(row.code):
        raise _RowRefused(RefusalReason.CODE_TAKEN, row.code)
    code = row.code or next(free, None)
    if code is None:
        raise _RowRefused(RefusalReason.NO_CODE_LEFT)
    outcome = RowOutcome.GETS_NAME if code in known else RowOutcome.JOINS
    return ImportStep(row.line, outcome, Person(code, row.name, row.contact))


def _free_codes(
    group: Group, roster: Roster, spoken_for: Collection[ParticipantCode], *, fill: bool
) -> Iterator[ParticipantCode]:
    """Yield the codes for rows without one."""
    if fill:
        for member in group.participants:
            if member.left is None and not roster.name_of(member.code) and member.code not in spoken_for:
                yield member.code
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


@dataclass(frozen=True, slots=True)
class _Columns:
    """Positions of a file's columns. A name may be in one of them, or in two."""

    names: tuple[int, ...]
    code: int | None
    contact: int | None

    @classmethod
    def of(cls, head: TableLine, name: str) -> _Columns:
        """Find the columns by their headings. Raise Trouble ROSTER_COLUMNS."""
        headings = [_plain(cell) for cell in head.cells]

        def at(words: Collection[str]) -> int | None:
            return next((place for place, heading in enumerate(headings) if heading in words), None)

        whole, given, family = at(_NAMES), at(_GIVEN), at(_FAMILY)
        names = (whole,) if whole is not None else tuple(one for one in (given, family) if one is not None)
        if not names:
            shown = [tidy(cell)[:30] for cell in head.cells if cell.strip()]
            more = ["…"] if len(shown) > _MAX_SHOWN else []
            raise Trouble(TroubleCode.ROSTER_COLUMNS, name=name, found=", ".join(shown[:_MAX_SHOWN] + more))
        return cls(names, at(_CODES), at(_CONTACTS))

    def row(self, line: TableLine) -> Row:
        """Return a row as a person. Raise _RowRefused."""
        name = tidy(" ".join(_cell(line, place) for place in self.names))
        contact = tidy(_cell(line, self.contact))
        if not name:
            raise _RowRefused(RefusalReason.NO_NAME)
        if len(name) > NAME_LIMIT or len(contact) > CONTACT_LIMIT:
            raise _RowRefused(RefusalReason.TOO_LONG)
        return Row(line.number, name, contact, _code(_cell(line, self.code)))


def _cell(line: TableLine, place: int | None) -> str:
    text = line.cells[place] if place is not None and place < len(line.cells) else ""
    # Strip the apostrophe that escapes formulas, as in our own exports.
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _code(text: str) -> ParticipantCode | None:
    """Parse a code as people write it: P3, p3, P03, 3. Raise _RowRefused."""
    plain = text.strip().upper().replace(" ", "")
    if not plain:
        return None
    try:
        return parse_participant_code("P" + plain.removeprefix("P").lstrip("0"))
    except ValueError as error:
        raise _RowRefused(RefusalReason.NOT_A_CODE, tidy(text)[:20]) from error


def _duplicates(rows: Sequence[Row]) -> Iterator[RowProblem]:
    """Yield each row that repeats an earlier line's code or name."""
    lines: dict[str, int] = {}

    def again(key: str, line: int) -> int | None:
        return lines[key] if lines.setdefault(key, line) != line else None

    for row in rows:
        earlier = again(f"code {row.code}", row.line) if row.code is not None else None
        if earlier is not None:
            yield RowProblem(row.line, RefusalReason.CODE_TWICE, str(earlier))
            continue
        other = next((one for one in rows if one.line < row.line and same_name(one.name, row.name)), None)
        if other is not None:
            yield RowProblem(row.line, RefusalReason.NAME_TWICE, str(other.line))


def _plain(heading: str) -> str:
    return "".join(sign for sign in heading.casefold() if sign.isalnum())


def _by_line(problem: RowProblem) -> int:
    return problem.line
