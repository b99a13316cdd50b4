from __future__ import annotations

import pytest

from balint_desktop.domain.session.debrief import NOTE_LIMIT, Debrief


def test_a_note_on_process_is_short():
    assert len(Debrief("x" * NOTE_LIMIT).process_note) == NOTE_LIMIT
    with pytest.raises(ValueError, match="500"):
        Debrief("x" * (NOTE_LIMIT + 1))
