"""Decisions about what identifies: one for all of a word in the group, or one for a single place. Values alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.foreign import foreign_errors

VERSION = 1
_SEARCHED = frozenset({Layer.CAPITAL, Layer.SOUNDS_LIKE, Layer.DOUBT})


class DecisionKind(StrEnum):
    """What a person decided."""

    REPLACE = "replace"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class TermPlace:
    """One occurrence of a term: the turn, and which of its occurrences there, from 0. It outlasts edits elsewhere."""

    turn_id: int
    nth: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a term: everywhere in the group's texts, or `at` one place.

    `term` is how it was written where it was decided, `key` the same folded, `replacement` in brackets and empty where
    it is left. `by` is a label, `wall` seconds since 1970.
    """

    term: str
    key: str
    verdict: DecisionKind
    replacement: str
    layer: Layer
    by: str
    wall: float
    at: TermPlace | None = None


@dataclass(frozen=True, slots=True)
class PageTick:
    """A page that a person has read: the SHA-256 of what it said then, so that a change since unticks it."""

    page: int
    by: str
    sha256: str
    wall: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided and read for one text; the decisions for the whole group among it."""

    everywhere: Mapping[str, Decision] = field(default_factory=dict)
    single: Mapping[tuple[str, TermPlace], Decision] = field(default_factory=dict)
    ticks: tuple[PageTick, ...] = ()

    def decided(self, key: str, place: TermPlace) -> Decision | None:
        """Return the decision that counts at a place: the one for it alone before the one for all."""
        return self.single.get((key, place)) or self.everywhere.get(key)

    def with_decision(self, decision: Decision) -> Decisions:
        """Return these with another decision. One for all of a word replaces those for its single places."""
        if decision.at is not None:
            single = {**self.single, (decision.key, decision.at): decision}
            return Decisions(self.everywhere, single, self.ticks)
        single = {at: one for at, one in self.single.items() if one.key != decision.key}
        return Decisions({**self.everywhere, decision.key: decision}, single, self.ticks)

    def without_decision(self, key: str, place: TermPlace | None = None) -> Decisions:
        """Return these with a term undecided again: everywhere, or at one place."""
        if place is not None:
            return Decisions(
                self.everywhere, {at: one for at, one in self.single.items() if at != (key, place)}, self.ticks
            )
        return Decisions(
            {one: decision for one, decision in self.everywhere.items() if one != key},
            {at: one for at, one in self.single.items() if one.key != key},
            self.ticks,
        )

    def with_tick(self, tick: PageTick) -> Decisions:
        """Return these with a page read by a person; an earlier tick of theirs on that page goes."""
        others = tuple(one for one in self.ticks if (one.page, one.by) != (tick.page, tick.by))
        return Decisions(self.everywhere, self.single, (*others, tick))

    def without_tick(self, page: int, by: str) -> Decisions:
        """Return these with a page not read by a person."""
        return Decisions(
            self.everywhere, self.single, tuple(one for one in self.ticks if (one.page, one.by) != (page, by))
        )

    def without_turns(self, turns: Collection[int]) -> Decisions:
        """Return these without what was decided for single places in some turns."""
        single = {at: one for at, one in self.single.items() if at[1].turn_id not in turns}
        return Decisions(self.everywhere, single, self.ticks)

    def with_group(self, group: Mapping[str, Decision]) -> Decisions:
        """Return these with what the group has decided by now."""
        return Decisions(dict(group), self.single, self.ticks)

    def phrases(self) -> frozenset[str]:
        """Return the terms that are replaced everywhere and searched for, whatever the layers find.

        Numbers, dates and names are none of them: their layers find them anew, where they are that and no other word.
        """
        return self._replaced(_SEARCHED | {Layer.MARKED})

    def marked(self) -> frozenset[str]:
        """Return the phrases that a person marked everywhere: they go before what the layers find."""
        return self._replaced({Layer.MARKED})

    def _replaced(self, layers: Collection[Layer]) -> frozenset[str]:
        every = self.everywhere.values()
        return frozenset(one.term for one in every if one.verdict is DecisionKind.REPLACE and one.layer in layers)


def decisions_to_json(decisions: Decisions) -> bytes:
    """Return decisions and pages read as UTF-8 JSON."""
    every = (*decisions.everywhere.values(), *decisions.single.values())
    message = {
        "version": VERSION,
        "decisions": [_decision(one) for one in every],
        "read": [[one.page, one.by, one.sha256, one.wall] for one in decisions.ticks],
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decisions_from_json(data: bytes) -> Decisions:
    """Return stored decisions. Raise ValueError where the bytes are none, or of a later version."""
    with foreign_errors(ValueError("not decisions")):
        message = json.loads(data)
        if message["version"] != VERSION:
            raise ValueError("decisions of another version")
        read = [_read_decision(one) for one in message["decisions"]]
        ticks = tuple(PageTick(int(page), str(by), str(sha), float(wall)) for page, by, sha, wall in message["read"])
    return Decisions(_everywhere(read), {(one.key, one.at): one for one in read if one.at is not None}, ticks)


def _everywhere(decisions: Iterable[Decision]) -> dict[str, Decision]:
    return {one.key: one for one in decisions if one.at is None}


def _decision(one: Decision) -> dict[str, Any]:
    row: dict[str, Any] = {
        "term": one.term,
        "key": one.key,
        "verdict": one.verdict,
        "replacement": one.replacement,
        "layer": one.layer,
        "by": one.by,
        "wall": one.wall,
    }
    return row if one.at is None else {**row, "at": [one.at.turn_id, one.at.nth]}


def _read_decision(row: Mapping[str, Any]) -> Decision:
    at = row.get("at")
    return Decision(
        str(row["term"]),
        str(row["key"]),
        DecisionKind(row["verdict"]),
        str(row["replacement"]),
        Layer(row["layer"]),
        str(row["by"]),
        float(row["wall"]),
        None if at is None else TermPlace(int(at[0]), int(at[1])),
    )
