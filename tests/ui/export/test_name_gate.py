"""A file with a name is not written, by any way of exporting; a copy of it is not made."""

from __future__ import annotations

from functools import partial

import pytest
from accounts import GROUP, keep_six_weeks
from clocks import WoundClock
from planted_names import with_roster
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from vaults import make_vault

from balint_desktop.domain.study.doors import Door
from balint_desktop.ui.export.export_file import FileExport, FileForm, NamedFile
from balint_desktop.ui.export.name_gate import copied, outgoing, printed
from balint_desktop.ui.export.paper import pdf
from balint_desktop.ui.widgets import clipboard
from balint_desktop.vault.name_gate import pass_names

NAME = "Zoltan Fekete"


class Bench:
    def __init__(self, vault, folder, messages, parent):
        self.folder, self.parent = folder, parent
        self.noted, self.named = [], "log.csv"
        self.export = FileExport(
            lambda _kind, _group: None,
            lambda kind, _group=None, *, with_names=False: self.noted.append((kind, with_names)),
            messages,
            lambda *_: folder / self.named,
            lambda *_: folder,
            pass_names=partial(pass_names, vault),
        )

    def save(self, content, kind="log", ending=".csv", **asked):
        form = FileForm("Form", ending, kind, lambda: content)
        return self.export.save(self.parent, "log", (form,), GROUP, **asked)

    @property
    def written(self):
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def bench(tmp_path, messages, qtbot):
    vault = make_vault(tmp_path / "vault").open(WoundClock())
    keep_six_weeks(vault)
    with_roster(vault, NAME)
    folder = tmp_path / "out"
    folder.mkdir()
    parent = QWidget()
    qtbot.addWidget(parent)
    yield Bench(vault, folder, messages, parent)
    vault.close()


def test_a_file_without_a_name_is_written_and_noted(bench):
    assert bench.save(b"day,note\n,P1 was quiet\n") is not None

    assert (bench.written, bench.noted) == (["log.csv"], [("log", False)])


def test_a_file_with_a_name_is_not_written_and_not_noted(bench, messages):
    assert bench.save(b"day,note\n,Zoltan was quiet\n") is None

    assert (bench.written, bench.noted) == ([], [])
    assert messages.last.text == (
        "The file (row 2, column 2) contains the name of someone on the roster. "
        "Nothing left the vault. Take the name out, then try again."
    )


def test_a_file_that_is_called_after_somebody_is_not_written(bench, messages):
    bench.named = "for zoltan.csv"

    assert bench.save(b"day,note\n") is None
    assert bench.written == []
    assert messages.last.text.startswith("The file’s name contains")


def test_a_pdf_with_a_name_is_not_written(bench):
    bench.named = "log.pdf"

    assert bench.save(pdf(f"<p>{NAME}</p>", "Log"), ending=".pdf") is None
    assert bench.save(pdf("<p>Log</p>", NAME), ending=".pdf") is None
    assert bench.written == []


def test_a_certificate_and_attendance_with_names_are_for_names(bench):
    for kind in ("certificate", "attendance-with-names"):
        bench.named = f"{kind}.csv"
        assert bench.save(f"{NAME},3".encode(), kind, with_name=True) is not None

    assert bench.noted == [("certificate", True), ("attendance-with-names", True)]


def test_of_several_files_none_is_written_where_one_has_a_name(bench):
    files = [NamedFile("a.csv", b"P1"), NamedFile("b.csv", b"Zoltan")]

    assert bench.export.save_each(bench.parent, lambda: files, "log", GROUP) == 0
    assert bench.written == []


def test_what_is_printed_is_read_with_its_title(bench):
    assert b"Zoltan" in printed("<p>x</p>", "Zoltan").data


def test_what_leaves_as_a_pdf_brings_what_it_was_made_of(bench, tmp_path):
    assert outgoing(tmp_path / "x.pdf", pdf("<p>x</p>", "T")).made_of == ("<p>x</p>", "T")
    assert outgoing(tmp_path / "x.csv", b"x").made_of == ()
    assert copied("x").name == ""


@pytest.fixture
def asked():
    before = clipboard._guards[:]
    found = []
    clipboard.guard_copies(lambda door, text: found.append((door, text)) or "Zoltan" not in text)
    yield found
    clipboard._guards[:] = before


def test_what_is_selected_in_a_text_to_read_is_copied_by_no_key_where_it_may_not_leave(asked, qtbot):
    text = clipboard.GatedText(Door.METHODS)
    qtbot.addWidget(text)
    text.setPlainText("with Zoltan")
    text.selectAll()
    QGuiApplication.clipboard().setText("before")
    text.copy()

    assert QGuiApplication.clipboard().text() != "with Zoltan"
    assert asked == [(Door.METHODS, "with Zoltan")]
    text.setPlainText("with P1")
    text.selectAll()
    text.copy()
    assert QGuiApplication.clipboard().text() == "with P1"


def test_nothing_is_copied_that_may_not_leave(asked):
    QGuiApplication.clipboard().setText("before")

    assert not clipboard.copy_text(Door.OWN_REVIEW, "with Zoltan")
    assert QGuiApplication.clipboard().text() == "before"
    assert clipboard.copy_text(Door.OWN_REVIEW, "with P1")
    assert QGuiApplication.clipboard().text() == "with P1"
    assert asked == [(Door.OWN_REVIEW, "with Zoltan"), (Door.OWN_REVIEW, "with P1")]
