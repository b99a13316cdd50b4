"""The gate before an approved text: it leads to what keeps the text from it."""

from deidentify_bench import found_in
from PySide6.QtCore import Qt
from qt_events import process_events
from window_fakes import DraftRows

from balint_desktop.domain.deidentify.gate import FindingKind, GateFinding
from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.enter_escape import press_enter

Key = Qt.Key


def test_a_half_typed_label_of_who_approves_outlasts_leaving(deidentifying):
    bench = deidentifying(drafts=Drafts(DraftRows()))
    bench.page.frame.approve_button.click()
    bench.page.approving.form.by.setText("the coordi")
    bench.page.leave()
    bench.open()
    bench.page.frame.approve_button.click()

    assert bench.page.approving.form.by.text() == "the coordi"


def test_the_gate_lists_places_without_their_names_and_leads_to_each(deidentifying, qtbot):
    bench = deidentifying()
    bench.page.frame.approve_button.click()
    bench.page.approving.form.by.setText("AB")
    bench.page.approving.form.do_button.click()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    form = bench.page.approving.form

    assert form.found.text() == "Not approved: 3 to decide and 3 pages to read. Press one to go there."
    assert form.list.rows[:3] == [
        "Page 1: ‹26› once",
        "Page 1: ‹Papakura› 2 times",
        "Page 1: a word waits for a decision",
    ]
    assert form.list.rows[-1] == "Page 3: not read, or changed since it was read"
    assert not any(name in " ".join(form.list.rows) for name in ("Siobhan", "Shivon"))
    form.list.setFocus()
    bench.key(Key.Key_Down, form.list)
    bench.key(Key.Key_Return, form.list)
    assert bench.page.words.card.word.text() == "Papakura, 2 times"

    form.finding_chosen.emit(form._findings[-1])
    assert bench.page.reading.page_label.text() == "Page 3 of 3"
    assert bench.page.reading.read.hasFocus()


def test_what_the_gate_found_anew_is_among_the_words(deidentifying, qtbot):
    bench = deidentifying()
    bench.service.suggest = lambda work, decisions: found_in(work.reading.text, [*decisions.phrases(), "anger"])[:3]
    bench.page.frame.approve_button.click()
    bench.page.approving.form.by.setText("AB")
    bench.page.approving.form.do_button.click()
    qtbot.waitUntil(lambda: len(bench.page.words.list.rows) == 3)

    assert bench.page.approving.form.isVisible()


def test_approving_needs_a_label(deidentifying):
    bench = deidentifying()
    bench.page.frame.approve_button.click()
    bench.page.approving.form.do_button.click()

    assert bench.page.approving.form.problem.text() == "Enter who approves: initials or a label."


def test_enter_never_approves(deidentifying):
    bench = deidentifying()
    bench.page.frame.approve_button.click()
    bench.page.approving.form.by.setText("AB")
    asked = []
    bench.page.approving.form.asked.connect(asked.append)
    press_enter(bench.page.approving.form.by)

    assert asked == []


def test_pages_to_read_are_below_all_that_is_to_be_decided(deidentifying):
    form = deidentifying().page.approving.form
    unread, waiting = GateFinding(FindingKind.UNREAD, page=1), GateFinding(FindingKind.UNDECIDED, "", 4, 6, 2)
    form.show_findings((unread, waiting), (1, 2))

    assert form.list.rows == ["Page 2: a word waits for a decision", "Page 1: not read, or changed since it was read"]
    chosen = []
    form.finding_chosen.connect(chosen.append)
    form.list.chosen.emit(0)
    assert chosen == [waiting]


def test_an_answer_about_a_text_that_was_left_is_not_shown(deidentifying, qtbot):
    bench = deidentifying()
    bench.page.frame.approve_button.click()
    bench.page.approving.form.by.setText("AB")
    bench.page.approving.form.do_button.click()
    bench.page.approving.begin(bench.service, RecordingId("another"))
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()

    assert (bench.page.approving.form.list.rows, bench.approvals) == ([], [])
