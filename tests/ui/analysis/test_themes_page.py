"""Themes: their states, codes and quotations, passages by codes, and the matrix."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    ROUND,
    SECOND,
    STUDY,
    TEXT,
    TEXTS,
    THIRD,
    WALL,
    FakeAnalysis,
    deps,
    work_of,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from qt_events import process_events
from waiting import wait_until
from window_fakes import DraftRows

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.study import (
    Approach,
    CodingRound,
    Memo,
    Quotation,
    RoundClosing,
    RoundKind,
    StudyTheme,
    ThemeState,
    ThemeWork,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis.material import read_material
from balint_desktop.ui.analysis.themes_page import ThemesPage
from balint_desktop.ui.theme.theme import Appearance, colours_now
from balint_desktop.ui.widgets.drafts import Drafts

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
CLOSED = replace(ROUND, closings=tuple(RoundClosing(who, WALL, "0") for who in (ME, OTHER)))


@pytest.fixture
def themes(work, messages, theme, look_at):
    """Return a function that shows the themes of a study."""
    made = []

    def shown(
        *begun, may=True, study=STUDY, rounds=(ROUND,), others=None, codings=None, quotations=(), memos=(), **changed
    ):
        mine = MINE
        if codings is not None:
            mine = replace(MINE, codings=MINE.codings.given(coding(*codings)))
        service = FakeAnalysis(study, rounds=rounds, works={(1, ME): mine, (1, OTHER): others or work_of()})
        service.themes, service.memos = ThemeWork(begun, tuple(quotations)), tuple(memos)
        page = look_at(ThemesPage(deps(service, may_be_quoted=lambda *_: may, **changed), work, messages))
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


def choose(field, words):
    field.setCurrentIndex(max(0, field.findText(words)))


def rows(view):
    return [view.list.item(row).text().split("\n") for row in range(view.list.count())]


def search(view, typed):
    view.query.typed.setText(typed)
    view.query.changed.emit()


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


def theme_lines(page):
    return [page.themes.item(row).text() for row in range(page.themes.count())]


def test_a_second_new_theme_is_the_first_as_long_as_that_is_blank(themes, settle):
    page = themes()
    page.new_button.click()
    page.new_button.click()
    assert theme_lines(page) == ["New theme · Candidate"]
    page.form.name.setText("Being told to toughen up")

    page.form.commit()
    page.new_button.click()
    settle()

    assert theme_lines(page) == ["Being told to toughen up · Candidate", "New theme · Candidate"]
    assert [one.name for one in page.service.themes.themes] == ["Being told to toughen up", ""]
    assert page.form.name.text() == ""


def test_an_empty_theme_can_be_deleted(themes, settle):
    page = themes(StudyTheme("one", "One", codes=("code-Anger",)))
    assert not page.delete_button.isVisible()
    page.new_button.click()
    assert page.delete_button.isVisible()

    page.delete_button.click()
    settle()

    assert [one.id for one in page.service.themes.themes] == ["one"]
    assert page.form.name.text() == "One"
    assert not page.delete_button.isVisible()
    assert page.news.text() == "Theme deleted."


def test_a_theme_with_something_in_it_cannot_be_deleted(themes):
    memo = Memo("m", ME, WALL, "Whose anger?", theme="two")
    page = themes(StudyTheme("one", "One"), StudyTheme("two", "Two"), quotations=(quotation(1),), memos=(memo,))
    assert not page.delete_button.isVisible()
    page.themes.setCurrentRow(1)
    assert not page.delete_button.isVisible()
    page.new_button.click()

    page.form.idea.setPlainText("Feeling is what a doctor does not do.")
    page.delete_button.click()

    assert page.themes.count() == 3
    assert not page.delete_button.isVisible()


def test_what_was_said_of_a_quotation_is_gone_in_the_next_view(themes, settle):
    page = themes(StudyTheme("one", "One"), may=False)
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")
    page.passages.quote_button.click()
    page.passages.form.save_button.click()
    settle()
    assert page.news.text() == "Added. It may not be quoted, so reports leave it out."

    page.chips["matrix"].click()

    assert page.news.text() == ""


def test_after_a_quotation_the_list_has_the_focus_and_the_next_search_says_nothing_of_it(themes, settle):
    page = themes(StudyTheme("one", "One"), may=False)
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")
    page.passages.quote_button.click()
    page.passages.form.save_button.setFocus()
    page.passages.form.save_button.click()
    settle()
    assert page.passages.list.hasFocus()

    QTest.keyClick(page.passages.query.typed, Qt.Key.Key_Return)

    assert page.news.text() == ""


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
    view.query.joined.setCurrentIndex(how)
    choose(view.query.first, "Being small")
    choose(view.query.second, second or "")

    found = [view.list.item(row).text().split("\n")[1] for row in range(view.list.count())]
    assert found == expected


def test_a_passage_is_shown_with_its_place_and_the_turns_beside_it(themes):
    page = themes()
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")

    assert page.passages.list.item(0).text().split("\n")[0] == "Session 1 · Group reflects · R2"
    assert (page.passages.before.text(), page.passages.after.text()) == (
        "F: What was it like to stand there?",
        "[silence, 14 s]",
    )


def test_a_row_of_passages_is_not_copied(themes):
    page = themes()
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")
    page.passages.list.setFocus()
    before = QGuiApplication.clipboard().text()

    QTest.keyClick(page.passages.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == before


@pytest.mark.parametrize(("may", "words"), [(True, "may be quoted"), (False, "may not be quoted; left out of reports")])
def test_whether_a_quotation_may_be_quoted_is_asked_as_it_is_chosen(themes, settle, may, words):
    page = themes(StudyTheme("one", "One"), may=may)
    page.show_view("passages")
    view = page.passages
    choose(view.query.first, "Anger")

    view.quote_button.click()
    view.form.shown.setPlainText("It made me […] angry.")
    view.form.save_button.click()
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
    choose(page.passages.query.first, "Anger")
    page.passages.quote_button.click()
    page.passages.form.save_button.click()
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


# --- words, filters, and what is done with a passage ---


def test_words_are_found_with_the_turns_beside_theirs(themes):
    page = themes()
    page.show_view("passages")
    view = page.passages

    search(view, "  ANGRY ")

    assert rows(view) == [
        [
            f"Session {n} · Group reflects · R2",
            "It made me angry. With the registrar, and then with her. I know she was only …",
        ]
        for n in (1, 2)
    ]
    assert view.count.text() == "2 places"
    assert (view.before.text(), view.words.text(), view.after.text()) == (
        "F: What was it like to stand there?",
        "It made me angry. With the registrar, and then with her. I know she was only tired.",
        "[silence, 14 s]",
    )


def test_a_single_letter_is_not_looked_for(themes):
    page = themes()
    page.show_view("passages")

    search(page.passages, "a")

    assert (rows(page.passages), page.passages.count.text()) == ([], "")


def test_words_are_looked_for_inside_the_passages_of_the_code_chosen(themes):
    page = themes()
    page.show_view("passages")
    choose(page.passages.query.first, "Being small")

    search(page.passages, "angry")
    assert rows(page.passages) == []
    search(page.passages, "small")
    assert [row[0] for row in rows(page.passages)] == ["Session 1 · Presenting the case · R1"]


def test_passages_are_found_by_session_and_phase(themes):
    page = themes()
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")
    choose(page.passages.query.where, "Session 2")
    assert [row[0] for row in rows(page.passages)] == ["Session 2 · Group reflects · R2"]

    choose(page.passages.query.phase, "Presenting the case")
    assert rows(page.passages) == []


def test_the_evaluation_session_is_left_out_on_request(themes):
    page = themes(study=replace(STUDY, texts=TEXTS))
    page.show_view("passages")
    search(page.passages, "angry")
    assert page.passages.count.text() == "3 places"

    choose(page.passages.query.where, "without the evaluation session")

    assert page.passages.count.text() == "2 places"


def test_the_one_switch_leaves_the_evaluation_session_out_of_every_view(themes):
    evaluated = replace(STUDY, texts=TEXTS, without_evaluation=True)
    page = themes(
        StudyTheme("one", "One", codes=("code-Anger",)), study=evaluated, codings=("e", THIRD, ANGRY, "Anger")
    )
    page.show_view("passages")
    search(page.passages, "angry")

    assert page.passages.count.text() == "2 places"
    assert page.passages.query.where.findText("Session 3") == -1
    page.show_view("matrix")
    assert page.matrix.table.rowCount() == 2
    page.show_view("picture")
    assert page.picture.bars.row_words(0) == "One: Session 1, 1 passage; Session 2, 1 passage"
    page.show_view("themes")
    assert page.form.spread.text() == "2 passages in 2 of 2 sessions; 1 person"


def test_passages_are_found_by_who_coded_them(themes):
    page = themes(rounds=(CLOSED,), others=work_of(coding("x", FIRST, SMALL, "Anger")))
    page.show_view("passages")
    query = page.passages.query
    choose(query.first, "Anger (Coder 1)")
    choose(query.coder, "Coder 2")
    assert [row[1] for row in rows(page.passages)] == ["I felt small in that room."]

    choose(query.coder, "anyone")
    assert len(rows(page.passages)) == 3


def test_passages_of_an_earlier_round_are_found(themes, settle):
    later = CodingRound(2, RoundKind.OPEN, WALL, ROUND.authors)
    page = themes(rounds=(CLOSED, later))
    page.show_view("passages")
    assert page.passages.query.first.findText("Anger (Coder 1)") == page.passages.query.first.findText("Anger") == -1

    choose(page.passages.query.round, "1")
    settle()
    choose(page.passages.query.first, "Anger (Coder 1)")

    assert len(rows(page.passages)) == 2
    page.show_view("matrix")
    page.show_view("passages")
    assert page.passages.query.round.currentText() == "1"


def test_a_passage_is_copied_with_its_place_by_what_the_page_was_given(themes):
    copied = []
    page = themes(copy_passage=lambda recording, words: not copied.append((recording, words)))
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")

    page.passages.copy_button.click()

    assert copied == [(FIRST, "“It made me angry.” (Session 1, Group reflects, R2)")]
    assert page.passages.count.text() == "Copied with its place. Any program can read what is copied."


def test_why_a_passage_may_not_be_copied_is_said(themes, messages):
    def refuse(_recording, _words):
        raise Trouble(TroubleCode.PURPOSE_NOT_AGREED)

    page = themes(copy_passage=refuse)
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")

    page.passages.copy_button.click()

    assert messages.last is not None
    assert page.passages.count.text() == "2 passages"


def test_nothing_is_offered_to_copy_where_nothing_may_be(themes):
    page = themes()
    page.show_view("passages")
    choose(page.passages.query.first, "Anger")

    assert page.passages.copy_button.isHidden()


@pytest.mark.parametrize("name", ["read", "code"])
def test_words_that_were_found_are_opened_where_they_are(themes, qtbot, name):
    page = themes()
    page.show_view("passages")
    search(page.passages, "angry")
    begin = TEXT.text.index("angry")

    with qtbot.waitSignal(getattr(page, f"{name}_asked")) as asked:
        getattr(page.passages, f"{name}_button").click()

    assert asked.args == [FIRST, begin, begin + 5]


def test_nothing_is_coded_once_ones_own_round_is_closed(themes):
    page = themes(rounds=(CLOSED,))
    page.show_view("passages")
    search(page.passages, "angry")

    assert page.passages.code_button.isHidden()


# --- quotations ---


@pytest.fixture
def quoting(themes):
    """Return a page on which a quotation is being chosen."""

    def begun(*begun, **changed):
        page = themes(*(begun or (StudyTheme("one", "One"),)), **changed)
        page.show_view("passages")
        choose(page.passages.query.first, "Anger")
        page.passages.quote_button.click()
        return page

    return begun


def test_selected_words_are_left_out_of_a_quotation(quoting):
    page = quoting()
    shown = page.passages.form.shown
    cursor = shown.textCursor()
    cursor.setPosition(len("It "))
    cursor.setPosition(len("It made me"), cursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)

    page.passages.form.shorten_button.click()

    assert shown.toPlainText() == "It […] angry."


def test_a_quotation_is_the_words_of_its_passage(quoting, settle):
    page = quoting()
    page.passages.form.shown.setPlainText("It made me furious.")

    page.passages.form.save_button.click()
    settle()

    assert page.passages.form.problem.text() == (
        "These are not the words of the passage. Write […] where you leave words out."
    )
    assert page._work.quotations == ()


def test_a_half_typed_quotation_is_there_again(quoting):
    drafts = Drafts(DraftRows())
    page = quoting(drafts=drafts)
    page.passages.form.shown.setPlainText("It […] angry.")
    page.leave()

    again = quoting(drafts=drafts)

    assert again.passages.form.shown.toPlainText() == "It […] angry."


# --- reach, person, picture ---


def quotation(number, span=ANGRY):
    return Quotation(f"q{number}", "one", FIRST, *span, "Words", may_be_quoted=True)


def test_the_page_says_how_far_a_theme_reaches(themes):
    page = themes(StudyTheme("one", "One", codes=("code-Anger", "code-Being small")))

    assert page.form.spread.text() == "3 passages in 2 of 2 sessions; 2 people"


def test_one_voice_is_shown_to_the_analyst(themes):
    page = themes(StudyTheme("one", "One"), quotations=(quotation(1), quotation(2), quotation(3, SMALL)))

    assert page.form.voice.text() == "2 of 3 quotations are one person’s. Only you see this."


def test_a_reflexive_study_counts_neither(themes):
    reflexive = replace(STUDY, approach=Approach.REFLEXIVE)
    page = themes(
        StudyTheme("one", "One", codes=("code-Anger",)), study=reflexive, quotations=(*map(quotation, range(3)),)
    )

    assert (page.form.spread.isHidden(), page.form.voice.isHidden()) == (True, True)


def test_people_are_counted_only_after_a_press_that_says_why_not(themes):
    page = themes(StudyTheme("one", "One", codes=("code-Anger", "code-Being small")))
    page.show_view("matrix")
    assert [page.matrix.by.itemText(at) for at in range(page.matrix.by.count())] == ["session", "phase"]

    page.matrix.person_button.click()
    assert page.matrix.confirm.words.text() == (
        "Counting by person is unusual: themes describe what a group shares, and a count can single someone out. "
        "It stays on this screen and is in no export."
    )
    page.matrix.confirm.do_button.click()

    table = page.matrix.table
    assert [(table.verticalHeaderItem(row).text(), table.item(row, 0).text()) for row in range(table.rowCount())] == [
        ("F", "–"),
        ("R1", "1"),
        ("R2", "2"),
        ("R4", "–"),
    ]


def test_people_are_not_counted_any_more_once_the_matrix_was_left(themes):
    page = themes(StudyTheme("one", "One", codes=("code-Anger",)))
    page.show_view("matrix")
    page.matrix.person_button.click()
    page.matrix.confirm.do_button.click()

    page.show_view("themes")
    page.show_view("matrix")

    assert page.matrix.by.count() == 2
    assert page.matrix.table.rowCount() == 2


def test_the_picture_is_read_aloud_theme_by_theme(themes):
    page = themes(StudyTheme("one", "One", codes=("code-Being small",)), StudyTheme("two", "Two", codes=("gone",)))

    page.show_view("picture")

    assert page.picture.bars.accessibleDescription() == (
        "One: Session 1, 1 passage; none in Session 2\nTwo: no passages"
    )
    assert page.picture.counted.isVisible()
    assert page.picture.counted.text() == "Passages of each theme by session"


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST])
def test_the_picture_is_drawn_in_the_colours_of_the_window(themes, theme, look):
    theme.choose(look)
    page = themes(StudyTheme("one", "One", codes=("code-Anger",)))
    page.show_view("picture")
    process_events()

    drawn = page.picture.bars.grab().toImage()

    colours = {drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 2) for y in range(0, drawn.height(), 2)}
    assert colours_now().accent in colours


# --- memos and history ---


def test_a_memo_on_a_theme_is_dated_and_one_written_anew_supersedes_it(themes, settle):
    page = themes(StudyTheme("one", "One"))
    page.notes.new_button.click()
    page.notes.box.words.setPlainText("Is this one theme or two?")
    page.notes.box.save_button.click()
    settle()
    page.notes.edit_button.click()
    page.notes.box.words.setPlainText("It is two.")
    page.notes.box.save_button.click()
    settle()

    first, second = page.service.memos
    assert (first.theme, first.text, first.words, first.wall) == ("one", None, "Is this one theme or two?", WALL)
    assert (second.words, second.supersedes) == ("It is two.", first.id)
    assert page.notes.memos.count() == 1
    assert page.notes.shown.text() == "It is two."
    assert "Is this one theme or two?" in page.notes.before.text()


def test_a_memo_that_cannot_be_saved_stays_in_its_box(themes, settle):
    page = themes(StudyTheme("one", "One"))
    page.notes.new_button.click()
    page.notes.box.words.setPlainText("Words")
    page.service.trouble = Trouble(TroubleCode.DISK_FULL)
    page.notes.box.save_button.click()
    settle()

    assert not page.notes.box.isHidden()
    assert page.notes.box.problem.text()


def test_a_half_written_memo_on_a_theme_is_there_again(themes):
    drafts = Drafts(DraftRows())
    page = themes(StudyTheme("one", "One"), drafts=drafts)
    page.notes.new_button.click()
    page.notes.box.words.setPlainText("Half")
    page.leave()

    again = themes(StudyTheme("one", "One"), drafts=drafts)
    again.notes.new_button.click()

    assert again.notes.box.words.toPlainText() == "Half"


def test_each_theme_has_its_own_memos(themes):
    memo = Memo("m", ME, WALL, "On one", theme="one")
    page = themes(StudyTheme("one", "One"), StudyTheme("two", "Two"), memos=(memo,))
    assert page.notes.shown.text() == "On one"

    page.themes.setCurrentRow(1)

    assert page.notes.memos.count() == 0


def test_the_history_says_when_a_theme_was_what_and_which_codes_came_and_went(themes):
    page = themes(StudyTheme("one", "One", codes=("code-Anger",)))
    page.form.state.setCurrentIndex(list(ThemeState).index(ThemeState.REVIEWED))
    page.form.commit()
    tick(page, "Safety")
    page.form.commit()

    last = page.notes.history.text().split("\n")[-1]
    assert last.endswith("· Reviewed; called “One”; with Anger and Safety")


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
    page.passages.query.first.setCurrentIndex(1)
    assert page.passages.count.text() == "1 passage"
