"""A session driven by facts alone, on a wound clock: no window, no recorder, no log."""

from __future__ import annotations

import json
from functools import lru_cache

from clocks import WoundClock

from balint_desktop import resources
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.prompt_bank import parse_bank
from balint_desktop.domain.session.schedule import countdown
from balint_desktop.domain.session.state import apply, elapsed_s, new_session, replay

M = 60


@lru_cache
def shipped(key):
    return parse_format(resources.text(f"formats/{key}.toml"))


@lru_cache
def shipped_prompts():
    return parse_bank(resources.text("prompts/bank.toml"))


class Led:
    """A session, its facts and its clock."""

    def __init__(self, session_format):
        self.format = session_format
        self.clock = WoundClock()
        self.state = new_session(session_format)
        self.facts = []

    def happens(self, kind, **details):
        """Apply a fact now; the state follows, or NotNow is raised and nothing changes."""
        fact = kind(at=self.clock.now(), **details)
        self.state = apply(self.state, fact)
        self.facts.append(fact)
        return self

    def begin(self, *present):
        return self.happens(f.Began, present=present)

    def at(self, seconds):
        """Wind the clock to that second of the session."""
        self.clock.advance(seconds - self.elapsed_s)
        return self

    def step(self):
        return self.happens(f.StepTaken, phase=self.state.phase + 1)

    def to(self, key):
        """Step through the phases, each at its planned time, until one is reached."""
        while self.format.phases[self.state.phase].key != key:
            self.at(max(self.elapsed_s, self.format.phases[self.state.phase].until_s)).step()
        return self

    def crash(self):
        """Lose everything except the facts, which are serialised and read again."""
        kept = [(fact.kind, fact.at, json.dumps(f.to_fields(fact))) for fact in self.facts]
        self.state = replay(self.format, [f.from_fields(kind, at, json.loads(one)) for kind, at, one in kept])
        return self

    @property
    def elapsed_s(self):
        return elapsed_s(self.state, self.clock.now())

    @property
    def marks(self):
        return [mark.at_s for mark in self.state.marks]

    @property
    def countdown(self):
        return countdown(self.state, self.clock.now())
