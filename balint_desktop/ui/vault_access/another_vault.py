"""Another vault: those opened on this computer, one in a folder, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.export.open_dialog import AskFolder, ask_for_folder
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet

_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class ListedVault:
    """A data folder in the list: whether its vault is the one at this gate, and whether it is there at all."""

    root: Path
    is_here: bool = False
    is_found: bool = True
    may_be_removed: bool = True


class AnotherVault(Place):
    """Emits `chosen` with a data folder. Nothing is opened here: its own gate asks for its passphrase."""

    chosen = Signal(object)
    back_asked = Signal()

    def __init__(
        self,
        listed: Callable[[], tuple[ListedVault, ...]],
        find: Callable[[Path], Path],
        make: Callable[[Path], Path],
        forget: Callable[[Path], None],
        ask: AskFolder = ask_for_folder,
    ) -> None:
        """Show the page. `find` and `make` return the data folder of a vault in a folder; both raise Trouble."""
        super().__init__("another-vault", tr("Another vault"), centred=True)
        self._listed, self._find, self._make, self._forget, self._ask = listed, find, make, forget, ask
        self._vaults: tuple[ListedVault, ...] = ()
        about = tr(
            "Each person who codes on this computer has their own vault and passphrase. Only the folders are "
            "remembered here."
        )
        self.list = named(QListWidget(), "another-vault-list", spoken=tr("Vaults on this computer"))
        self.problem = ProblemLabel("another-vault-problem")
        self.open_button = button(
            tr("Open this vault"), "another-vault-open", self._on_open, ButtonKind.PRIMARY, shortcut="Alt+O"
        )
        self.remove_button = button(tr("Remove from list"), "another-vault-remove", self._on_remove)
        self.find_button = button(tr("Open a vault in…"), "another-vault-find", self._on_find)
        self.new_button = button(tr("New vault in…"), "another-vault-new", self._on_new)
        self.back_button = button(
            tr("Back"), "another-vault-back", self.back_asked.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        for widget in (
            *(named(quiet(about), "another-vault-about"), self.list),
            *(flow(self.open_button, self.remove_button), self.problem),
            flow(self.find_button, self.new_button, self.back_button),
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.list.currentRowChanged.connect(lambda _: self._allow())
        self.list.itemActivated.connect(lambda _: self._on_open())

    def enter_view(self) -> None:
        """List the vaults."""
        self._show(0)

    def first_focus(self) -> QWidget:
        return self.list

    def _show(self, row: int) -> None:
        self._vaults = self._listed()
        self.list.clear()
        for one in self._vaults:
            item = QListWidgetItem(_line(one))
            item.setToolTip(str(one.root))
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(self._vaults) - 1))
        tall = self.list.sizeHintForRow(0) if self._vaults else 0
        self.list.setFixedHeight(tall * min(_MOST_LINES, len(self._vaults)) + 2 * self.list.frameWidth() + 4)
        self._allow()

    def _vault(self) -> ListedVault | None:
        row = self.list.currentRow()
        return self._vaults[row] if 0 <= row < len(self._vaults) else None

    def _allow(self) -> None:
        one = self._vault()
        self.problem.announce("")
        self.remove_button.setVisible(one is not None and one.may_be_removed and not one.is_here)

    def _on_open(self) -> None:
        one = self._vault()
        if one is None:
            return
        if one.may_be_removed:
            self._choose(lambda: self._find(one.root))
        else:
            # The vault the app begins with may not have been made yet: its gate says so.
            self.chosen.emit(one.root)

    def _on_remove(self) -> None:
        one = self._vault()
        if one is not None:
            self._forget(one.root)
            self._show(self.list.currentRow())
            self.list.setFocus()

    def _on_find(self) -> None:
        folder = self._ask(self, tr("Which folder holds the vault?"))
        if folder is not None:
            self._choose(lambda: self._find(folder))

    def _on_new(self) -> None:
        folder = self._ask(self, tr("In which folder should the new vault be?"))
        if folder is not None:
            self._choose(lambda: self._make(folder))

    def _choose(self, act: Callable[[], Path]) -> None:
        try:
            root = act()
        except Trouble as trouble:
            self.problem.show_trouble(trouble)
        else:
            self.problem.announce("")
            self.chosen.emit(root)


def _line(of: ListedVault) -> str:
    if of.is_here:
        return tr("{folder} (this one)").format(folder=of.root)
    if not of.is_found:
        return tr("{folder} (no vault there now)").format(folder=of.root)
    return str(of.root)
