"""Wording of lengths and of a recording's condition, for the window and the command line."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.values import SoundSource
from balint_desktop.i18n import tr
from balint_desktop.recordings.redact_part import RedactedPart
from balint_desktop.recordings.source_losses import SourceLoss
from balint_desktop.recordings.summary import Condition, PartVerdict, PendingRedaction, RecordingSummary, Verification
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch
from balint_desktop.text import durations
from balint_desktop.text.lists import listed


def condition(of: Condition) -> str:
    """Return the condition in a word or two."""
    return {
        Condition.COMPLETE: tr("complete"),
        Condition.INTERRUPTED: tr("interrupted"),
        Condition.IN_USE: tr("being recorded"),
        Condition.NOT_OURS: tr("sealed to others"),
        Condition.DAMAGED: tr("damaged"),
        Condition.CHANGED: tr("changed since it was sealed"),
        Condition.UNKNOWN: tr("no log entry"),
        Condition.EMPTY: tr("empty"),
        Condition.DESTROYED: tr("destroyed"),
        Condition.BACK: tr("restored after it was destroyed"),
    }[of]


def redacted_words(of: PendingRedaction) -> str:
    """Return whether redacted sound is still stored in a recording, empty where there is none."""
    return {
        PendingRedaction.NOTHING: "",
        PendingRedaction.TO_CUT: tr("removed stretch: deleted at the next unlock"),
        PendingRedaction.HEARD_BY_ITS_READER: tr("removed stretch: its readers can still hear it"),
    }[of]


def redacted_sentence(of: PendingRedaction) -> str:
    """Return an explanation of that, empty without redacted sound."""
    return {
        PendingRedaction.NOTHING: "",
        PendingRedaction.TO_CUT: tr(
            "A removed stretch is silent here and in exports. It is deleted from the recording itself at the "
            "next unlock, provided the recording is intact."
        ),
        PendingRedaction.HEARD_BY_ITS_READER: tr(
            "A stretch of this recording was removed, but this vault cannot read the recording and so cannot "
            "delete it. Its readers will hear the stretch unless they run “balint-desktop recordings redact”."
        ),
    }[of]


def with_redacted(listed: RecordingSummary) -> str:
    """Return a recording's condition, its completeness against the imported file, and any remaining redacted sound."""
    return "; ".join(part for part in (listed_condition(listed), redacted_words(listed.pending_redaction)) if part)


def listed_condition(listed: RecordingSummary) -> str:
    """Return a recording's condition; one imported from a file is complete where its whole file was saved."""
    came = listed.imported
    if listed.shared_copy is not None:
        return tr("{condition}, imported").format(condition=condition(listed.condition))
    if came is None and _has_gaps(listed):
        return tr("readable; {long} not recorded").format(long=durations.duration_words(listed.not_recorded_s))
    if came is None:
        return condition(listed.condition)
    if listed.condition is not Condition.COMPLETE:
        return tr("{condition}, imported").format(condition=condition(listed.condition))
    if came.report is None:
        return tr("imported, not checked")
    return tr("complete, imported") if came.report.is_complete else tr("imported, possibly incomplete")


def redacted_part(done: RedactedPart) -> str:
    """Return the spans removed from a part, by its own clock."""
    spans = ", ".join(durations.span_words(cut.from_s, cut.until_s) for cut in done.spans)
    return tr("Part {part}: {spans} deleted.").format(part=done.part, spans=spans)


def redaction_done(struck_s: float) -> str:
    """Return the confirmation that the redacted sound was removed."""
    if round(struck_s) == 60:
        return tr("The removed minute has now been deleted from the recording.")
    return tr("The removed stretch ({long}) has now been deleted from the recording.").format(
        long=durations.duration_words(struck_s)
    )


def whole_sentence(of: RecordingSummary | Verification) -> str:
    """Return an explanation of a recording's condition, and of what was lost where all that was recorded is there."""
    if _has_gaps(of):
        template = tr("Readable, but {long} were not recorded.")
        return template.format(long=durations.duration_words(of.not_recorded_s))
    return condition_sentence(of.condition)


def _has_gaps(of: RecordingSummary | Verification) -> bool:
    return of.condition is Condition.COMPLETE and round(of.not_recorded_s) >= 1


