"""A sealed copy of an earlier version, which has no session with it."""

from __future__ import annotations

from datetime import date

import pytest
from kept_sessions import TEXT
from shared_copies import NEW, as_earlier_version, bring_in, opened, service, share, shared, vault

from balint_desktop import resources
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.recording_view import Span
from balint_desktop.domain.session.state import QuestionTurn
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import MarkKind, SessionKind
from balint_desktop.recordings.summary import Condition
from balint_desktop.vault.consent_gate import pass_recording, permitted
from balint_desktop.vault.older_copy import TypedSession, rebuild_session, typed_session
from balint_desktop.vault.shared_copy import read_copy

__all__ = ["shared", "vault"]


def test_a_copy_of_an_earlier_version_becomes_what_its_parts_tell(tmp_path):
    keys = [phase.key for phase in parse_format(TEXT).phases]
    marks = ((0.0, f"phase {keys[1]}"), (1.0, f"phase {keys[2]}"), (2.0, "pause"), (3.0, "resume"), (4.0, "struck 2"))
    shared = share(tmp_path, marks=(*marks, (5.0, "name-to-remove")), redacted=False)
    as_earlier_version(shared.folder)
    vault = opened(shared.here)
    found = read_copy(shared.folder, vault.secrets())
    assert found.shared is None
    session = rebuild_session(found, TypedSession(4, date(2026, 3, 4)), [("student-hour", TEXT)])

    imported = bring_in(vault, shared.folder, NEW, session)

    state = session.state()
    assert [(entry.phase, entry.at_s) for entry in state.entries] == [(0, 0.0), (1, 60.0), (2, 61.0)]
    assert state.recording.off_record == (Span(62.0, 63.0),)
    assert state.recording.redacted == (Span(62.0, 64.0),)
    assert state.recording.lost == (Span(66.0, 70.0),)
    assert [(moment.at_s, moment.mark) for moment in state.moments] == [(65.0, MarkKind.NAME_TO_REMOVE)]
    assert (imported.shared.number, state.attended, session.purposes) == (4, frozenset(), frozenset())
    assert service(vault).verify(service(vault).source(shared.recording)).condition is Condition.COMPLETE
    vault.close()


def test_a_copy_of_an_earlier_version_is_played_and_used_for_nothing(tmp_path):
    shared = share(tmp_path)
    as_earlier_version(shared.folder)
    vault = opened(shared.here)
    found = read_copy(shared.folder, vault.secrets())
    session = rebuild_session(found, TypedSession(4, date(2026, 3, 4)), [("student-hour", TEXT)])
    bring_in(vault, shared.folder, NEW, session)

    pass_recording(vault.log, Door.PLAY, shared.recording)
    assert permitted(vault.log, shared.recording) == frozenset()
    assert vault.log.imported_copies.find(shared.recording).shared_for is None
    vault.close()


def test_a_recording_that_began_later_is_in_the_phase_its_mark_names_and_a_mark_repeated_changes_nothing(tmp_path):
    keys = [phase.key for phase in parse_format(TEXT).phases]
    shared = share(tmp_path, marks=((0.0, f"phase {keys[2]}"), (1.0, f"phase {keys[2]}")), redacted=False)
    as_earlier_version(shared.folder)
    vault = opened(shared.here)
    found = read_copy(shared.folder, vault.secrets())
    vault.close()
    session = rebuild_session(found, TypedSession(4, date(2026, 3, 4)), [("student-hour", TEXT)])

    assert [(entry.phase, entry.at_s) for entry in session.state().entries] == [(0, 0.0), (1, 60.0), (2, 60.0)]


def test_a_copied_evaluation_has_its_format_its_questions_and_its_gaps(tmp_path):
    formats = [("student-hour", TEXT), ("evaluation", resources.text("formats/evaluation.toml"))]
    marks = (
        *((0.0, "session evaluation"), (1.0, "question 1"), (2.0, "question 2"), (2.5, "question 2 taken back")),
        *((3.0, "gap 1.500"), (5.0, "struck 1"), (5.5, "struck 1 taken back")),
        # Neither is of this format, nor an act of a session.
        *((5.6, "phase of-another-format"), (5.7, "drift +0.200")),
    )
    shared = share(tmp_path, marks=marks, redacted=False)
    as_earlier_version(shared.folder)
    vault = opened(shared.here)
    found = read_copy(shared.folder, vault.secrets())
    vault.close()

    session = rebuild_session(found, TypedSession(8, date(2026, 3, 4)), formats)

    state = session.state()
    assert (session.kind, session.format_key) == (SessionKind.EVALUATION, "evaluation")
    assert state.asked == (QuestionTurn(1, 61.0),)
    assert state.recording.lost == (Span(63.0, 64.5), Span(66.0, 70.0))
    assert state.recording.redacted == ()
    assert [entry.phase for entry in state.entries] == [0]


def test_what_is_typed_is_the_number_of_a_session_and_a_day_that_has_come():
    today = date(2026, 3, 4)
    assert typed_session(1, today, today) == TypedSession(1, today)

    for number in (0, 1000):
        with pytest.raises(Trouble) as refused:
            typed_session(number, today, today)
        assert (refused.value.code, refused.value.details) == (TroubleCode.VALUE_IMPOSSIBLE, {"name": "number"})
    with pytest.raises(Trouble) as refused:
        typed_session(1, date(2026, 3, 5), today)
    assert refused.value.code is TroubleCode.DAY_TO_COME
