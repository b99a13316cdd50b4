"""Whether redacted sound is still stored is known from a recording's facts, without reading its sound."""

from __future__ import annotations

import pytest
from sealed_recordings import SealedRecording

from balint_desktop.domain.session.recording_view import RecordingView, Span
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.pending_redaction import facts_of_parts, parts_to_redact, pending_redaction
from balint_desktop.recordings.summary import PendingRedaction
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part_facts import PartFacts, PartRedaction

NOTHING_REDACTED = RecordingView()
REDACTED = RecordingView(redacted=(Span(2.0, 3.0),))


@pytest.fixture
def kept(tmp_path):
    return SealedRecording(tmp_path / "recording").part(1, 4.0)


def pending(kept, view, identities=None):
    return pending_redaction(kept.folder, identities or kept.identities, view)


def test_a_recording_with_nothing_redacted_has_nothing_pending(kept):
    assert pending(kept, NOTHING_REDACTED) is PendingRedaction.NOTHING


def test_sound_redacted_by_the_sessions_facts_is_to_be_cut(kept):
    assert pending(kept, REDACTED) is PendingRedaction.TO_CUT


def test_sound_redacted_by_a_mark_of_the_part_alone_is_to_be_cut(tmp_path):
    kept = SealedRecording(tmp_path / "recording").part(1, 4.0, marks=[(3.0, "struck 1")])

    assert pending(kept, NOTHING_REDACTED) is PendingRedaction.TO_CUT


def test_a_redaction_after_the_end_of_a_closed_part_is_not_pending(kept):
    assert pending(kept, RecordingView(redacted=(Span(10.0, 11.0),))) is PendingRedaction.NOTHING


@pytest.mark.parametrize(
    ("view", "found"),
    [(REDACTED, PendingRedaction.HEARD_BY_ITS_READER), (NOTHING_REDACTED, PendingRedaction.NOTHING)],
)
def test_what_is_redacted_in_a_recording_sealed_to_others_is_heard_by_its_reader(kept, view, found):
    assert pending(kept, view, (new_identity().secret,)) is found


@pytest.mark.parametrize("view", [REDACTED, NOTHING_REDACTED])
def test_of_a_recording_without_a_key_nothing_can_be_cut(kept, view):
    (kept.folder / names.KEY).unlink()

    assert pending(kept, view) is PendingRedaction.NOTHING


def test_the_facts_of_each_part_with_sound_are_read(kept):
    kept.part(2, 1.0, offset_s=30.0)
    (kept.folder / "03").mkdir()
    (kept.folder / "02" / names.FACTS).write_bytes(b"no longer facts")

    facts = facts_of_parts(kept.folder, (kept.key.secret,))

    assert list(facts) == [1, 2]
    assert (facts[1].seconds, facts[2]) == (4.0, None)


def test_facts_sealed_to_another_key_are_a_wrong_key(kept):
    with pytest.raises(Trouble) as caught:
        facts_of_parts(kept.folder, (new_identity().secret,))
    assert caught.value.code is TroubleCode.WRONG_KEY


@pytest.mark.parametrize(
    ("facts", "parts"),
    [
        (PartFacts(0.0, seconds=4.0, closed=True), [1]),
        (PartFacts(0.0, seconds=4.0, closed=True, cut=(PartRedaction(1.5, 3.58),)), []),
        (PartFacts(0.0, seconds=4.0, closed=True, cut=(PartRedaction(1.5, 3.5),)), [1]),
        (PartFacts(0.0, seconds=1.0, closed=True), []),
        (PartFacts(0.0, seconds=1.0, closed=False), [1]),
        (None, [1]),
    ],
)
def test_a_part_is_to_be_redacted_unless_its_facts_have_the_cut_or_it_ends_before(facts, parts):
    assert parts_to_redact({1: facts}, REDACTED) == parts
