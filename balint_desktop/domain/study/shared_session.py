"""What travels with a sealed copy of a recording: its session, and the terms under which it may be used."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import LONGEST_S, MAX_NUMBER, Field, Overlay
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.state import SessionState, replay
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.retention import (
    RetainedKind,
    RetentionPeriod,
    checked_period,
    period_from_plain,
    period_to_plain,
)
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.study.terms import from_fields as study_from_fields
from balint_desktop.domain.study.terms import to_fields as study_to_fields
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import (
    GroupId,
    ParticipantCode,
    RecordingId,
    SessionId,
    SessionKind,
    parse_participant_code,
)

VERSION = 1
_MARK = "balint-desktop-session"
# The size tells nothing of how much happened in the session.
_BLOCK = 1 << 16
_DAY_S = 24 * 3600.0
_LAST_WALL = 253_402_300_799
_MAX_PARTS = 9999
# A session has a few hundred.
_MAX_FACTS = 5000
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A group's id becomes part of a file's name; with a hyphen it is no device of Windows.
_GROUP = re.compile("[0-9a-z]+(-[0-9a-z]+){1,8}")
_SHA256 = re.compile("[0-9a-f]{64}")
_REASON = re.compile("[a-z-]{1,60}")

# Who came late, left, presented, or observed does not travel, nor what was on the screen: only what places the sound
# on the session's clock, and what it is divided by. Everyone who was there at any time is in the fact *began*.
_TRAVELS = (
    f.Began,
    f.StepTaken,
    f.StepTakenBack,
    f.BeganEarlier,
    f.RecordingStarted,
    f.ComputerRecorded,
    f.RecordingPaused,
    f.RecordingResumed,
    f.RecordingLost,
    f.RecordingGap,
    f.RecordingStopped,
    f.Redacted,
    f.RedactionUndone,
    f.Marked,
    f.QuestionAsked,
    f.QuestionTakenBack,
    f.Ended,
    f.EndTakenBack,
)
_KINDS = frozenset(cls.kind for cls in _TRAVELS)
_CORRECTED = frozenset({Field.BEGAN, Field.LASTED, Field.ONLINE})
# What a study says about the use of recordings; whom it invited, and who asked, stays where it is.
_TERMS = (
    *("approval_reference", "approval_committee", "approval_day", "approval_terms", "transcriber", "recorded_for"),
    *("heard_by", "heard_as", "patients", "governance"),
    *("withdrawal_until", "withdrawal_day", "withdrawal_asks", "deidentified"),
)
_PERIODS = (RetainedKind.AUDIO, RetainedKind.TRANSCRIPT)


@dataclass(frozen=True, slots=True)
class SharedPart:
    """One part by the log it comes from: its length in seconds and its fingerprint, None where that has none."""

    part: int
    seconds: float | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class SharedSession:
    """A recorded session as it travels, by codes and without a name.

    `facts` are those that place the sound, `purposes` what everyone recorded agreed to on the day it was shared, and
    `shared_for` the purpose it was shared for, None where that is not known. `group_sessions` is how often the group
    meets. `study` and `periods` are the terms of the study and the retention of audio and transcript.
    """

    recording: RecordingId
    session: SessionId
    group: GroupId
    number: int
    kind: SessionKind
    format_key: str
    format_text: str = field(repr=False)
    facts: tuple[f.Fact, ...] = field(repr=False)
    parts: tuple[SharedPart, ...] = ()
    overlay: Overlay = field(default_factory=Overlay)
    entered_wall: float | None = None
    group_sessions: int = 6
    for_research: bool = False
    purposes: frozenset[Purpose] = frozenset()
    shared_for: Purpose | None = None
    study: Study = field(default_factory=Study)
    periods: Mapping[RetainedKind, RetentionPeriod] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[ParticipantCode, ...]:
        """Return the codes of everyone in the room, in order."""
        return tuple(sorted(self.state().attended, key=lambda code: int(code[1:])))

    @property
    def began_wall(self) -> float:
        """Return when the session began, in seconds since 1970."""
        began: float = self.overlay.over(Field.BEGAN, self.facts[0].at.wall)
        return began

    def state(self) -> SessionState:
        """Return the session's state at its last fact."""
        return replay(parse_format(self.format_text), self.facts)

    def to_json(self) -> bytes:
        """Return it as JSON text, padded with spaces to whole blocks."""
        document = {
            _MARK: VERSION,
            "recording": self.recording,
            "session": self.session,
            "group": self.group,
            "number": self.number,
            "kind": self.kind.value,
            "format": {"key": self.format_key, "text": self.format_text},
            "facts": [_fact_to_plain(fact) for fact in self.facts],
            "parts": [[part.part, part.seconds, part.sha256] for part in self.parts],
            "corrected": json.loads(self.overlay.to_text()),
            "entered": self.entered_wall,
            "sessions": self.group_sessions,
            "research": self.for_research,
            "purposes": sorted(purpose.value for purpose in self.purposes),
            "shared-for": self.shared_for.value if self.shared_for is not None else None,
            "study": study_to_fields(self.study),
            "periods": {kind.value: period_to_plain(period) for kind, period in self.periods.items()},
        }
        text = json.dumps(document, indent=1).encode()
        return text + b" " * (-len(text) % _BLOCK)

    @classmethod
    def from_json(cls, data: bytes) -> SharedSession:
        """Parse and verify what came with a copy. Raise Trouble: SHARED_COPY_NEWER, SHARED_COPY_DAMAGED.

        Whoever knows a recording's public key can seal such a file: it is verified like any foreign one.
        """
        try:
            shared = _parsed(json.loads(data, parse_constant=_refuse))
            shared.state()
        except FOREIGN_ERRORS as error:
            raise Trouble(TroubleCode.SHARED_COPY_DAMAGED) from error
        except Trouble as trouble:
            if trouble.code is TroubleCode.SHARED_COPY_NEWER:
                raise
            raise Trouble(TroubleCode.SHARED_COPY_DAMAGED) from trouble
        return shared


