"""How the tries of a fault become a line of the table, and whether each kept the promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AT_MOST_S = 2.0
_LONGEST_WHY = 120
_HEAD = ("", "times", "seconds lost", "facts lost", "said after", "")


@dataclass(frozen=True)
class Try:
    """One try of a fault. `failed` names a failure beyond sound and facts; None was not measured."""

    lost_s: float | None = None
    facts: int | None = None
    said_s: float | None = None
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A line: a fault with its tries, or why it was not run. `note` explains *said*, or what was found."""

    name: str
    tries: Sequence[Try] = ()
    note: str = ""
    not_run: str = ""
    at_most_s: float = AT_MOST_S

    @property
    def failures(self) -> list[str]:
        """Return the failures, each with its count."""
        lost = [f"more than {self.at_most_s:g} s" for one in self.tries if (one.lost_s or 0.0) > self.at_most_s]
        facts = ["a committed fact" for one in self.tries if one.facts]
        said = [f"FAILED {what}" for one in self.tries for what in one.failed]
        return counted([*(f"LOST {what}" for what in (*lost, *facts)), *said])

    def cells(self) -> tuple[str, ...]:
        """Return the table's cells for it."""
        if self.not_run:
            return self.name, "not run", "", "", "", self.not_run
        facts = [one.facts for one in self.tries if one.facts is not None]
        return (
            self.name,
            str(len(self.tries)),
            most(one.lost_s for one in self.tries),
            str(sum(facts)) if facts else "",
            most(one.said_s for one in self.tries),
            "; ".join([*filter(None, [self.note]), *self.failures]),
        )


def counted(words: Sequence[str]) -> list[str]:
    """Return each word once, with its count if it is more than one."""
    once = list(dict.fromkeys(words))
    return [word if words.count(word) == 1 else f"{word} ({words.count(word)} times)" for word in once]


def came_to_nothing(error: Exception, where: str = "") -> Try:
    """Return a try that could not be carried out, which counts as a failure, with the first line of why."""
    why = (str(error).splitlines() or [type(error).__name__])[0]
    return Try(failed=(f"{where}{why[:_LONGEST_WHY]}",))


def most(figures: Iterable[float | None]) -> str:
    """Return the maximum of some seconds, empty without any."""
    known = [figure for figure in figures if figure is not None]
    return f"{max(0.0, *known, 0.0):.2f}" if known else ""


def table(rows: Sequence[Row]) -> str:
    """Return the rows as text, in columns."""
    lines = [_HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "\n".join(
        "   ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
