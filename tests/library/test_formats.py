"""Shipped formats and the user's own are listed together, and a broken file never hides the others."""

from __future__ import annotations

import os
import stat

import pytest
from sessions import shipped_prompts

from balint_desktop import resources
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.library.files import FileLine
from balint_desktop.library.formats import FormatLibrary, shipped_bank

SHIPPED = ["student-hour", "single-case", "two-cases", "online", "evaluation", "evaluation-online"]
MINE = """\
# A short one.
key = "mine"
name = "Mine"

[[phase]]
key = "open"
label = "Open"
title = "Open"
sentence = "We open."
from = 0
until = 10
prompts = "framing"
"""


@pytest.fixture
def library(tmp_path):
    return FormatLibrary(tmp_path / "formats", shipped_prompts())


@pytest.fixture
def put(library):
    """Write a file into the user's folder."""

    def write(name, text):
        library.folder.mkdir(exist_ok=True)
        path = library.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def keys(library):
    return [found.key for found in library.formats()]


def trouble_of(call, *arguments):
    with pytest.raises(Trouble) as raised:
        call(*arguments)
    return raised.value


def test_without_a_user_folder_the_shipped_formats_are_listed(library):
    assert keys(library) == SHIPPED
    assert library.refused() == ()
    assert not library.folder.exists()
    assert shipped_bank() == shipped_prompts()


def test_the_users_own_formats_follow_the_shipped_ones(library, put):
    put("any-name.toml", MINE)
    put("notes.txt", "not a format")
    (library.folder / "folder.toml").mkdir()

    assert keys(library) == [*SHIPPED, "mine"]
    assert library.load("mine").length_s == 600
    assert library.text("mine") == MINE
    assert library.lines()[0] == FileLine(
        "student-hour", "Student hour", "One case in sixty minutes. The presenter returns at 45:00.", own=False
    )
    assert library.lines()[-1] == FileLine("mine", "Mine", "", own=True)


