"""Names of exported files: the type's extension, marked if they contain a name, valid on any system."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.ui.export.export_file import FileForm, file_stem, form_for_path, named_path
from balint_desktop.ui.export.save_dialog import with_ending

ENDINGS = (".xlsx", ".by-number.xlsx", ".csv", ".audit.csv", ".by-number.json")
FORMS = tuple(FileForm("", ending, ending, bytes) for ending in ENDINGS)


@pytest.mark.parametrize(
    ("typed", "ending", "name"),
    [
        ("a.xlsx", ".xlsx", "a.xlsx"),
        ("a.by-number.xlsx", ".by-number.xlsx", "a.by-number.xlsx"),
        ("a.json", ".by-number.json", "a.by-number.json"),
        ("A.CSV", ".csv", "A.csv"),
        ("a", ".xlsx", "a.xlsx"),
        ("block 2.5", ".xlsx", "block 2.5.xlsx"),
        ("audit.csv", ".audit.csv", "audit.csv"),
        ("my-audit.csv", ".audit.csv", "my-audit.csv"),
        ("by-number.xlsx", ".by-number.xlsx", "by-number.xlsx"),
        ("block by-number.xlsx", ".by-number.xlsx", "block by-number.xlsx"),
        ("a.audit.csv", ".audit.csv", "a.audit.csv"),
    ],
)
def test_a_name_selects_its_type_and_gets_its_extension(typed, ending, name):
    form = form_for_path(Path(typed), FORMS)

    assert form.ending == ending
    assert named_path(Path(typed), form.ending, with_name=False).name == name


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("a", "A (*.by-number.xlsx)", "a.by-number.xlsx"),
        ("a.xlsx", "A (*.by-number.xlsx)", "a.by-number.xlsx"),
        ("a.by-number.xlsx", "A (*.xlsx)", "a.by-number.xlsx"),
        ("a.csv", "A (*.xlsx)", "a.csv"),
        ("audit.csv", "A (*.audit.csv)", "audit.csv"),
        ("audit", "A (*.audit.csv)", "audit.csv"),
        ("Audit.CSV", "A (*.audit.csv)", "Audit.CSV"),
        ("our-audit", "A (*.audit.csv)", "our-audit.csv"),
    ],
)
def test_the_chosen_type_applies_unless_another_extension_was_typed(typed, kind, name):
    assert with_ending(Path(typed), kind).name == name


@given(
    stem=st.text("ab-. _x", min_size=1, max_size=12).filter(lambda text: text.strip(". ")),
    ending=st.sampled_from([form.ending for form in FORMS]),
)
def test_no_ending_is_ever_there_twice(stem, ending):
    kind = f"A (*{ending})"
    once = with_ending(Path(stem + ending), kind)
    again = named_path(with_ending(once, kind), ending, with_name=False)

    assert again.name.count(ending.strip(".")) == 1
    assert form_for_path(again, FORMS).ending == ending


@given(name=st.text(min_size=1, max_size=30).filter(lambda text: Path(text).name == text and text != ".."))
def test_a_file_that_contains_a_name_always_says_so(name):
    assert "with-name" in named_path(Path(name), ".pdf", with_name=True).name


@given(words=st.lists(st.text(max_size=80), max_size=3))
def test_a_suggested_name_is_valid_on_any_disk(words):
    stem = file_stem(*words)

    assert 0 < len(stem) <= 60
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert stem.strip("-") == stem


@pytest.mark.parametrize(("stem", "name"), [("balint-con", "Con"), ("balint-lpt1", "LPT1"), ("conrad", "Conrad")])
def test_a_name_that_windows_keeps_for_a_device_is_no_files(stem, name):
    assert file_stem(name) == stem
