"""Take one coder's work out of a project of another program: codes, codings placed on the approved texts, and memos."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from balint_desktop.domain.analysis.codebook import COLOURS, NAME_LIMIT, TEXT_LIMIT, Code, Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import MoveCount, TextMove
from balint_desktop.domain.analysis.placing import placed_codings, same_text
from balint_desktop.domain.analysis.project import (
    Project,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSource,
)
from balint_desktop.domain.analysis.refi_write import derived_guid
from balint_desktop.domain.analysis.study import Memo, StudyText
from balint_desktop.domain.analysis.study_project import project_guid
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.hidden_signs import one_line, strip_hidden
from balint_desktop.domain.values import RecordingId

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_NAMELESS = "–"


class UnknownTextError(ValueError):
    """A text that was coded is none that the study ever had."""


@dataclass(frozen=True, slots=True)
class ProjectStamp:
    """Whose work is read, and when the file came: of what has no moment of its own.

    `known` are the codes that the coder was given, which stay what they are; `versions` each version of a text that the
    study ever had: recording, number, and the SHA-256 of its text.
    """

    author: str
    wall: float
    known: Codebook = field(default_factory=Codebook)
    versions: Sequence[tuple[RecordingId, int, str]] = ()


@dataclass(frozen=True, slots=True)
class NamesInFile:
    """A file names several people, and none of them as the study calls the coder: which one is it? Keys and names."""

    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class UnplacedPassage:
    """A passage that a file says is coded, and that was not found in its text."""

    text: str
    code: str
    quoted: str


@dataclass(frozen=True, slots=True)
class FileWork:
    """What was read from a coder's file. `moved` counts passages found elsewhere in their turn.

    `withdrawn` is what has been redacted from the text since the coder had it.
    """

    work: CoderWork
    memos: tuple[Memo, ...] = ()
    moved: int = 0
    not_placed: tuple[UnplacedPassage, ...] = ()
    withdrawn: MoveCount = field(default_factory=MoveCount)


def project_coders(project: Project) -> tuple[ProjectCoder, ...]:
    """Return who coded in a project; where nobody did, who is named in it. One without a name has their guid for it."""
    names = {one.guid: one_line(one.name) for one in project.coders}
    active = dict.fromkeys(_owner(project, one) for one in project.codings)
    guids = list(active or names) or [""]
    return tuple(ProjectCoder(one, names.get(one) or one) for one in guids)


def project_work(
    project: Project, coder: str, texts: Sequence[tuple[StudyText, ApprovedText]], stamp: ProjectStamp
) -> FileWork:
    """Return what one coder of a project made, on the approved texts of a study.

    `coder` is one of `project_coders`, by guid. Raise UnknownTextError where something was coded on another text.
    """
    is_only = len(project_coders(project)) == 1
    mine = [one for one in project.codings if is_only or _owner(project, one) == coder]
    notes = [one for one in project.notes if (one.coder or project.writer) in {coder, ""} or not coder]
    book, guids = _book(project.codes, {one.code for one in mine}, stamp.known, everything=is_only)
    sources = _sources(project.sources, {one.source for one in mine}, texts, stamp.versions)
    found: list[Coding] = []
    not_placed: list[UnplacedPassage] = []
    moved, withdrawn, taken = 0, MoveCount(), set[str]()
    notes_of = _notes_of(notes)
    for source, move in sources.values():
        placed = placed_codings(source.text, [one for one in mine if one.source == source.guid])
        moved += len(placed.moved)
        not_placed += (
            UnplacedPassage(source.name, book.code(guids[one.code]).name, one.quoted) for one in placed.not_placed
        )
        for one in placed.placed:
            now = move.of((one.begin, one.end))
            withdrawn = withdrawn.plus(MoveCount(int(now.span is None), int(now.is_cut)))
            if now.span is None:
                continue
            guid = one.guid if one.guid and one.guid not in taken else derived_guid("coding", str(len(taken)), one.guid)
            taken.add(guid)
            memo = "\n".join(filter(None, (one.memo, *notes_of.get(one.guid, ()))))
            begin, end = now.span
            wall = _wall(one.created, stamp.wall)
            found.append(Coding(guid, move.recording, begin, end, guids[one.code], wall, _words(memo)))
    work = CoderWork(book, _joined(found))
    of_codings = {one.guid for one in mine}
    left = (one for one in notes if not (set(one.about) & of_codings))
    return FileWork(work, tuple(_memos(left, sources, stamp)), moved, tuple(not_placed), withdrawn)


def _owner(project: Project, coding: ProjectCoding) -> str:
    return coding.coder or project.writer


# --- texts ---


def _sources(
    sources: Iterable[ProjectSource],
    coded: set[str],
    texts: Sequence[tuple[StudyText, ApprovedText]],
    versions: Sequence[tuple[RecordingId, int, str]],
) -> dict[str, tuple[ProjectSource, TextMove]]:
    """Return each text of a file that is one of the study's, and how it moves to the version that is there now."""
    found: dict[str, tuple[ProjectSource, TextMove]] = {}
    now = {about.recording: (about, approved) for about, approved in texts}
    claimed: set[RecordingId] = set()
    for source in sources:
        sha256 = hashlib.sha256(source.text.encode()).hexdigest()
        same = [(one.recording, approved.version) for one, approved in texts if same_text(source.text, approved.text)]
        same += [(recording, version) for recording, version, one in versions if one == sha256]
        # Two sessions may have one text: the id that the file was given says which, then its name.
        likely = sorted(
            (one for one in same if one[0] not in claimed),
            key=lambda one: (
                project_guid("text", one[0]) != source.guid,
                one[0] not in now or now[one[0]][0].name != source.name,
            ),
        )
        if likely:
            recording, version = likely[0]
            claimed.add(recording)
            found[source.guid] = (source, TextMove(recording, version, now[recording][1] if recording in now else None))
        elif source.guid in coded:
            raise UnknownTextError(source.name)
    if coded - found.keys():
        raise UnknownTextError
    return found


