"""The models in Settings: chosen, copied with progress, refused or taken unchecked, and removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from small_models import model_folder, model_zip, store

from balint_desktop import __version__
from balint_desktop.transcription import model_store
from balint_desktop.ui.settings.transcription import TranscriptionDeps, TranscriptionSection


class Chooser:
    """The system's dialogs: what is chosen next, and what was asked."""

    def __init__(self):
        self.next = None
        self.asked = []

    def folder(self, _parent, title):
        self.asked.append(title)
        return self.next

    def file(self, _parent, title, kind):
        self.asked.append((title, kind))
        return self.next


@pytest.fixture
def chooser():
    return Chooser()


@pytest.fixture
def models(tmp_path):
    return store(tmp_path / "data")


@pytest.fixture
def engine():
    """Whether there is one."""
    return [True]


@pytest.fixture
def section(models, engine, chooser, *, work, messages, look_at):
    deps = TranscriptionDeps(models, lambda: engine[0])
    made = TranscriptionSection(deps, work, messages, ask_folder=chooser.folder, ask_file=chooser.file)
    look_at(made)
    made.refresh()
    return made


@pytest.fixture
def add(section, chooser, work, qtbot):
    """Choose a folder or a zip, and wait for what comes of it."""

    def act(path):
        chooser.next = path
        (section.zip_button if path.suffix == ".zip" else section.folder_button).click()
        qtbot.waitUntil(lambda: not work.busy)

    return act


def cells(section):
    rows = [section.table.rows.row_at(place) for place in range(section.table.rows.rowCount())]
    return [tuple(cell.words for cell in row.cells) for row in rows]


def test_without_a_model_it_says_which_is_recommended_and_offers_no_removal(section):
    assert "small.en" in section._none.text()
    assert section._none.isVisible()
    assert not section.table.isVisible()
    assert not section.remove_button.isVisible()


def test_one_sentence_says_whether_the_program_is_there_or_what_to_install(section, engine):
    assert section._engine.text() == "The program that writes first drafts is installed."

    engine[0] = False
    section.refresh()
    assert f"install balint-desktop-transcribe {__version__}." in section._engine.text()


@pytest.mark.parametrize(
    "pack", [lambda path: model_folder(path / "small"), lambda path: model_zip(path / "small.zip")]
)
def test_a_model_is_added_and_stands_in_the_table_as_checked(section, add, tmp_path, pack):
    add(pack(tmp_path))

    assert cells(section) == [("small.en", "English", "2 MB", "checked")]
    assert section.words.text() == "small.en was added. Every file was checked."
    assert section.folder_button.isEnabled()
    assert not section.cancel_button.isVisible()


def test_adding_it_again_says_that_it_is_there(section, add, tmp_path):
    for _ in range(2):
        add(model_folder(tmp_path / "small"))

    assert section.words.text() == "small.en is already on this computer."
    assert len(cells(section)) == 1


def test_choosing_nothing_changes_nothing(section, chooser, models):
    section.folder_button.click()
    section.zip_button.click()

    assert len(chooser.asked) == 2
    assert not models.folder.exists()


def test_an_unlisted_model_is_added_after_one_sentence_and_one_press(section, add, tmp_path, *, work, qtbot, messages):
    add(model_folder(tmp_path / "te reo", model__bin=b"weights", config__json=b"{}"))

    assert cells(section) == []
    assert section.confirm.words.text() == (
        "The model te reo is not one that we have checked. We cannot say what it writes. Add it only if you trust "
        "where it comes from; it is then marked “not checked by us”, in transcripts too."
    )
    assert section.confirm.cancel_button.hasFocus()
    section.confirm.do_button.click()
    qtbot.waitUntil(lambda: not work.busy)
    assert cells(section) == [("te reo", "English", "0 MB", "not checked by us")]
    assert messages.last is None


def test_a_changed_listed_model_asks_too_and_cancel_adds_nothing(section, add, tmp_path, models):
    add(model_folder(tmp_path / "small", tokenizer__json=b"{}"))

    assert "looks like the model small.en, but tokenizer.json is damaged" in section.confirm.words.text()
    section.confirm.cancel_button.click()
    assert models.installed() == ()
    assert not section.confirm.is_asking


