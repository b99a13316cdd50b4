"""The page on which an imported text gets its speakers, once, and its place on the session's clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.transcript.imported_text import ImportedText, suggested_speakers
from balint_desktop.domain.transcript.transcript import SEVERAL, UNKNOWN, Speaker
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading, text

_LONGEST_MIN = 600
_LABEL_SIGNS = 40


@dataclass(frozen=True, slots=True)
class TextToImport:
    """A text that was read from a file, the session it is for, and who was in the room."""

    file: str
    title: str
    text: ImportedText
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class PlacedSpeakers:
    """Who each label is, and where the file's times begin on the session's clock, in milliseconds."""

    speakers: Mapping[str, Speaker]
    starts_ms: int


class ImportTextPage(Place):
    """Shows what was read and asks who is who. Nothing is stored before *Import*."""

    close_asked = Signal()

    def __init__(self, wanted: TextToImport, begin: Callable[[PlacedSpeakers], None]) -> None:
        super().__init__("import-text", tr("Import a text"))
        self._wanted = wanted
        self._begin = begin
        self._who: dict[str, ChoiceField] = {}
        self.minutes = NumberField(0, _LONGEST_MIN)
        self.seconds = NumberField(0, 59)
        self.import_button = button(
            tr("Import"), "import-text-do", self._on_import, ButtonKind.PRIMARY, shortcut="Ctrl+Return"
        )
        self.cancel_button = button(
            tr("Cancel"), "import-text-cancel", self.close_asked.emit, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.body.addWidget(named(subheading(wanted.title), "import-text-session"))
        self.body.addWidget(named(text(_read_words(wanted)), "import-text-read"))
        if wanted.text.guessed:
            guess = tr("The file’s encoding is not stated; it was read as {encoding}. Please check the accents.")
            self.body.addWidget(named(text(guess.format(encoding=wanted.text.encoding)), "import-text-encoding"))
        self.body.addWidget(self._build_form())
        self.body.addWidget(flow(self.import_button, self.cancel_button, spacing=14))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return next(iter(self._who.values()), self.import_button)

    def placed_speakers(self) -> PlacedSpeakers:
        """Return what was chosen."""
        speakers = {label: Speaker(field.currentData()) for label, field in self._who.items()}
        return PlacedSpeakers(speakers, 1000 * (60 * self.minutes.value() + self.seconds.value()))

    def _build_form(self) -> QWidget:
        form = Form()
        labels = self._wanted.text.labels
        suggested = suggested_speakers(self._wanted.text)
        offered = tuple(dict.fromkeys((*self._wanted.speakers, SEVERAL, UNKNOWN)))
        for number, (label, count) in enumerate(labels.items()):
            field = ChoiceField()
            for speaker in offered:
                field.addItem(wording.speaker_name(speaker), speaker)
            likely = suggested[label] if suggested[label] in offered else UNKNOWN
            field.setCurrentIndex(offered.index(likely))
            self._who[label] = field
            form.row(_label_words(label, count), field, f"import-text-who-{number}")
        if not labels:
            form.add(quiet(tr("The file does not say who speaks. You can set it while you listen.")))
        if self._wanted.text.has_times:
            form.add(
                side_by_side(
                    (tr("The file’s times begin at (minutes)"), self.minutes, "import-text-minutes"),
                    (tr("and seconds"), self.seconds, "import-text-seconds"),
                )
            )
            form.add(quiet(tr("On the session’s clock. Leave at 0 if the file’s times began with the session.")))
        return form

    def _on_import(self) -> None:
        self._begin(self.placed_speakers())


def _read_words(wanted: TextToImport) -> str:
    turns = len(wanted.text.turns)
    return tr_n("{file}: {n} turn was read.", "{file}: {n} turns were read.", turns).format(
        file=printable_name(wanted.file), n=turns
    )


def _label_words(label: str, count: int) -> str:
    shown = printable_name(label if len(label) <= _LABEL_SIGNS else f"{label[:_LABEL_SIGNS]}…")
    return tr_n("“{label}” ({n} turn)", "“{label}” ({n} turns)", count).format(label=shown, n=count)
