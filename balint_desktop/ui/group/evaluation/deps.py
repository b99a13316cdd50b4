"""Dependencies of the evaluation section."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.evaluation.questionnaires import Questionnaire
from balint_desktop.domain.evaluation.scores import BareScore
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionId
from balint_desktop.library.files import FileLine
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.log.evaluation import WrittenPart


class EvaluationStore(Protocol):
    """Storage of written parts and scores. Every method may raise Trouble."""

    def open_part(self, group: GroupId, day: date, text: str, least: int, session: SessionId | None = None) -> str:
        """Open a written part."""
        ...

    def parts(self, group: GroupId) -> tuple[WrittenPart, ...]:
        """Return a group's written parts."""
        ...

    def close_part(self, part: str) -> None:
        """Close a written part permanently."""
        ...

    def lines(self, part: str, line: int) -> tuple[str, ...]:
        """Return the free texts of a line, ordered by random id."""
        ...

    def save_score(self, group: GroupId, score: BareScore) -> None:
        """Save a score."""
        ...

    def delete_score(self, group: GroupId, score: BareScore) -> None:
        """Delete a score."""
        ...

    def scores(self, group: GroupId) -> tuple[BareScore, ...]:
        """Return a group's scores."""
        ...


class QuestionnaireSource(Protocol):
    """Access to the installed questionnaires."""

    def lines(self) -> Sequence[FileLine]:
        """Return every questionnaire; unusable ones carry the reason."""
        ...

    def text(self, key: str) -> str:
        """Return the text of a questionnaire."""
        ...

    def load(self, key: str) -> Questionnaire:
        """Load a questionnaire. Raise Trouble."""
        ...


@dataclass(frozen=True, slots=True)
class EvaluationDeps:
    """Dependencies of the section.

    `agreed` asks the consent gate whose scores may be shown and exported, and may raise Trouble. `begin_handover` and
    `enter` open the handover page.
    """

    store: EvaluationStore
    questionnaires: QuestionnaireSource
    today: Callable[[], date]
    session_of: Callable[[GroupId], SessionId | None]
    begin_handover: Callable[[GroupId, str], None]
    enter: Callable[[GroupId, str], None]
    print_sheet: Callable[[QWidget, Questionnaire], None]
    agreed: Callable[[GroupId], Collection[ParticipantCode]]
    labels: Callable[[GroupId], OutsideLabels]
    export: FileExport
    drafts: Drafts | None = None
