"""Sending: to a coder, in the form that suits where they code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import ME, OTHER, STUDY, FakeFiles
from files_bench import CLOSED, FOR_OTHER, states

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.log.studies import CodingFileKind


def send(page, kind, coder=OTHER):
    page.coders.choose(coder)
    page.send_button.click()
    page.send.form.setCurrentIndex(list(CodingFileKind).index(kind))


def test_the_form_is_the_one_that_suits_where_the_coder_works_and_says_who_can_read_it(shown):
    page = shown(FakeFiles())
    page.coders.choose(OTHER)
    page.send_button.click()
    word = (page.send.kind, page.send.about.text(), page.send.do_button.text())
    send(page, CodingFileKind.PARCEL)

    assert word[0] is CodingFileKind.WORD
    assert word[1].startswith("Not encrypted: anyone who has the files can read the texts.")
    assert word[2] == "Save Word copies…"
    assert page.send.about.text() == "Sealed to Coder 2’s reader key: nobody else can open it."


def test_nothing_is_sent_to_oneself(shown):
    page = shown(FakeFiles())
    page.coders.choose(ME)

    assert not page.send_button.isEnabled()


def test_whoever_is_chosen_since_a_file_goes_to_the_coder_that_the_form_names(shown, settle, tmp_path):
    page = shown(FakeFiles())
    page.sending.ask_save = lambda _parent, _title, name, _kinds: tmp_path / name
    send(page, CodingFileKind.PARCEL)
    page.coders.choose(ME)
    page.send.do_button.click()
    settle()

    assert page._files.asked[0][1] == FOR_OTHER


def test_a_sort_under_the_chosen_coder_offers_no_sending_to_oneself(shown):
    page = shown(FakeFiles())
    page.coders.choose(ME)
    page.send_button.setEnabled(True)
    page.coders.arranged.emit()

    assert not page.send_button.isEnabled()
    page._on_send()
    assert page.send.isHidden()


def test_pressed_twice_a_file_is_sent_once(shown, settle, tmp_path):
    page = shown(FakeFiles())
    page.sending.ask_folder = lambda _parent, _title: tmp_path
    send(page, CodingFileKind.WORD)
    for _ in range(2):
        page.send.do_button.click()
    settle()

    assert len(page._files.asked) == 1
    assert page.send.isEnabled()


def test_a_sealed_file_is_written_where_it_is_asked_to_be_and_the_table_says_so(shown, settle, tmp_path):
    page = shown(FakeFiles())
    asked = []
    page.sending.ask_save = lambda _parent, _title, name, _kinds: (asked.append(name), tmp_path / name)[1]
    send(page, CodingFileKind.PARCEL)
    page.send.do_button.click()
    settle()

    (name,) = asked
    assert name == "being-with-distress-round-1-for-coder-2.balint-coding"
    assert page._files.asked == [("write_parcel", FOR_OTHER, tmp_path / name)]
    assert states(page)["Coder 2"] == "Waiting for their file"
    assert not page.send.isVisible()
    assert page.send_button.hasFocus()


def test_word_copies_go_into_a_folder(shown, settle, tmp_path):
    page = shown(FakeFiles())
    page.sending.ask_folder = lambda _parent, _title: tmp_path
    send(page, CodingFileKind.WORD)
    page.send.do_button.click()
    settle()

    assert page._files.asked == [("export_word", FOR_OTHER, tmp_path)]


@pytest.mark.parametrize("ticked", [True, False])
def test_a_project_goes_with_the_framework_or_without_it_as_is_ticked(shown, settle, tmp_path, ticked):
    page = shown(FakeFiles(), rounds=(replace(CLOSED, framework=2),))
    page.sending.ask_save = lambda _parent, _title, name, _kinds: tmp_path / name
    send(page, CodingFileKind.PROJECT)
    page.send.framework.setChecked(ticked)
    page.send.do_button.click()
    settle()

    ((name, _, path, with_framework),) = page._files.asked
    assert (name, path.suffix, with_framework) == ("export_project", ".qdpx", ticked)


def test_without_a_framework_there_is_no_choice(shown):
    page = shown(FakeFiles())
    send(page, CodingFileKind.PROJECT)

    assert not page.send.framework.isVisible()


@pytest.mark.parametrize("is_printed", [True, False])
def test_lines_are_recorded_once_they_are_printed(shown, settle, is_printed):
    printed = []
    page = shown(FakeFiles(), print_paper=lambda study, html: (printed.append((study, html)), is_printed)[1])
    send(page, CodingFileKind.PAPER)
    page.send.do_button.click()
    settle()

    assert printed == [(STUDY, "<h1>lines</h1>")]
    assert ("note_printed" in [one[0] for one in page._files.asked]) is is_printed


def test_where_no_place_is_chosen_nothing_is_sent(shown, settle):
    page = shown(FakeFiles())
    page.sending.ask_save = lambda *_: None
    page.sending.ask_folder = lambda *_: None
    for kind in (CodingFileKind.PARCEL, CodingFileKind.WORD, CodingFileKind.PROJECT):
        send(page, kind)
        page.send.do_button.click()
        settle()

    assert page._files.asked == []


def test_what_stops_it_is_said_in_the_form(shown, settle, tmp_path):
    files = FakeFiles()
    files.trouble = Trouble(TroubleCode.CODER_WITHOUT_KEY, name="Coder 2")
    page = shown(files)
    page.sending.ask_save = lambda _parent, _title, name, _kinds: tmp_path / name
    send(page, CodingFileKind.PARCEL)
    page.send.do_button.click()
    settle()

    assert page.send.problem.text().startswith("Coder 2 has no reader key yet.")
    assert page.send.isVisible()
