"""Lines to say aloud: with the support and the time filled in, and the opening words that are true of a group."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.session.opening_frame import OpeningFrame
from balint_desktop.domain.session.prompts import fill_placeholders
from balint_desktop.i18n import tr

_SUPPORT = "{support}"


def spoken(words: str, support: str, return_time: str, *, away_s: float | None = None) -> str:
    """Fill in a line to say. Without a support entered, a line that names one says where to turn.

    `away_s` is how long it is until the time of the next mark, for a card on which no clock says it.
    """
    if _SUPPORT in words and not support.strip():
        return tr("If something stays with you, please talk to someone you trust outside this group.")
    back = _away_words(away_s) if away_s is not None and not return_time else ""
    time = return_time or tr("the agreed time")
    return fill_placeholders(words, support, time, back or tr("at {time}").format(time=time))


def _away_words(away_s: float) -> str:
    """Return a length of time as it is said aloud: to five minutes, and half an hour by its name."""
    minutes = max(5, 5 * round(away_s / 300))
    if abs(away_s - 1800) < 300:
        return tr("in about half an hour")
    return tr("in about {n} minutes").format(n=minutes)


def spoken_lines(lines: Sequence[str], support: str, return_time: str) -> tuple[str, ...]:
    """Fill in the lines of a card."""
    return tuple(spoken(line, support, return_time) for line in lines)


def with_frame(lines: Sequence[str], frame: OpeningFrame) -> tuple[str, ...]:
    """Add the frame's lines to a format's opening words, before the line that names the support."""
    at = next((place for place, line in enumerate(lines) if _SUPPORT in line), len(lines))
    return (*lines[:at], *opening_lines(frame), *lines[at:])


def opening_lines(frame: OpeningFrame) -> tuple[str, ...]:
    """Return what a group is told of its recording and of assessment: nothing of a recording where there is none.

    That everyone has agreed is never said: it would put pressure on whoever did not (Sim & Waterfield 2019).
    """
    lines = [" ".join(_recording(frame)), _pausing()] if frame.recorded else []
    if frame.leader_assesses is not None:
        lines.append(_assessing(frame))
    return tuple(lines)


def _recording(frame: OpeningFrame) -> list[str]:
    """Return sentences on what it is for, who hears or reads it, and until when."""
    if frame.purpose:
        sentences = [tr("We’re recording this session for {purpose}.").format(purpose=frame.purpose)]
    elif frame.for_research:
        sentences = [tr("We’re recording this session for the study.")]
    else:
        sentences = [tr("We’re recording this session.")]
    if frame.call_recorded:
        sentences.append(tr("That includes the sound of the call, so everyone who speaks is recorded."))
    if frame.heard_by and frame.form:
        template = tr("{people} will hear or read it, {form}.")
        sentences.append(_capital(template.format(people=frame.heard_by, form=frame.form)))
    elif frame.heard_by:
        sentences.append(_capital(tr("{people} will hear it.").format(people=frame.heard_by)))
    if frame.until:
        sentences.append(tr("It will be stored until {day}.").format(day=frame.until))
    return sentences


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _pausing() -> str:
    return tr("I can pause it for anyone at any time: just ask, or give me a sign.")


def _assessing(frame: OpeningFrame) -> str:
    if not frame.leader_assesses:
        return tr("Nothing you say here counts towards your marks.")
    if frame.recorded and not frame.leader_opens:
        return tr("I’m also involved in assessing you. I can’t open the recording before your grades are final.")
    return tr("I’m also involved in assessing you, so say only what you are comfortable saying here.")
