"""Sentences of the files that a person may edit, session formats and questionnaires, and of the evaluation."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
    _C.FORMAT_INVALID: Sentence(
        "The session format {name} cannot be used: line {line}, {reason}.",
        "The other formats are unaffected.",
        "Correct that line, or choose another format.",
    ),
    _C.FORMAT_MISSING: Sentence(
        "The session format {name} was not found.",
        "The group and its log are unchanged.",
        "Choose another format, or restore its file.",
    ),
    _C.QUESTIONNAIRE_INVALID: Sentence(
        "The questionnaire {name} cannot be used: line {line}, {reason}.",
        "The other questionnaires are unaffected.",
        "Correct that line, or choose another questionnaire.",
    ),
    _C.QUESTIONNAIRE_MISSING: Sentence(
        "The questionnaire {name} was not found.",
        "Answers already given, and their questions, are still in the log.",
        "Choose another questionnaire, or restore its file.",
    ),
    _C.WRITTEN_PART_CLOSED: Sentence(
        "This written part is closed, so no more sheets can be added.",
        "Its counts are unchanged.",
        "Start another written part for late sheets.",
    ),
    _C.ANALYSIS_NOT_AGREED: Sentence(
        "This person has not agreed to analysis.",
        "No score was saved.",
        "If they have agreed, enter their consent first.",
    ),
}