# --- codes ---


def _book(
    codes: Sequence[ProjectCode], used: set[str], known: Codebook, *, everything: bool
) -> tuple[Codebook, dict[str, str]]:
    """Return the codes of one coder, and the guid of each code of the file.

    Of a file of several people, these are the codes that this one used, what is over them, and those they were given.
    """
    given = {project_guid("code", code.guid): code for code in known.codes}
    by_guid = {one.guid: one for one in codes}
    kept = set(by_guid) if everything else {one for guid in used for one in _upwards(by_guid, guid)}
    book = {code.guid: code for code in known.codes}
    guids: dict[str, str] = {}
    names = Counter(code.name.casefold() for code in known.codes)
    for one in by_guid.values():
        code = given.get(one.guid)
        if code is None and one.guid not in kept:
            continue
        if code is None:
            at, colour = len(book), one.colour.lower()
            code = Code(
                one.guid or derived_guid("code", str(at)),
                _free_name(one.name, names),
                colour if _COLOUR.fullmatch(colour) else COLOURS[at % len(COLOURS)],
                _words(one.description),
                # One that stands below itself stands below nothing.
                parent=guids.get(one.parent or ""),
            )
        guids[one.guid] = code.guid
        book[code.guid] = code
    return Codebook(tuple(book.values())), guids


def _upwards(codes: Mapping[str, ProjectCode], guid: str | None) -> list[str]:
    found: list[str] = []
    while guid is not None and guid in codes and guid not in found:
        found.append(guid)
        guid = codes[guid].parent
    return found


def _free_name(name: str, taken: Counter[str]) -> str:
    """Return a name that no other code of the book has: two under different codes may have one in other programs."""
    tidy = one_line(strip_hidden(name))[:NAME_LIMIT] or _NAMELESS
    free, at = tidy, 2
    while taken[free.casefold()]:
        free, at = f"{tidy[: NAME_LIMIT - 6]} ({at})", at + 1
    taken[free.casefold()] += 1
    return free


def _joined(codings: Iterable[Coding]) -> Codings:
    """Return codings, of which those of one code that overlap are one."""
    groups: dict[tuple[str, str], Codings] = {}
    for one in codings:
        groups[one.text, one.code] = groups.get((one.text, one.code), Codings()).given(one)
    return Codings(tuple(one for group in groups.values() for one in group.all))


# --- memos ---


def _notes_of(notes: Iterable[ProjectNote]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in notes:
        for guid in note.about:
            found.setdefault(guid, []).append(note.text)
    return found


def _memos(
    notes: Iterable[ProjectNote], sources: Mapping[str, tuple[ProjectSource, TextMove]], stamp: ProjectStamp
) -> Iterable[Memo]:
    """Yield notes that are on no passage as memos: of a text where they are about one, otherwise of the study."""
    for note in notes:
        words = _words(note.text)
        if words:
            about = next((sources[one][1].recording for one in note.about if one in sources), None)
            # With its words: what was changed since it came before is another memo.
            guid = derived_guid("note", stamp.author, note.guid, words)
            yield Memo(guid, stamp.author, _wall(note.created, stamp.wall), words, about)


def _words(text: str) -> str:
    return strip_hidden(text).strip()[:TEXT_LIMIT]


def _wall(created: str, otherwise: float) -> float:
    try:
        moment = datetime.fromisoformat(created)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return otherwise
