"""The page on which an imported text gets its speakers, once, and its place on the session's clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.transcript.imported_text import ImportedText, suggested_speakers
from balint_desktop.domain.transcript.placing import Misfits, misfits
from balint_desktop.domain.transcript.transcript import SEVERAL, UNKNOWN, Speaker
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import durations
from balint_desktop.text.lists import listed
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, side_by_side
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, subheading, text

_LONGEST_MIN = 600
_LABEL_SIGNS = 40
_LINES = 4
_LINE_SIGNS = 120


@dataclass(frozen=True, slots=True)
class TextToImport:
    """A text that was read from a file, the session it is for, and who was in the room.

    `until_ms` is where the recording ends on the session's clock. `encodings` are those that the file may be in, where
    its own was guessed, and `read_as` reads it in one of them: None where that cannot be read.
    """

    file: str
    title: str
    text: ImportedText
    speakers: tuple[Speaker, ...]
    until_ms: int = 0
    encodings: tuple[str, ...] = ()
    read_as: Callable[[str], ImportedText | None] = lambda _encoding: None


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
        self._text = wanted.text
        self._begin = begin
        self._who: dict[str, ChoiceField] = {}
        self._read = named(text(""), "import-text-read")
        self._lines = named(text("", "quiet"), "import-text-lines")
        self.encoding = ChoiceField()
        self.moved = LiveLabel("import-text-moved")
        self.absent = LiveLabel("import-text-absent")
        self._people = QWidget()
        self._people_column = layouts.column(self._people, 14)
        self.minutes = NumberField(0, _LONGEST_MIN)
        self.seconds = NumberField(0, 59)
        self.import_button = button(
            tr("Import"), "import-text-do", self._on_import, ButtonKind.PRIMARY, shortcut="Ctrl+Return"
        )
        self.cancel_button = button(
            tr("Cancel"), "import-text-cancel", self.close_asked.emit, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.body.addWidget(named(subheading(wanted.title), "import-text-session"))
        self.body.addWidget(self._read)
        if len(wanted.encodings) > 1:
            self.body.addWidget(self._build_encoding())
        elif wanted.text.guessed:
            guess = tr("The file’s encoding is not stated; it was read as {encoding}. Please check the accents.")
            self.body.addWidget(named(text(guess.format(encoding=wanted.text.encoding)), "import-text-guess"))
        self.body.addWidget(self._lines)
        self.body.addWidget(self._people)
        self.body.addWidget(self.absent)
        self._times = self._build_times()
        self.body.addWidget(self._times)
        self.body.addWidget(self.moved)
        self.body.addWidget(flow(self.import_button, self.cancel_button, spacing=14))
        self.body.addStretch(1)
        self.minutes.valueChanged.connect(self._show_moved)
        self.seconds.valueChanged.connect(self._show_moved)
        self._show_text()

    def first_focus(self) -> QWidget:
        if len(self._wanted.encodings) > 1:
            return self.encoding
        return next(iter(self._who.values()), self.import_button)

    def placed_speakers(self) -> PlacedSpeakers:
        """Return what was chosen."""
        speakers = {label: Speaker(field.currentData()) for label, field in self._who.items()}
        return PlacedSpeakers(speakers, self._starts_ms())

    def _starts_ms(self) -> int:
        return 1000 * (60 * self.minutes.value() + self.seconds.value())

    def _show_text(self) -> None:
        """Show what was read, and who may be who in it; who was chosen stays."""
        self._read.setText(_read_words(self._wanted.file, self._text))
        self._lines.setText("\n".join(first_lines(self._text)))
        chosen = {label: Speaker(field.currentData()) for label, field in self._who.items()}
        self._who = {}
        before = self._people_column.takeAt(0)
        if before is not None and (form := before.widget()) is not None:
            form.hide()
            form.deleteLater()
        self._people_column.addWidget(self._build_people(chosen))
        self._times.setVisible(self._text.has_times)
        self._show_absent()
        self._show_moved()
        follow_layout(self)

    def _on_encoding(self) -> None:
        found = self._wanted.read_as(self.encoding.currentText())
        if found is None:
            self.encoding.setCurrentText(self._text.encoding)
            return
        self._text = found
        self._show_text()

    def _show_absent(self) -> None:
        """Say how many turns are nobody's because the person of their label was not entered as present."""
        suggested = suggested_speakers(self._text)
        absent: dict[str, int] = {}
        for label, count in self._text.labels.items():
            likely = suggested[label]
            if likely not in (*self._wanted.speakers, SEVERAL, UNKNOWN) and self._who[label].currentData() == UNKNOWN:
                name = wording.speaker_name(likely)
                absent[name] = absent.get(name, 0) + count
        turns = sum(absent.values())
        words = tr_n(
            "{n} turn is set to “not known”. Not entered as present: {people}.",
            "{n} turns are set to “not known”. Not entered as present: {people}.",
            turns,
        )
        self.absent.follow(words.format(n=turns, people=listed(list(absent))) if absent else "")

    def _show_moved(self) -> None:
        """Say how many of the times of the file do not fit the recording, from where they begin now."""
        until_ms = self._wanted.until_ms
        is_known = self._text.has_times and until_ms > 0
        self.moved.follow(_moved_words(misfits(self._text, until_ms, self._starts_ms()), until_ms) if is_known else "")

    def _build_encoding(self) -> QWidget:
        for encoding in self._wanted.encodings:
            self.encoding.addItem(encoding)
        self.encoding.activated.connect(self._on_encoding)
        form = Form()
        form.row(
            tr("Encoding"),
            self.encoding,
            "import-text-encoding",
            tr("The file does not state its encoding. Please check the accents below, and choose another if needed."),
        )
        return form

    def _build_times(self) -> QWidget:
        form = Form()
        form.add(
            side_by_side(
                (tr("The file’s times begin at (minutes)"), self.minutes, "import-text-minutes"),
                (tr("and seconds"), self.seconds, "import-text-seconds"),
            )
        )
        form.add(quiet(tr("On the session’s clock. Leave at 0 if the file’s times began with the session.")))
        return form

    def _build_people(self, chosen: Mapping[str, Speaker]) -> QWidget:
        form = Form()
        labels = self._text.labels
        suggested = suggested_speakers(self._text)
        offered = tuple(dict.fromkeys((*self._wanted.speakers, SEVERAL, UNKNOWN)))
        for number, (label, count) in enumerate(labels.items()):
            field = ChoiceField()
            for speaker in offered:
                field.addItem(wording.speaker_name(speaker), speaker)
            likely = chosen.get(label, suggested[label])
            field.setCurrentIndex(offered.index(likely if likely in offered else UNKNOWN))
            self._who[label] = field
            field.currentIndexChanged.connect(lambda _: self._show_absent())
            form.row(_label_words(label, count), field, f"import-text-who-{number}")
        if not labels:
            form.add(quiet(tr("The file does not say who speaks. You can set it while you listen.")))
        return form

    def _on_import(self) -> None:
        self._begin(self.placed_speakers())


