"""Whether first drafts can be written on this computer, and the models that they are written with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QWidget

from balint_desktop import __version__
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text.models import checked_words, model_languages, model_size
from balint_desktop.text.trouble import headline
from balint_desktop.transcription.model_store import AddedModel, InstalledModel, ModelStore
from balint_desktop.ui.export.open_dialog import AskFile, AskFolder, ask_for_file, ask_for_folder
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import quiet, subheading, text

# What a person may take all the same, after one sentence.
_TAKEN_UNCHECKED = {TroubleCode.MODEL_NOT_LISTED, TroubleCode.MODEL_DIFFERS}


@dataclass(frozen=True, slots=True)
class TranscriptionDeps:
    """The models on this computer, and whether the program that uses them is installed."""

    models: ModelStore
    has_engine: Callable[[], bool]


class TranscriptionSection(QWidget):
    """The engine in a line, the models in a table, and what adds and removes one."""

    def __init__(
        self,
        deps: TranscriptionDeps,
        work: Work,
        messages: Messages,
        *,
        ask_folder: AskFolder = ask_for_folder,
        ask_file: AskFile = ask_for_file,
    ) -> None:
        super().__init__()
        self._deps, self._work, self._messages = deps, work, messages
        self._ask_folder, self._ask_file = ask_folder, ask_file
        self._copying: _Copying | None = None
        self._engine = named(text(""), "transcription-engine")
        columns = (
            ColumnSpec("model", tr("Model")),
            ColumnSpec("languages", tr("Languages")),
            ColumnSpec("size", tr("Size")),
            ColumnSpec("checked", tr("Checked")),
        )
        self.table = Table("models-table", tr("Models"), columns)
        self._none = named(
            text(tr("There is no model on this computer yet. We recommend small.en."), "quiet"), "models-none"
        )
        self.folder_button = button(tr("Choose a folder…"), "models-folder", self._on_folder)
        self.zip_button = button(tr("Choose a zip…"), "models-zip", self._on_zip)
        self.remove_button = button(tr("Remove model…"), "models-remove", self._on_remove, ButtonKind.QUIET)
        self.words = LiveLabel("models-words")
        self.cancel_button = button(tr("Cancel"), "models-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        self.confirm = Confirm("models")
        self._build()

    def _build(self) -> None:
        about = tr(
            "This computer can write the first draft of a transcript, without a network. It needs a model, which you "
            "bring as a folder or a zip; every file is checked. Models stay on this computer: they are neither in the "
            "vault nor in a backup."
        )
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Transcription")), "transcription-heading"))
        for widget in (named(quiet(about), "transcription-about"), self._engine, self._none, self.table):
            column.addWidget(widget)
        more = learn_more("models", "transcription-more")
        column.addWidget(flow(self.folder_button, self.zip_button, self.remove_button, more))
        column.addWidget(self.words)
        column.addWidget(self.confirm)
        column.addWidget(flow(self.cancel_button))
        self.cancel_button.hide()
        self.table.hide()

    def refresh(self) -> None:
        """Show what is installed now."""
        self._engine.setText(_engine_words(is_here=self._deps.has_engine()))
        with self._messages.attempt():
            models = self._deps.models.installed()
            self.table.show_rows([_row(model) for model in models])
            self.table.setVisible(bool(models))
            self.remove_button.setVisible(bool(models))
            self._none.setVisible(not models)

    def forget(self) -> None:
        """Withdraw a question that was not answered."""
        self.confirm.dismiss()

    # --- adding ---

    def _on_folder(self) -> None:
        self._add(self._ask_folder(self, tr("Which folder holds the model?")))

    def _on_zip(self) -> None:
        self._add(self._ask_file(self, tr("Which zip holds the model?"), tr("Zip files (*.zip)")))

    def _add(self, path: Path | None, *, not_checked: bool = False) -> None:
        if path is None or self._copying is not None:
            return
        self._begin_act()
        copying = self._copying = _Copying(self._work, self._on_percent, self)
        self._show_copying()
        self.words.announce(tr("Copying and checking…"))
        self._work.run(
            lambda: copying.run(lambda: self._deps.models.add(path, not_checked=not_checked, on_bytes=copying.advance)),
            self._on_added,
            lambda trouble: self._on_not_added(path, trouble),
            owner=self,
        )

    def _begin_act(self) -> None:
        """Withdraw a question, and end what was said of the act before."""
        self.confirm.dismiss()
        self.words.announce("")
        self._messages.begin_act()

    def _on_percent(self, percent: int) -> None:
        if self._copying is not None:
            self.words.setText(tr("Copying and checking: {percent}%").format(percent=percent))

    def _on_cancel(self) -> None:
        if self._copying is not None:
            self._copying.stop()

    def _on_added(self, added: AddedModel | None) -> None:
        self._end_copying()
        if added is None:
            self.words.announce(tr("Cancelled. Nothing was added."))
            return
        self.refresh()
        self.table.choose(added.model.name)
        self.words.announce(_added_words(added))

    def _on_not_added(self, path: Path, trouble: Trouble) -> None:
        self._end_copying()
        if trouble.code not in _TAKEN_UNCHECKED:
            self._messages.trouble(trouble)
            return
        words = tr(
            "{problem} We cannot say what it writes. Add it only if you trust where it comes from; it is then marked "
            "“not checked by us”, in transcripts too."
        ).format(problem=headline(trouble))
        self.confirm.ask(
            words, tr("Add, not checked by us"), lambda: self._add(path, not_checked=True), self.folder_button
        )

    def _show_copying(self) -> None:
        is_copying = self._copying is not None
        for one in (self.folder_button, self.zip_button, self.remove_button):
            one.setEnabled(not is_copying)
        self.cancel_button.setVisible(is_copying)
        if is_copying:
            self.cancel_button.setFocus()
        elif self.isVisible():
            self.folder_button.setFocus()

    def _end_copying(self) -> None:
        self._copying = None
        self.words.announce("")
        self._show_copying()

    # --- removing ---

    def _on_remove(self) -> None:
        name = self.table.chosen_key()
        if name:
            self._begin_act()
            words = tr("Remove {name} from this computer? Transcripts are not affected.").format(name=name)
            self.confirm.ask(words, tr("Remove model"), lambda: self._remove(name), self.remove_button)

    def _remove(self, name: str) -> None:
        self._begin_act()
        self.words.announce(tr("Removing…"))
        self._work.run(lambda: self._deps.models.remove(name), self._on_removed, self._on_not_removed, owner=self)

    def _on_removed(self, removed: InstalledModel) -> None:
        self.refresh()
        self.words.announce(tr("{name} was removed from this computer.").format(name=removed.name))
        self.folder_button.setFocus()

    def _on_not_removed(self, trouble: Trouble) -> None:
        self.words.announce("")
        self.refresh()
        self._messages.trouble(trouble)


class CopyStoppedError(Exception):
    """Ends a copy that a person stopped, or that the app's closing ends."""


