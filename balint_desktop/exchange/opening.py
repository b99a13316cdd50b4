"""How a recording is opened in memory and verified: its parts, its key, and what the log says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from balint_desktop.domain.recording_view import RecordingView
from balint_desktop.domain.session import SessionState
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.exchange.joining import Joined, PartLength, join
from balint_desktop.exchange.listed import Condition, Listed, Opened, PartVerdict, PhaseMark, Verdict, gravest
from balint_desktop.exchange.ogg import sound_seconds
from balint_desktop.exchange.session_record import KeptSession, session_record
from balint_desktop.exchange.struck import struck_spans
from balint_desktop.exchange.uncut import struck_still
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import unseal
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import PartSound, PartState, is_being_written, read_part, sha256_of
from balint_desktop.sealed.recording import read_key

_CONDITIONS = {
    PartState.COMPLETE: Condition.COMPLETE,
    PartState.INTERRUPTED: Condition.INTERRUPTED,
    PartState.DAMAGED: Condition.DAMAGED,
    PartState.IN_USE: Condition.IN_USE,
}


@dataclass(frozen=True, slots=True)
class Sources:
    """A recording as the vault holds it. `identities` are the vault's own secret keys (AGE-SECRET-KEY-1…).

    `session` is the session it is of, and `fingerprints` are the SHA-256 of its parts by the log (None for a part
    whose recorder died); both are None where the log does not know the recording. `cutting` are those that a part may
    have as well, since its struck sound is being cut, or was when the machine went off.
    """

    id: RecordingId
    folder: Path
    identities: tuple[str, ...] = field(default=(), repr=False)
    session: KeptSession | None = None
    fingerprints: Mapping[int, str | None] | None = None
    seconds: float | None = None
    cutting: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def view(self) -> RecordingView:
        """Return what the session's facts say of the recording."""
        return self.session.state().recording if self.session is not None else RecordingView()

    def accepted(self, part: int) -> frozenset[str]:
        """Return the fingerprints that a part may have; none where nothing is known of it."""
        known = (self.fingerprints or {}).get(part)
        return self.cutting.get(part, frozenset()) | (frozenset((known,)) if known is not None else frozenset())


def look(sources: Sources) -> Listed:
    """Return what shows of a recording without reading any sound: damage inside a part shows when it is opened."""
    session = sources.session
    return Listed(
        id=sources.id,
        condition=_at_a_glance(sources),
        group=session.group if session is not None else "",
        number=session.setting.number if session is not None else None,
        began_wall=session.began_wall if session is not None else None,
        seconds=_seconds(sources),
        parts=len(_part_folders(sources.folder)),
        struck=struck_still(sources.folder, sources.identities, sources.view),
    )


def _seconds(sources: Sources) -> float | None:
    """Return a recording's length from its first second to its last; without a session, what its parts add up to."""
    recorded = session_record(sources.session).recording if sources.session is not None else None
    return recorded.seconds if recorded is not None else sources.seconds


def open_recording(sources: Sources) -> Opened:
    """Open a recording in memory, as far as it goes. Raise Trouble: PART_IN_USE, WRONG_KEY, SEALED_DAMAGED."""
    folders = _part_folders(sources.folder)
    if any(is_being_written(folder) for folder in folders.values()):
        raise Trouble(TroubleCode.PART_IN_USE)
    secrets = (read_key(sources.folder, sources.identities).secret,)
    parts = {number: read_part(folder, secrets) for number, folder in folders.items()}
    state = sources.session.state() if sources.session is not None else None
    joined = _joined(parts, [_length(number, sound) for number, sound in parts.items()], state)
    found = [_found(sound, folders[number], sources.accepted(number)) for number, sound in parts.items()]
    if sources.fingerprints is None:
        found.append(Condition.UNKNOWN)
    return Opened(
        listed=replace(look(sources), condition=gravest(tuple(found)), seconds=joined.seconds),
        joined=joined,
        phases=() if state is None else _phases(state, joined),
        moments=() if state is None else tuple(m for m in state.moments if joined.from_s <= m.at_s <= joined.until_s),
        sounds={number: sound.ogg for number, sound in parts.items()},
    )


def verify_recording(sources: Sources) -> Verdict:
    """Look at every byte of a recording, and at what the log says of it. Nothing is changed."""
    known = dict(sources.fingerprints or {})
    folders = _part_folders(sources.folder)
    secrets, key_condition = _secrets(sources)
    verdicts = [_verify_part(number, folder, secrets, sources.accepted(number)) for number, folder in folders.items()]
    verdicts += [_verify_absent(sources, number) for number in known if number not in folders]
    conditions = [verdict.condition for verdict in verdicts]
    if key_condition is Condition.DAMAGED:
        conditions.append(key_condition)
    if sources.fingerprints is None:
        conditions.append(Condition.UNKNOWN)
    return Verdict(sources.id, gravest(tuple(conditions)), tuple(sorted(verdicts, key=lambda v: v.part)))


