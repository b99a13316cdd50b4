"""Studies of a vault: created, coded, closed, read again; nobody's coding before one's own."""

from __future__ import annotations

from study_vaults import ME, STUDY, begun, code_of, coding, lab, memo, work

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.vault.log.audit import AuditAct

__all__ = ["begun", "lab"]


def test_what_was_created_coded_and_closed_is_there_when_the_vault_is_opened_again(begun):
    mine = work(coding(begun.first, 4, 10), names=("Anger", "Safety"))
    begun.studies.save_work(STUDY, 1, ME.id, mine)
    begun.studies.add_memo(STUDY, memo(text=begun.first, begin=4, end=10))
    closed = begun.studies.close_round(STUDY, 1, ME.id)
    opened = begun.again().studies.open(STUDY)

    assert begun.studies.work(STUDY, 1, ME.id) == mine
    assert (opened.study.name, opened.me, len(opened.texts)) == ("Being told to", ME.id, 2)
    assert opened.rounds == (closed,)
    assert opened.memos == (memo(text=begun.first, begin=4, end=10),)
    assert begun.acts() == [
        AuditAct.STUDY_CREATED,
        AuditAct.STUDY_TEXT_USED,
        AuditAct.STUDY_TEXT_USED,
        AuditAct.ROUND_OPENED,
        AuditAct.ROUND_CLOSED,
    ]


def test_what_is_closed_is_frozen(begun):
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10)))
    begun.studies.close_round(STUDY, 1, ME.id)

    assert code_of(lambda: begun.studies.save_work(STUDY, 1, ME.id, work())) is TroubleCode.ROUND_CLOSED
    assert code_of(lambda: begun.studies.close_round(STUDY, 1, ME.id)) is TroubleCode.ROUND_CLOSED