class _Copying:
    """One copy on a background thread: posts each new percentage to the main thread, and ends when it is stopped."""

    def __init__(self, work: Work, on_percent: Callable[[int], None], owner: QWidget) -> None:
        self._work, self._on_percent, self._owner = work, on_percent, owner
        self._percent = 0
        self._stopped = Event()

    def stop(self) -> None:
        """End the copy soon."""
        self._stopped.set()

    def advance(self, done: int, in_all: int) -> None:
        """Report progress from the copying thread. Raise CopyStoppedError."""
        if self._stopped.is_set() or self._work.closed:
            raise CopyStoppedError
        percent = 100 * done // max(1, in_all)
        if percent != self._percent:
            self._percent = percent
            self._work.post(lambda: self._on_percent(percent), self._owner)

    def run(self, act: Callable[[], AddedModel]) -> AddedModel | None:
        """Run the act; return None if it was stopped. Raise Trouble."""
        try:
            return act()
        except CopyStoppedError:
            return None


def _engine_words(*, is_here: bool) -> str:
    if is_here:
        return tr("The program that writes first drafts is installed.")
    words = tr(
        "To have first drafts written, install balint-desktop-transcribe {version}. Everything else works without it."
    )
    return words.format(version=__version__)


def _added_words(added: AddedModel) -> str:
    if not added.is_new:
        return tr("{name} is already on this computer.").format(name=added.model.name)
    if added.model.is_checked:
        return tr("{name} was added. Every file was checked.").format(name=added.model.name)
    return tr("{name} was added. It is not checked by us.").format(name=added.model.name)


def _row(model: InstalledModel) -> TableRow:
    if not model.files:
        return row(model.name, (model.name, "", "", tr("damaged")))
    size = Cell(model_size(model.bytes), model.bytes)
    return row(
        model.name,
        (model.name, model_languages(model.languages), size, checked_words(is_checked=model.is_checked)),
    )
