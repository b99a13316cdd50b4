"""An approved text in a vault with a session: approved as the window does, but for reading it."""

from __future__ import annotations

from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.vault.approved_removal import recipients_of, version_of

LINES = (("R3", "It made me angry, with [R1]."), ("", "[silence, 14 s]"), ("Facilitator", "What is it like?"))


def approved(lines=LINES, step_ms=4000, version=1):
    """Return a text of these lines: who speaks, and what."""
    turns, pieces, at = [], [], 0
    for number, (speaker, words) in enumerate(lines):
        line = f"{speaker}: {words}" if speaker else words
        turns.append(ApprovedTurn(at, at + len(line), speaker, number * step_ms, (number + 1) * step_ms))
        pieces.append(line)
        at += len(line) + 2
    return ApprovedText(version, "\n\n".join(pieces), tuple(turns))


def approve(vault, recording, text=None):
    """Put an approved text into a vault, and return it."""
    text = text or approved()
    version = version_of(text, "AB", vault.log.now())
    vault.approved_writer().write(recording, text, version, recipients_of(vault, recording))
    return text
