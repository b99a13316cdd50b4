"""How something reaches paper: the recovery key, asked for on its own page and nowhere else."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.start.key_groups import PREFIX, groups_of, in_lines


def recovery_text(key: str) -> str:
    """Return what stands on the printed page."""
    lines = ["   ".join(f"{number:>2} {group}" for number, group in line) for line in in_lines(groups_of(key))]
    return "\n\n".join(
        [
            tr("Balint Desktop: recovery key"),
            tr("It opens the vault when the passphrase is forgotten. Keep this page away from the computer."),
            PREFIX,
            *lines,
            tr("Typed without spaces and numbers, the first line and the groups are one key:"),
            key,
        ]
    )


def print_recovery_key(parent: QWidget, key: str) -> None:
    """Ask which printer, and print the page."""
    # Loaded here alone: the print system takes its time, and few ever print.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        document = QTextDocument()
        document.setPlainText(recovery_text(key))
        document.print_(printer)
