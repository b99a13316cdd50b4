"""What the layers find in texts written by others, who had seen neither the rules nor the lists.

    PYTHONPATH=tests python tests/deidentify_figures.py      how much of each is found, what is missed, and the burden

An item counts where a suggestion touches it; `whole` where suggestions cover every letter of it. Stories are counted
apart. The burden is of talk that holds nothing.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.deidentify.known_names import KnownName, everyday_apart
from balint_desktop.domain.deidentify.suggest import suggest
from balint_desktop.domain.deidentify.word_lists import WordLists
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.library.word_lists import read_word_lists

FOLDER = Path(__file__).parent / "domain" / "deidentify" / "held_apart"
TEXTS = ("auckland", "leeds", "gisborne", "cardiff", "banff", "mayo", "riverland", "walsall", "southland", "pembroke")
STORY = "story"


@dataclass(frozen=True)
class HeldApart:
    """What was found of one text: items by kind, found and in all, and those missed, with their line."""

    found: Counter[str]
    items: Counter[str]
    missed: tuple[tuple[int, str, str], ...]
    whole: int
    per_thousand: float

    @property
    def recall(self) -> float:
        """Return the share of the items that were found, stories left out."""
        found, items = (sum(one.values()) - one[STORY] for one in (self.found, self.items))
        return found / items


def look_at(name: str, lists: WordLists) -> HeldApart:
    """Return what the layers find in a text."""
    names = [everyday_apart(one, lists.common) for one in _roster(FOLDER / f"{name}.roster.csv")]
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    begins = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    spans = [(one.begin, one.end) for one in suggest(text, names, lists)]
    found: Counter[str] = Counter()
    items: Counter[str] = Counter()
    missed, whole = [], 0
    for row in (FOLDER / f"{name}.items.tsv").read_text(encoding="utf-8").splitlines():
        number, item, kind = row.split("\t")
        begin = begins[int(number) - 1] + lines[int(number) - 1].index(item)
        items[kind] += 1
        covered = {at for a, b in spans for at in range(max(a, begin), min(b, begin + len(item)))}
        letters = {begin + at for at, sign in enumerate(item) if sign.isalnum()}
        whole += kind != STORY and letters <= covered
        if any(a < begin + len(item) and begin < b for a, b in spans):
            found[kind] += 1
        else:
            missed.append((int(number), kind, item))
    clean = (FOLDER / f"{name}.clean.txt").read_text(encoding="utf-8")
    words = sum(len(line.partition(": ")[2].split()) for line in clean.splitlines())
    return HeldApart(found, items, tuple(missed), whole, 1000 * len(suggest(clean, names, lists)) / words)


def _roster(path: Path) -> list[KnownName]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            KnownName(
                ParticipantCode(row["code"]), row["name"], _several(row["short names"]), _several(row["heard as"])
            )
            for row in csv.DictReader(file)
        ]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(";") if one.strip())


def main() -> None:
    """Print the figures of each text."""
    lists = read_word_lists()
    for name in TEXTS:
        seen = look_at(name, lists)
        kinds = ", ".join(f"{kind} {seen.found[kind]} of {count}" for kind, count in sorted(seen.items.items()))
        print(f"{name}: {seen.recall:.3f} of the items ({kinds}), {seen.whole} of them whole")
        print(f"  {seen.per_thousand:.1f} suggestions for 1,000 words that hold nothing")
        for number, kind, item in seen.missed:
            print(f"  missed in line {number}: {item} ({kind})")


if __name__ == "__main__":
    main()
