"""What stands for a person in a file that leaves the vault: a study number, never the code.

Whoever leads knows codes by heart; outside there are numbers alone (practice, corrections, section 5). Where the names
of a group were destroyed, its numbers were, too, and its codes lead to nobody: then they stand in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.reports.tables import TableColumn
from balint_desktop.vault.study_numbers import draw_numbers, has_numbers
from balint_desktop.vault.vault import OpenVault

_CODE = re.compile(r"\bP[1-9][0-9]?\b")


@dataclass(frozen=True, slots=True)
class OutsideLabels:
    """`label` returns what stands for a code of a group outside, `codes_of` the codes that a group has or had.

    `by_number` is whether there are numbers, rather than codes alone. All three may raise Trouble VAULT_LOCKED.
    """

    label: Callable[[GroupId | None, ParticipantCode], str]
    codes_of: Callable[[GroupId | None], Collection[ParticipantCode]]
    by_number: Callable[[], bool]

    @property
    def column(self) -> TableColumn:
        """Return the column that says whom a row is about."""
        if self.by_number():
            return TableColumn("study_number", "the participant's study number; a code where the names were destroyed")
        return TableColumn("code", "the participant's code: the study numbers were destroyed with the names")

    @property
    def marked(self) -> str:
        """Return the word in a file's name that says how people are called in it."""
        return "by-number" if self.by_number() else "by-code"

    def ordered(self, group: GroupId | None, codes: Iterable[ParticipantCode]) -> list[tuple[str, ParticipantCode]]:
        """Return the labels of people with their codes, by number: an order by code would tell who is who."""
        return sorted(((self.label(group, code), code) for code in codes), key=lambda one: int(one[0][1:]))

    def in_text(self, group: GroupId | None, text: str) -> str:
        """Return a text that somebody typed, with labels in place of the codes of a group."""
        if not _CODE.search(text):
            return text
        codes = self.codes_of(group)
        return _CODE.sub(
            lambda found: self.label(group, ParticipantCode(found[0])) if found[0] in codes else found[0], text
        )


def _mark(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def outside_labels(vault: OpenVault, group: GroupId | None = None) -> OutsideLabels:
    """Return the labels of an open vault, drawn at the first need; `group` is the one that a file is about."""
    # A log has thousands of rows: a table is read again only when its file is another one.
    read: dict[GroupId, tuple[tuple[int, int], StudyNumbers]] = {}

    def label(of: GroupId | None, code: ParticipantCode) -> str:
        if of is None or not has_numbers(vault, of):
            return code
        vault.secrets()
        path = vault.places.study_numbers(of)
        mark, numbers = read.get(of, ((0, 0), StudyNumbers()))
        if not path.exists() or mark != _mark(path) or code not in numbers.numbers:
            numbers = draw_numbers(vault, of, [code])
            read[of] = (_mark(path), numbers)
        return numbers.label(code)

    def codes_of(of: GroupId | None) -> Collection[ParticipantCode]:
        return () if of is None else {member.code for member in vault.log.groups.group(of).participants}

    def by_number() -> bool:
        return group is None or has_numbers(vault, group)

    return OutsideLabels(label, codes_of, by_number)
