"""What a file is called: by its form's ending, with the mark of a name in it, on any system."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.ui.export.export_file import FileForm, file_stem, form_for_path, named_path
from balint_desktop.ui.export.save_dialog import with_ending

FORMS = tuple(FileForm("", ending, ending, bytes) for ending in (".xlsx", ".by-code.xlsx", ".csv", ".by-code.json"))


@pytest.mark.parametrize(
    ("typed", "ending", "name"),
    [
        ("a.xlsx", ".xlsx", "a.xlsx"),
        ("a.by-code.xlsx", ".by-code.xlsx", "a.by-code.xlsx"),
        ("a.json", ".by-code.json", "a.by-code.json"),
        ("A.CSV", ".csv", "A.csv"),
        ("a", ".xlsx", "a.xlsx"),
        ("block 2.5", ".xlsx", "block 2.5.xlsx"),
    ],
)
def test_a_name_chooses_its_form_and_gets_its_ending(typed, ending, name):
    form = form_for_path(Path(typed), FORMS)

    assert form.ending == ending
    assert named_path(Path(typed), form.ending, with_name=False).name == name


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("a", "A (*.by-code.xlsx)", "a.by-code.xlsx"),
        ("a.xlsx", "A (*.by-code.xlsx)", "a.by-code.xlsx"),
        ("a.by-code.xlsx", "A (*.xlsx)", "a.by-code.xlsx"),
        ("a.csv", "A (*.xlsx)", "a.csv"),
    ],
)
def test_the_kind_that_was_chosen_holds_but_for_another_ending_that_was_typed(typed, kind, name):
    assert with_ending(Path(typed), kind).name == name


@given(name=st.text(min_size=1, max_size=30).filter(lambda text: Path(text).name == text and text != ".."))
def test_a_file_with_a_name_in_it_always_says_so(name):
    assert "with-name" in named_path(Path(name), ".pdf", with_name=True).name


@given(words=st.lists(st.text(max_size=80), max_size=3))
def test_a_suggested_name_can_stand_on_any_disk(words):
    stem = file_stem(*words)

    assert 0 < len(stem) <= 60
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert stem.strip("-") == stem
