"""Session formats: phases, fixed marks, and parsing a format file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from balint_desktop.domain.session.format_lines import FormatError, Lines
from balint_desktop.domain.session.prompt_bank import PromptBank
from balint_desktop.domain.values import SessionKind


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a format. Times are seconds from the start of the session.

    `fixed` means that its start is a mark, which does not move on an overrun. `step` is the verb of the button that
    opens this phase, `step_words` the leader's words before pressing it. `presenter_out` means that the
    presenter listens in silence. `case` is the number of the case being discussed, 0 if none.
    `words` are the lines of one card to read from as the phase opens; `chips` the situations offered as chips;
    `prompts` the key of the phase's prompts in the bank, empty where it has none.
    """

    key: str
    label: str
    title: str
    sentence: str
    from_s: int
    until_s: int
    prompts: str = ""
    step: str = ""
    step_words: str = ""
    mark_name: str = ""
    fixed: bool = False
    presenter_out: bool = False
    case: int = 0
    words: tuple[str, ...] = ()
    chips: tuple[str, ...] = ()

    @property
    def planned_s(self) -> int:
        """Return the planned length in seconds."""
        return self.until_s - self.from_s


@dataclass(frozen=True, slots=True)
class Question:
    """One core question of an evaluation session, and the probes under it.

    `theme_probes` are based on the paper's findings: off in a group recorded for research, with the theme prompts.
    Otherwise the app would ask for what is found then.
    """

    text: str
    probes: tuple[str, ...] = ()
    theme_probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionFormat:
    """A session format: contiguous phases from 0 to the length of the session.

    `language` is the tag of the language it is written in, empty where its file does not say.
    """

    key: str
    name: str
    about: str
    kind: SessionKind
    phases: tuple[Phase, ...]
    end_words: str = ""
    note_presenter_in_s: int | None = None
    online: bool = False
    language: str = ""
    questions: tuple[Question, ...] = ()

    @property
    def length_s(self) -> int:
        """Return the planned length of the session in seconds."""
        return self.phases[-1].until_s

    @property
    def cases(self) -> int:
        """Return the number of cases in the format."""
        return max(phase.case for phase in self.phases)


_PHASE_TEXTS = ("label", "title", "sentence")
_PHASE_OPTIONAL_TEXTS = ("step", "step_words", "mark_name", "prompts")
_PHASE_KNOWN = {
    "key",
    "from",
    "until",
    "fixed",
    "presenter_out",
    "case",
    "words",
    "chips",
    *_PHASE_TEXTS,
    *_PHASE_OPTIONAL_TEXTS,
}
_TOP_KNOWN = {
    "key",
    "name",
    "about",
    "kind",
    "end_words",
    "note_presenter_in",
    "online",
    "language",
    "phase",
    "question",
}
# Keys are used on command lines, in marks and in file names.
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_QUESTION_KNOWN = {"text", "probes", "theme_probes"}
# A wall of chips takes the eyes from the silence.
_MAX_CHIPS = 8
_MAX_CASES = 9
# The prompts of an evaluation session are its own questions.
QUESTIONS_KEY = "evaluation"
_SECONDS_PER_MINUTE = 60


def parse_format(text: str, bank: PromptBank | None = None) -> SessionFormat:
    """Parse a format from TOML; with a bank, its chips and prompts must be in it.

    Raise FormatError, with the line and the reason, where it does not describe one.
    """
    lines = Lines(text)
    data = lines.parsed(text)
    lines.refuse_unknown(data, _TOP_KNOWN, None)
    kind_text = lines.text(data, "kind", None, default=SessionKind.CASE.value)
    if kind_text not in set(SessionKind):
        raise FormatError(lines.of("kind"), "kind must be “case” or “evaluation”, not “{kind}”", kind=kind_text)
    session_format = SessionFormat(
        key=_key(data, None, lines),
        name=lines.text(data, "name", None),
        about=lines.text(data, "about", None, default=""),
        kind=SessionKind(kind_text),
        phases=_phases(data, lines),
        end_words=lines.text(data, "end_words", None, default=""),
        note_presenter_in_s=lines.minutes(data, "note_presenter_in", None) if "note_presenter_in" in data else None,
        online=lines.flag(data, "online", None),
        language=lines.text(data, "language", None, default=""),
        questions=_questions(data, lines),
    )
    if bank is not None:
        _reject_unknown_keys(session_format, bank, lines)
    return session_format


