"""What every piece is heard with: fixed, and written into each plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OPTIONS: Mapping[str, Any] = {
    "beam_size": 5,
    # Above 0 each run invents something else.
    "temperature": 0.0,
    "condition_on_previous_text": False,
    "vad_filter": False,
    "word_timestamps": True,
}
"""Passed to the engine as they are. No prompt and no hot words: over a session they lose text (measured)."""
COMPUTE = "int8"
