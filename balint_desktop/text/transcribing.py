"""What is said of a transcription that runs or waits: the same on Today, in Transcripts and in a terminal."""

from __future__ import annotations

from balint_desktop.domain.transcript.queue import LOW_BATTERY_PERCENT, QueueState, TranscriptionStage, WaitReason
from balint_desktop.domain.transcript.stage import TextStage
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr
from balint_desktop.text.capital import with_capital

_LEAST_S = 45.0


def session_title(group: str, number: int | None, kind: SessionKind) -> str:
    """Return the words for the session that a transcript is of."""
    if number is None:
        return group or tr("Transcript")
    template = tr("evaluation session {number}") if kind is SessionKind.EVALUATION else tr("session {number}")
    session = template.format(number=number)
    return f"{group}, {session}" if group else with_capital(session)


def stage_words(stage: TextStage) -> str:
    """Return how far a text is."""
    return {
        TextStage.UNFINISHED: tr("transcription stopped"),
        TextStage.DRAFT: tr("first draft"),
        TextStage.TO_TYPE: tr("to be typed"),
        TextStage.TYPING: tr("being typed"),
        TextStage.IMPORTED: tr("imported"),
        TextStage.CORRECTING: tr("being corrected"),
        TextStage.SIGNED_OFF: tr("signed off"),
    }[stage]


def line_words(title: str, queue: QueueState) -> str:
    """Return the line on the first transcription of a queue; empty where nothing is asked for."""
    return tr("{session}: {state}").format(session=title, state=first_words(queue)) if queue.line else ""


def first_words(queue: QueueState) -> str:
    """Return how far the first transcription is, or what it waits for."""
    if queue.waits_for is not None:
        return waiting_words(queue.waits_for)
    if queue.stage is TranscriptionStage.HEARING:
        return progress_words(queue.share, queue.left_s)
    return tr("looking for speech") if queue.stage is TranscriptionStage.SEARCHING else tr("starting to transcribe")


def waiting_words(reason: WaitReason) -> str:
    """Return what a transcription waits for. It goes on by itself."""
    return {
        WaitReason.SESSION: tr("transcription waits until the session is over"),
        WaitReason.LOCKED: tr("transcription waits until you enter your passphrase"),
        WaitReason.LISTENING: tr("transcription waits until “Listen again” is done"),
        WaitReason.PLAYING: tr("transcription waits until you stop playing"),
        WaitReason.BATTERY: tr(
            "transcription waits until the battery is at {percent}% or the charger is connected"
        ).format(percent=LOW_BATTERY_PERCENT),
    }[reason]


def place_words(place: int) -> str:
    """Return the place of a transcription that waits for those before it; the first of the queue, 1, is under way."""
    behind = place - 1
    if behind == 1:
        return tr("waiting, next in the queue")
    return tr("waiting, number {n} in the queue").format(n=behind)


def progress_words(share: float, left_s: float | None) -> str:
    """Return how much of the speech is done, 0 to 1, and about how long the rest takes."""
    percent = min(100, int(share * 100))
    done = tr("{percent}% transcribed").format(percent=percent) if percent else tr("less than 1% transcribed")
    if left_s is None:
        return done
    if left_s < _LEAST_S:
        return tr("{share}, less than a minute left").format(share=done)
    return tr("{share}, about {time} left").format(share=done, time=_minutes(left_s))


def estimate_words(seconds: float) -> str:
    """Return how long a transcription takes, before it has begun."""
    if seconds < _LEAST_S:
        return tr("Less than a minute on this computer.")
    return tr("About {time} on this computer.").format(time=_minutes(seconds))


def _minutes(seconds: float) -> str:
    """Return an estimate in whole minutes: it is no better than that."""
    return tr("{minutes} min").format(minutes=max(1, round(seconds / 60)))
