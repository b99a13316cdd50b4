"""What of the text to look at next: a list of places, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from balint_desktop.domain.transcript.open_places import Need, OpenPlace, open_places
from balint_desktop.domain.transcript.transcript import Transcript, Turn
from balint_desktop.i18n import tr
from balint_desktop.text import durations
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.widgets.naming import named

_Index = QModelIndex | QPersistentModelIndex


class OpenPlaces:
    """The places of a transcript that need a person, remembered turn by turn: a change makes few of them anew."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Turn, list[OpenPlace]]] = {}

    def of(self, transcript: Transcript) -> list[OpenPlace]:
        """Return the places in order."""
        found: list[OpenPlace] = []
        if not transcript.turns:
            # The page is left: nothing of the text stays in memory.
            self._known.clear()
        known = self._known
        for turn in transcript.turns:
            of_turn = known.get(turn.id)
            if of_turn is None or of_turn[0] is not turn:
                of_turn = known[turn.id] = (turn, list(open_places(Transcript((turn,)))))
            found += of_turn[1]
        return found


class PlacesModel(QAbstractListModel):
    """Places as rows: when, and why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._transcript = Transcript()
        self.places: list[OpenPlace] = []

    has_times = True

    def show_places(self, transcript: Transcript, places: Sequence[OpenPlace]) -> None:
        """Show these places of a transcript."""
        self.beginResetModel()
        self._transcript, self.places = transcript, list(places)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.places)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or not 0 <= index.row() < len(self.places):
            return None
        place = self.places[index.row()]
        text = ""
        if place.at_word is not None:
            text = re.sub(r"^\W+|\W+$", "", self._transcript.turn(place.turn_id).words[place.at_word].text)
        why = wording.need(place.need, text, place.until_ms - place.from_ms)
        return f"{durations.clock(place.from_ms / 1000)}  {why}" if self.has_times else why


class PlacesList(QListView):
    """The list. Enter or a click goes to a place, and so does a screen reader that selects it without the keys."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "transcript-places", spoken=tr("Next to look at"))
        self._model = PlacesModel(self)
        self._known = OpenPlaces()
        self.unnamed: list[OpenPlace] = []
        """Turns without a speaker: none of the list's."""
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)
        self._selected_last = -1
        self._following = QTimer(self, singleShot=True, interval=0)
        self._following.timeout.connect(self._follow_selection)

    def show_text(self, transcript: Transcript) -> None:
        """Show the places of a transcript. Speakers are set in a pass of their own, so theirs are none of these."""
        places = self._known.of(transcript)
        at = self.currentIndex().row()
        self.unnamed = [place for place in places if place.need is Need.SPEAKER]
        self._model.show_places(transcript, [place for place in places if place.need is not Need.SPEAKER])
        if 0 <= at < len(self._model.places):
            self._choose(at)

    def set_times(self, *, are_known: bool) -> None:
        """Show when each place begins, or no times."""
        self._model.has_times = are_known

    @property
    def places(self) -> list[OpenPlace]:
        """The places in the list."""
        return self._model.places

    def beside(self, before: tuple[int, int], *, forward: bool, order: dict[int, int]) -> OpenPlace | None:
        """Return the next place in the list after a turn's position and a word, or the one before them.

        From the other end again where there is none. `order` is the position of each turn by its id.
        """
        if not self.places:
            return None
        keyed = [((order[one.turn_id], one.at_word or 0), one) for one in self.places]
        if forward:
            return next((one for key, one in keyed if key > before), self.places[0])
        return next((one for key, one in reversed(keyed) if key < before), self.places[-1])

    def show_current(self, place: OpenPlace) -> None:
        """Make a place the current row."""
        if place in self.places:
            self._choose(self.places.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
        elif event.text().strip() and event.text().isprintable():
            # Digits say who speaks; a list would look for a row that begins with one.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        rows = [index.row() for index in selected.indexes()]
        if rows and hasattr(self, "_following"):
            self._selected_last = rows[0]
            # The keys and the mouse make a row current after they have selected it.
            self._following.start()

    def _follow_selection(self) -> None:
        index = self._model.index(self._selected_last)
        if index.isValid() and self.selectionModel().isSelected(index) and index != self.currentIndex():
            self._choose(index.row())
            self._on_clicked(index)

    def _choose(self, row: int) -> None:
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.places):
            self.chosen.emit(self.places[index.row()])