def condition_sentence(of: Condition) -> str:
    """Return an explanation of a condition: what is safe, and what to do."""
    return {
        Condition.COMPLETE: tr("Complete and readable."),
        Condition.INTERRUPTED: tr(
            "The recording ended unexpectedly. Everything sealed up to then is there, and nothing needs repair."
        ),
        Condition.IN_USE: tr("Still recording. Stop the recording to open it."),
        Condition.NOT_OURS: tr(
            "Sealed to other readers only, so it cannot be played or exported here. You can verify it and "
            "share a sealed copy."
        ),
        Condition.DAMAGED: tr(
            "Damaged or changed since it was sealed. The lost parts are silent; everything else plays. Leave "
            "it as it is, and restore a copy if you have one."
        ),
        Condition.CHANGED: tr(
            "It opens, but it has changed since it was sealed. Compare it with a backup before relying on it."
        ),
        Condition.UNKNOWN: tr(
            "The log has no entry for it, or for a part of it. It was left in place. Check where it came from "
            "before relying on it."
        ),
        Condition.EMPTY: tr("The recorder was started, but no audio was recorded."),
        Condition.DESTROYED: tr("Destroyed deliberately. The log shows when and why. Nothing else is left."),
        Condition.BACK: tr(
            "It was destroyed, but is here again, perhaps from a backup. Destroy it again, or find out who restored it."
        ),
    }[of]


def readers_sentence(readers: Sequence[str] | None, *, this_vault_reads: bool) -> str:
    """Return the recipients a recording is sealed to."""
    if readers is None:
        return tr("Its readers are unknown: it was recorded by an earlier version.")
    everyone = [tr("this vault")] if this_vault_reads else []
    sentence = tr("Sealed to {readers}.").format(readers=listed([*everyone, *readers]))
    if this_vault_reads:
        return sentence
    closed = tr("It cannot be opened with this vault, its passphrase or its recovery key.")
    return f"{sentence} {closed}"


def verdict(found: Verification) -> str:
    """Return the result of a verification, a line for each part and a sentence for the whole."""
    lines = [
        tr("Part {part}: {condition}, {long}{sources}{lost}{known}").format(
            part=part.part,
            condition=_without_key(part) if found.key in _KEY_ALARMS else condition(part.condition),
            long=durations.duration_words(part.seconds),
            sources=f", {sources_words(has_call=True)}" if part.has_call else "",
            lost=_lost(part),
            known="" if part.known else tr("; no fingerprint in the log"),
        )
        for part in found.parts
    ]
    # Without its key nothing plays, so the sentence on damaged sound would be wrong.
    whole = [] if found.key is Condition.DAMAGED else [whole_sentence(found)]
    return "\n".join([*whole, *_key(found.key), *lines])


_KEY_ALARMS = {Condition.DAMAGED, Condition.CHANGED}


def _key(found: Condition) -> list[str]:
    """Return the problem with a recording's key file, empty where there is none."""
    if found is Condition.DAMAGED:
        return [
            tr(
                "Its key (key.age) is damaged or missing, so no part can be opened. Leave everything where it "
                "is, and restore that file from a backup."
            )
        ]
    if found is Condition.CHANGED:
        return [tr("Its key (key.age) is not the original one. What it opens may have been sealed by someone else.")]
    return []


def _without_key(part: PartVerdict) -> str:
    """Return the verdict on a part without a key: its fingerprint can still be checked."""
    if part.condition is not Condition.NOT_OURS:
        return condition(part.condition)
    return tr("unchanged") if part.known else tr("sealed")


def _lost(part: PartVerdict) -> str:
    if part.condition is not Condition.DAMAGED or not part.seconds:
        return ""
    if not part.lost_s:
        return tr("; no audio is lost")
    return tr("; {long} cannot be read").format(long=durations.duration_words(part.lost_s))


def sources_words(*, has_call: bool) -> str:
    """Return what was recorded."""
    return tr("microphone and call") if has_call else tr("microphone only")


def losses(found: Sequence[SourceLoss]) -> str:
    """Return every stretch in which one of two sources is missing in words, a line each."""
    template = {
        SoundSource.MICROPHONE: tr("{span}: only the call was recorded"),
        SoundSource.CALL: tr("{span}: only the microphone was recorded"),
    }
    return "\n".join(
        template[loss.source].format(span=durations.span_words(loss.from_s, loss.until_s)) for loss in found
    )


def silence(kind: StretchKind) -> str:
    """Return why a stretch is silent, empty for sound."""
    return {
        StretchKind.SOUND: "",
        StretchKind.OFF_RECORD: tr("off the record"),
        StretchKind.STRUCK: tr("removed"),
        StretchKind.GAP: tr("not recorded"),
        StretchKind.DAMAGED: tr("damaged"),
    }[kind]


def silences(joined: JoinedRecording) -> str:
    """Return every silent stretch in words, a line each; adjacent ones of a kind are merged."""
    lines = [f"{durations.span_words(s.from_s, s.until_s)}: {silence(s.kind)}" for s in _merged(joined)]
    return "\n".join(lines)


def _merged(joined: JoinedRecording) -> list[TimelineStretch]:
    silent: list[TimelineStretch] = []
    for one in joined.stretches:
        if one.kind is StretchKind.SOUND:
            continue
        if silent and silent[-1].kind is one.kind and silent[-1].until_s == one.from_s:
            silent[-1] = TimelineStretch(one.kind, silent[-1].from_s, one.until_s)
        else:
            silent.append(one)
    return silent
