"""The lines of an approved text as every form writes them: who speaks, what is said, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from balint_desktop.domain.deidentify.approved import LABEL_END, ApprovedText
from balint_desktop.domain.deidentify.reading import BETWEEN_LINES


@dataclass(frozen=True, slots=True)
class ApprovedLine:
    """A line of an approved text: `label` and `words` are together its very characters, the label with its colon.

    Times are session milliseconds, None for a line that no turn begins at.
    """

    label: str
    words: str
    from_ms: int | None = None
    until_ms: int | None = None


def text_lines(text: ApprovedText) -> Iterator[ApprovedLine]:
    """Yield the lines of a text, in order. Joined by an empty line between two, they are the text."""
    turns = {turn.begin: turn for turn in text.turns}
    at = 0
    for line in text.text.split(BETWEEN_LINES):
        turn = turns.get(at)
        label = f"{turn.speaker}{LABEL_END}" if turn is not None and turn.speaker else ""
        if not line.startswith(label):
            label = ""
        times = (turn.from_ms, turn.until_ms) if turn is not None else (None, None)
        yield ApprovedLine(label, line[len(label) :], *times)
        at += len(line) + len(BETWEEN_LINES)
