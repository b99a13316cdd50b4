"""Dependencies of the evaluation section."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.evaluation.questionnaires import Questionnaire
from balint_desktop.domain.evaluation.scores import BareScore
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionId
from balint_desktop.library.files import FileLine
from balint_desktop.vault.log.evaluation import WrittenPart


class EvaluationBook(Protocol):
    """Where written parts and scores are kept. Every call may raise Trouble."""

    def open_part(self, group: GroupId, day: date, text: str, least: int, session: SessionId | None = None) -> str:
        """Begin a written part."""
        ...

    def parts(self, group: GroupId) -> tuple[WrittenPart, ...]:
        """Return a group's written parts."""
        ...

    def close_part(self, part: str) -> None:
        """Close one for good."""
        ...

    def lines(self, part: str, line: int) -> tuple[str, ...]:
        """Return what was written for a line, in no order."""
        ...

    def keep_score(self, group: GroupId, score: BareScore) -> None:
        """Keep a score."""
        ...

    def drop_score(self, group: GroupId, score: BareScore) -> None:
        """Take a score out again."""
        ...

    def scores(self, group: GroupId) -> tuple[BareScore, ...]:
        """Return a group's scores."""
        ...


class QuestionnaireShelf(Protocol):
    """The questionnaires at hand."""

    def lines(self) -> Sequence[FileLine]:
        """Return every one, those that cannot be used with their reason."""
        ...

    def text(self, key: str) -> str:
        """Return the text of one."""
        ...

    def load(self, key: str) -> Questionnaire:
        """Return one. Raise Trouble."""
        ...


@dataclass(frozen=True, slots=True)
class EvaluationDeps:
    """What the section works with.

    `agreed` are those whose latest answer agrees to analysis. `hand_round` and `enter` lead to the page that
    somebody else may have in hand. `ask` asks where a file shall go.
    """

    book: EvaluationBook
    questionnaires: QuestionnaireShelf
    today: Callable[[], date]
    session_of: Callable[[GroupId], SessionId | None]
    hand_round: Callable[[GroupId, str], None]
    enter: Callable[[GroupId, str], None]
    print_sheet: Callable[[QWidget, Questionnaire], None]
    agreed: Callable[[GroupId], Collection[ParticipantCode]]
    ask: Callable[[QWidget, str, str, tuple[str, ...]], Path | None]
