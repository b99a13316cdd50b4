"""The rehearsal's session format: a shipped one with every phase shortened to seconds."""

from __future__ import annotations

import json
import re

_TIME = re.compile(r"^(?P<key>from|until|note_presenter_in)(?P<is>\s*=\s*)(?P<minutes>[0-9.]+)\s*$")
_NAME = re.compile(r"^(?P<key>key|name)(?P<is>\s*=\s*).*$")
KEY = "rehearsal"


def shortened(text: str, name: str, to_s: float, from_s: float) -> str:
    """Return a format's text with its times scaled so that `from_s` seconds become `to_s`; its words are unchanged.

    Times are rounded to whole seconds, the shortest unit a format can plan in.
    """
    rows = text.split("\n")
    first_table = next((place for place, row in enumerate(rows) if row.startswith("[[")), len(rows))
    values = {"key": KEY, "name": name}
    for place, row in enumerate(rows):
        if found := _TIME.match(row):
            seconds = round(float(found["minutes"]) * 60 * to_s / from_s)
            rows[place] = f"{found['key']}{found['is']}{seconds / 60:.6f}"
        elif place < first_table and (found := _NAME.match(row)):
            rows[place] = f"{found['key']}{found['is']}{json.dumps(values[found['key']], ensure_ascii=False)}"
    return "\n".join(rows)
