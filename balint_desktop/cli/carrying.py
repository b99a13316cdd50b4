"""What `balint-desktop recordings hand-over` does: a recording goes to another disk, still sealed."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.cli.answers import Answer
from balint_desktop.cli.vault import say_remarks
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.values import RecordingId
from balint_desktop.exchange import carrying_words
from balint_desktop.i18n import tr
from balint_desktop.vault.handing_over import hand_over
from balint_desktop.vault.vault import OpenVault


def run_hand_over(vault: OpenVault, recording: RecordingId, into: Path) -> Answer:
    """Hand a recording over. Raise Trouble."""
    say_remarks(into)
    handed = hand_over(vault, recording, into, SystemClock())
    print(carrying_words.handed_over(handed.row, is_as_sealed=handed.is_as_sealed))
    if handed.is_as_sealed:
        return Answer()
    return Answer(tr("The recording was handed over, but is not as it was sealed. Compare it with a backup."))
