"""Go through every page of the real window: each place, each tab on it, and the forms and panels that open there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QPushButton, QWidget
from qt_events import process_events

from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.widgets.sections import Sections

# What ends so opens a page, a panel or a form; `folder-open` opens another program.
_OPENING = ("-open", "-add", "-new", "-enter", "-correct", "-change", "-aims", "-edit")
_ELSEWHERE = ("folder-open", "open-recording", "verified-open", "open-room", "roster-open", "import-open")


def unlock(window, made) -> None:
    """Open the window's vault with its secret, without the seconds that a passphrase takes."""
    window.desktop.context.vault.unlock(made.secret)
    window.desktop.places.open()
    settle()


def settle() -> None:
    """Process events until layouts are stable."""
    for _ in range(3):
        process_events()


def every_page(window) -> Iterator[tuple[str, QWidget]]:
    """Show each page in turn; yield its name, and the place that it is on."""
    shell = window.desktop.shell
    for key in PlaceKey:
        shell.show_place(key)
        settle()
        place = shell.place(key)
        if place is None or shell.current is not key:
            continue
        yield key.value, place
        pressed: set[str] = set()
        while opener := _next_opener(place, pressed):
            opened = opener.objectName()
            pressed.add(opened)
            opener.click()
            settle()
            if shell.current is not key:
                shell.show_place(key)
                settle()
            yield f"{key.value}: {opened}", place
            for sections in [one for one in place.findChildren(Sections) if one.isVisible()]:
                for name in [name for name in sections.chips if f"{sections.objectName()} {name}" not in pressed]:
                    pressed.add(f"{sections.objectName()} {name}")
                    sections.show_section(name)
                    settle()
                    yield f"{key.value}: {name}", place
                    while (inner := _next_opener(place, pressed)) and sections.isVisible():
                        opened = inner.objectName()
                        pressed.add(opened)
                        inner.click()
                        settle()
                        yield f"{key.value}: {opened}", place


def _next_opener(place: QWidget, pressed: set[str]) -> QPushButton | None:
    for button in place.findChildren(QPushButton):
        name = button.objectName()
        is_opener = name.endswith(_OPENING) and not name.endswith(_ELSEWHERE) and name not in pressed
        if is_opener and button.isVisible() and button.isEnabled():
            return button
    return None
