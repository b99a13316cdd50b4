"""A person's acts on a transcript beside typing: who speaks, what is right, what is unclear, splitting, undoing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from balint_desktop.domain.transcript import editing
from balint_desktop.domain.transcript.editing import FoundPhrase
from balint_desktop.domain.transcript.new_turn import begun_after
from balint_desktop.domain.transcript.open_places import OpenPlace
from balint_desktop.domain.transcript.transcript import Speaker, Turn, Word, WordKind
from balint_desktop.i18n import tr
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.transcripts.marks import marked
from balint_desktop.ui.transcripts.places_list import PlacesList
from balint_desktop.ui.transcripts.sitting import Sitting
from balint_desktop.ui.transcripts.text_edit import TranscriptEdit
from balint_desktop.ui.widgets.live_label import announce

# A place is played from a little before it.
_AHEAD_S = 1.0
_PAST_ALL_WORDS = 1_000_000


class TextActs(QObject):
    """Each act commits what was typed, makes one change of the sitting's text, and leaves the cursor where one goes on.

    Nothing changes while the text is locked, and nothing but speakers while only they are set.
    """

    def __init__(self, sitting: Sitting, edit: TranscriptEdit, places: PlacesList, playback: Playback) -> None:
        super().__init__(edit)
        self._sitting, self._edit, self._places, self._playback = sitting, edit, places, playback

    # --- who speaks ---

    def set_speaker(self, speaker: Speaker, *, from_here: bool) -> None:
        """Set who speaks: in the turns that the cursor is in, or from what is heard on."""
        self._edit.commit()
        transcript = self._sitting.transcript
        if from_here:
            transcript = editing.spoken_from(transcript, self._heard_ms(), speaker)
        else:
            for turn in self._edit.turns_at_cursor():
                transcript = editing.spoken_by(transcript, turn.id, speaker)
        if self._sitting.apply(transcript):
            announce(self._edit, wording.speaker_name(speaker))

    # --- places ---

    def cursor(self) -> tuple[int, int]:
        """Return the turn and the word that the cursor is at, as positions."""
        turn = self._edit.turn_at_cursor()
        if turn is None:
            line = self._edit.line_at_cursor()
            at_ms = line.at_ms if line is not None else 0
            before = [at for at, one in enumerate(self._sitting.transcript.turns) if one.from_ms <= at_ms]
            return (before[-1] if before else 0), _PAST_ALL_WORDS
        words = self._edit.words_at_cursor()
        first = words[1] if words is not None else self._edit.words_before_cursor() - 1
        return self._sitting.transcript.index(turn.id), first

    def go_to_next_place(self, *, forward: bool) -> None:
        """Go to the next place in the list, or to the one before."""
        self._edit.commit()
        self._edit.complete()
        order = {turn.id: at for at, turn in enumerate(self._sitting.transcript.turns)}
        place = self._places.beside(self.cursor(), forward=forward, order=order)
        if place is None:
            announce(self._edit, tr("Nothing left to look at."))
        else:
            self.go_to_place(place)

    def go_to_place(self, place: OpenPlace) -> None:
        """Select a place, with the sound a little before it."""
        self._edit.go_to(place.turn_id, place.at_word)
        self._edit.setFocus()
        self._places.show_current(place)
        self._playback.seek(place.from_ms / 1000 - _AHEAD_S)

    def go_to_next_unnamed(self) -> None:
        """Go to the next turn without a speaker, with the sound at its beginning."""
        self._edit.commit()
        self._edit.complete()
        turns = self._sitting.transcript
        here, _ = self.cursor()
        after = [place for place in self._places.unnamed if turns.index(place.turn_id) >= here]
        for place in (after or self._places.unnamed)[:1]:
            self._edit.go_to(place.turn_id)
            self._edit.setFocus()
            self._playback.seek(place.from_ms / 1000)

    def go_to_found(self, place: FoundPhrase) -> None:
        """Select words that were found."""
        self._edit.go_to(place.turn_id, place.first, place.last - place.first)

    def confirm(self) -> None:
        """Confirm the doubtful words at the cursor, and go to the next place."""
        if self._edit.isReadOnly():
            return
        self._edit.commit()
        here = self._edit.words_at_cursor()
        if here is not None:
            turn, first, last = here
            transcript = self._sitting.transcript
            for at in range(first, last):
                if turn.words[at].is_doubtful:
                    transcript = editing.confirmed(transcript, turn.id, at)
            self._sitting.apply(transcript)
        self.go_to_next_place(forward=True)

    def place_at_cursor(self) -> Word | None:
        """Return the place without words at the cursor, None where there is none."""
        here = self._edit.words_at_cursor()
        if here is None:
            return None
        turn, first, last = here
        word = turn.words[first] if last == first + 1 and first < len(turn.words) else None
        return word if word is not None and word.kind is not WordKind.SPOKEN else None

    def mark(self, kind: WordKind, language: str = "") -> None:
        """Mark the words at the cursor, or a place between two words."""
        self._edit.commit()
        turn = self._edit.turn_at_cursor()
        if self._edit.isReadOnly() or turn is None:
            return
        before = self._edit.words_before_cursor()
        _, first, last = self._edit.words_at_cursor() or (turn, before, before)
        self._sitting.apply(marked(self._sitting.transcript, turn, (first, last), kind, language))

    # --- turns ---

    def split(self) -> None:
        """Split the turn at the cursor; at its end, begin another one where the sound is. An empty turn stays one."""
        self._edit.commit()
        turn = self._edit.turn_at_cursor()
        if self._edit.isReadOnly() or turn is None:
            return
        transcript, before = self._sitting.transcript, self._edit.words_before_cursor()
        if 0 < before < len(turn.words):
            transcript = editing.split(transcript, turn.id, before)
        elif before:
            transcript = begun_after(transcript, turn.id, self._heard_ms())
        else:
            return
        if self._sitting.apply(transcript):
            self._edit.go_to(transcript.turns[transcript.index(turn.id) + 1].id)

    def undo(self, *, back: bool) -> None:
        """Go one step back, or forward again, and to what it changes."""
        self._edit.commit()
        before = self._sitting.transcript.turns
        moved = self._sitting.undo() if back else self._sitting.redo()
        if not moved:
            announce(self._edit, tr("Nothing to undo.") if back else tr("Nothing to redo."))
            return
        after = self._sitting.transcript.turns
        known = {id(turn) for turn in before}
        changed = [turn for turn in after if id(turn) not in known]
        here = self._edit.turn_at_cursor()
        if changed and (here is None or all(turn is not here for turn in changed)):
            self._edit.go_to(changed[0].id, _first_change(before, changed[0]))

    def _heard_ms(self) -> int:
        return round(self._playback.position_s * 1000)


def _first_change(before: Sequence[Turn], turn: Turn) -> int | None:
    """Return the first word of a turn that was not as it is; None where none was changed."""
    was = next((one for one in before if one.id == turn.id), None)
    if was is None or was.words == turn.words:
        return None
    pairs = enumerate(zip(was.words, turn.words, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(was.words), len(turn.words)))
