"""The forms of the page of coding files: send to a coder, whose a file is, who it names, and one that came late."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.analysis.study import Author, Workplace
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.files_words import kind_name
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import area_around
from balint_desktop.ui.widgets.text import quiet, subheading, text
from balint_desktop.vault.log.studies import CodingFileKind

_FORM_OF = {
    Workplace.WORD: CodingFileKind.WORD,
    Workplace.PAPER: CodingFileKind.PAPER,
    Workplace.PROGRAM: CodingFileKind.PROJECT,
}


class _FilesPanel(QWidget):
    """A part of the page that is shown when it is asked for, with its button, Cancel, and what went wrong."""

    closed = Signal()

    def __init__(self, identifier: str) -> None:
        super().__init__()
        named(self, f"files-{identifier}")
        self.heading = named(subheading(""), f"files-{identifier}-heading")
        self.problem = ProblemLabel(f"files-{identifier}-problem")
        self.cancel_button = button(
            tr("Cancel"), f"files-{identifier}-cancel", self.close_panel, escape=EscapeRole.CANCEL
        )
        self.hide()

    def _build(self, *widgets: QWidget) -> None:
        column = layouts.column(self, 10)
        for widget in (self.heading, *widgets):
            column.addWidget(widget)

    def _open(self, focus: QWidget, foot: QWidget) -> None:
        self.problem.announce("")
        self.show()
        focus.setFocus()
        area = area_around(self)
        if area is not None:
            area.reveal(foot)

    def close_panel(self) -> None:
        """Hide the panel."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def set_busy(self, *, is_busy: bool) -> None:
        """Switch the form off while what it asked for is done, so that it is not done twice."""
        self.setEnabled(not is_busy)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong; what was chosen stays."""
        self.problem.show_trouble(trouble)


class SendForm(_FilesPanel):
    """In which form the texts go to a coder. `asked` has the form, and whether the framework goes along."""

    asked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__("send")
        self.form = ChoiceField()
        for kind in CodingFileKind:
            self.form.addItem(kind_name(kind), kind)
        self.about = named(quiet(""), "files-send-about")
        self.framework = named(QCheckBox(tr("With the framework")), "files-send-framework")
        self.do_button = button("", "files-send-do", self._on_send, ButtonKind.PRIMARY)
        self.author = Author("", "")
        self._has_framework = False
        self._build(
            flow(labelled(tr("In which form"), self.form, "files-send-form")),
            self.framework,
            self.about,
            self.problem,
            flow(self.do_button, self.cancel_button),
        )
        self.form.currentIndexChanged.connect(lambda _: self._show_form())

    def ask(self, author: Author, *, has_framework: bool) -> None:
        """Show the form for a coder, with what suits where they work."""
        self.author, self._has_framework = author, has_framework
        self.heading.setText(tr("Send to {name}").format(name=author.label))
        self.framework.setChecked(has_framework)
        wanted = _FORM_OF.get(author.workplace, CodingFileKind.PARCEL)
        self.form.setCurrentIndex(list(CodingFileKind).index(wanted))
        self._show_form()
        self._open(self.form, self.do_button)

    @property
    def kind(self) -> CodingFileKind:
        """The form that is chosen."""
        return chosen(self.form, CodingFileKind) or CodingFileKind.PARCEL

    def _show_form(self) -> None:
        kind = self.kind
        self.framework.setVisible(kind is CodingFileKind.PROJECT and self._has_framework)
        open_words = tr(
            "Not encrypted: anyone who has the files can read the texts. They leave for the study’s analysis. Nobody’s "
            "coding is in them."
        )
        sealed = tr("Sealed to {name}’s reader key: nobody else can open it.").format(name=self.author.label)
        self.about.setText(sealed if kind is CodingFileKind.PARCEL else open_words)
        self.do_button.setText(
            {
                CodingFileKind.PARCEL: tr("Save sealed file…"),
                CodingFileKind.WORD: tr("Save Word copies…"),
                CodingFileKind.PAPER: tr("Print…"),
                CodingFileKind.PROJECT: tr("Save project…"),
            }[kind]
        )
        self.problem.announce("")

    def _on_send(self) -> None:
        with_framework = self._has_framework and self.framework.isChecked()
        self.asked.emit(self.kind, with_framework)


class WhoseFileForm(_FilesPanel):
    """Whose a file of another program is. `asked` has the file and the coder's id."""

    asked = Signal(object, str)

    def __init__(self, identifier: str = "whose", choose: str = "") -> None:
        super().__init__(identifier)
        self.coder = Choice(choose or tr("Choose a coder"))
        self.do_button = button(tr("Add the file"), f"files-{identifier}-do", self._on_add, ButtonKind.PRIMARY)
        self._path = Path()
        self._build(
            flow(labelled(tr("Whose file is it?"), self.coder, f"files-{identifier}-coder")),
            self.problem,
            flow(self.do_button, self.cancel_button),
        )

    def ask(self, path: Path, name: str, coders: Sequence[Author], likely: str) -> None:
        """Ask whose file it is; `likely` is the id of the coder who is chosen in the table."""
        self._path = path
        self.heading.setText(tr("Add {file}").format(file=name))
        self.coder.set_options([(one.label, one.id) for one in coders], chosen=likely or None)
        self._open(self.coder, self.do_button)

    def _on_add(self) -> None:
        author = self.coder.value()
        if author is None:
            self.problem.announce(tr("Choose whose file it is."))
            self.coder.setFocus()
        else:
            self.asked.emit(self._path, author)


class NamesForm(_FilesPanel):
    """Which of the people that a file names is the coder. `asked` has the key of the name."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("names")
        self.name = Choice(tr("Choose a name"))
        self.do_button = button(tr("Open with this name"), "files-names-do", self._on_open, ButtonKind.PRIMARY)
        self._build(
            flow(labelled(tr("Who is it in the file?"), self.name, "files-names-name")),
            self.problem,
            flow(self.do_button, self.cancel_button),
        )

    def ask(self, label: str, names: Sequence[tuple[str, str]]) -> None:
        """Show the names; only what the chosen one coded is read."""
        self.heading.setText(tr("The file names several people: which is {name}?").format(name=label))
        self.name.set_options([(name, key) for key, name in names])
        self._open(self.name, self.do_button)

    def _on_open(self) -> None:
        key = self.name.value()
        if key is None:
            self.problem.announce(tr("Choose a name."))
            self.name.setFocus()
        else:
            self.asked.emit(key)


class LateForm(_FilesPanel):
    """What becomes of a file that came after comparison had begun. `asked` is whether it is taken in."""

    asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__("late")
        self.take_button = button(tr("Take it in"), "files-late-take", lambda: self.asked.emit(True))
        self.keep_button = button(tr("Keep for the next round"), "files-late-keep", lambda: self.asked.emit(False))
        self._build(
            named(text(tr("Take it in: decisions stand, and what differs is new in Compare.")), "files-late-taken"),
            named(text(tr("Keep for the next round: this round goes on without it.")), "files-late-kept"),
            self.problem,
            flow(self.take_button, self.keep_button, self.cancel_button),
        )

    def ask(self, words: str) -> None:
        """Ask about a file, after a sentence that says whose it is."""
        self.heading.setText(words)
        self._open(self.cancel_button, self.cancel_button)
