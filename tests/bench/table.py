"""How figures become the table: slopes, ratios pair by pair, and whether an aim was met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

T = TypeVar("T")
_HEAD = ("", "ours", "peer's", "ratio", "aim")


def slope(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return the growth of the second value for each unit of the first, from two points."""
    return (second[1] - first[1]) / (second[0] - first[0])


def in_turn(repetitions: int, ours: Callable[[], T], peers: Callable[[], T]) -> list[tuple[T, T]]:
    """Measure both repeatedly, alternating which goes first, so that other load slows both."""
    pairs = []
    for repetition in range(repetitions):
        if repetition % 2:
            second = peers()
            pairs.append((ours(), second))
        else:
            first = ours()
            pairs.append((first, peers()))
    return pairs


def columns(pairs: Sequence[tuple[T, T]], figure: Callable[[T], float]) -> tuple[list[float], list[float]]:
    """Return one figure of paired measurements: ours, and the peer's."""
    return [figure(ours) for ours, _ in pairs], [figure(peers) for _, peers in pairs]


def slowest_in_twenty(figures: Sequence[float]) -> float:
    """Return what nineteen of twenty are not above: the 95th percentile of two figures or more."""
    return quantiles(figures, n=20, method="inclusive")[-1]


@dataclass(frozen=True)
class Row:
    """One figure: ours and the peer's, measured in pairs.

    A figure that has no peer is held against the aim itself, and so is one whose aim is `absolute`.
    """

    name: str
    ours: Sequence[float]
    peers: Sequence[float] = ()
    aim: float | None = None
    digits: int = 1
    absolute: bool = False

    @property
    def ratios(self) -> list[float]:
        """Return ours divided by the peer's, pair by pair."""
        return [ours / peers for ours, peers in zip(self.ours, self.peers, strict=True) if peers] if self.peers else []

    @property
    def reached(self) -> bool | None:
        """Return whether the median meets the aim, None without an aim."""
        if self.aim is None:
            return None
        return median(self.ours if self.absolute or not self.ratios else self.ratios) <= self.aim

    def cells(self) -> tuple[str, ...]:
        """Return the table's cells for it."""
        aim = "" if self.aim is None else f"≤ {self.aim:g}  {'reached' if self.reached else 'missed'}"
        return self.name, spread(self.ours, self.digits), spread(self.peers, self.digits), spread(self.ratios, 2), aim


def spread(figures: Sequence[float], digits: int) -> str:
    """Return the minimum, the median and the maximum; a single figure as it is."""
    if not figures:
        return ""
    shown = (min(figures), median(figures), max(figures)) if len(figures) > 1 else figures
    return " / ".join(f"{figure:.{digits}f}" for figure in shown)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as text, in columns."""
    lines = [_HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "\n".join(
        "   ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