BAD = {
    "a line left out": (MINE.replace('name = "Mine"\n', ""), 1, "“name” is missing"),
    "no TOML": (MINE.replace("from = 0", "from = "), 10, "not TOML"),
    "a chip that does not exist": (MINE + 'chips = ["dance"]\n', 13, "no situation “dance”"),
    "the key of a shipped format": (MINE.replace('"mine"', '"online"'), 2, "already has the key “online”"),
    "not UTF-8": (MINE.encode() + b"# caf\xe9\n", 13, "UTF-8"),
    "UTF-16": (MINE.encode("utf-16"), 1, "UTF-8"),
    "empty": ("", 1, "“key” is missing"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_broken_file_is_refused_with_name_line_and_reason_and_hides_no_other(library, put, why):
    text, line, reason = BAD[why]
    put("a-bad-one.toml", text)
    put("mine.toml", MINE)

    assert keys(library) == [*SHIPPED, "mine"]
    (trouble,) = library.refused()
    assert trouble.code is TroubleCode.FORMAT_INVALID
    assert (trouble.details["name"], trouble.details["line"]) == ("a-bad-one.toml", line)
    assert reason in trouble.details["reason"]
    shown = next(found for found in library.lines() if found.problem)
    assert (shown.key, shown.own) == ("a-bad-one.toml", True)
    assert f"a-bad-one.toml cannot be used: line {line}, " in shown.problem
    assert trouble_of(library.load, "a-bad-one.toml").details == trouble.details


def test_an_unreadable_file_is_refused(library, put, monkeypatch):
    path = put("mine.toml", MINE)

    def refuse(self):
        raise PermissionError(13, "no", str(self))

    monkeypatch.setattr(type(path), "read_bytes", refuse)

    assert library.refused()[0].details["reason"] == "the file cannot be read"
    assert keys(library) == SHIPPED


def test_reading_a_format_with_an_error_reports_its_line_and_reason(library, put):
    put("mine.toml", MINE.replace("until = 10", "until = 0"))

    trouble = trouble_of(library.load, "mine")

    assert trouble.code is TroubleCode.FORMAT_INVALID
    assert (trouble.details["name"], trouble.details["line"]) == ("mine.toml", 11)


def test_a_usable_file_is_identified_only_by_its_key(library, put):
    put("another-name.toml", MINE)

    assert library.load("mine").name == "Mine"
    assert trouble_of(library.load, "another-name").code is TroubleCode.FORMAT_MISSING


def test_of_two_files_with_the_same_key_the_first_applies(library, put):
    put("a.toml", MINE)
    put("b.toml", MINE)

    assert keys(library) == [*SHIPPED, "mine"]
    assert library.refused()[0].details["name"] == "b.toml"


def test_a_file_from_another_editor_is_read(library, put):
    put("mine.toml", b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())

    assert library.load("mine").name == "Mine"


def test_a_missing_format_is_reported_in_words(library):
    for call in (library.load, library.text, library.copy):
        trouble = trouble_of(call, "gone")
        assert (trouble.code, trouble.details) == (TroubleCode.FORMAT_MISSING, {"name": "gone"})


class TestCopy:
    def test_a_copy_has_its_own_key_and_name_and_is_otherwise_the_same(self, library):
        key = library.copy("student-hour", "Our “hour” at \\Ward 5\\")

        assert key == "our-hour-at-ward-5"
        copied, original = library.load(key), library.load("student-hour")
        assert copied.name == "Our “hour” at \\Ward 5\\"
        assert copied.phases == original.phases
        ours = resources.text("formats/student-hour.toml").split("\n")
        changed = [row for row in library.text(key).split("\n") if row not in ours]
        assert [row.split(" =")[0] for row in changed] == ["key", "name"]

    def test_without_a_name_it_is_numbered(self, library):
        first = library.copy("student-hour")
        second = library.copy("student-hour")
        assert (first, second) == ("student-hour-2", "student-hour-3")
        assert [library.load(key).name for key in (first, second)] == ["Student hour 2", "Student hour 3"]

    def test_its_key_is_new_even_if_names_differ_only_in_punctuation(self, library, put):
        put("ours.toml", "broken")
        assert library.copy("online", "Ours!") == "ours-2"
        assert library.copy("online", "Ours?") == "ours-3"
        assert library.copy("online", "木曜日") == "format"
        assert library.copy("online", "月曜日") == "format-2"

    def test_a_name_in_use_is_refused(self, library):
        trouble = trouble_of(library.copy, "student-hour", " Online ")

        assert (trouble.code, trouble.details) == (TroubleCode.EXPORT_EXISTS, {"name": "Online"})
        assert not library.folder.exists()

    def test_a_name_that_is_no_valid_file_name_is_refused_before_anything_is_written(self, library):
        trouble = trouble_of(library.copy, "student-hour", "a\x7fb")

        assert trouble.code is TroubleCode.FORMAT_INVALID
        assert not library.folder.exists()

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_a_copy_is_readable_by_its_owner_only(self, library):
        key = library.copy("online")

        assert stat.S_IMODE(library.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((library.folder / f"{key}.toml").stat().st_mode) == 0o600

    def test_a_folder_without_write_access_is_reported(self, library):
        library.folder.write_text("a file stands where the folder should")

        assert trouble_of(library.copy, "online").code is TroubleCode.FOLDER_UNWRITABLE


class TestChange:
    def test_a_valid_text_is_saved_in_its_place(self, library, put):
        path = put("any-name.toml", MINE)
        text = MINE.replace("until = 10", "until = 20")
        assert library.check("mine", text) == ""

        library.save("mine", text)

        assert path.read_text() == text
        assert library.load("mine").length_s == 1200

    def test_an_invalid_text_is_refused_with_its_line_and_the_file_is_unchanged(self, library, put):
        path = put("any-name.toml", MINE)
        text = MINE.replace("until = 10", "until = 0")

        assert "any-name.toml cannot be used: line 11, a phase must end after it begins" in library.check("mine", text)
        assert trouble_of(library.save, "mine", text).details["line"] == 11
        assert path.read_text() == MINE

    def test_an_unusable_file_can_be_repaired(self, library, put):
        put("bad.toml", MINE.replace("until = 10", "until = 0"))

        library.save("bad.toml", MINE)

        assert keys(library) == [*SHIPPED, "mine"]
        assert library.refused() == ()

    def test_the_key_of_another_format_is_refused(self, library, put):
        put("mine.toml", MINE)

        assert "already has the key “online”" in library.check("mine", MINE.replace('"mine"', '"online"'))

    def test_a_shipped_format_cannot_be_changed(self, library):
        text = library.text("online")
        assert library.check("online", text) == ""

        assert trouble_of(library.save, "online", text).code is TroubleCode.EXPORT_EXISTS
        assert not library.folder.exists()
