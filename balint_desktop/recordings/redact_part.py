"""Remove redacted audio from a part: seal the rest again, and overwrite the old file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from balint_desktop.domain.session.recording_view import RecordingView, Span, redacted_in
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.cut import silence_spans
from balint_desktop.ogg.duration import duration_s, whole_pages
from balint_desktop.recordings.pending_redaction import facts_of_parts, parts_to_redact
from balint_desktop.recordings.redaction import (
    counted_spans,
    part_begin_s,
    redacted_spans,
    spans_to_redact,
)
from balint_desktop.sealed import disk, names, replace_audio, rewrite_file
from balint_desktop.sealed.keys import Identity, seal
from balint_desktop.sealed.part_facts import PartFacts, PartRedaction
from balint_desktop.sealed.part_levels import silence_levels as silenced_levels
from balint_desktop.sealed.reading import PartSound, PartState, read_part, sha256_of
from balint_desktop.sealed.recording import read_key

Ready = Callable[[str], None]
"""Receives the SHA-256 of the new file before it replaces the old one."""


@dataclass(frozen=True, slots=True)
class RedactedPart:
    """One redacted part: its removed spans and length in seconds, its new SHA-256, and the redacted stretches.

    `redacted` is in session seconds, without the margins of `spans`.
    """

    part: int
    spans: tuple[PartRedaction, ...]
    seconds: float
    sha256: str
    redacted: tuple[Span, ...]


def redact_part(folder: Path, key: Identity, view: RecordingView, ready: Ready) -> RedactedPart:
    """Remove redacted audio from one part. Raise Trouble: PART_IN_USE, NOT_CUT if its audio is damaged.

    Can be repeated at any time, also after an interruption: finished steps are kept, the rest is completed. A part
    whose recorder died becomes a properly closed one: its tails are copies of its audio, and an age file without its
    end could only be written in whole chunks.
    """
    disk.require_no_links(folder)
    replace_audio.recover(folder)
    part = int(folder.name)
    sound = _whole_sound(folder, key)
    facts = sound.facts or PartFacts(offset_s=part_begin_s(part, None, view))
    ogg = whole_pages(sound.ogg)
    seconds = facts.seconds if facts.closed else duration_s(ogg)
    parts = facts_of_parts(folder.parent, (key.secret,))
    spans = redacted_spans(view, parts)
    begin_s = part_begin_s(part, facts, view)
    wanted = spans_to_redact(spans, begin_s, seconds)
    # The recorded length may be a few samples short, so a redaction up to the end runs to the end of the sound.
    left = silence_spans(ogg, [(cut.from_s, cut.until_s) for cut in spans_to_redact(spans, begin_s, None)])
    if left != sound.ogg or sound.state is PartState.INTERRUPTED:
        sha256 = replace_audio.swap_in(folder, left, key, ready)
    else:
        sha256 = sha256_of(folder)
    levels = reduce(lambda levels, cut: silenced_levels(levels, cut.from_s, cut.until_s), wanted, facts.levels)
    redacted_facts = replace(facts, seconds=seconds, closed=True, sha256=sha256, cut=wanted, levels=levels)
    # The old facts say how loud each removed second was.
    rewrite_file.rewrite(folder / names.FACTS, seal(redacted_facts.to_json(), [key.recipient]))
    replace_audio.delete_replaced(folder)
    span = next((one.span for one in view.parts if one.part == part), Span(begin_s, begin_s + seconds))
    counted = replace(view, redacted=counted_spans(view, parts))
    return RedactedPart(part, wanted, seconds, sha256, redacted_in(counted, span))


def redact_folder(folder: Path, identities: Sequence[str]) -> tuple[RedactedPart, ...]:
    """Remove redacted audio from a recording outside any vault, by its parts' own marks alone.

    Raise Trouble: WRONG_KEY, PART_IN_USE, NOT_CUT, and disk errors.
    """
    key, view = read_key(folder, identities), RecordingView()
    parts = facts_of_parts(folder, (key.secret,))
    wanted = set(parts_to_redact(parts, view))
    folders = {int(path.name): path for path in names.part_folders(folder)}
    unsettled = {part for part, path in folders.items() if replace_audio.needs_recovery(path)}
    return tuple(
        redact_part(folders[part], key, view, lambda _sha256: None) for part in folders if part in wanted | unsettled
    )


def _whole_sound(folder: Path, key: Identity) -> PartSound:
    """Return a part's audio, complete or truncated. Damaged audio is refused: sealed again, it would pass as intact."""
    sound = read_part(folder, [key.secret])
    if sound.state is PartState.IN_USE:
        raise Trouble(TroubleCode.PART_IN_USE)
    facts_damaged = sound.facts is None and (folder / names.FACTS).exists()
    if sound.state is PartState.DAMAGED or facts_damaged or not whole_pages(sound.ogg):
        raise Trouble(TroubleCode.NOT_CUT, part=int(folder.name))
    return sound