def test_what_went_wrong_before_does_not_stay_beside_what_was_added(section, add, tmp_path, messages, models):
    broken = tmp_path / "broken"
    broken.mkdir()
    add(broken)
    assert messages.last is not None
    assert section.words.text() == ""
    add(model_folder(tmp_path / "small"))

    assert messages.last is None
    assert section.words.text() == "small.en was added. Every file was checked."
    section.remove_button.click()
    assert section.words.text() == ""


def test_a_zip_that_is_no_model_is_a_message_and_no_question(section, add, tmp_path, messages):
    path = tmp_path / "other.zip"
    path.write_bytes(b"no zip")
    add(path)

    assert "other.zip is damaged" in messages.last.text
    assert not section.confirm.is_asking
    assert section.words.text() == ""


def test_progress_is_shown_and_stop_leaves_nothing(section, chooser, models, tmp_path, *, work, qtbot, monkeypatch):
    """The copy waits for the press, however fast the machine is."""
    write = model_store._write

    def held(target, source, count):
        if source.name == "model.bin":
            section._copying._stopped.wait(60)
        return write(target, source, count)

    monkeypatch.setattr(model_store, "_write", held)
    chooser.next = model_folder(tmp_path / "small", vocabulary__txt=b"a\n" * 1_000_000)
    section.folder_button.click()
    assert not section.folder_button.isEnabled()
    assert section.cancel_button.hasFocus()
    qtbot.waitUntil(lambda: section.words.text() == "Copying and checking: 46%")

    section.cancel_button.click()
    qtbot.waitUntil(lambda: not work.busy)

    assert section.words.text() == "Cancelled. Nothing was added."
    assert models.installed() == ()
    assert [path for path in models.folder.iterdir() if path.is_dir()] == []
    assert section.folder_button.hasFocus()


def test_a_model_is_removed_after_a_question(section, add, tmp_path, work, qtbot):
    for name in ("one", "two"):
        add(model_folder(tmp_path / name, model__bin=name.encode(), config__json=b"{}"))
        section.confirm.do_button.click()
        qtbot.waitUntil(lambda: not work.busy)
    section.table.choose("one")
    section.remove_button.click()
    assert section.confirm.words.text() == "Remove one from this computer? Transcripts are not affected."

    section.confirm.do_button.click()
    qtbot.waitUntil(lambda: not work.busy)

    assert [row[0] for row in cells(section)] == ["two"]
    assert section.words.text() == "one was removed from this computer."


def test_a_model_that_was_removed_elsewhere_is_said_and_no_longer_shown(
    section, add, tmp_path, *, work, qtbot, messages
):
    add(model_folder(tmp_path / "small"))
    section.remove_button.click()
    section._deps.models.remove("small.en")
    section.confirm.do_button.click()
    qtbot.waitUntil(lambda: not work.busy)

    assert "no model called small.en" in messages.last.text
    assert cells(section) == []


def test_a_damaged_model_is_called_damaged(section, add, tmp_path, models):
    add(model_folder(tmp_path / "small"))
    (path,) = models.folder.glob("*/about.json")
    path.write_text("{")
    section.refresh()

    assert [row[3] for row in cells(section)] == ["damaged"]


def test_leaving_the_page_withdraws_a_question(section, add, tmp_path):
    add(model_folder(tmp_path / "other", model__bin=b"weights"))
    assert section.confirm.is_asking

    section.forget()

    assert not section.confirm.is_asking


def test_everything_is_reached_by_the_keyboard(section, add, tmp_path, qtbot):
    add(model_folder(tmp_path / "small"))
    reached = set()
    section.folder_button.setFocus()
    for _ in range(8):
        reached.add(section.window().focusWidget().objectName())
        qtbot.keyClick(section.window().focusWidget(), Qt.Key.Key_Tab)

    assert {"models-table", "models-folder", "models-zip", "models-remove", "transcription-more"} <= reached
