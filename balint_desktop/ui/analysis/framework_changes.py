"""Change the framework while a round is compared: store each change, undo it, fix a version, import a codebook."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.codebook_import import with_codebook
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.codebook_file import imported_words, read_codebook
from balint_desktop.ui.analysis.comparison import Comparison
from balint_desktop.ui.analysis.deps import FrameworkService
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.export.open_dialog import AskFile
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work

_MOST_UNDONE = 100


class FrameworkChanges(QObject):
    """The one that changes the framework of a comparison. Nobody's own coding is changed by anything here."""

    stored = Signal()
    """The framework is another now, and is being saved."""
    undone = Signal()
    fixed = Signal(int)
    """A version was fixed: its number."""
    nothing_new = Signal(str)
    """A codebook held no code that is new: what it held, in words."""

    def __init__(self, work: Work, messages: Messages, now: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._messages, self._now = work, messages, now
        self._comparison: Comparison | None = None
        self._frameworks: FrameworkService | None = None
        # The framework before each change of this visit, the last one last.
        self._before: tuple[Framework, ...] = ()
        self._saver: Saver[Framework] = Saver(work, messages.trouble, lambda: None, threading.Lock(), self)

    def begin(self, comparison: Comparison, frameworks: FrameworkService | None) -> None:
        """Change the framework of this comparison from now on; without a service, nothing can be changed."""
        self._comparison, self._frameworks, self._before = comparison, frameworks, ()
        study = comparison.opened.study.id
        if frameworks is not None:
            self._saver.begin(lambda framework: frameworks.save_framework(study, framework))

    def end(self) -> None:
        """Drop the framework."""
        self._comparison = self._frameworks = None
        self._before = ()

    def flush(self) -> None:
        """Save what is not saved yet. Raise Trouble."""
        if self._frameworks is not None:
            self._saver.flush()

    @property
    def can_change(self) -> bool:
        """Whether there is a framework to change."""
        return self._frameworks is not None

    @property
    def can_undo(self) -> bool:
        """Whether a change of this visit can be undone."""
        return bool(self._before)

    # --- changes ---

    def change(self, framework: Framework, reason: str = "") -> None:
        """Store the framework with the acts that led to it, and remember the one before for undo."""
        comparison = self._comparison
        if comparison is not None:
            before = comparison.framework
            self._before = (*self._before[-_MOST_UNDONE + 1 :], before)
            self._store(comparison, framework.noted_since(before, self._now(), reason))

    def _store(self, comparison: Comparison, framework: Framework) -> None:
        self._messages.begin_act()
        comparison.framework = framework
        if self._frameworks is not None:
            self._saver.save(framework)
        self.stored.emit()

    def undo(self) -> None:
        """Undo the last change made on this visit."""
        if self._comparison is not None and self._before:
            before, self._before = self._before[-1], self._before[:-1]
            self._store(self._comparison, before)
            self.undone.emit()

    def join(self, matter: Matter) -> str:
        """Mark the codes of a pair as the same; return what was done, empty where it is no pair."""
        comparison = self._comparison
        if comparison is None or matter.pair is None:
            return ""
        codes = {(author, code.guid): code for author, code in comparison.material.codes}
        one, other = matter.pair.one, matter.pair.other
        self.change(comparison.framework.joined((one[0], codes[one]), (other[0], codes[other]), new_id()))
        return tr("Marked as the same code. It is in the framework.")

    def part(self, matter: Matter) -> str:
        """Mark the codes of a pair as different; return what was done, empty where it is no pair."""
        comparison = self._comparison
        if comparison is None or matter.pair is None:
            return ""
        self.change(comparison.framework.parted(*matter.pair.other))
        return tr("No longer marked as the same code.")

    def add(self, matter: Matter) -> str:
        """Add the code of a matter to the framework; return what was done, empty where nobody has it any more."""
        comparison = self._comparison
        code = comparison.material.code(matter.code) if comparison is not None else None
        if comparison is None or code is None:
            return ""
        self.change(comparison.framework.with_code(matter.who[0], code, new_id()))
        return tr("“{code}” is in the framework.").format(code=code.name)

    # --- versions and codebooks ---

    def fix(self, pressed: QWidget) -> None:
        """Freeze the codes as the next version, with the button that asked for it off until it is done."""
        comparison, frameworks = self._comparison, self._frameworks
        if comparison is None or frameworks is None:
            return

        def show(fixed: Framework) -> None:
            if self._comparison is comparison:
                # A version that is fixed is never undone.
                comparison.framework, self._before = fixed, ()
                self.fixed.emit(len(fixed.versions))

        with self._messages.act():
            self._saver.flush()
            job = partial(frameworks.fix_framework, comparison.opened.study.id)
            self._work.run_once(pressed, job, show, self._messages.trouble, owner=self)

    def import_codebook(self, parent: QWidget, ask_file: AskFile) -> None:
        """Take the codes of a codebook file into the framework, as one act that can be undone."""
        comparison = self._comparison
        with self._messages.act():
            path = ask_file(parent, tr("Import codebook"), tr("REFI-QDA codebook") + " (*.qdc)")
            if path is None or comparison is None:
                return

            def show(codes: tuple[ProjectCode, ...]) -> None:
                if self._comparison is comparison:
                    self._add_codes(comparison, codes)

            self._work.run(lambda: read_codebook(path), show, self._messages.trouble, owner=self)

    def _add_codes(self, comparison: Comparison, codes: tuple[ProjectCode, ...]) -> None:
        imported = with_codebook(comparison.framework, codes, new_id)
        if not imported.added:
            self.nothing_new.emit(imported_words(imported))
            return
        self.change(imported.framework)
        stored = comparison.framework

        def undo() -> None:
            if self._comparison is comparison and comparison.framework is stored:
                self.undo()

        self._messages.inform(imported_words(imported), tr("Undo"), undo)