def _at_a_glance(sources: Sources) -> Condition:
    folders = _part_folders(sources.folder)
    if any(is_being_written(part) for part in folders.values()):
        return Condition.IN_USE
    if sources.fingerprints is None:
        return Condition.UNKNOWN
    missing = any(number not in folders and _was_taken_away(sources, number) for number in sources.fingerprints)
    secrets, key_condition = _secrets(sources)
    if missing or key_condition is Condition.DAMAGED:
        return Condition.DAMAGED
    if not secrets:
        return Condition.NOT_OURS
    return gravest(tuple(_glance(part, secrets) for part in folders.values()))


def _secrets(sources: Sources) -> tuple[tuple[str, ...], Condition]:
    """Return the key that opens the parts, none where we are no reader, and the condition the key file is in."""
    try:
        return (read_key(sources.folder, sources.identities).secret,), Condition.COMPLETE
    except Trouble as trouble:
        if trouble.code is TroubleCode.WRONG_KEY:
            return (), Condition.NOT_OURS
        return (), Condition.DAMAGED


def _part_folders(recording: Path) -> dict[int, Path]:
    if not recording.is_dir():
        return {}
    return {int(path.name): path for path in names.part_folders(recording)}


def _glance(folder: Path, secrets: Sequence[str]) -> Condition:
    audio, facts_file = folder / names.AUDIO, folder / names.FACTS
    if not facts_file.exists():
        # The recorder had not yet written its facts, or somebody took them away.
        return Condition.INTERRUPTED if audio.exists() else Condition.EMPTY
    try:
        facts = PartFacts.from_json(unseal(facts_file.read_bytes(), secrets))
    except Trouble:
        return Condition.DAMAGED
    if facts.closed:
        return Condition.COMPLETE if audio.exists() else Condition.DAMAGED
    return Condition.INTERRUPTED


def _found(sound: PartSound, folder: Path, accepted: frozenset[str]) -> Condition:
    """Return what a part is, once every byte of it has been read."""
    if sound.state is PartState.INTERRUPTED and not sound.ogg:
        return Condition.EMPTY
    if sound.state is not PartState.DAMAGED and _is_changed(folder, accepted):
        return Condition.CHANGED
    return _CONDITIONS[sound.state]


def _is_changed(folder: Path, accepted: frozenset[str]) -> bool:
    if not accepted:
        return False
    return not (folder / names.AUDIO).exists() or sha256_of(folder) not in accepted


def _verify_part(number: int, folder: Path, secrets: Sequence[str], accepted: frozenset[str]) -> PartVerdict:
    known = bool(accepted)
    if is_being_written(folder):
        return PartVerdict(number, Condition.IN_USE, 0.0, known)
    if not secrets:
        found = Condition.CHANGED if _is_changed(folder, accepted) else Condition.NOT_OURS
        return PartVerdict(number, found, 0.0, known)
    sound = read_part(folder, secrets)
    return PartVerdict(number, _found(sound, folder, accepted), sound_seconds(sound.ogg), known)


def _verify_absent(sources: Sources, number: int) -> PartVerdict:
    """Return the verdict on a part that the log knows and the disk does not."""
    found = Condition.DAMAGED if _was_taken_away(sources, number) else Condition.EMPTY
    known = (sources.fingerprints or {}).get(number) is not None
    return PartVerdict(number, found, 0.0, known)


def _was_taken_away(sources: Sources, number: int) -> bool:
    """Tell whether a part that is not there had begun once: by its fingerprint, or by the session's facts."""
    if (sources.fingerprints or {}).get(number) is not None:
        return True
    begun = sources.session.state().recording.parts if sources.session is not None else ()
    return any(part.part == number for part in begun)


def _length(number: int, sound: PartSound) -> PartLength:
    offset_s = sound.facts.offset_s if sound.facts is not None else 0.0
    return PartLength(number, offset_s, sound_seconds(sound.ogg))


def _joined(parts: Mapping[int, PartSound], lengths: Sequence[PartLength], state: SessionState | None) -> Joined:
    view = RecordingView() if state is None else state.recording
    struck = struck_spans(view, {number: sound.facts for number, sound in parts.items()})
    return join(lengths, replace(view, struck=struck))


def _phases(state: SessionState, joined: Joined) -> tuple[PhaseMark, ...]:
    """Return where each phase begins that has sound in it; one that began before the recording begins with it."""
    ends = [entry.at_s for entry in state.entries[1:]] + [state.ended_s or joined.until_s]
    return tuple(
        PhaseMark(state.format.phases[entry.phase].label, max(entry.at_s, joined.from_s))
        for entry, end_s in zip(state.entries, ends, strict=True)
        if end_s > joined.from_s and entry.at_s < joined.until_s
    )
