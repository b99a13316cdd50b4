"""Export a file: ask where, write it new, audit it, and say that it is not encrypted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.study.doors import door_of_file
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.sealed.new_file import write_new
from balint_desktop.ui.export.name_gate import PassNames, outgoing
from balint_desktop.ui.export.open_dialog import AskFolder, ask_for_folder
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save, has_ending, with_suffix, without_ending
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.shell.messages import Messages

WITH_NAME = "with-name"
_LONGEST = 40
# Windows keeps these names for devices, whatever ending follows: a group may be called Con.
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


@dataclass(frozen=True, slots=True)
class FileForm:
    """An export format: label, file suffix with the dot, name in the audit trail, and content."""

    words: str
    ending: str
    audit_name: str
    content: Callable[[], bytes]

    @property
    def kind(self) -> str:
        """Return the filter string for a file chooser."""
        return f"{self.words} (*{self.ending})"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """One of several files exported together."""

    name: str
    content: bytes


class Note(Protocol):
    """Record an export in the audit trail. Raises Trouble."""

    def __call__(self, file_kind: str, group: GroupId | None = None, *, with_names: bool = False) -> None:
        """Record the export."""
        ...


class PassDoor(Protocol):
    """Ask the consent gate whether a kind of file may leave. Raises Trouble."""

    def __call__(self, file_kind: str, group: GroupId | None) -> None:
        """Return if it may."""
        ...


class FileExport:
    """Export reports from the log, behind the gates of consent and of names.

    Never overwrites a file, and audits every export.
    """

    def __init__(
        self,
        pass_door: PassDoor,
        note: Note,
        messages: Messages,
        ask: Ask = ask_where_to_save,
        ask_folder: AskFolder = ask_for_folder,
        *,
        pass_names: PassNames,
    ) -> None:
        self.pass_door = pass_door
        self.pass_names = pass_names
        self.note = note
        self._messages = messages
        self._ask = ask
        self._ask_folder = ask_folder

    def save(
        self,
        parent: QWidget,
        stem: str,
        forms: Sequence[FileForm],
        group: GroupId | None = None,
        *,
        with_name: bool = False,
        words: str = "",
    ) -> Path | None:
        """Ask for a destination and write the file in the form its suffix selects. Return the path.

        The gate of consent is asked before the destination is, and again for the form that was chosen; the gate of
        names reads the finished bytes. `words` replaces what is said afterwards.
        """
        if not self._messages.attempted(lambda: self.pass_door(forms[0].audit_name, group)):
            return None
        suggested = f"{stem}-{WITH_NAME}" if with_name else stem
        asked = self._ask(
            parent, tr("Export as a file"), suggested + forms[0].ending, tuple(form.kind for form in forms)
        )
        if asked is None:
            return None
        form = form_for_path(asked, forms)
        path = named_path(asked, form.ending, with_name=with_name)
        with self._messages.attempt():
            self.pass_door(form.audit_name, group)
            content = form.content()
            self.pass_names(door_of_file(form.audit_name), (outgoing(path, content),), group)
            write_new(path, (content,))
            self._audit_or_delete(path, form.audit_name, group, with_name=with_name)
            show_saved(self._messages, path, words)
            return path
        return None

    def save_each(
        self,
        parent: QWidget,
        files: Callable[[], Sequence[NamedFile]],
        audit_name: str,
        group: GroupId | None = None,
        *,
        with_name: bool = False,
    ) -> int:
        """Ask for a folder and write several files into it, all or none. Return how many were written."""
        if not self._messages.attempted(lambda: self.pass_door(audit_name, group)):
            return 0
        folder = self._ask_folder(parent, tr("Choose a folder for the files"))
        if folder is None:
            return 0
        written: list[Path] = []
        with self._messages.attempt():
            try:
                finished = files()
                leave = [outgoing(folder / file.name, file.content) for file in finished]
                self.pass_names(door_of_file(audit_name), leave, group)
                for file in finished:
                    path = folder / file.name
                    write_new(path, (file.content,))
                    written.append(path)
                    self.note(audit_name, group, with_names=with_name)
            except Trouble:
                _delete(written)
                raise
            words = tr_n(
                "{n} file was exported to {path}. It is not encrypted: anyone who has it can read it.",
                "{n} files were exported to {path}. They are not encrypted: anyone who has them can read them.",
                len(written),
            )
            show_saved(self._messages, folder, words.format(n=len(written), path="{path}"))
            return len(written)
        return 0

    def _audit_or_delete(self, path: Path, audit_name: str, group: GroupId | None, *, with_name: bool) -> None:
        try:
            self.note(audit_name, group, with_names=with_name)
        except Trouble:
            _delete([path])
            raise


def _delete(paths: Sequence[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def form_for_path(path: Path, forms: Sequence[FileForm]) -> FileForm:
    """Return the form for a file name: by its full suffix, else its last suffix, else the first form."""
    whole = [form for form in forms if has_ending(path.name, form.ending)]
    last = [form for form in forms if path.suffix and path.suffix.lower() == Path(form.ending).suffix]
    return max(whole, key=lambda form: len(form.ending), default=(last or [*forms])[0])


def named_path(path: Path, ending: str, *, with_name: bool) -> Path:
    """Return the path with its form's suffix, and *with-name* in the name if the file holds a person's name."""
    bare = without_ending(path.name, ending)
    if bare is None:
        bare = path.stem if path.suffix.lower() == Path(ending).suffix else path.name
    if with_name and WITH_NAME not in bare:
        bare = f"{bare}-{WITH_NAME}"
    return path.with_name(with_suffix(bare, ending))


def file_stem(*words: str) -> str:
    """Return a portable file stem: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: _LONGEST + 20].strip("-") or "balint"
    return f"balint-{stem}" if _RESERVED.fullmatch(stem) else stem
