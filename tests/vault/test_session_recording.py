"""Storage of one session's recording in a vault: a real log and real folders."""

from __future__ import annotations

import pytest

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.session.facts import Began
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.vault import session_recording
from balint_desktop.vault.session_recording import VaultRecordingStore, VaultSessionLog
from balint_desktop.vault.state import VaultState

GROUP = Group(GroupId("g"), "Block B")


@pytest.fixture
def session(vault):
    vault.log.groups.save_group(GROUP)
    return vault.log.sessions.start(SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", ""))


@pytest.fixture
def store(vault, session):
    return VaultRecordingStore(vault, GROUP, session)


def test_facts_prompts_and_the_debrief_belong_to_this_session_alone(vault, session):
    other = vault.log.sessions.start(SessionSetting(GROUP.id, 2, SessionKind.CASE, "student-hour", ""))
    log = VaultSessionLog(vault, session)
    began = Began(at=Instant(1_800_000_000.0, 5.0, "boot"))

    log.add_fact(began)
    log.count_prompt()
    log.close(Debrief("It went well."))

    assert vault.log.sessions.facts(session) == (began,)
    assert vault.log.sessions.facts(other) == ()
    ours, theirs = vault.log.sessions.session(session), vault.log.sessions.session(other)
    assert (ours.prompts_shown, ours.closed, ours.debrief.process_note) == (1, True, "It went well.")
    assert (theirs.prompts_shown, theirs.closed) == (0, False)


def test_a_new_recording_drops_the_keys_that_could_open_it(vault, store):
    recording = store.create()

    assert vault.state is VaultState.IN_SESSION
    with pytest.raises(Trouble) as caught:
        vault.recording_key(recording)
    assert caught.value.code is TroubleCode.VAULT_LOCKED


def test_parts_are_numbered_and_a_recording_may_continue_while_locked(vault, store):
    recording = store.create()
    first = store.next_part(recording, resuming=False)
    first.folder.mkdir()
    vault.lock()

    second = store.next_part(recording, resuming=True)

    assert (first.part, second.part) == (1, 2)
    assert second.folder.name == "02"
    with pytest.raises(Trouble):
        store.next_part(recording, resuming=False)


def test_a_finished_part_is_in_the_log(vault, store):
    place = store.next_part(store.create(), resuming=False)

    store.finish_part(place, 61.5, "ab" * 32)

    (part,) = vault.log.recordings.recording(place.recording).parts
    assert (part.part, part.seconds, part.sha256) == (place.part, 61.5, "ab" * 32)


@pytest.mark.parametrize(("free_bytes", "has_room"), [(2_666_667, True), (2_666_666, False)])
def test_there_is_room_if_ten_minutes_fit(store, monkeypatch, free_bytes, has_room):
    monkeypatch.setattr(session_recording, "free_bytes", lambda _folder: free_bytes)

    assert store.has_space() is has_room
