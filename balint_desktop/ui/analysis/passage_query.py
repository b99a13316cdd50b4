"""What passages are looked for: words, codes and themes, and in which session, phase and round, and whose coding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.analysis.retrieval import CodeQuery, FoundPassage, passages, phase_of
from balint_desktop.domain.analysis.study import ThemeState, ThemeWork
from balint_desktop.domain.analysis.word_search import search_words
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.material import CodedMaterial, code_name, phase_starts
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled
from balint_desktop.ui.widgets.naming import named

MOST_HITS = 2_000
_FEWEST_SIGNS = 2
_PAUSE_MS = 150
# In `where`: every text, and every text but that of the evaluation session.
_ALL, _NO_EVALUATION = "", "no-evaluation"


class Joined(StrEnum):
    """How the second code is joined to the first."""

    AND = "and"
    OR = "or"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class _Term:
    """A code with those under it, or all codes of a theme."""

    codes: frozenset[str]


class PassageQuery(QWidget):
    """The fields of a question. A field that could say one thing alone is not shown.

    Emits `changed` once a field has, and `round_asked` with the number of a round whose coding is to be read.
    """

    changed = Signal()
    round_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        named(self, "passages-query")
        self._opened: OpenStudy | None = None
        self._material = CodedMaterial()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.typed = QLineEdit()
        self.first, self.second = Choice(tr("Choose a code or theme")), Choice(tr("nothing more"))
        self.joined, self.where, self.phase, self.coder, self.round = (ChoiceField() for _ in range(5))
        for field in (self.where, self.phase, self.coder, self.round):
            # Filled anew for each study, with longer words or shorter ones.
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        for words, how in ((tr("and"), Joined.AND), (tr("or"), Joined.OR), (tr("but not"), Joined.NOT)):
            self.joined.addItem(words, how)
        self._build()
        self.typed.textChanged.connect(lambda _: self._pause.start())
        self.typed.returnPressed.connect(self.changed)
        for field in (self.first, self.joined, self.second, self.where, self.phase, self.coder):
            field.currentIndexChanged.connect(self._on_chosen)
        self.round.currentIndexChanged.connect(self._on_round)

    def _on_chosen(self, _row: int) -> None:
        self.changed.emit()

    def _build(self) -> None:
        self._phase_row = labelled(tr("Phase"), self.phase, "passages-phase")
        self._coder_row = labelled(tr("Coded by"), self.coder, "passages-coder")
        self._round_row = labelled(tr("Round"), self.round, "passages-round")
        words = Form()
        words.row(tr("Words in the texts"), self.typed, "passages-typed")
        column = layouts.column(self, 10)
        column.addWidget(words)
        codes = (
            labelled(tr("Passages with"), self.first, "passages-first"),
            labelled(tr("Joined by"), self.joined, "passages-joined"),
            labelled(tr("Second"), self.second, "passages-second"),
        )
        column.addWidget(flow(*codes, spacing=16, at_foot=True))
        where = labelled(tr("In"), self.where, "passages-where")
        column.addWidget(flow(where, self._phase_row, self._coder_row, self._round_row, spacing=16, at_foot=True))

    def show_material(self, opened: OpenStudy, material: CodedMaterial, themes: ThemeWork) -> None:
        """Offer the codes and themes of a study; what is chosen stays where it is still offered."""
        self._opened, self._material = opened, material
        is_blocked = self.blockSignals(True)
        options = [
            *(
                (tr("Theme: {theme}").format(theme=theme.name), _Term(frozenset(theme.codes)))
                for theme in themes.themes
                if theme.codes and theme.state is not ThemeState.LET_GO
            ),
            *(
                (code_name(opened, material, author, code), _Term(material.below(code.guid)))
                for author, code in material.codes
            ),
        ]
        for field in (self.first, self.second):
            before = field.value()
            field.set_options(options)
            field.choose(before)
        analysed = opened.study.analysed
        everywhere = [(tr("all texts"), _ALL)]
        if any(one.kind is SessionKind.EVALUATION for one in analysed) and len(analysed) > 1:
            everywhere.append((tr("without the evaluation session"), _NO_EVALUATION))
        _offer(self.where, [*everywhere, *((one.name, str(one.recording)) for one in analysed)])
        phases = dict.fromkeys(label for one in analysed for _, label in phase_starts(opened, one.recording))
        _offer(self.phase, [(tr("any phase"), ""), *((label, label) for label in phases)])
        coders = [(wording.label_of(opened.study, author), author) for author in material.works]
        _offer(self.coder, [(tr("anyone"), ""), *coders])
        _offer(self.round, [(str(one.number), one.number) for one in opened.rounds], chosen=material.round)
        self._phase_row.setVisible(len(phases) > 1)
        self._coder_row.setVisible(len(coders) > 1)
        self._round_row.setVisible(len(opened.rounds) > 1 and opened.study.approach.has_rounds)
        self.blockSignals(is_blocked)

    def forget(self) -> None:
        """Drop every word of the study."""
        self._pause.stop()
        self._opened, self._material = None, CodedMaterial()
        is_blocked = self.blockSignals(True)
        self.typed.clear()
        for field in (self.first, self.second):
            field.set_options(())
        for choice in (self.where, self.phase, self.coder, self.round):
            _offer(choice, ())
        self.blockSignals(is_blocked)
        self._pause.stop()

    def clear(self) -> None:
        """Look for nothing, without saying so: passages that were found elsewhere are shown."""
        is_blocked = self.blockSignals(True)
        self.typed.clear()
        self.first.choose(None)
        self.blockSignals(is_blocked)
        self._pause.stop()

    @property
    def typed_words(self) -> str:
        """The words that are looked for; a single letter is none."""
        words = " ".join(self.typed.text().split())
        return words if len(words) >= _FEWEST_SIGNS else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not self.typed_words and self.query().is_empty

    def query(self) -> CodeQuery:
        """Return what codes are looked for."""
        first, second = self.first.value(), self.second.value()
        if first is None:
            return CodeQuery()
        if second is None:
            return CodeQuery(every=(first.codes,))
        return {
            Joined.AND: CodeQuery(every=(first.codes, second.codes)),
            Joined.OR: CodeQuery(some=(first.codes, second.codes)),
            Joined.NOT: CodeQuery(every=(first.codes,), none=(second.codes,)),
        }[Joined(self.joined.currentData())]

    def found(self) -> tuple[FoundPassage, ...]:
        """Return what is found, in order of sessions and of reading: words inside the passages of the codes chosen."""
        self._pause.stop()
        if self._opened is None:
            return ()
        query, coder = self.query(), self.coder.currentData()
        spans = (span for span in self._material.spans if not coder or span.coder == coder)
        found: Iterable[FoundPassage] = passages(query, spans)
        if self.typed_words:
            within = None if query.is_empty else found
            found = search_words(self.typed_words, self._material.searchable, within, MOST_HITS)
        order = {one.recording: at for at, one in enumerate(self._opened.study.analysed)}
        counted = (one for one in found if self._is_asked_for(self._opened, one))
        return tuple(sorted(counted, key=lambda one: (order.get(RecordingId(one.text), len(order)), one.begin)))

    def _is_asked_for(self, opened: OpenStudy, one: FoundPassage) -> bool:
        """Return whether a passage is in the session and the phase that are asked for."""
        where, phase, recording = self.where.currentData(), self.phase.currentData(), RecordingId(one.text)
        if where == _NO_EVALUATION:
            kinds = {text.recording: text.kind for text in opened.study.texts}
            if kinds.get(recording) is SessionKind.EVALUATION:
                return False
        elif where and one.text != where:
            return False
        approved = opened.texts.get(recording)
        return not phase or (
            approved is not None and phase_of(approved, phase_starts(opened, recording), one.begin) == phase
        )

    def _on_round(self, _at: int) -> None:
        number = self.round.currentData()
        if number and not self.signalsBlocked():
            self.round_asked.emit(int(number))


def _offer(field: ChoiceField, options: Iterable[tuple[str, object]], chosen: object = None) -> None:
    """Offer options in a field; what was chosen stays, unless another is."""
    wanted = chosen if chosen is not None else field.currentData()
    was = field.blockSignals(True)
    field.clear()
    for words, value in options:
        field.addItem(words, value)
    field.setCurrentIndex(max(0, field.findData(wanted)))
    field.blockSignals(was)
