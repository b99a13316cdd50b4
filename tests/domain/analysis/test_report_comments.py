"""Comments on the report come back as memos by author, on their theme."""

from __future__ import annotations

from itertools import count

from study_accounts import account
from word_copies import Copy, Note, word_file

from balint_desktop.domain.analysis.report_comments import memos_of_report
from balint_desktop.domain.analysis.word_copy import read_word_copy
from balint_desktop.reports.analysis.report import report_document, report_headings
from balint_desktop.reports.documents.document import plain

ACCOUNT = account()
NOTES = (
    Note("R3, Session 1", "Too long", by="Supervisor"),
    Note("R3, Session 1", "I will cut it", by="Coder 1", answers=0),
    Note("Coder 4, from outside", "Say who", by="Supervisor"),
    Note("R3, Session 1", "Spam", by="A stranger"),
)
AUTHORS = {"Supervisor": "d", "Coder 1": "a"}


def day(one):
    return one.isoformat()


def memos(**more):
    text = plain(report_document(ACCOUNT, day).blocks).replace("\n", "\n\n")
    copy = read_word_copy(word_file(Copy(text, NOTES)))
    numbers = count(1)
    return memos_of_report(copy, report_headings(ACCOUNT, day), AUTHORS, 5.0, lambda: f"m{next(numbers)}", **more)


def test_each_is_by_its_author_on_its_theme_with_the_words_it_was_put_on():
    assert [(one.author, one.theme, one.words) for one in memos()] == [
        ("d", "t1", "“R3, Session 1”\nToo long"),
        ("a", "t1", "I will cut it"),
        ("d", None, "“Coder 4, from outside”\nSay who"),
    ]


def test_a_report_that_comes_back_twice_adds_nothing():
    assert memos(known=memos()) == ()
