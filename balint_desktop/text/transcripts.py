"""How a transcript is put into words: its lines, who speaks, and what stands in brackets."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.transcript.rendering import Bracket, BracketKind, TextLine, text_lines
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import CO_LEADER, LEADER, SEVERAL, UNKNOWN, Speaker, Transcript
from balint_desktop.i18n import tr
from balint_desktop.text import durations


def transcript_lines(transcript: Transcript, unavailable: Iterable[Span] = ()) -> list[str]:
    """Return a transcript as it is shown and printed, a line each turn: `12:03  P4: …`, brackets on their own."""
    return [line_words(line) for line in text_lines(transcript, unavailable)]


def deletion_words(session: str) -> str:
    """Return what deleting the transcript of a session takes, and what it leaves."""
    return tr(
        "The transcript of {session} is deleted for good: the text, anything the model wrote, and the record of how "
        "far you listened. A recording of the session is not deleted. Backups still hold the transcript."
    ).format(session=session)


def approved_deletion_words(session: str) -> str:
    """Return what destroying the approved text of a session takes, and what it leaves."""
    return tr(
        "The approved text of {session} is destroyed for good, in all its versions. Backups and exported files still "
        "hold it."
    ).format(session=session)


def text_destruction_words(session: str) -> str:
    """Return what destroying all texts of a session takes, where there is no recording."""
    return tr(
        "{session}: the transcript and the approved text are destroyed for good, as far as there are any. Backups and "
        "exported files still hold them."
    ).format(session=session)


def study_deletion_words() -> str:
    """Return what destroying the analysis of a group's texts takes, and what it leaves."""
    return tr(
        "Every analysis that uses texts of this group is destroyed for good: codes, coding, memos, themes and "
        "decisions. The approved texts stay. Backups and exported files still hold it."
    )


def line_words(line: TextLine) -> str:
    """Return one line; brackets on their own have neither a time nor a speaker."""
    text = " ".join(part if isinstance(part, str) else bracket_words(part) for part in line.parts)
    if line.speaker is None:
        return text
    return f"{durations.clock(line.from_ms / 1000)}  {speaker_words(line.speaker)}: {text}"


def speaker_words(speaker: Speaker) -> str:
    """Return who speaks: a code or a role as it is, and what stands for several and for nobody known."""
    if speaker == SEVERAL:
        return tr("Several")
    return "?" if speaker == UNKNOWN else speaker


def bracket_words(bracket: Bracket) -> str:
    """Return what stands in brackets for a stretch without words."""
    template = {
        BracketKind.SILENCE: tr("[silence, {length}]"),
        BracketKind.NOT_AVAILABLE: tr("[not available]"),
        BracketKind.NOT_UNDERSTOOD: tr("[not understood, {length}]"),
        BracketKind.NO_WORDS: tr("[speech, not transcribed, {length}]"),
        BracketKind.UNCLEAR: tr("[unclear, {length}]"),
        BracketKind.OVERLAP: tr("[several people at once, {length}]"),
        BracketKind.OTHER_LANGUAGE: tr("[{language}: for a speaker]")
        if bracket.language
        else tr("[another language: for a speaker]"),
    }[bracket.kind]
    return template.format(length=durations.duration_words(bracket.seconds or 0), language=bracket.language)


def approved_speaker_words(speaker: Speaker) -> str:
    """Return what an approved text calls who has no study number. Raise KeyError for a participant's code."""
    return {
        LEADER: tr("Facilitator"),
        CO_LEADER: tr("Co-facilitator"),
        SEVERAL: tr("Several"),
        UNKNOWN: tr("Unknown"),
    }[speaker]
