"""What a session format is: its phases, its fixed marks, and how a format file is read or refused."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from balint_desktop.domain.format_lines import FormatError, Lines
from balint_desktop.domain.values import SessionKind


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a format. Times are seconds from the start of the session.

    `fixed` says that its start is a mark, which stands whatever ran over. `step` is the verb of the button that
    leads into this phase, `step_words` what the leader says before pressing it. `presenter_out` says that the
    presenter listens in silence. `case` is the number of the case at work, 0 where there is none.
    `words` are the lines of one card to speak from as the phase opens; `chips` the situations offered first;
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
    """One core question of an evaluation session, and the probes under it."""

    text: str
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionFormat:
    """A session format: phases that follow each other without a gap, from 0 to the length of the session."""

    key: str
    name: str
    about: str
    kind: SessionKind
    phases: tuple[Phase, ...]
    end_words: str = ""
    note_presenter_in_s: int | None = None
    online: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def length_s(self) -> int:
        """Return the planned length of the session in seconds."""
        return self.phases[-1].until_s

    @property
    def cases(self) -> int:
        """Return how many cases the format has room for."""
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
_TOP_KNOWN = {"key", "name", "about", "kind", "end_words", "note_presenter_in", "online", "phase", "question"}
# The shortest unit a format may plan in is a second, so that a rehearsal can be short; people write minutes.
_SECONDS_A_MINUTE = 60


def parse_format(text: str) -> SessionFormat:
    """Return the format that a TOML text describes.

    Raise FormatError, with the line and the reason, where it does not describe one.
    """
    lines = Lines(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise lines.from_toml(error) from error
    lines.refuse_unknown(data, _TOP_KNOWN, None)
    kind_text = lines.text(data, "kind", None, default=SessionKind.CASE.value)
    if kind_text not in set(SessionKind):
        raise FormatError(lines.of("kind"), f"kind is “case” or “evaluation”, not “{kind_text}”")
    phases = _phases(data.get("phase", []), lines)
    note = lines.minutes(data, "note_presenter_in", None, default=None)
    return SessionFormat(
        key=lines.text(data, "key", None),
        name=lines.text(data, "name", None),
        about=lines.text(data, "about", None, default=""),
        kind=SessionKind(kind_text),
        phases=phases,
        end_words=lines.text(data, "end_words", None, default=""),
        note_presenter_in_s=note,
        online=lines.flag(data, "online", None),
        questions=_questions(data.get("question", []), lines),
    )


def _phases(tables: object, lines: Lines) -> tuple[Phase, ...]:
    if not isinstance(tables, list) or not tables:
        raise FormatError(1, "a format needs at least one [[phase]]")
    phases: list[Phase] = []
    keys: set[str] = set()
    for index, table in enumerate(tables):
        phase = _phase(table, index, lines)
        expected = phases[-1].until_s if phases else 0
        if phase.from_s != expected:
            raise FormatError(
                lines.of("from", index),
                f"this phase begins at minute {_minutes(phase.from_s)}, "
                f"but the one before it ends at minute {_minutes(expected)}",
            )
        if phase.key in keys:
            raise FormatError(lines.of("key", index), f"two phases are called “{phase.key}”")
        keys.add(phase.key)
        phases.append(phase)
    if phases[0].fixed:
        raise FormatError(lines.of("fixed", 0), "the first phase begins with the session and needs no mark")
    return tuple(phases)


def _phase(table: object, index: int, lines: Lines) -> Phase:
    if not isinstance(table, dict):
        raise FormatError(1, "a phase is written as a [[phase]] table")
    lines.refuse_unknown(table, _PHASE_KNOWN, index)
    from_s = lines.minutes(table, "from", index)
    until_s = lines.minutes(table, "until", index)
    if from_s is None or until_s is None or until_s <= from_s:
        raise FormatError(lines.of("until", index), "a phase ends after it begins")
    case = table.get("case", 0)
    if not isinstance(case, int) or isinstance(case, bool) or not 0 <= case <= 9:
        raise FormatError(lines.of("case", index), "case is a number, 0 where no case is at work")
    key = lines.text(table, "key", index)
    if index > 0 and not table.get("step"):
        raise FormatError(
            lines.of("key", index), f"phase “{key}” needs a step: the words of the button that leads to it"
        )
    fixed = lines.flag(table, "fixed", index)
    if fixed and not table.get("mark_name"):
        raise FormatError(
            lines.of("fixed", index),
            f"phase “{key}” is a mark and needs a mark_name, such as “the presenter returns”",
        )
    texts = {name: lines.text(table, name, index) for name in _PHASE_TEXTS}
    options = {name: lines.text(table, name, index, default="") for name in _PHASE_OPTIONAL_TEXTS}
    return Phase(
        key=key,
        from_s=from_s,
        until_s=until_s,
        fixed=fixed,
        presenter_out=lines.flag(table, "presenter_out", index),
        case=case,
        words=lines.texts(table, "words", index),
        chips=lines.texts(table, "chips", index),
        **texts,
        **options,
    )


def _questions(tables: object, lines: Lines) -> tuple[Question, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise FormatError(lines.of("question"), "a question is written as a [[question]] table")
    return tuple(
        Question(
            text=lines.text(table, "text", index, table_name="question"),
            probes=lines.texts(table, "probes", index, table_name="question"),
        )
        for index, table in enumerate(tables)
    )


def _minutes(seconds: int) -> str:
    whole = seconds / _SECONDS_A_MINUTE
    return f"{whole:g}"
