"""Layouts: without margins, and cleared without deleting a button while it is being pressed."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.flow import FlowLayout


def delete_now():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(look_at):
    return look_at(QWidget())


@pytest.mark.parametrize("make", [layouts.column, layouts.row, layouts.grid])
def test_it_has_no_margins(page, make):
    made = make(page)

    assert page.layout() is made
    assert made.getContentsMargins() == (0, 0, 0, 0)


@pytest.mark.parametrize(("make", "kind"), [(layouts.column, QVBoxLayout), (layouts.row, QHBoxLayout)])
def test_spacing_is_the_styles_unless_given(qtbot, make, kind):
    own, given, plain = QWidget(), QWidget(), QWidget()
    for widget in (own, given, plain):
        qtbot.addWidget(widget)

    assert make(given, 17).spacing() == 17
    assert make(own).spacing() == kind(plain).spacing()


@pytest.mark.parametrize("make", [layouts.column, layouts.row, layouts.grid, FlowLayout])
def test_clearing_removes_and_deletes_everything(page, make):
    layout = make(page)
    gone = [QLabel("One"), QLabel("Two")]
    for label in gone:
        layout.addWidget(label)
    page.show()
    layouts.clear(layout)

    assert layout.count() == 0
    assert [label.isHidden() for label in gone] == [True, True]
    delete_now()
    assert not any(shiboken6.isValid(label) for label in gone)


def test_clearing_ignores_stretches(page):
    layout = layouts.column(page)
    layout.addWidget(QLabel("One"))
    layout.addStretch(1)
    layouts.clear(layout)

    assert layout.count() == 0


def test_a_widget_to_preserve_is_removed_and_not_deleted(page):
    layout = layouts.row(page)
    stays, goes = QPushButton("More"), QPushButton("One")
    layout.addWidget(goes)
    layout.addWidget(stays)
    stays.show()
    layouts.clear(layout, keep=(stays,))
    delete_now()

    assert layout.count() == 0
    assert shiboken6.isValid(stays)
    assert not stays.isHidden()
    assert not shiboken6.isValid(goes)


def test_a_widget_is_removed_from_the_middle(page):
    layout = layouts.column(page)
    labels = [QLabel(words) for words in ("One", "Two", "Three")]
    for label in labels:
        layout.addWidget(label)
    layouts.discard(layout, labels[1])
    delete_now()

    assert [labels[0], labels[2]] == [layout.itemAt(at).widget() for at in range(layout.count())]
    assert not shiboken6.isValid(labels[1])


def test_a_button_that_clears_its_own_list_survives_being_pressed(page, qtbot):
    layout = layouts.column(page)
    alive = []

    def press():
        layouts.clear(layout)
        alive.append(shiboken6.isValid(page.findChild(QPushButton, "remove")))

    made = QPushButton("Remove")
    made.setObjectName("remove")
    made.clicked.connect(press)
    layout.addWidget(made)
    del made
    page.findChild(QPushButton, "remove").click()

    assert alive == [True]
