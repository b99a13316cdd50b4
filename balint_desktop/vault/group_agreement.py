"""A whole group's answer to being recorded: decided once for the block, by everybody in it."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.consent import REFUSALS, Answer, Purpose, current_answers
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.vault import consent_gate
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.log import Log

_RECORDING = (Purpose.RECORDING,)


def everyone_agrees(log: Log, group: GroupId) -> bool:
    """Return whether every current member has agreed to be recorded."""
    members = _members(log, group).participants
    return bool(members) and all(member.agreed_to_recording for member in members)


def enter_for_everyone(log: Log, group: GroupId, *, agreed: bool) -> tuple[int, ...]:
    """Enter the group's answer for each member, and return the ids of the rows. Raise Trouble.

    A person who refused alone stays with that: a yes for all does not override it. A group that ended recording as
    one may begin it again as one.
    """
    codes = tuple(member.code for member in _members(log, group).participants)
    if agreed and codes and _all_refuse(log, group, codes):
        with log.together():
            return tuple(place for code in codes for place in _enter(log, group, (code,), Answer.GIVEN))
    return _enter(log, group, codes, Answer.GIVEN if agreed else Answer.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """Operations on a group's answer, in an open log."""

    log: Log

    def everyone_agrees(self, group: GroupId) -> bool:
        """Return whether every current member has agreed to be recorded."""
        return everyone_agrees(self.log, group)

    def enter_for_everyone(self, group: GroupId, *, agreed: bool) -> tuple[int, ...]:
        """Enter the group's answer for each member. Raise Trouble."""
        return enter_for_everyone(self.log, group, agreed=agreed)

    def undo(self, group: GroupId, places: tuple[int, ...]) -> None:
        """Undo an entry by the ids of its rows. Raise Trouble."""
        self.log.consents.undo_answers(group, places)


def _enter(log: Log, group: GroupId, codes: tuple[ParticipantCode, ...], answer: Answer) -> tuple[int, ...]:
    taking = ConsentCollection(log.consents.today())
    try:
        return consent_gate.enter_answers(log, group, codes, _RECORDING, answer=answer, taking=taking).places
    except Trouble as trouble:
        # Everyone's answer is that already, or stays as it is.
        if trouble.code in {TroubleCode.CONSENT_REFUSED, TroubleCode.CONSENT_NOT_GIVEN}:
            return ()
        raise


def _all_refuse(log: Log, group: GroupId, codes: tuple[ParticipantCode, ...]) -> bool:
    known = current_answers(log.consents.on_recording(group))
    answers = [known.get((code, Purpose.RECORDING)) for code in codes]
    return all(row is not None and row.answer in REFUSALS for row in answers)


def _members(log: Log, group: GroupId) -> Group:
    return log.groups.group(group).on(log.consents.today())
