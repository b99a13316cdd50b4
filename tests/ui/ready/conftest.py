"""Fixtures for Get ready: the page in a window, its microphones listed, and access to what it shows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from ready_bench import ReadyBench


class Seen:
    """The page, and ways to read and operate it."""

    def __init__(self, bench, qtbot):
        self.bench = bench
        self.page = bench.page
        self._qtbot = qtbot

    def find(self, name, kind=QWidget):
        found = [w for w in self.page.findChildren(kind, name) if w.isVisibleTo(self.page)]
        assert found, f"{name} is not shown"
        return found[0]

    def shows(self, name):
        return any(w.isVisibleTo(self.page) for w in self.page.findChildren(QWidget, name))

    def press(self, name):
        self.find(name, QAbstractButton).click()

    def reads(self, name):
        return self.find(name, QLabel).text()

    def everything(self):
        """Return all the words on the page."""
        labels = [w.text() for w in self.page.findChildren(QLabel) if w.isVisibleTo(self.page)]
        return "\n".join([*labels, *(b.text() for b in self.page.findChildren(QAbstractButton))])

    def until(self, condition):
        self._qtbot.waitUntil(condition)

    def until_reads(self, name, words):
        self.until(lambda: self.reads(name) == words)

    def until_listed(self, times=1):
        """Wait until the microphones were listed that often."""
        self.until(lambda: self.bench.looked >= times and self.page.microphone.try_button.isEnabled())
        return self


@pytest.fixture
def open_page(work, look_at, qtbot):
    """Open the page in a window and wait for its microphones; it is left at the end."""
    opened = []

    def opens(**given):
        bench = ReadyBench(work, **given)
        opened.append(bench)
        look_at(bench.page)
        bench.page.enter_view()
        return Seen(bench, qtbot).until_listed()

    yield opens
    for bench in opened:
        bench.page.leave_view()


@pytest.fixture
def seen(open_page):
    """Return the page with two microphones, everyone present and everyone agreed."""
    return open_page()