def is_recording_id(text: str) -> bool:
    """Return whether a text is the id of a recording, and so safe as the name of its folder."""
    return bool(_UUID.fullmatch(text))


def facts_to_share(facts: Sequence[f.Fact], present: Sequence[ParticipantCode]) -> tuple[f.Fact, ...]:
    """Return the facts that travel, everyone who was there in the first of them.

    Their instants count from the first of each boot, since how long a computer has been on is nobody's business.
    """
    boots: dict[str, tuple[str, float]] = {}
    found: list[f.Fact] = []
    for fact in facts:
        at = fact.at
        name, since = boots.setdefault(at.boot_id, (f"elsewhere-{len(boots) + 1}", at.boot))
        moved = replace(fact, at=Instant(at.wall, round(at.boot - since, 6), name))
        if isinstance(moved, f.Began):
            found.append(replace(moved, present=tuple(present)))
        elif isinstance(moved, _TRAVELS):
            found.append(moved)
    return tuple(found)


def overlay_to_share(overlay: Overlay) -> Overlay:
    """Return the corrections that travel: of times alone."""
    return Overlay({one: value for one, value in overlay.values.items() if one in _CORRECTED})


def terms_to_share(study: Study | None) -> Study:
    """Return the terms of a study that travel."""
    return Study(**{name: getattr(study, name) for name in _TERMS}) if study is not None else Study()


def periods_to_share(clocks: Mapping[RetainedKind, RetentionPeriod]) -> dict[RetainedKind, RetentionPeriod]:
    """Return the retention periods that travel."""
    return {kind: clocks[kind] for kind in _PERIODS if kind in clocks}


# --- parsing -------------------------------------------------------------------------------------------------------


def _parsed(document: Mapping[str, Any]) -> SharedSession:
    """Return a document as a session. Raise Trouble SHARED_COPY_NEWER; one of FOREIGN_ERRORS where it is none."""
    if document[_MARK] > VERSION:
        raise Trouble(TroubleCode.SHARED_COPY_NEWER)
    stored_format, shared_for, entered = document["format"], document["shared-for"], document["entered"]
    return SharedSession(
        recording=RecordingId(_matching(_UUID, document["recording"])),
        session=SessionId(_matching(_UUID, document["session"])),
        group=GroupId(_matching(_GROUP, document["group"])),
        number=_whole(document["number"], 1, MAX_NUMBER),
        kind=SessionKind(document["kind"]),
        format_key=_text(stored_format["key"], 60),
        format_text=_text(stored_format["text"], 200_000),
        facts=_facts(document["facts"]),
        parts=_parts(document["parts"]),
        overlay=_overlay(document["corrected"]),
        entered_wall=None if entered is None else _number(entered, 0, _LAST_WALL),
        group_sessions=_whole(document["sessions"], 1, MAX_NUMBER),
        for_research=_flag(document["research"]),
        purposes=frozenset(Purpose(name) for name in document["purposes"]),
        shared_for=None if shared_for is None else Purpose(shared_for),
        study=_study(document["study"]),
        periods=_periods(document["periods"]),
    )


