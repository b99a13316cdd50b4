"""Print the recovery key, cards and sheets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPagedPaintDevice, QTextDocument
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.text.recovery_key import PREFIX, in_lines, split_key
from balint_desktop.ui.export import floor_card
from balint_desktop.ui.widgets.lifetime import is_alive

_POINTS = 11.0


def recovery_text(key: str) -> str:
    """Return the HTML of the printed recovery key page."""
    lines = ["   ".join(f"{number:>2} {group}" for number, group in line) for line in in_lines(split_key(key))]
    return "\n\n".join(
        [
            tr("Balint Desktop: recovery key"),
            tr("It opens the vault if you forget the passphrase. Keep this page away from the computer."),
            PREFIX,
            *lines,
            tr("On one line, without the block numbers:"),
            key,
        ]
    )


def print_recovery_key(parent: QWidget, key: str) -> None:
    """Ask for a printer and print the recovery key page."""

    def write(printer: QPagedPaintDevice) -> None:
        from balint_desktop.ui.export.paper import paper_font  # noqa: PLC0415  few ever print

        document = QTextDocument()
        document.setDefaultFont(paper_font(_POINTS))
        document.setPlainText(recovery_text(key))
        document.print_(printer)

    _print(parent, write)


def print_floor_card(parent: QWidget) -> None:
    """Ask for a printer and print the floor card, two pages."""
    _print(parent, floor_card.paint)


def print_text(parent: QWidget, html: str, title: str = "") -> bool:
    """Ask for a printer and print simple HTML, with the title at the foot of each page. Return whether it was."""
    from balint_desktop.ui.export.paper import document, print_pages  # noqa: PLC0415  few ever print

    return _print(parent, lambda device: print_pages(device, document(html), title))


def print_hour_card(parent: QWidget, html: str) -> None:
    """Ask for a printer and print the session card on one page."""
    from balint_desktop.ui.export.hour_card import print_card  # noqa: PLC0415  few ever print

    _print(parent, lambda device: print_card(device, html))


def _print(parent: QWidget, write: Callable[[QPagedPaintDevice], None]) -> bool:
    # Imported here only: loading the print system is slow and printing is rare.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    # The page may have been closed meanwhile, for example by locking: then print nothing.
    if dialog.exec() == QPrintDialog.DialogCode.Accepted and is_alive(parent):
        write(printer)
        return True
    return False
