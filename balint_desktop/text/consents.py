"""Words for consent purposes and answers, for the window, reports and the command line."""

from __future__ import annotations

from balint_desktop.domain.study.consent import Answer, ConsentEntry, Purpose
from balint_desktop.i18n import tr, tr_n


def purpose_name(purpose: Purpose) -> str:
    """Return a purpose as a heading."""
    return {
        Purpose.RECORDING: tr("Being recorded"),
        Purpose.TRANSCRIPTION: tr("Transcription"),
        Purpose.ANALYSIS: tr("Analysis"),
        Purpose.QUOTATIONS: tr("Quotations"),
        Purpose.SUPERVISION: tr("Supervision"),
        Purpose.SHARING: tr("Data sharing"),
    }[purpose]


def answer_word(answer: Answer) -> str:
    """Return an answer in a word or two."""
    return {
        Answer.GIVEN: tr("given"),
        Answer.DECLINED: tr("declined"),
        Answer.WITHDRAWN: tr("withdrawn"),
        Answer.TAKEN_BACK: tr("undone: entered by mistake"),
    }[answer]


def entered_words(entry: ConsentEntry) -> str:
    """Return a confirmation without a code, an answer or the number of refusals: others may see the message."""
    count = len(entry.cells)
    return tr_n("{n} answer was recorded.", "{n} answers were recorded.", count).format(n=count)


def left_words(entry: ConsentEntry) -> str:
    """Return how many answers an entry leaves unchanged, with a leading space; empty for none."""
    count = len(entry.left)
    if not count:
        return ""
    return " " + tr_n("{n} answer was left unchanged.", "{n} answers were left unchanged.", count).format(n=count)
