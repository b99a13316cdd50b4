"""My reader key: shown with its words, copied, printed and saved."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from balint_desktop.domain.key_words import key_words
from balint_desktop.sealed.keys import new_identity, seal, unseal
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.settings.reader_key import ReaderKeyDeps, ReaderKeySection


class Bench:
    """The section, and what it asked for."""

    def __init__(self, messages, look_at, file):
        self.identity = new_identity()
        self.noted, self.printed, self.doors = [], [], []
        export = FileExport(
            lambda kind, group: self.doors.append((kind, group)),
            lambda kind, group=None, *, with_names=False: self.noted.append((kind, group, with_names)),
            messages,
            ask=lambda *_: file,
            pass_names=lambda *_: None,
        )
        deps = ReaderKeyDeps(self.identity.recipient, export, lambda *asked: self.printed.append(asked))
        self.section = look_at(ReaderKeySection(deps, messages))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "my key.txt"


@pytest.fixture
def bench(messages, look_at, file):
    return Bench(messages, look_at, file)


def test_the_key_and_its_eight_words_are_shown(bench):
    recipient = bench.identity.recipient

    assert bench.section.key.text().replace("\n", "") == recipient
    assert tuple(bench.section.words.text().replace(" · ", " ").split()) == key_words(recipient)


def test_copy_copies_the_key_alone(bench, messages):
    bench.section.copy_button.click()

    assert QGuiApplication.clipboard().text() == bench.identity.recipient
    assert messages.last.text == "Reader key copied."


def test_a_saved_key_goes_through_its_door_is_noted_and_is_a_file_that_age_takes(bench, file, messages):
    bench.section.save_button.click()

    assert (bench.doors[0], bench.noted) == (("reader-key", None), [("reader-key", None, False)])
    lines = file.read_text().splitlines()
    (recipient,) = [line for line in lines if not line.startswith("#")]
    assert unseal(seal(b"to you", [recipient]), [bench.identity.secret]) == b"to you"
    assert f"# {bench.section.words.text()}" in lines
    assert "safe to send" in messages.last.text


def test_the_sheet_has_the_key_and_the_words_and_no_more(bench):
    bench.section.print_button.click()

    ((parent, html, title),) = bench.printed
    assert (parent, title) == (bench.section, "Reader key")
    assert bench.identity.recipient in html.replace("<br>", "")
    assert all(word in html for word in key_words(bench.identity.recipient))
    assert "AGE-SECRET-KEY" not in html
