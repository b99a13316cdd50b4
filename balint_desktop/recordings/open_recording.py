"""Open a recording in memory, and verify it against its key and the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from balint_desktop.domain.session.recording_view import RecordingView, Span, not_recorded_s
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.domain.session.state import SessionState
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n.library_texts import translated_format
from balint_desktop.recordings.condition import ReadPart, is_changed, read_condition, read_whole_part
from balint_desktop.recordings.inputs import RecordingInputs, RecordingKey, recording_key
from balint_desktop.recordings.pending_redaction import pending_redaction
from balint_desktop.recordings.redaction import redacted_spans
from balint_desktop.recordings.source_losses import source_losses
from balint_desktop.recordings.summary import (
    Condition,
    OpenRecording,
    PartVerdict,
    PhaseMark,
    QuestionMark,
    RecordingSummary,
    Verification,
    worst_condition,
)
from balint_desktop.recordings.timeline import JoinedRecording, PartLength, join_parts
from balint_desktop.sealed import names
from balint_desktop.sealed.reading import is_being_written

__all__ = ["RecordingInputs", "open_recording", "summarise_recording", "verify_recording"]


def summarise_recording(sources: RecordingInputs) -> RecordingSummary:
    """Return a recording's summary without reading audio: damage inside a part shows only on opening."""
    session = sources.session
    return RecordingSummary(
        id=sources.id,
        condition=_summary_condition(sources),
        group=session.group if session is not None else "",
        number=session.setting.number if session is not None else None,
        began_wall=session.began_wall if session is not None else None,
        seconds=_seconds(sources),
        parts=len(sources.part_folders()),
        readers=sources.readers,
        this_vault_reads=sources.this_vault_reads or sources.fingerprints is None,
        destroyed=sources.destroyed,
        pending_redaction=pending_redaction(sources.folder, sources.identities, sources.view),
        kind=session.setting.kind if session is not None else SessionKind.CASE,
        imported=sources.imported,
        shared_copy=sources.shared_copy,
        has_call=any(part.has_computer for part in sources.view.parts),
        not_recorded_s=_not_recorded_s(sources),
    )


def _seconds(sources: RecordingInputs) -> float | None:
    """Return a recording's length from first to last second; without a session, the sum of its parts."""
    recorded = session_record(sources.session).recording if sources.session is not None else None
    return recorded.seconds if recorded is not None and recorded.id == sources.id else sources.seconds


def _not_recorded_s(sources: RecordingInputs) -> float:
    """Return how much was lost on the record; none of it is known of a file that was imported."""
    return not_recorded_s(sources.view) if sources.view.parts else 0.0


def open_recording(sources: RecordingInputs) -> OpenRecording:
    """Open a recording in memory, as far as it is readable.

    Raise Trouble: PART_IN_USE, WRONG_KEY, SEALED_DAMAGED, RECORDING_CHANGED for a key other than its own.
    """
    folders = sources.part_folders()
    if any(is_being_written(folder) for folder in folders.values()):
        raise Trouble(TroubleCode.PART_IN_USE)
    key = recording_key(sources)
    parts = {number: read_whole_part(folder, key.secrets, sources.known(number)) for number, folder in folders.items()}
    if key.trouble is not None and not any(part.playable.ogg for part in parts.values()):
        raise key.trouble
    state = sources.session.state() if sources.session is not None else None
    view = sources.view
    joined = _joined(view, parts, [*_lengths(parts), *_missing_parts(sources, view)])
    found = [*(part.condition for part in parts.values()), *_overall_findings(sources, key)]
    return OpenRecording(
        listed=replace(summarise_recording(sources), condition=worst_condition(tuple(found)), seconds=joined.seconds),
        joined=joined,
        phases=() if state is None else _phases(state, joined),
        moments=() if state is None else tuple(m for m in state.moments if joined.from_s <= m.at_s <= joined.until_s),
        questions=() if state is None else _questions(state, joined),
        sounds={number: part.playable.ogg for number, part in parts.items()},
        levels={number: part.facts.levels for number, part in parts.items() if part.facts is not None},
        losses=source_losses(part.facts for part in parts.values() if part.facts is not None),
    )


def verify_recording(sources: RecordingInputs) -> Verification:
    """Verify every byte of a recording, and the log's entries for it. Read-only. Raise Trouble."""
    if _is_destroyed(sources):
        return Verification(sources.id, Condition.DESTROYED)
    folders = sources.part_folders()
    key = recording_key(sources)
    verdicts = [_verify_part(number, sources, key) for number in folders]
    verdicts += [_verify_absent(sources, number) for number in sources.fingerprints or {} if number not in folders]
    found = [*(verdict.condition for verdict in verdicts), *_overall_findings(sources, key)]
    return Verification(
        sources.id,
        worst_condition(tuple(found)),
        tuple(sorted(verdicts, key=lambda v: v.part)),
        key=key.condition,
        not_recorded_s=_not_recorded_s(sources),
    )


