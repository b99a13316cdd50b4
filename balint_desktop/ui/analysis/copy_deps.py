"""What the forms for Word copies that came back and for paper ask: the coding files of an open vault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.paper_coding import PaperCoding
from balint_desktop.domain.analysis.word_coding import ReturnedCopy
from balint_desktop.domain.analysis.word_copy import WordCopy
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.coding_admission import Arrival


@dataclass(frozen=True, slots=True)
class ReceivedCopy:
    """A Word file that came and was opened: of a text of the study, or of its report, where `recording` is None.

    `sender` is the author who sent it, empty where that is not known any more. Without a `round` it holds comments
    alone, which are memos. `names` are those in the file, with how often each wrote; `writers` and `legend` what was
    said of names and of the sender's colours before; `work` what the sender has in the round already.
    """

    file: str
    sender: str
    round: int | None
    names: tuple[tuple[str, int], ...]
    recording: RecordingId | None = None
    copy: ReturnedCopy = field(default_factory=ReturnedCopy)
    report: WordCopy | None = None
    headings: Mapping[str, str | None] = field(default_factory=dict)
    writers: Mapping[str, str] = field(default_factory=dict)
    legend: Mapping[str, str] = field(default_factory=dict)
    work: CoderWork = field(default_factory=CoderWork)
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class CopyMeaning:
    """What a person said of a copy: the author's id of each name in it, empty to leave it out; the code of each colour.

    `keeps_unplaced` is whether what could not be placed becomes memos on the whole text.
    """

    writers: Mapping[str, str]
    legend: Mapping[str, str] = field(default_factory=dict)
    keeps_unplaced: bool = True


@dataclass(frozen=True, slots=True)
class TakenCopy:
    """What was new in a copy or on paper: codings and memos that were added.

    Nothing was where `arrival` is LATE, as comparison had begun: a person says whether `file` is taken in, or KEPT.
    """

    codings: int
    memos: int = 0
    arrival: Arrival = Arrival.TAKEN
    file: str = ""


class CopyService(Protocol):
    """Copies of coders of a study. All methods raise Trouble; all take a moment and are called in a thread."""

    def read_copy(self, study: str, file: str) -> ReceivedCopy:
        """Open a Word file that came, once one's own round is closed."""
        ...

    def admit_copy(
        self, study: str, received: ReceivedCopy, meaning: CopyMeaning, late: Arrival = Arrival.LATE
    ) -> TakenCopy:
        """Take in what a Word file holds, and remember what names and colours mean."""
        ...

    def require_others_open(self, study: str, round_number: int) -> None:
        """Check that another coder's lines may be typed in: one's own round is closed."""
        ...

    def admit_typed(self, study: str, author: str, round_number: int, paper: PaperCoding) -> TakenCopy:
        """Seal what was typed from a coder's paper to the study, and take it in."""
        ...

    def admit_paper(self, study: str, file: str, late: Arrival = Arrival.LATE) -> TakenCopy:
        """Take in what was typed and sealed before: it came late, or taking it in was cut short."""
        ...
