"""Condition of a part: quickly from its facts, or from every byte and the log's fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.inputs import KnownPart
from balint_desktop.recordings.playable import PlayableAudio, playable_audio
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed import names
from balint_desktop.sealed.fingerprint import matches_fingerprint
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import PartSound, PartState, read_facts, read_part, sha256_of


@dataclass(frozen=True, slots=True)
class ReadPart:
    """One part in memory: its playable audio, its facts if they open, and its condition."""

    playable: PlayableAudio
    facts: PartFacts | None
    condition: Condition


def read_whole_part(folder: Path, secrets: Sequence[str], known: KnownPart) -> ReadPart:
    """Read every byte of a part. Raise Trouble on a disk error."""
    try:
        part = read_part(folder, secrets)
    except Trouble as trouble:
        if trouble.code is not TroubleCode.WRONG_KEY:
            raise
        return _sealed_to_others(folder, known)
    sound = playable_audio(part, known.seconds)
    return ReadPart(sound, part.facts, _condition(part, sound, folder, known))


def _sealed_to_others(folder: Path, known: KnownPart) -> ReadPart:
    """Return a part that the recording's key does not open: sealed to another key, or damaged beyond recognition."""
    sound = playable_audio(PartSound(b"", None, PartState.DAMAGED), known.seconds)
    if known.unknown:
        return ReadPart(sound, None, Condition.UNKNOWN)
    as_sealed = bool(known.accepted) and not is_changed(folder, known)
    return ReadPart(sound, None, Condition.NOT_OURS if as_sealed else Condition.DAMAGED)


def read_condition(folder: Path, secrets: Sequence[str], known: KnownPart) -> Condition:
    """Return a part's condition without reading its sound."""
    if known.unknown:
        return Condition.UNKNOWN
    audio = folder / names.AUDIO
    if not (folder / names.FACTS).exists():
        # The facts are written before the first sample: audio without facts means that they were removed.
        return Condition.DAMAGED if audio.exists() and audio.stat().st_size else Condition.EMPTY
    facts, _ = read_facts(folder, secrets)
    if facts is None or (facts.closed and not audio.exists()):
        return Condition.DAMAGED
    return Condition.COMPLETE if facts.closed else Condition.INTERRUPTED


def is_changed(folder: Path, known: KnownPart) -> bool:
    """Return whether a part differs from the log's fingerprints. Without a fingerprint the answer is False."""
    return bool(known.accepted) and not any(matches_fingerprint(folder, one) for one in known.accepted)


def _condition(part: PartSound, sound: PlayableAudio, folder: Path, known: KnownPart) -> Condition:
    if known.unknown:
        return Condition.UNKNOWN
    if part.state is PartState.IN_USE:
        return Condition.IN_USE
    without_facts = part.facts is None and bool(part.pieces)
    if part.state is PartState.DAMAGED or sound.damaged or without_facts:
        return Condition.DAMAGED
    # During a redaction, a part's facts are rewritten after its sound.
    if is_changed(folder, known) or (not known.cutting and _contradicts(part.facts, folder)):
        return Condition.CHANGED
    if part.state is PartState.COMPLETE:
        return Condition.COMPLETE
    return Condition.INTERRUPTED if sound.ogg else Condition.EMPTY


def _contradicts(facts: PartFacts | None, folder: Path) -> bool:
    """Return whether the facts belong to other audio: the facts of each closed part hold the checksum of its audio."""
    return facts is not None and facts.closed and facts.sha256 is not None and facts.sha256 != sha256_of(folder)