def _facts(plain: Sequence[Mapping[str, Any]]) -> tuple[f.Fact, ...]:
    if len(plain) > _MAX_FACTS:
        raise ValueError("more facts than a session has")
    found = tuple(_fact(one) for one in plain)
    if not found or not isinstance(found[0], f.Began):
        raise ValueError("a session that never began")
    return found


def _fact_to_plain(fact: f.Fact) -> dict[str, Any]:
    return {"kind": fact.kind, "at": [fact.at.wall, fact.at.boot, fact.at.boot_id], "fields": f.to_fields(fact)}


def _fact(plain: Mapping[str, Any]) -> f.Fact:
    wall, boot, boot_id = plain["at"]
    at = Instant(_number(wall, 0, _LAST_WALL), _number(boot, -_LAST_WALL, _LAST_WALL), _text(boot_id, 60))
    if plain["kind"] not in _KINDS:
        raise ValueError(f"a fact of kind {plain['kind']!r} does not travel")
    return f.from_fields(plain["kind"], at, {name: _checked(name, value) for name, value in plain["fields"].items()})


def _checked(name: str, value: Any) -> Any:
    """Return a fact's field if it is one that a session can have. Raise ValueError."""
    if name == "present":
        return [parse_participant_code(code) for code in value]
    if name == "recording":
        return _matching(_UUID, value)
    if name in {"phase", "question", "part"}:
        return _whole(value, 0, _MAX_PARTS)
    if name == "seconds":
        return _number(value, -_DAY_S, _DAY_S)
    return _matching(_REASON, value)


def _parts(plain: Sequence[Sequence[Any]]) -> tuple[SharedPart, ...]:
    found = tuple(
        SharedPart(
            _whole(part, 1, _MAX_PARTS),
            None if seconds is None else _number(seconds, 0, _DAY_S),
            None if sha256 is None else _matching(_SHA256, sha256),
        )
        for part, seconds, sha256 in plain
    )
    if len({part.part for part in found}) < len(found):
        raise ValueError("a part is there twice")
    return found


def _overlay(plain: Mapping[str, Any]) -> Overlay:
    values: dict[Field, Any] = {}
    for name, value in plain.items():
        corrected = Field(name)
        if corrected not in _CORRECTED:
            raise ValueError(f"a correction of {name} does not travel")
        if corrected is Field.BEGAN:
            values[corrected] = _number(value, 0, _LAST_WALL)
        elif corrected is Field.LASTED:
            values[corrected] = None if value is None else _number(value, 0, LONGEST_S)
        else:
            values[corrected] = _flag(value)
    return Overlay(values)


def _study(plain: Mapping[str, Any]) -> Study:
    if set(plain) - set(_TERMS) or not all(isinstance(value, str) for value in plain.values()):
        raise ValueError("no terms of a study")
    study = study_from_fields(study_to_fields(study_from_fields(plain)))
    if study.problems():
        raise ValueError("terms that contradict themselves")
    return study


def _periods(plain: Mapping[str, Any]) -> dict[RetainedKind, RetentionPeriod]:
    found = {RetainedKind(kind): period_from_plain(period) for kind, period in plain.items()}
    if set(found) - set(_PERIODS):
        raise ValueError("a period that does not travel")
    for period in found.values():
        _whole(period.count, 1, 1 << 20)
        _text(period.source, 400)
    return {kind: checked_period(kind, period) for kind, period in found.items()}


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"not what it has to be: {value!r}")
    return value


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("no text, or a longer one than there is")
    return value


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"no number from {least} to {most}")
    return value


def _number(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError("no number")
    if not least <= value <= most:
        raise ValueError(f"no number from {least} to {most}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither yes nor no")
    return value


def _refuse(constant: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(constant)
