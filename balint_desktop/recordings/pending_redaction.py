"""Find redacted audio that is still in a sealed file, without reading audio."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from balint_desktop.domain.session.recording_view import RecordingView
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.redaction import is_redacted, part_begin_s, redacted_spans, spans_to_redact
from balint_desktop.recordings.summary import PendingRedaction
from balint_desktop.sealed import names
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import has_sound, read_facts
from balint_desktop.sealed.recording import read_key


def pending_redaction(folder: Path, identities: Sequence[str], view: RecordingView) -> PendingRedaction:
    """Return whether redacted audio is still stored. A recording's own marks cannot be read without its key."""
    try:
        parts = facts_of_parts(folder, (read_key(folder, identities).secret,))
    except Trouble as trouble:
        if trouble.code is TroubleCode.WRONG_KEY and view.redacted:
            return PendingRedaction.HEARD_BY_ITS_READER
        return PendingRedaction.NOTHING
    return PendingRedaction.TO_CUT if any(parts_to_redact(parts, view)) else PendingRedaction.NOTHING


def facts_of_parts(folder: Path, secrets: Sequence[str]) -> dict[int, PartFacts | None]:
    """Return the facts of each part with sound. Raise Trouble WRONG_KEY."""
    found: dict[int, PartFacts | None] = {}
    for path in names.part_folders(folder):
        if has_sound(path):
            found[int(path.name)], refused = read_facts(path, secrets)
            if refused:
                raise Trouble(TroubleCode.WRONG_KEY)
    return found


def parts_to_redact(parts: dict[int, PartFacts | None], view: RecordingView) -> list[int]:
    """Return the numbers of the parts that still hold redacted sound."""
    spans = redacted_spans(view, parts)
    return [
        part
        for part, facts in parts.items()
        if not is_redacted(spans_to_redact(spans, part_begin_s(part, facts, view), _final_length(facts)), facts)
    ]


def _final_length(facts: PartFacts | None) -> float | None:
    """Return a part's final length, None while it is open: an open part may hold more than its facts state."""
    return facts.seconds if facts is not None and facts.closed else None
