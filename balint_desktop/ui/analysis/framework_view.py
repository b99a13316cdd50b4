"""The framework: its codes with their definitions, and the versions that were fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.codebook import NAME_LIMIT, Code, CodebookError
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet

_PAUSE_MS = 400
_LIMIT = 4000
_MOST_LINES = 8
_GUID = Qt.ItemDataRole.UserRole


class FrameworkView(QWidget):
    """Emits `changed` with the framework, `fix_asked` once it was confirmed, and `import_asked` for a codebook."""

    changed = Signal(object)
    fix_asked = Signal()
    import_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "compare-framework")
        self._framework = Framework()
        self._code = ""
        self._is_filling = False
        self._labels: Mapping[str, str] = {}
        self._names: Mapping[tuple[str, str], str] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.versions = named(quiet(""), "framework-versions")
        self.none = named(quiet(tr("No codes yet. Mark the same codes under “Codes and themes”.")), "framework-none")
        self.codes = named(QListWidget(), "framework-codes", spoken=tr("Codes of the framework"))
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_LIMIT)
        self.fields = {
            key: NoteField(f"framework-{key}", _LIMIT, 2, shown_from=200)
            for key in ("definition", "when", "when-not", "example")
        }
        labels = {
            "definition": tr("What it means"),
            "when": tr("When to use it"),
            "when-not": tr("When not"),
            "example": tr("An example"),
        }
        self.drawn_from = named(quiet(""), "framework-drawn-from")
        self.problem = ProblemLabel("framework-problem")
        self._form = Form(spacing=8)
        self._form.row(tr("Name"), self.name, "framework-name")
        for key, field in self.fields.items():
            self._form.row(labels[key], field, f"framework-{key}")
            self._form.add(field.left_words)
        self._form.add(self.drawn_from)
        self.fix_button = button(tr("Fix version…"), "framework-fix", self._on_fix, ButtonKind.PRIMARY)
        self.import_button = button(tr("Import codebook…"), "framework-import", self._on_import)
        self.confirm = Confirm("framework-fix")
        column = layouts.column(self, 10)
        for widget in (self.versions, self.none, self.codes, self._form, self.problem):
            column.addWidget(widget)
        column.addWidget(flow(self.fix_button, self.import_button))
        column.addWidget(self.confirm)
        column.addStretch(1)
        self.codes.currentRowChanged.connect(lambda _: self._show_code())
        self.name.textEdited.connect(lambda _: self._pause.start())
        for field in self.fields.values():
            field.textChanged.connect(self._on_typed)

    def show_framework(self, framework: Framework, opened: OpenStudy, names: Mapping[tuple[str, str], str]) -> None:
        """Show a framework; `names` are those of the coders' codes."""
        self._framework, self._names = framework, names
        self._labels = {one.id: one.label for one in opened.study.authors}
        self._is_filling = True
        row = self.codes.currentRow()
        self.codes.clear()
        for depth, code in framework.book.nested():
            item = QListWidgetItem(f"{'   ' * depth}{code.name}")
            item.setData(_GUID, code.guid)
            self.codes.addItem(item)
        self.codes.setCurrentRow(min(max(0, row), self.codes.count() - 1))
        self._is_filling = False
        has_codes = self.codes.count() > 0
        tall = self.codes.sizeHintForRow(0) if has_codes else 0
        self.codes.setFixedHeight(tall * min(_MOST_LINES, self.codes.count()) + 2 * self.codes.frameWidth() + 4)
        self.none.setVisible(not has_codes)
        self.codes.setVisible(has_codes)
        self._form.setVisible(has_codes)
        self.versions.setText(
            "\n".join(_version_line(one.version, one.wall, len(one.book.codes)) for one in framework.versions)
        )
        self.versions.setVisible(bool(framework.versions))
        self.fix_button.setVisible(has_codes and not framework.is_fixed)
        self.confirm.dismiss()
        self._show_code()

    def forget(self) -> None:
        """Drop every word."""
        self._pause.stop()
        self._framework, self._code = Framework(), ""
        self._is_filling = True
        self.codes.clear()
        self.name.clear()
        for field in self.fields.values():
            field.clear()
        self._is_filling = False

    def _show_code(self) -> None:
        if self._is_filling:
            return
        item = self.codes.currentItem()
        guid = str(item.data(_GUID)) if item is not None else ""
        if guid != self._code:
            self.commit()
        self._code = guid
        code = next((one for one in self._framework.book.codes if one.guid == guid), None)
        self._is_filling = True
        if code is not None:
            shown = {"definition": code.definition, "when": code.when, "when-not": code.when_not}
            if self.name.text() != code.name:
                self.name.setText(code.name)
            for key, words in {**shown, "example": code.example}.items():
                if self.fields[key].toPlainText() != words:
                    self.fields[key].setPlainText(words)
            self.drawn_from.setText(self._drawn_from(guid))
        self._is_filling = False

    def _drawn_from(self, guid: str) -> str:
        found = [
            f"{self._names.get((one.author, one.code), '')} ({self._labels.get(one.author, '')})"
            for one in self._framework.same
            if one.framework_code == guid
        ]
        return tr("Drawn from: {codes}").format(codes=", ".join(found)) if found else ""

    def code(self) -> Code | None:
        """Return the code from the form, None without one."""
        before = next((one for one in self._framework.book.codes if one.guid == self._code), None)
        if before is None:
            return None
        return replace(
            before,
            name=" ".join(self.name.text().split()) or before.name,
            definition=self.fields["definition"].toPlainText(),
            when=self.fields["when"].toPlainText(),
            when_not=self.fields["when-not"].toPlainText(),
            example=self.fields["example"].toPlainText(),
        )

    def commit(self) -> None:
        """Report what was typed, or say why it cannot be."""
        self._pause.stop()
        code = None if self._is_filling else self.code()
        if code is None or code in self._framework.book.codes:
            return
        try:
            book = self._framework.book.with_changed(code)
        except CodebookError:
            self.problem.announce(tr("Another code already has this name."))
            return
        self.problem.announce("")
        self._framework = replace(self._framework, book=book)
        self.changed.emit(self._framework)

    def _on_typed(self) -> None:
        if not self._is_filling:
            self._pause.start()

    def _on_import(self) -> None:
        self.commit()
        self.import_asked.emit()

    def _on_fix(self) -> None:
        self.commit()
        number = len(self._framework.versions) + 1
        words = tr(
            "Fix version {n}? It can no longer be changed. The next round is coded with it; you can go on with version "
            "{next}."
        )
        self.confirm.ask(
            words.format(n=number, next=number + 1),
            tr("Fix version {n}").format(n=number),
            self.fix_asked.emit,
            self.fix_button,
        )


def _version_line(version: int, wall: float, codes: int) -> str:
    words = tr_n("Version {version}, fixed on {day}: {n} code", "Version {version}, fixed on {day}: {n} codes", codes)
    return words.format(version=version, day=day_at(wall), n=codes)
