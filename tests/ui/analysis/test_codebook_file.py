"""A codebook file of other software: read, imported into the framework as one act, or refused in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import ME, OTHER, ROUND, WALL, FakeAnalysis, FakeFrameworks, deps
from qt_events import process_events
from waiting import wait_until

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.codebook_import import ImportedCodes
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.analysis.refi_write import codebook_to_qdc
from balint_desktop.domain.analysis.study import RoundClosing
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.analysis.codebook_file import imported_words, read_codebook
from balint_desktop.ui.analysis.compare_page import ComparePage
from balint_desktop.ui.analysis.comparison import read_compared

CODES = (
    ProjectCode("00000000-0000-4000-8000-000000000001", "Feelings", "What is felt", "#e69f00"),
    ProjectCode("00000000-0000-4000-8000-000000000002", "Anger", "", "#56b4e9", "00000000-0000-4000-8000-000000000001"),
)
CLOSED = replace(ROUND, closings=(RoundClosing(ME, WALL, "0"), RoundClosing(OTHER, WALL, "1")))


def test_a_codebook_is_read(tmp_path):
    path = tmp_path / "book.qdc"
    path.write_bytes(codebook_to_qdc(CODES, "Another"))

    assert read_codebook(path) == CODES


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (None, TroubleCode.CODEBOOK_FILE_MISSING, "The file book.qdc could not be found or read."),
        (b"text", TroubleCode.CODEBOOK_FILE_DAMAGED, "The file book.qdc is not a codebook that can be read here."),
        (
            codebook_to_qdc([ProjectCode(f"g{n}", f"Code {n}") for n in range(2001)], "x"),
            TroubleCode.CODEBOOK_FILE_LARGE,
            "The codebook book.qdc has more codes than fit into a framework.",
        ),
        (b"<CodeBook/>", TroubleCode.CODEBOOK_FILE_EMPTY, "The codebook book.qdc has no codes."),
    ],
    ids=["missing", "damaged", "large", "empty"],
)
def test_what_cannot_be_read_is_said_and_the_framework_stays(tmp_path, data, code, said):
    path = tmp_path / "book.qdc"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(Trouble) as refused:
        read_codebook(path)

    assert refused.value.code is code
    assert sentence(refused.value).startswith(f"{said} The framework is unchanged.")


def test_what_was_there_already_is_counted_beside_what_is_new():
    assert imported_words(ImportedCodes(Framework(), 1, 0)) == "1 code imported."
    assert imported_words(ImportedCodes(Framework(), 2, 3)) == (
        "2 codes imported. 3 have names of codes that are there, which are unchanged."
    )


@pytest.fixture
def importing(work, messages, theme, look_at, tmp_path):
    """Return a function that shows the framework of a study, and imports a codebook into it."""
    made = []

    def imported(codes=CODES, framework=None):
        path = tmp_path / "book.qdc"
        path.write_bytes(codebook_to_qdc(codes, "Another"))
        frameworks, service = FakeFrameworks(framework), FakeAnalysis(rounds=(CLOSED,))
        page = look_at(ComparePage(deps(service, ask_file=lambda *_: path), work, messages), 1080, 720)
        opened = service.open("study-1")
        page.show_study(service, frameworks, opened, read_compared(service, frameworks, opened))
        page.show_view("framework")
        page.framework.import_button.click()
        wait_until(lambda: (process_events(), not work.busy)[1])
        page.frameworks = frameworks
        made.append(page)
        return page

    yield imported
    for page in made:
        page.leave()
    work.shutdown()


def saved(page, work):
    wait_until(lambda: (process_events(), not work.busy)[1])
    return [(code.name, code.definition) for code in page.frameworks.now.book.codes]


def test_the_codes_are_in_the_framework_as_one_act_and_gone_again_by_undo(importing, work, messages):
    page = importing()

    assert messages.last.text == "2 codes imported."
    assert saved(page, work) == [("Feelings", "What is felt"), ("Anger", "")]
    assert [page.framework.codes.item(row).text() for row in range(2)] == ["Feelings", "   Anger"]

    messages.last.on_action()
    assert saved(page, work) == []
    assert page.framework.none.isVisible()


def test_a_code_of_the_same_name_stays_as_it_is(importing, work, messages):
    there = Framework(Codebook().with_code("own", "anger"))
    page = importing(framework=there)

    assert saved(page, work) == [("anger", ""), ("Feelings", "What is felt")]
    assert messages.last.text == "1 code imported. 1 has the name of a code that is there, which is unchanged."


def test_where_every_code_is_there_it_is_said_and_nothing_changes(importing, work):
    page = importing()
    page.framework.import_button.click()
    wait_until(lambda: (process_events(), not work.busy)[1])

    assert page.news.text() == "0 codes imported. 2 have names of codes that are there, which are unchanged."
    assert len(saved(page, work)) == 2


def test_an_undo_after_another_change_does_not_take_that_back(importing, work, messages):
    page = importing()
    undo = messages.last.on_action
    page.framework.fields["definition"].setPlainText("Anything felt")
    page.framework.commit()
    undo()

    assert saved(page, work) == [("Feelings", "Anything felt"), ("Anger", "")]
