"""The framework: the coders' codes beside those drawn together from them, what each means, and the fixed versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.codebook import NAME_LIMIT, Code, Codebook, CodebookError
from balint_desktop.domain.analysis.framework import Framework, framework_change
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.code_lists import CodersCodeList, FrameworkCodeList, SideBySide
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet

_PAUSE_MS = 400
_LIMIT = 4000
_REASON_LIMIT = 500
_MOST_LINES = 8
_GUID = Qt.ItemDataRole.UserRole


class FrameworkView(QWidget):
    """Emits `changed` with the framework and the reason typed for it, `fix_asked` once it was confirmed.

    `undo_asked` asks for the framework as it was before the last change, `import_asked` for a codebook.
    """

    changed = Signal(object, str)
    fix_asked = Signal()
    import_asked = Signal()
    undo_asked = Signal()

    def __init__(self, drafts: Drafts | None = None) -> None:
        super().__init__()
        named(self, "compare-framework")
        self._framework = Framework()
        self._code = ""
        self._is_filling = False
        self._labels: Mapping[str, str] = {}
        self._theirs: tuple[tuple[str, Code], ...] = ()
        self._books: Mapping[str, Codebook] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._drafts = drafts
        self._build_moves()
        self._build_code()
        self.versions = named(quiet(""), "framework-versions")
        self.versions.setWordWrap(True)
        self.fix_button = button(tr("Fix version…"), "framework-fix", self._on_fix, ButtonKind.PRIMARY)
        self.import_button = button(tr("Import codebook…"), "framework-import", self._on_import)
        self.confirm = Confirm("framework-fix")
        column = layouts.column(self, 10)
        for widget in (
            *(self._lists, self._reason_form, self._moves, self._form, self.versions),
            *(flow(self.fix_button, self.import_button), self.confirm),
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def _build_moves(self) -> None:
        self.theirs, self.codes = CodersCodeList(), FrameworkCodeList()
        self.none = named(quiet(tr("No codes yet.")), "framework-none")
        left, right = QWidget(), QWidget()
        left_column, right_column = layouts.column(left, 4), layouts.column(right, 4)
        left_column.addWidget(named(quiet(tr("Codes of the coders")), "framework-theirs-label"))
        left_column.addWidget(self.theirs)
        left_column.addStretch(1)
        right_column.addWidget(named(quiet(tr("Codes of the framework")), "framework-codes-label"))
        right_column.addWidget(self.none)
        right_column.addWidget(self.codes)
        right_column.addStretch(1)
        self._lists = SideBySide(left, right)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_REASON_LIMIT)
        self._reason_form = Form()
        self.draft = FormDraft(self._reason_form, self._drafts)
        self._reason_form.row(tr("Why (stored with the next move)"), self.reason, "framework-reason")
        self.draw_button = button(tr("Add as a code"), "framework-draw", self.draw_in)
        self.draw_button.setToolTip("Ctrl+Enter")
        self.into_button = button("", "framework-into", lambda: self._move_into(self._code))
        self.out_button = button(tr("Take out"), "framework-out", self._on_out)
        self.undo_button = button(tr("Undo"), "framework-undo", self.undo_asked.emit, repeats=True)
        self._moves = flow(self.draw_button, self.into_button, self.out_button, self.undo_button)
        self.theirs.currentRowChanged.connect(lambda _: self._allow())
        self.theirs.asked.connect(self.draw_in)
        self.codes.dropped.connect(self._on_dropped)
        self.codes.currentRowChanged.connect(lambda _: self._show_code())
        for of in (self.theirs, self.codes):
            of.undo_asked.connect(self.undo_asked)

    def _build_code(self) -> None:
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
        self._form.add(self.problem)
        for key, field in self.fields.items():
            self._form.row(labels[key], field, f"framework-{key}")
            self._form.add(field.left_words)
        self._form.add(self.drawn_from)
        self.name.textEdited.connect(lambda _: self._pause.start())
        for field in self.fields.values():
            field.textChanged.connect(self._on_typed)

    # --- what is shown ---

    def begin(self, study: str) -> None:
        """Enter the reason that was half typed for a study. Raise Trouble."""
        self.draft.begin(f"analysis-reason-{study}")

    def show_framework(
        self, framework: Framework, opened: OpenStudy, theirs: Sequence[tuple[str, Code]], *, may_undo: bool = False
    ) -> None:
        """Show a framework beside the coders' codes, each with whose it is."""
        self._framework, self._theirs = framework, tuple(theirs)
        self._labels = {one.id: one.label for one in opened.study.authors}
        self._books = {
            author: Codebook(tuple(code for other, code in theirs if other == author)) for author, _ in theirs
        }
        self._is_filling = True
        self._show_theirs()
        row = self.codes.currentRow()
        self.codes.clear()
        for depth, code in framework.book.nested():
            item = QListWidgetItem(f"{'   ' * depth}{code.name}")
            item.setData(_GUID, code.guid)
            self.codes.addItem(item)
            if code.guid == self._code:
                row = self.codes.count() - 1
        self.codes.setCurrentRow(min(max(0, row), self.codes.count() - 1))
        self._is_filling = False
        has_codes = self.codes.count() > 0
        lines = min(_MOST_LINES, max(self.codes.count(), self.theirs.count(), 1))
        for of in (self.theirs, self.codes):
            _set_lines(of, lines)
        self.none.setVisible(not has_codes)
        self._form.setVisible(has_codes)
        self.versions.setText("\n".join(_version_lines(framework)))
        self.versions.setVisible(bool(framework.versions))
        self.fix_button.setVisible(has_codes and not framework.is_fixed)
        self.undo_button.setVisible(may_undo)
        self.confirm.dismiss()
        self._show_code()

    def _show_theirs(self) -> None:
        row = self.theirs.currentRow()
        same = self._framework.same_in(self._books)
        names = {code.guid: code.name for code in self._framework.book.codes}
        self.theirs.clear()
        for author, code in self._theirs:
            words = tr("{code} ({author})").format(code=code.name, author=self._labels.get(author, ""))
            inside = names.get(same.get((author, code.guid), ""))
            if inside is not None:
                words = tr("{code}, in “{framework_code}”").format(code=words, framework_code=inside)
            self.theirs.addItem(QListWidgetItem(words))
        self.theirs.setCurrentRow(min(max(0, row), self.theirs.count() - 1))

    def forget(self) -> None:
        """Drop every word; a reason that is half typed stays a draft."""
        self._pause.stop()
        self.draft.keep()
        self.draft.key = ""
        self._framework, self._code, self._theirs, self._books = Framework(), "", (), {}
        self._is_filling = True
        self.theirs.clear()
        self.codes.clear()
        self.name.clear()
        self.reason.clear()
        for field in self.fields.values():
            field.clear()
        self.problem.announce("")
        self._is_filling = False

    def _show_code(self) -> None:
        if self._is_filling:
            return
        item = self.codes.currentItem()
        guid = str(item.data(_GUID)) if item is not None else ""
        if guid != self._code:
            self.commit()
            # A name that was refused goes with the code that it was typed for.
            self.problem.announce("")
        self._code = guid
        code = next((one for one in self._framework.book.codes if one.guid == guid), None)
        self._is_filling = True
        if code is not None:
            shown = {"definition": code.definition, "when": code.when, "when-not": code.when_not}
            if self.name.text() != code.name:
                # A name that was refused is gone, and what was said of it.
                self.name.setText(code.name)
                self.problem.announce("")
            for key, words in {**shown, "example": code.example}.items():
                if self.fields[key].toPlainText() != words:
                    self.fields[key].setPlainText(words)
            self.drawn_from.setText(self._drawn_from(guid))
        self._is_filling = False
        self._allow()

    def _drawn_from(self, guid: str) -> str:
        names = {(author, code.guid): code.name for author, code in self._theirs}
        found = []
        for one in self._framework.same:
            if one.framework_code == guid:
                key = (one.author, one.code)
                # A code of an earlier round is not among those compared, and neither is its name.
                words = tr("{code} ({author})").format(
                    code=names.get(key) or tr("a code of an earlier round"), author=self._labels.get(one.author, "")
                )
                moves = (move for move in reversed(self._framework.moves) if (move.author, move.code) == key)
                why = next((move.reason for move in moves), "")
                found.append(tr("{outcome}: {reason}").format(outcome=words, reason=why) if why else words)
        return tr("Drawn from: {codes}").format(codes=", ".join(found)) if found else ""

    # --- moving a coder's code ---

    def _chosen(self) -> tuple[str, Code] | None:
        row = self.theirs.currentRow()
        return self._theirs[row] if 0 <= row < len(self._theirs) else None

    def _allow(self) -> None:
        chosen = self._chosen()
        inside = self._framework.same_in(self._books).get((chosen[0], chosen[1].guid)) if chosen is not None else None
        target = next((one.name for one in self._framework.book.codes if one.guid == self._code), "")
        self.draw_button.setVisible(chosen is not None and inside is None)
        self.into_button.setText(tr("Same as “{code}”").format(code=target))
        self.into_button.setVisible(chosen is not None and bool(target) and inside != self._code)
        said = self._framework.same_as
        self.out_button.setVisible(chosen is not None and (chosen[0], chosen[1].guid) in said)
        self._reason_form.setVisible(chosen is not None)

    def draw_in(self) -> None:
        """Make the chosen code of a coder one of the framework, or the same as that of its name."""
        chosen = self._chosen()
        if chosen is not None:
            self.commit()
            self._move(self._framework.with_code(*chosen, new_id()))

    def _move_into(self, target: str) -> None:
        chosen = self._chosen()
        if chosen is not None and target:
            self.commit()
            self._move(self._framework.moved_into(*chosen, target))

    def _on_dropped(self, row: int) -> None:
        item = self.codes.item(row) if row >= 0 else None
        if item is None:
            self.draw_in()
        else:
            self._move_into(str(item.data(_GUID)))

    def _on_out(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.commit()
            self._move(self._framework.parted(chosen[0], chosen[1].guid))

    def _move(self, framework: Framework) -> None:
        if framework == self._framework:
            return
        reason = " ".join(self.reason.text().split())
        self.reason.clear()
        self.draft.keep()
        self.changed.emit(framework, reason)
        self.theirs.setFocus()

    # --- a code of the framework ---

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
        if code is None:
            return
        if code in self._framework.book.codes:
            self.problem.announce("")
            return
        try:
            book = self._framework.book.with_changed(code)
        except CodebookError:
            self.problem.announce(tr("Another code already has this name."))
            return
        self.problem.announce("")
        self._framework = replace(self._framework, book=book)
        self.changed.emit(self._framework, "")

    def _on_typed(self) -> None:
        if not self._is_filling:
            self._pause.start()

    def _on_import(self) -> None:
        self.commit()
        self.import_asked.emit()

    def _on_fix(self) -> None:
        """Ask whether to fix a version; not while a name stands in the field that it would not have."""
        self.commit()
        if self.problem.text():
            self.name.setFocus()
            return
        number = len(self._framework.versions) + 1
        words = tr(
            "Fix version {n}? It can no longer be changed. The next round can be coded with it; you can go on with "
            "version {next}."
        )
        self.confirm.ask(
            words.format(n=number, next=number + 1),
            tr("Fix version {n}").format(n=number),
            self.fix_asked.emit,
            self.fix_button,
        )


def _set_lines(of: QListWidget, lines: int) -> None:
    tall = of.sizeHintForRow(0) if of.count() else of.fontMetrics().height() + 8
    of.setFixedHeight(tall * lines + 2 * of.frameWidth() + 4)


def _version_lines(framework: Framework) -> list[str]:
    """Return the versions, each with what changed since the one before, and what changed since the last."""
    found, before = [], None
    for one in framework.versions:
        count = len(one.book.codes)
        words = tr_n(
            "Version {version}, fixed on {day}: {n} code", "Version {version}, fixed on {day}: {n} codes", count
        )
        line = words.format(version=one.version, day=day_at(one.wall), n=count)
        if before is not None:
            line = tr("{version}. {changes}").format(
                version=line, changes=wording.change_words(framework_change(before, one.book))
            )
        found.append(line)
        before = one.book
    if before is not None and not framework.is_fixed:
        changes = wording.change_words(framework_change(before, framework.book))
        found.append(tr("Since version {n}: {changes}").format(n=framework.versions[-1].version, changes=changes))
    return found
