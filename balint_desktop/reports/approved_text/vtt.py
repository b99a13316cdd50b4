"""The approved text as subtitles (WebVTT): a cue for each line, at the times of its turn on the session's clock."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.deidentify.approved import LABEL_END
from balint_desktop.reports.approved_text.lines import ApprovedLine

# A cue that lasts no time is none.
_SHORTEST_MS = 1


def vtt(lines: Iterable[ApprovedLine]) -> bytes:
    """Return subtitles whose cues are these lines, who speaks as the voice of each; in the order of the text."""
    cues = ["WEBVTT"]
    begins = ends = 0
    for line in lines:
        begins = max(begins, line.from_ms if line.from_ms is not None else ends)
        ends = max(begins + _SHORTEST_MS, line.until_ms if line.until_ms is not None else ends)
        voice = f"<v {_escaped(line.label.removesuffix(LABEL_END))}>" if line.label else ""
        cues.append(f"{_time(begins)} --> {_time(ends)}\n{voice}{_escaped(line.words)}")
    return ("\n\n".join(cues) + "\n").encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
