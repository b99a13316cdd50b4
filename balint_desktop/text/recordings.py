"""Wording of lengths and of a recording's condition, for the window and the command line."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.i18n import tr
from balint_desktop.recordings.redact_part import RedactedPart
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
        Condition.UNKNOWN: tr("not in the log"),
        Condition.EMPTY: tr("nothing recorded"),
        Condition.DESTROYED: tr("destroyed"),
        Condition.BACK: tr("back after it was destroyed"),
    }[of]


def redacted_words(of: PendingRedaction) -> str:
    """Return whether redacted sound is still stored in a recording, empty where there is none."""
    return {
        PendingRedaction.NOTHING: "",
        PendingRedaction.TO_CUT: tr("struck: to be cut at the next unlock"),
        PendingRedaction.HEARD_BY_ITS_READER: tr("struck: its reader will hear it unless they cut it"),
    }[of]


def redacted_sentence(of: PendingRedaction) -> str:
    """Return an explanation of that, empty without redacted sound."""
    return {
        PendingRedaction.NOTHING: "",
        PendingRedaction.TO_CUT: tr(
            "What was struck is silent here and in what is exported. It is cut from the recording itself at the next "
            "unlock, if the recording is as it was sealed."
        ),
        PendingRedaction.HEARD_BY_ITS_READER: tr(
            "Something in it was struck. This vault cannot read it, so it cannot cut it: its reader will hear what was "
            "struck, unless they cut it with “balint-desktop recordings redact”."
        ),
    }[of]


def with_redacted(listed: RecordingSummary) -> str:
    """Return a recording's condition, its completeness against the imported file, and any remaining redacted sound."""
    return "; ".join(part for part in (listed_condition(listed), redacted_words(listed.pending_redaction)) if part)


def listed_condition(listed: RecordingSummary) -> str:
    """Return a recording's condition; an imported one is complete where its whole file was saved."""
    came = listed.imported
    if came is None:
        return condition(listed.condition)
    if listed.condition is not Condition.COMPLETE:
        return f"{condition(listed.condition)}, {tr('imported')}"
    if came.report is None:
        return tr("imported, not checked")
    return tr("complete, imported") if came.report.is_complete else tr("imported, perhaps not all of it")


def redacted_part(done: RedactedPart) -> str:
    """Return the spans removed from a part, by its own clock."""
    spans = ", ".join(durations.span_words(cut.from_s, cut.until_s) for cut in done.spans)
    return tr("Part {part}: {spans} is cut.").format(part=done.part, spans=spans)


def redaction_done(struck_s: float) -> str:
    """Return the confirmation that the redacted sound was removed."""
    if round(struck_s) == 60:
        return tr("One minute that was struck is now cut from the recording.")
    return tr("{long} that were struck are now cut from the recording.").format(long=durations.duration_words(struck_s))


def condition_sentence(of: Condition) -> str:
    """Return an explanation of a condition: what is safe, and what to do."""
    return {
        Condition.COMPLETE: tr("It was closed properly, and every part of it opens."),
        Condition.INTERRUPTED: tr(
            "It was cut short before it was closed. Everything that was sealed is there; nothing needs mending."
        ),
        Condition.IN_USE: tr("It is being recorded now. Stop the recording to open it."),
        Condition.NOT_OURS: tr(
            "It is sealed to others alone, and this vault cannot open it: it cannot be played or exported here. It can "
            "be verified and handed over as it is."
        ),
        Condition.DAMAGED: tr(
            "It has been damaged or changed since it was sealed. What is lost is silent; everything before and after "
            "it still plays, in its place. Keep it as it is, and bring back a copy of it if you have one."
        ),
        Condition.CHANGED: tr(
            "It opens, but it is not what was sealed after the session. Compare it with a backup before you rely on it."
        ),
        Condition.UNKNOWN: tr(
            "The log knows nothing of it, or of a part of it. Find out where that came from before you rely on it; "
            "it was left where it is."
        ),
        Condition.EMPTY: tr("The recorder was started, but no sound was sealed."),
        Condition.DESTROYED: tr("It was destroyed on purpose. The log keeps when and why; nothing else is left of it."),
        Condition.BACK: tr(
            "The log says that it was destroyed, and it is here again, perhaps from a backup. Destroy it again, or "
            "find out who brought it back."
        ),
    }[of]


def readers_sentence(readers: Sequence[str] | None, *, this_vault_reads: bool) -> str:
    """Return the recipients a recording is sealed to."""
    if readers is None:
        return tr("It was recorded before it was kept to whom it is sealed.")
    everyone = [tr("this vault")] if this_vault_reads else []
    sentence = tr("Sealed to {readers}.").format(readers=listed([*everyone, *readers]))
    if this_vault_reads:
        return sentence
    return f"{sentence} {tr('Neither this vault, its passphrase nor its recovery key opens it.')}"


def verdict(found: Verification) -> str:
    """Return the result of a verification, a line for each part and a sentence for the whole."""
    lines = [
        tr("Part {part}: {condition}, {long}{lost}{known}").format(
            part=part.part,
            condition=_without_key(part) if found.key in _KEY_ALARMS else condition(part.condition),
            long=durations.duration_words(part.seconds),
            lost=_lost(part),
            known="" if part.known else tr("; the log holds no fingerprint of it"),
        )
        for part in found.parts
    ]
    # Without its key nothing plays, so the sentence on damaged sound would be wrong.
    whole = [] if found.key is Condition.DAMAGED else [condition_sentence(found.condition)]
    return "\n".join([*whole, *_key(found.key), *lines])


_KEY_ALARMS = {Condition.DAMAGED, Condition.CHANGED}


def _key(found: Condition) -> list[str]:
    """Return the problem with a recording's key file, empty where there is none."""
    if found is Condition.DAMAGED:
        return [
            tr(
                "Its key (key.age) is damaged or missing, and without it no part opens. "
                "Leave everything where it is, and restore that file from a backup."
            )
        ]
    if found is Condition.CHANGED:
        return [tr("Its key (key.age) is not the one it was made with: somebody else may have sealed what it opens.")]
    return []


def _without_key(part: PartVerdict) -> str:
    """Return the verdict on a part without a key: its fingerprint can still be checked."""
    if part.condition is not Condition.NOT_OURS:
        return condition(part.condition)
    return tr("as it was sealed") if part.known else tr("sealed")


def _lost(part: PartVerdict) -> str:
    if part.condition is not Condition.DAMAGED or not part.seconds:
        return ""
    if not part.lost_s:
        return tr("; no sound of it is lost")
    return tr("; {long} of it cannot be read any more").format(long=durations.duration_words(part.lost_s))


def silence(kind: StretchKind) -> str:
    """Return why a stretch is silent, empty for sound."""
    return {
        StretchKind.SOUND: "",
        StretchKind.OFF_RECORD: tr("off the record"),
        StretchKind.STRUCK: tr("struck"),
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