def _phases(data: Mapping[str, Any], lines: Lines) -> tuple[Phase, ...]:
    tables = lines.tables(data, "phase")
    if not tables:
        raise FormatError(1, "a format needs at least one [[phase]]")
    phases: list[Phase] = []
    for index, table in enumerate(tables):
        phase = _phase(table, index, lines)
        expected = phases[-1].until_s if phases else 0
        if phase.from_s != expected:
            if not phases:
                raise FormatError(
                    lines.of("from", index),
                    "this phase begins at minute {begins}, but a session begins at minute 0",
                    begins=_minutes(phase.from_s),
                )
            raise FormatError(
                lines.of("from", index),
                "this phase begins at minute {begins}, but the one before it ends at minute {ends}",
                begins=_minutes(phase.from_s),
                ends=_minutes(expected),
            )
        if any(phase.key == other.key for other in phases):
            raise FormatError(lines.of("key", index), "two phases are called “{key}”", key=phase.key)
        phases.append(phase)
    if phases[0].fixed:
        raise FormatError(lines.of("fixed", 0), "the first phase begins with the session and needs no mark")
    return tuple(phases)


def _phase(table: Mapping[str, Any], index: int, lines: Lines) -> Phase:
    lines.refuse_unknown(table, _PHASE_KNOWN, index)
    key = _key(table, index, lines)
    from_s = lines.minutes(table, "from", index)
    until_s = lines.minutes(table, "until", index)
    if until_s <= from_s:
        raise FormatError(lines.of("until", index), "a phase must end after it begins")
    texts = {name: lines.text(table, name, index) for name in _PHASE_TEXTS}
    options = {name: lines.text(table, name, index, default="") for name in _PHASE_OPTIONAL_TEXTS}
    if index > 0 and not options["step"].strip():
        raise FormatError(
            lines.of("step", index), "phase “{key}” needs a step: the words of the button that leads to it", key=key
        )
    fixed = lines.flag(table, "fixed", index)
    if fixed and not options["mark_name"].strip():
        raise FormatError(
            lines.of("fixed", index),
            "phase “{key}” is a mark and needs a mark_name, such as “the presenter returns”",
            key=key,
        )
    chips = lines.texts(table, "chips", index)
    if len(chips) > _MAX_CHIPS:
        raise FormatError(lines.of("chips", index), "a phase can have at most {most} chips", most=_MAX_CHIPS)
    return Phase(
        key=key,
        from_s=from_s,
        until_s=until_s,
        fixed=fixed,
        presenter_out=lines.flag(table, "presenter_out", index),
        case=_case(table, index, lines),
        words=lines.texts(table, "words", index),
        chips=chips,
        **texts,
        **options,
    )


def _key(table: Mapping[str, Any], index: int | None, lines: Lines) -> str:
    key = lines.text(table, "key", index)
    if not _KEY.fullmatch(key):
        raise FormatError(
            lines.of("key", index), "“key” can contain only lower-case letters from a to z, digits and hyphens"
        )
    return key


def _case(table: Mapping[str, Any], index: int, lines: Lines) -> int:
    case = table.get("case", 0)
    if not isinstance(case, int) or isinstance(case, bool) or not 0 <= case <= _MAX_CASES:
        raise FormatError(
            lines.of("case", index),
            "“case” must be a number up to {most}, or 0 where there is no case",
            most=_MAX_CASES,
        )
    return case


def _questions(data: Mapping[str, Any], lines: Lines) -> tuple[Question, ...]:
    tables = lines.tables(data, "question")
    for index, table in enumerate(tables):
        lines.refuse_unknown(table, _QUESTION_KNOWN, index, "question")
    return tuple(
        Question(
            text=lines.text(table, "text", index, table_name="question"),
            probes=lines.texts(table, "probes", index, table_name="question"),
            theme_probes=lines.texts(table, "theme_probes", index, table_name="question"),
        )
        for index, table in enumerate(tables)
    )


def _reject_unknown_keys(session_format: SessionFormat, bank: PromptBank, lines: Lines) -> None:
    """Reject a chip or prompts key missing from the bank: it would offer nothing."""
    situations = {situation.key for situation in bank.situations}
    prompts = bank.phases | {""} | ({QUESTIONS_KEY} if session_format.questions else set())
    for index, phase in enumerate(session_format.phases):
        for chip in phase.chips:
            if chip not in situations:
                raise FormatError(lines.of("chips", index), "there is no situation “{key}” in the prompts", key=chip)
        if phase.prompts not in prompts:
            raise FormatError(lines.of("prompts", index), "there are no prompts for “{key}”", key=phase.prompts)


def _minutes(seconds: int) -> str:
    return f"{seconds / _SECONDS_PER_MINUTE:g}"
