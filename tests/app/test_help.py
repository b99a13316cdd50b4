"""F1 opens the page of Help for what is shown, from everywhere, and Escape comes back to it."""

from __future__ import annotations

import shutil

import pytest
from desktop_bench import GROUP, DesktopBench
from pages.reading import plain_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from balint_desktop.library.help import help_page
from balint_desktop.ui.shell.shell import PlaceKey


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch)
    yield made
    made.close()


def key(bench, name):
    bench.shell.activateWindow()
    bench.qtbot.waitUntil(bench.shell.isActiveWindow)
    bench.qtbot.keyClick(bench.shell.focusWidget() or bench.shell, name)


def title(bench):
    return plain_text(bench.find("help-title", QLabel))


@pytest.mark.parametrize(
    ("place", "page"),
    [
        (PlaceKey.TODAY, "today"),
        (PlaceKey.GROUPS, "groups"),
        (PlaceKey.LOG, "log"),
        (PlaceKey.RECORDINGS, "recordings"),
        (PlaceKey.PATH, "accreditation"),
        (PlaceKey.SETTINGS, "settings"),
    ],
)
def test_f1_opens_the_page_of_the_place_and_escape_comes_back(bench, place, page):
    bench.open().shell.show_place(place)
    before = bench.shell.place(place)
    key(bench, Qt.Key.Key_F1)
    assert title(bench) == help_page(page).title

    key(bench, Qt.Key.Key_Escape)

    assert bench.shell.cover is None
    assert before.isVisible()
    assert bench.shell.current is place


@pytest.mark.parametrize(
    ("section", "page"),
    [
        *(("dates", "dates"), ("members", "members"), ("recording", "consent")),
        *(("evaluation", "evaluation"), ("reports", "reports")),
    ],
)
def test_f1_opens_the_page_of_a_groups_section(bench, section, page):
    bench.open().shell.show_place(PlaceKey.GROUPS)
    bench.shell.place(PlaceKey.GROUPS).show_group_of(GROUP.id, section)
    key(bench, Qt.Key.Key_F1)

    assert title(bench) == help_page(page).title


def test_f1_helps_before_the_vault_is_open_and_keeps_what_is_typed(bench):
    bench.form.secret.setText("half a pass")
    key(bench, Qt.Key.Key_F1)
    assert title(bench) == "First start and unlocking"

    key(bench, Qt.Key.Key_Escape)

    assert bench.form.secret.text() == "half a pass"
    assert bench.form.secret.hasFocus()


@pytest.mark.parametrize("has_vault", [True, False])
def test_a_button_opens_help_on_the_first_page_and_on_the_one_that_unlocks(bench, has_vault):
    if not has_vault:
        shutil.rmtree(bench.desktop.context.data.vault)
        bench.desktop.gates.show()
    bench.press("unlock-help" if has_vault else "choice-help")

    assert title(bench) == "First start and unlocking"


def test_in_the_room_help_is_in_the_list_behind_view(bench):
    bench.lead()
    bench.press("open-view", "view-help")

    assert bench.shows("room-help")


def test_in_the_room_help_stands_beside_the_clock(bench):
    bench.lead()
    key(bench, Qt.Key.Key_F1)

    assert bench.shell.cover is None
    assert bench.shows("room-help")
    assert bench.shows("needs-care")
    assert bench.shows("recording-pause")
    key(bench, Qt.Key.Key_Escape)
    assert not bench.shows("room-help")
    assert bench.shows("prompts")


def test_in_the_room_every_page_is_reached_and_searched_for(bench):
    bench.lead()
    key(bench, Qt.Key.Key_F1)
    assert title(bench) == "In the session"
    assert not bench.shows("room-help-online")

    bench.press("help-room-to-debrief")
    assert title(bench) == "The debrief"
    bench.press("help-back")
    assert title(bench) == "In the session"
    bench.qtbot.keyClicks(bench.find("help-search", QLineEdit), "zoom")
    bench.press("help-open-online")

    assert title(bench) == "Online sessions"
    assert bench.shows("needs-care")


def test_in_an_online_room_the_page_on_calls_is_one_press_away(bench):
    bench.open_room(format_key="online")
    key(bench, Qt.Key.Key_F1)
    assert title(bench) == "In the session"

    bench.press("room-help-online")

    assert title(bench) == "Online sessions"


@pytest.mark.parametrize("page", ["recordings", "members"])
def test_where_the_passphrase_is_asked_for_again_f1_opens_the_page_on_what_it_opens(bench, page):
    bench.open().desktop.gates.ask_for_keys(lambda: None, "Open it", "It is locked.", help_page=page)
    key(bench, Qt.Key.Key_F1)

    assert title(bench) == help_page(page).title


@pytest.mark.parametrize(
    ("place", "page"), [(PlaceKey.RECORDINGS, "recordings"), (PlaceKey.TRANSCRIPTS, "transcripts")]
)
def test_f1_on_a_locked_place_opens_its_page(bench, place, page):
    bench.open()
    bench.vault.begin_session()
    # Asked directly: the place of transcripts is listed only where there is any.
    bench.desktop.gates.may_show(place)
    assert bench.form.isVisible()
    key(bench, Qt.Key.Key_F1)

    assert title(bench) == help_page(page).title


def test_while_the_laptop_is_passed_round_there_is_no_help(bench, monkeypatch):
    bench.open()
    monkeypatch.setattr(type(bench.desktop.handover), "is_under_way", property(lambda _: True))
    key(bench, Qt.Key.Key_F1)

    assert bench.shell.cover is None


def test_locking_closes_help(bench):
    bench.open()
    key(bench, Qt.Key.Key_F1)
    bench.desktop.locking.lock()

    assert bench.shell.cover is None
    assert bench.form.isVisible()


def test_another_place_closes_help(bench):
    bench.open()
    key(bench, Qt.Key.Key_F1)
    bench.press("place-log")

    assert bench.shell.cover is None
    assert bench.shell.place(PlaceKey.LOG).isVisible()


def test_in_help_itself_f1_shows_all_pages(bench):
    bench.open().shell.show_place(PlaceKey.HELP)
    bench.press("help-open-log")
    key(bench, Qt.Key.Key_F1)

    assert bench.shell.cover is None
    assert bench.shows("help-open-room")


def test_f1_twice_opens_one_help(bench):
    bench.open()
    key(bench, Qt.Key.Key_F1)
    first = bench.shell.cover
    key(bench, Qt.Key.Key_F1)

    assert bench.shell.cover is first


def test_learn_more_opens_its_page_whatever_the_place(bench):
    bench.open().shell.show_place(PlaceKey.GROUPS)
    bench.shell.place(PlaceKey.GROUPS).show_group_of(GROUP.id, "recording")
    bench.press("agreement-more")
    assert title(bench) == help_page("consent").title

    key(bench, Qt.Key.Key_Escape)
    # The next F1 asks for the page of the place again.
    bench.shell.show_place(PlaceKey.LOG)
    key(bench, Qt.Key.Key_F1)
    assert title(bench) == help_page("log").title


def test_escape_closes_help_from_its_search_too(bench):
    bench.open()
    key(bench, Qt.Key.Key_F1)
    field = bench.find("help-search", QLineEdit)
    field.setFocus()
    bench.qtbot.keyClicks(field, "key")
    key(bench, Qt.Key.Key_Escape)

    assert bench.shell.cover is None
    assert QApplication.focusWidget() is not field
