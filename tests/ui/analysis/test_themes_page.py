"""Themes: their states, codes and quotations, passages by codes, and the matrix."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import FIRST, ME, OTHER, ROUND, SECOND, TEXT, WALL, FakeAnalysis, deps, work_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from qt_events import process_events
from waiting import wait_until

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.study import RoundClosing, StudyTheme, ThemeState, ThemeWork
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis.material import read_material
from balint_desktop.ui.analysis.themes_page import ThemesPage

ANGRY = (TEXT.text.index("It made"), TEXT.text.index("angry.") + 6)
SMALL = (TEXT.text.index("I felt"), TEXT.text.index("room.") + 5)


def coding(guid, text, span, code):
    return Coding(guid, text, *span, f"code-{code}", 1.0)


MINE = work_of(
    coding("a", FIRST, ANGRY, "Anger"),
    coding("b", SECOND, ANGRY, "Anger"),
    coding("c", FIRST, SMALL, "Being small"),
    coding("d", FIRST, (SMALL[0] + 7, ANGRY[1]), "Safety"),
)


@pytest.fixture
def themes(work, messages, theme, look_at):
    """Return a function that shows the themes of a study."""
    made = []

    def shown(*begun, may=True):
        service = FakeAnalysis(works={(1, ME): MINE})
        service.themes = ThemeWork(begun)
        page = look_at(ThemesPage(deps(service, may_be_quoted=lambda *_: may), work, messages))
        page.service = service
        opened = service.open("study-1")
        page.show_study(service, opened, read_material(service, opened))
        made.append(page)
        return page

    yield shown
    for page in made:
        page.service.trouble = None
        page.leave()
    work.shutdown()


@pytest.fixture
def settle(work):
    return lambda: wait_until(lambda: (process_events(), not work.busy)[1])


def tick(page, name):
    codes = page.form.codes
    item = next(codes.item(row) for row in range(codes.count()) if codes.item(row).text() == name)
    item.setCheckState(Qt.CheckState.Checked)


def test_a_theme_is_made_of_codes_and_saved_as_it_is_made(themes, settle):
    page = themes()
    page.new_button.click()
    page.form.name.setText("Being told to toughen up")
    page.form.idea.setPlainText("Feeling is what a doctor does not do.")
    page.form.against.setPlainText("The registrar who stayed.")
    tick(page, "Anger")
    page.form.state.setCurrentIndex(list(ThemeState).index(ThemeState.REVIEWED))
    page.form.commit()
    settle()

    (made,) = page.service.themes.themes
    assert (made.name, made.central_idea, made.against, made.codes, made.state) == (
        "Being told to toughen up",
        "Feeling is what a doctor does not do.",
        "The registrar who stayed.",
        ("code-Anger",),
        ThemeState.REVIEWED,
    )
    assert page.themes.item(0).text() == "Being told to toughen up · Reviewed"


def test_a_code_that_cannot_be_seen_now_stays_in_its_theme(themes):
    page = themes(StudyTheme("one", "One", codes=("code-of-another", "code-Anger")))

    page.form.name.setText("Renamed")
    page.form.commit()

    assert page._work.themes[0].codes == ("code-of-another", "code-Anger")


@pytest.mark.parametrize(
    ("how", "second", "expected"),
    [
        (0, None, ["I felt small in that room."]),
        (0, "Safety", ["small in that room."]),
        (1, "Anger", ["I felt small in that room.", "It made me angry.", "It made me angry."]),
        (2, "Safety", ["I felt"]),
    ],
)
def test_passages_are_found_by_and_or_and_not(themes, how, second, expected):
    page = themes()
    page.show_view("passages")
    view = page.passages
    view.joined.setCurrentIndex(how)
    view.first.setCurrentIndex(view.first.findText("Being small"))
    view.second.setCurrentIndex(max(0, view.second.findText(second or "")))

    found = [view.list.item(row).text().split("\n")[1] for row in range(view.list.count())]
    assert found == expected


def test_a_passage_is_shown_with_its_place_and_the_turns_beside_it(themes):
    page = themes()
    page.show_view("passages")
    page.passages.first.setCurrentIndex(page.passages.first.findText("Anger"))

    assert page.passages.list.item(0).text().split("\n")[0] == "Session 1 · Group reflects · R2"
    assert (page.passages.before.text(), page.passages.after.text()) == (
        "F: What was it like to stand there?",
        "[silence, 14 s]",
    )


def test_a_row_of_passages_is_not_copied(themes):
    page = themes()
    page.show_view("passages")
    page.passages.first.setCurrentIndex(page.passages.first.findText("Anger"))
    page.passages.list.setFocus()
    before = QGuiApplication.clipboard().text()

    QTest.keyClick(page.passages.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == before


@pytest.mark.parametrize(("may", "words"), [(True, "may be quoted"), (False, "may not be quoted; left out of reports")])
def test_whether_a_quotation_may_be_quoted_is_asked_as_it_is_chosen(themes, settle, may, words):
    page = themes(StudyTheme("one", "One"), may=may)
    page.show_view("passages")
    view = page.passages
    view.first.setCurrentIndex(view.first.findText("Anger"))

    view.quote_button.click()
    view.shown.setPlainText("It made me […] angry.")
    view.save_button.click()
    settle()

    (made,) = page.service.themes.quotations
    assert (made.theme, made.text, made.begin, made.end, made.shown, made.may_be_quoted) == (
        "one",
        FIRST,
        *ANGRY,
        "It made me […] angry.",
        may,
    )
    page.show_view("themes")
    assert words in page.form.quotations.item(0).text()


def test_a_quotation_is_removed(themes, settle):
    page = themes(StudyTheme("one", "One"))
    page.show_view("passages")
    page.passages.first.setCurrentIndex(page.passages.first.findText("Anger"))
    page.passages.quote_button.click()
    page.passages.save_button.click()
    settle()
    page.show_view("themes")
    page.form.quotations.setCurrentRow(0)

    page.form.drop_button.click()

    assert page._work.quotations == ()


def test_a_cell_of_the_matrix_opens_its_passages(themes):
    page = themes(StudyTheme("one", "One", codes=("code-Anger",)), StudyTheme("two", "Two", state=ThemeState.LET_GO))
    page.show_view("matrix")

    assert [page.matrix.table.item(row, 0).text() for row in range(2)] == ["1", "1"]
    assert page.matrix.table.columnCount() == 1

    page.matrix.table.setCurrentCell(1, 0)
    QTest.keyClick(page.matrix.table, Qt.Key.Key_Return)

    assert page.passages.list.item(0).text() == "Session 2 · Group reflects · R2\nIt made me angry."
    assert page.passages.count.text() == "One, Session 2: 1 passage"


def test_the_matrix_counts_by_phase(themes):
    page = themes(StudyTheme("one", "One", codes=("code-Anger", "code-Being small")))
    page.show_view("matrix")

    page.matrix.by.setCurrentIndex(1)

    table = page.matrix.table
    assert [(table.verticalHeaderItem(row).text(), table.item(row, 0).text()) for row in range(2)] == [
        ("Presenting the case", "1"),
        ("Group reflects", "2"),
    ]


def test_what_others_coded_is_read_once_ones_own_round_is_closed():
    closed = ROUND.__class__(
        1, ROUND.kind, WALL, ROUND.authors, closings=tuple(RoundClosing(who, WALL, "0") for who in (ME, OTHER))
    )
    service = FakeAnalysis(rounds=(closed,), works={(1, ME): MINE, (1, OTHER): MINE})
    still_open = FakeAnalysis(works={(1, ME): MINE, (1, OTHER): MINE})

    assert list(read_material(service, service.open("s")).works) == [ME, OTHER]
    assert list(read_material(still_open, still_open.open("s")).works) == [ME]
    assert ("work", 1, OTHER) not in still_open.asked


def test_what_cannot_be_saved_stays_on_the_page(themes, settle, messages):
    page = themes()
    page.service.trouble = Trouble(TroubleCode.DISK_FULL)
    page.new_button.click()
    settle()

    assert messages.last is not None
    with pytest.raises(Trouble):
        page.leave()
    assert page.opened is not None


def test_passages_and_matrix_can_be_of_consensus_by_the_codes_of_any_coder(themes):
    theirs = work_of(coding("x", FIRST, (ANGRY[0], ANGRY[0] + 7), "Anger"), names=("Anger",))
    closed = replace(ROUND, closings=(RoundClosing(ME, WALL, "0"), RoundClosing(OTHER, WALL, "1")))
    theme = StudyTheme("t", "Turned on the patient", codes=("code-Anger",))
    page = themes(theme)
    assert not page.coding.isVisible()
    service = FakeAnalysis(rounds=(closed,), works={(1, ME): MINE, (1, OTHER): theirs})
    service.themes = ThemeWork((theme,))
    opened = service.open("study-1")
    common = Framework(Codebook().with_code("f", "Anger")).moved_into(ME, MINE.book.code("code-Anger"), "f")
    common = common.moved_into(OTHER, theirs.book.code("code-Anger"), "f")
    page.show_study(service, opened, read_material(service, opened, framework=common))

    page.show_view("matrix")
    assert page.coding.isVisible()
    assert page.matrix.table.item(0, 0).text() == "1"
    assert page.matrix.table.item(1, 0).text() == "1"
    page.coding.setCurrentIndex(1)

    assert [page.matrix.table.item(row, 0).text() for row in (0, 1)] == ["1", "–"]
    page.show_view("passages")
    page.passages.first.setCurrentIndex(1)
    assert page.passages.count.text() == "1 passage"
