"""Tabs of a page, each built when first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.tab_order import follow_layout

Thing = TypeVar("Thing")
Thing_contra = TypeVar("Thing_contra", contravariant=True)


class Section(QWidget, Generic[Thing_contra]):
    """A section. `show_thing` is called with the page's subject each time it comes into view."""

    def show_subject(self, thing: Thing_contra) -> None:
        """Refresh the contents."""

    def leave_view(self) -> None:
        """Go out of view: discard what is shown only while visible, such as names."""

    def first_focus(self) -> QWidget | None:
        """Return the widget that gets focus first."""
        return None


@dataclass(frozen=True, slots=True)
class SectionEntry(Generic[Thing_contra]):
    """A section's identifier, its tab's label, its factory, and whether a subject has it: its tab is hidden otherwise.

    A section that is asked for by its key is shown all the same.
    """

    key: str
    label: str
    build: Callable[[], Section[Thing_contra]]
    offered: Callable[[Thing_contra], bool] = lambda _: True


class Sections(QWidget, Generic[Thing]):
    """The tabs and the current section. `ems` limits the width of the sections; the tabs take what there is."""

    chosen = Signal(str)
    left = Signal()
    """Another section than the current one is about to be shown."""
    subject_shown = Signal(object)

    # The page's subject as last read. No section is shown before it.
    _thing: Thing

    def __init__(self, identifier: str, entries: Sequence[SectionEntry[Thing]], ems: float | None = None) -> None:
        super().__init__()
        named(self, identifier)
        self._entries = {entry.key: entry for entry in entries}
        self._built: dict[str, Section[Thing]] = {}
        # Reads the subject again when a section comes into view: another section may have changed it.
        self.again: Callable[[Thing], Thing] = lambda thing: thing
        self.current = ""
        self.chips: dict[str, QPushButton] = {}
        for entry in entries:
            made = chip(entry.label, f"{identifier}-{entry.key}")
            when_chosen(made, partial(self._on_pressed, entry.key))
            self.chips[entry.key] = made
        self._pages = Pages()
        column = layouts.column(self, 14)
        column.addWidget(flow(*self.chips.values()))
        column.addWidget(self._pages if ems is None else narrow(self._pages, ems))

    def show_subject(self, thing: Thing, key: str = "") -> None:
        """Show a subject: in the section asked for, the current one, or the first."""
        self._thing = thing
        known = key if key in self._entries else self._offered(thing, self.current)
        self.show_section(known or next(iter(self._entries)))

    def _offered(self, thing: Thing, key: str) -> str:
        """Return the key if the subject has that section, empty otherwise."""
        return key if key in self._entries and self._entries[key].offered(thing) else ""

    def _on_pressed(self, key: str, _on: bool) -> None:
        self.show_section(key)

    def show_section(self, key: str) -> None:
        """Show a section."""
        if key != self.current:
            # A section that is only refreshed does not go out of view.
            self.leave()
            if self.current:
                self.left.emit()
        self._thing = self.again(self._thing)
        self.build(key)
        self.current = key
        for other, made in self.chips.items():
            show_on(made, other == key)
            made.setVisible(other == key or self._entries[other].offered(self._thing))
        section = self._built[key]
        section.show_subject(self._thing)
        self.subject_shown.emit(self._thing)
        self._pages.show_page(section)
        follow_layout(self)
        self.chosen.emit(key)

    def build(self, key: str) -> None:
        """Build a section, unless it was built already, without showing it."""
        if key not in self._built:
            self._built[key] = self._entries[key].build()
            self._pages.add(self._built[key])

    def section(self, key: str) -> Section[Thing] | None:
        """Return a section that was built already."""
        return self._built.get(key)

    def leave(self) -> None:
        """Call `leave_view` on the current section."""
        if self.current in self._built:
            self._built[self.current].leave_view()
