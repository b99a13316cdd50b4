"""Questionnaires of the written part: shipped and the user's own."""

from __future__ import annotations

from pathlib import Path

from balint_desktop import resources
from balint_desktop.domain.evaluation.questionnaires import Questionnaire, parse_questionnaire
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.i18n.library_texts import QUESTIONNAIRE, translated_questionnaire
from balint_desktop.library.files import FileKind, FileLibrary

SHIPPED = "written-part"


class QuestionnaireLibrary(FileLibrary[Questionnaire]):
    """The available questionnaires."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder,
            FileKind(
                shipped=resources.folder("questionnaires"),
                order=(SHIPPED,),
                parse=parse_questionnaire,
                invalid=TroubleCode.QUESTIONNAIRE_INVALID,
                missing=TroubleCode.QUESTIONNAIRE_MISSING,
                stem="questionnaire",
                translate=translated_questionnaire,
                context=QUESTIONNAIRE,
            ),
        )
