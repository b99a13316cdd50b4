from __future__ import annotations

from dataclasses import replace

import pytest
from domain_values import with_participant

from balint_desktop.domain.group.group import Group, Participant, Reader, new_participants, recording_available
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode

P1, P2, P3 = (ParticipantCode(code) for code in ("P1", "P2", "P3"))
GROUP = Group(
    GroupId("g"),
    "Block B",
    participants=(
        Participant(P1, agreed_to_recording=True),
        Participant(P2, agreed_to_recording=True),
        Participant(P3),
    ),
)


def test_new_members_have_agreed_to_nothing():
    assert [p.code for p in new_participants(3)] == [P1, P2, P3]
    assert not any(p.agreed_to_recording for p in new_participants(3))


def test_recording_is_available_where_everyone_in_the_room_has_agreed():
    assert recording_available(GROUP, [P1, P2])


@pytest.mark.parametrize(
    "present",
    [pytest.param([P1, P3], id="one has not agreed"), pytest.param([], id="nobody is there"), [P1, "P9"]],
)
def test_recording_is_not_available_otherwise(present):
    assert not recording_available(GROUP, present)


def test_recording_is_not_available_if_no_one_could_open_it():
    closed = replace(GROUP, this_vault_reads=False)

    assert not recording_available(closed, [P1])
    assert recording_available(replace(closed, readers=(Reader("study", "age1x"),)), [P1])


def test_a_groups_codes_pass_and_an_unknown_one_is_named():
    GROUP.require([P1, P3])
    with pytest.raises(Trouble) as refused:
        GROUP.require([P1, ParticipantCode("P9")])

    assert refused.value.code is TroubleCode.MEMBER_MISSING
    assert refused.value.details == {"name": "Block B", "member": "P9"}


def test_a_member_is_found_and_changed_by_code():
    changed = with_participant(GROUP, replace(GROUP.participant(P3), agreed_to_recording=True))

    assert recording_available(changed, [P1, P2, P3])
    assert [p.code for p in changed.participants] == [P1, P2, P3]
    with pytest.raises(KeyError):
        GROUP.participant(ParticipantCode("P9"))


def test_a_participant_has_not_agreed_to_anything_before_they_were_asked():
    assert not Participant(P1).agreed_to_recording