def _read_words(file: str, found: ImportedText) -> str:
    turns = len(found.turns)
    return tr_n("{file}: {n} turn was read.", "{file}: {n} turns were read.", turns).format(
        file=printable_name(file), n=turns
    )


def first_lines(found: ImportedText) -> list[str]:
    """Return a few lines of a text as it was read: the first, or with a guessed encoding the first with accents."""
    said = [(turn.label, one_line(" ".join(piece.text for piece in turn.pieces))) for turn in found.turns]
    if found.guessed:
        said = [(label, _around_accent(words)) for label, words in said if not words.isascii()] or said
    return [_line(label, words) for label, words in said[:_LINES]]


def _around_accent(words: str) -> str:
    """Return a text from a few words before its first sign that is no ASCII."""
    at = next(n for n, sign in enumerate(words) if not sign.isascii())
    begin = words.rfind(" ", 0, max(0, at - _LINE_SIGNS // 2)) + 1
    return words if not begin else f"…{words[begin:]}"


def _line(label: str, words: str) -> str:
    shown = words if len(words) <= _LINE_SIGNS else f"{words[:_LINE_SIGNS]}…"
    return f"{printable_name(label)}: {shown}" if label else shown


def _moved_words(found: Misfits, until_ms: int) -> str:
    """Return how many times of a file do not fit the recording; empty where all do."""
    sentences = []
    if found.moved:
        words = tr_n(
            "{n} time in the file goes back, or is not in the recording, which ends at {end}. It will be moved to fit.",
            "{n} times in the file go back, or are not in the recording, which ends at {end}. They will be moved to "
            "fit.",
            found.moved,
        )
        sentences.append(words.format(n=found.moved, end=durations.clock(until_ms / 1000)))
    if found.cut:
        words = tr_n(
            "{n} passage overlaps the next or ends too late. It will end earlier.",
            "{n} passages overlap the next or end too late. They will end earlier.",
            found.cut,
        )
        sentences.append(words.format(n=found.cut))
    return " ".join(sentences)


def _label_words(label: str, count: int) -> str:
    shown = printable_name(label if len(label) <= _LABEL_SIGNS else f"{label[:_LABEL_SIGNS]}…")
    return tr_n("“{label}” ({n} turn)", "“{label}” ({n} turns)", count).format(label=shown, n=count)
