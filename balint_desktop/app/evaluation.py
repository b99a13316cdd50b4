"""What a group's evaluation works with: the log, the questionnaires, the ways to the page that is handed round."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.study.consent import Purpose, agreed
from balint_desktop.domain.values import GroupId, SessionId, SessionKind
from balint_desktop.ui.export.printing import print_text
from balint_desktop.ui.export.save_dialog import ask_where_to_save
from balint_desktop.ui.group.evaluation.deps import EvaluationDeps
from balint_desktop.ui.group.evaluation.section import EvaluationSection
from balint_desktop.ui.group.evaluation.sheet_to_print import sheet_html
from balint_desktop.ui.shell.shell import PlaceKey

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from balint_desktop.app.context import Owner
    from balint_desktop.domain.evaluation.questionnaires import Questionnaire

SECTION = "evaluation"


def build_evaluation(owner: Owner) -> EvaluationSection:
    """Build the section."""
    log = owner.open_vault().log

    def print_sheet(parent: QWidget, asked: Questionnaire) -> None:
        print_text(parent, sheet_html(asked))

    needs = EvaluationDeps(
        book=log.evaluation,
        questionnaires=owner.questionnaires,
        today=lambda: today_of(owner),
        session_of=lambda group: evaluation_session(owner, group),
        hand_round=lambda group, part: owner.handing.start(part, lambda: _back(owner, group)),
        enter=lambda group, part: owner.handing.start(part, lambda: _back(owner, group), from_paper=True),
        print_sheet=print_sheet,
        agreed=lambda group: agreed(log.consents.consents(group), Purpose.ANALYSIS),
        ask=ask_where_to_save,
    )
    return EvaluationSection(needs, owner.messages, owner.undoing)


def today_of(owner: Owner) -> date:
    """Return the local day."""
    return day_of(owner.clock.now().wall)


def evaluation_session(owner: Owner, group: GroupId) -> SessionId | None:
    """Return a group's latest evaluation session, None where none was held."""
    rows = owner.open_vault().log.sessions.sessions(group)
    return next((row.id for row in rows if row.setting.kind is SessionKind.EVALUATION), None)


def part_to_hand_round(owner: Owner, group: GroupId) -> str:
    """Return the written part that is open in a group, begun now where none is. Raise Trouble."""
    from balint_desktop.domain.evaluation.written_part import FLOOR
    from balint_desktop.library.questionnaires import SHIPPED

    rows = owner.open_vault().log.evaluation
    for part in rows.parts(group):
        if not part.closed:
            return part.id
    text = owner.questionnaires.text(SHIPPED)
    return rows.open_part(group, today_of(owner), text, FLOOR, evaluation_session(owner, group))


def _back(owner: Owner, group: GroupId) -> None:
    from balint_desktop.ui.group.list.place import GroupsPlace

    owner.shell.show_place(PlaceKey.GROUPS)
    place = owner.shell.place(PlaceKey.GROUPS)
    if isinstance(place, GroupsPlace):
        place.show_group_of(group, SECTION)
