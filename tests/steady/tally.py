"""The tally of repeated runs: saved after each one, so that a run of hours can be stopped and resumed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path


class Condition(StrEnum):
    """The conditions of a run."""

    QUIET = "quiet"
    BUSY = "busy"


@dataclass(frozen=True)
class Run:
    """One run of all the tests. `load` is the load average at its start, which shows whether quiet was quiet."""

    condition: Condition
    number: int
    tests: int
    failed: tuple[str, ...]
    load: float


@dataclass
class Tally:
    """The runs so far of one state of the project; `key` identifies that state, and another state starts over."""

    path: Path
    key: str
    runs: list[Run] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path, key: str) -> Tally:
        """Return the stored tally of this state of the project."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        runs = kept["runs"] if kept.get("key") == key else []
        return cls(path, key, [_run(**one) for one in runs])

    def add(self, run: Run) -> None:
        """Save a run. The file on disk is complete at any moment."""
        self.runs.append(run)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        aside = self.path.with_suffix(".aside")
        aside.write_text(json.dumps({"key": self.key, "runs": [asdict(one) for one in self.runs]}), encoding="utf-8")
        aside.replace(self.path)

    def missing(self, times: int) -> Iterator[tuple[Condition, int]]:
        """Yield the remaining runs, alternating conditions, so that a stopped tally covers both."""
        done = {(run.condition, run.number) for run in self.runs}
        for number in range(1, times + 1):
            for condition in Condition:
                if (condition, number) not in done:
                    yield condition, number

    def is_clean(self, times: int) -> bool:
        """Return whether every run was made, and nothing failed in any."""
        return not any(self.missing(times)) and not any(run.failed for run in self.runs)

    def table(self) -> str:
        """Return the printed tally: a row per condition, and each failure by its name."""
        rows = [("condition", "runs", "tests", "failed", "load when they began")]
        rows += [self._row(condition) for condition in Condition]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        lines += [f"{run.condition}, run {run.number}: {name}" for run in self.runs for name in run.failed]
        return "\n".join(lines)

    def _row(self, condition: Condition) -> tuple[str, ...]:
        runs = [run for run in self.runs if run.condition is condition]
        loads = [run.load for run in runs]
        load = f"{min(loads):.1f} to {max(loads):.1f}" if loads else ""
        failed = sum(len(run.failed) for run in runs)
        return str(condition), str(len(runs)), str(sum(run.tests for run in runs)), str(failed), load


def _run(condition: str, failed: list[str], **other) -> Run:
    return Run(condition=Condition(condition), failed=tuple(failed), **other)
