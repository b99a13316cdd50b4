"""A round that was opened by mistake: discarded while nobody has used it, and never after that."""

from __future__ import annotations

import pytest
from study_vaults import ME, OUTSIDE, STUDY, begun, code_of, coding, lab, opened_round, work

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind

__all__ = ["begun", "lab"]

USES = {
    "coded": lambda lab: lab.studies.save_work(STUDY, 1, ME.id, work(coding(lab.first, 4, 10))),
    "closed": lambda lab: lab.studies.close_round(STUDY, 1, ME.id),
    "sent": lambda lab: lab.files.note_copies(STUDY, 1, OUTSIDE.id, CodingFileKind.WORD, [b"docx"]),
    "received": lambda lab: lab.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, OUTSIDE.id, 1),
}


def test_a_round_that_nobody_used_is_discarded_and_the_trail_says_so(begun):
    begun.studies.discard_round(STUDY, 1)

    assert begun.studies.open(STUDY).rounds == ()
    assert begun.acts().count(AuditAct.ROUND_DISCARDED) == 1
    begun.studies.open_round(STUDY, opened_round(1))
    assert begun.acts().count(AuditAct.ROUND_OPENED) == 2


@pytest.mark.parametrize("used", USES)
def test_a_round_that_somebody_used_stays(begun, used):
    USES[used](begun)

    assert code_of(lambda: begun.studies.discard_round(STUDY, 1)) is TroubleCode.ROUND_IN_USE
    assert len(begun.studies.open(STUDY).rounds) == 1


def test_only_the_last_round_is_discarded(begun):
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.studies.open_round(STUDY, opened_round(2))

    assert code_of(lambda: begun.studies.discard_round(STUDY, 1)) is TroubleCode.ROUND_IN_USE
    begun.studies.discard_round(STUDY, 2)
    assert [one.number for one in begun.studies.open(STUDY).rounds] == [1]