def _overall_findings(sources: RecordingInputs, key: RecordingKey) -> list[Condition]:
    """Return findings about a recording beside the parts on disk."""
    found: list[Condition] = [key.condition] if key.condition in {Condition.DAMAGED, Condition.CHANGED} else []
    if sources.destroyed is not None:
        found = [*found, Condition.BACK]
    present, known = sources.part_folders(), sources.fingerprints
    if any(number not in present and sources.is_removed(number) for number in known or {}):
        found = [*found, Condition.DAMAGED]
    return found if known is not None else [*found, Condition.UNKNOWN]


def _is_destroyed(sources: RecordingInputs) -> bool:
    """Return whether a recording is destroyed or being destroyed; False if its key is on the disk again."""
    destroyed = sources.destroyed
    return destroyed is not None and (destroyed.completed_wall is None or not (sources.folder / names.KEY).exists())


def _summary_condition(sources: RecordingInputs) -> Condition:
    if sources.destroyed is not None:
        return Condition.DESTROYED if _is_destroyed(sources) else Condition.BACK
    folders = sources.part_folders()
    if any(is_being_written(part) for part in folders.values()):
        return Condition.IN_USE
    if sources.fingerprints is None:
        return Condition.UNKNOWN
    key = recording_key(sources)
    found = _overall_findings(sources, key)
    if not key.secrets:
        known = [sources.known(number) for number in folders]
        found += [Condition.UNKNOWN if one.unknown else Condition.NOT_OURS for one in known] or [Condition.NOT_OURS]
    else:
        found += [read_condition(folder, key.secrets, sources.known(number)) for number, folder in folders.items()]
    return worst_condition(tuple(found))


def _verify_part(number: int, sources: RecordingInputs, key: RecordingKey) -> PartVerdict:
    folder, known = sources.part_folders()[number], sources.known(number)
    has_fingerprint = known.sha256 is not None
    if is_being_written(folder):
        return PartVerdict(number, Condition.IN_USE, 0.0, has_fingerprint)
    if key.secrets:
        part = read_whole_part(folder, key.secrets, known)
        lost_s = sum((span.until_s or 0.0) - span.from_s for span in part.playable.damaged)
        has_call = part.facts is not None and bool(part.facts.computer)
        return PartVerdict(number, part.condition, part.playable.seconds, has_fingerprint, lost_s, has_call)
    changed = Condition.CHANGED if is_changed(folder, known) else Condition.NOT_OURS
    found = Condition.UNKNOWN if known.unknown else changed
    return PartVerdict(number, found, known.seconds or 0.0, has_fingerprint)


def _verify_absent(sources: RecordingInputs, number: int) -> PartVerdict:
    """Return the verdict on a part that is in the log but not on disk."""
    found = Condition.DAMAGED if sources.is_removed(number) else Condition.EMPTY
    return PartVerdict(number, found, 0.0, sources.known(number).sha256 is not None)


def _lengths(parts: Mapping[int, ReadPart]) -> list[PartLength]:
    return [
        PartLength(
            number,
            part.facts.offset_s if part.facts is not None else 0.0,
            part.playable.seconds,
            part.playable.damaged,
        )
        for number, part in parts.items()
    ]


def _missing_parts(sources: RecordingInputs, view: RecordingView) -> list[PartLength]:
    """Return the parts missing from disk whose position and length the log holds."""
    begun = {part.part: part.span.from_s for part in view.parts}
    present = sources.part_folders()
    return [
        PartLength(number, begun[number], seconds, (Span(0.0, seconds),))
        for number, seconds in sources.lengths.items()
        if number in begun and number not in present
    ]


def _joined(view: RecordingView, parts: Mapping[int, ReadPart], lengths: Sequence[PartLength]) -> JoinedRecording:
    struck = redacted_spans(view, {number: part.facts for number, part in parts.items()})
    return join_parts(lengths, replace(view, redacted=struck))


def _questions(state: SessionState, joined: JoinedRecording) -> tuple[QuestionMark, ...]:
    questions = translated_format(state.format).questions
    return tuple(
        QuestionMark(asked.question, questions[asked.question - 1].text, asked.at_s)
        for asked in state.asked
        if joined.from_s <= asked.at_s <= joined.until_s
    )


def _phases(state: SessionState, joined: JoinedRecording) -> tuple[PhaseMark, ...]:
    """Return the start of each phase with audio; one that began before the recording starts with it."""
    ends = [entry.at_s for entry in state.entries[1:]] + [state.ended_s or joined.until_s]
    phases = translated_format(state.format).phases
    return tuple(
        PhaseMark(phases[entry.phase].label, max(entry.at_s, joined.from_s))
        for entry, end_s in zip(state.entries, ends, strict=True)
        if end_s > joined.from_s and entry.at_s < joined.until_s
    )
