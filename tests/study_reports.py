"""A study in a vault with everything that a person can type into it, and what is exported of it."""

from __future__ import annotations

from dataclasses import replace

from kept_sessions import GROUP, P1, P2
from study_vaults import ME, STUDY, TWO, Lab, approved_text, coding, opened_round

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Codings
from balint_desktop.domain.analysis.framework import FrameworkAct, FrameworkMove, SameCode
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Approach,
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Memo,
    Quotation,
    StudyTheme,
    ThemeState,
    ThemeWork,
)
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.reports.analysis.export import AskedFile, export_file, export_project
from balint_desktop.reports.analysis.read_account import FEEDBACK, RETURNED, SATURATION, read_account
from balint_desktop.reports.analysis.report import ENDINGS
from balint_desktop.vault.study_numbers import draw_numbers

ANGER = "c0000000-0000-4000-8000-00000000000a"
THEME = "d0000000-0000-4000-8000-00000000000a"
FIELDS = {
    "analysis name": "The {} study",
    "analysis question": "What was it like for {}?",
    "analysis governance": "the board with {}",
    "author label": "{}",
    "author positionality": "I taught with {}.",
    "code name": "Anger at {}",
    "code definition": "As {} said",
    "code when": "When {} speaks",
    "code when not": "Not when {} speaks",
    "code example": "I was with {}.",
    "coding memo": "Why {}?",
    "memo": "I thought of {}.",
    "theme name": "Being with {}",
    "theme idea": "It is as {} has it.",
    "theme against": "But {} was held.",
    "decision reason": "Nearer to {}",
    "move reason": "It is what {} said",
    "meeting note": "We met with {}.",
    "returned": "Yes, by {}.",
    "feedback": "No, said {}.",
    "saturation": "Discussed with {}.",
}
"""What a person can type into a study, each with words around a name."""


def plain(_field, words):
    """Return words that name nobody."""
    return words.format("a colleague")


def numbered(lab):
    """Approve texts whose speakers are the group's study numbers. Return the number of the first member."""
    numbers = draw_numbers(lab.vault, GROUP, (P1, P2))
    one, two = numbers.label(P1), numbers.label(P2)
    for recording in lab.recordings:
        lab.approve(recording, approved_text(((one, "It made me angry."), (two, "I was out of depth."))))
    return one, two


def reported(data, told=plain, *, approach=Approach.CODEBOOK, closed=True):
    """Return a vault whose study has every field filled in, as `told` has it, and a round that is closed here."""
    lab = Lab(data)
    numbered(lab)
    words = {field: told(field, around) for field, around in FIELDS.items()}
    studies = lab.studies
    me = replace(ME, label=words["author label"], positionality=words["author positionality"])
    studies.create(
        AnalysisStudy(
            STUDY,
            words["analysis name"],
            words["analysis question"],
            approach,
            words["analysis governance"],
            studies.available(),
            (me, TWO),
        ),
        ME.id,
    )
    book = _book(words)
    begin = approved_text().text.index(": ") + 2
    move = FrameworkMove(6.0, FrameworkAct.DRAWN_IN, ME.id, "own", ANGER, words["move reason"])
    studies.save_framework(STUDY, book, (SameCode(ME.id, "own", ANGER),), (move,))
    studies.fix_framework(STUDY)
    studies.open_round(STUDY, opened_round(authors=(ME.id, TWO.id)))
    mine = coding(lab.first, begin, begin + 17, "own", memo=words["coding memo"])
    own = replace(book.codes[0], guid="own")
    studies.save_work(STUDY, 1, ME.id, CoderWork(Codebook((own,)), Codings((mine,))))
    studies.add_memo(STUDY, Memo("m1", ME.id, 7.0, words["memo"], lab.first))
    if closed:
        studies.close_round(STUDY, 1, ME.id)
    _discuss(studies, lab, words, begin)
    return lab


def _book(words):
    book = Codebook().with_code(ANGER, words["code name"])
    return book.with_changed(
        replace(
            book.code(ANGER),
            definition=words["code definition"],
            when=words["code when"],
            when_not=words["code when not"],
            example=words["code example"],
        )
    )


def _discuss(studies, lab, words, begin):
    meeting = ConsensusMeeting("k", 8.0, (ME.id, TWO.id), words["meeting note"])
    reason = words["decision reason"]
    decision = MatterDecision(
        *("x", 1, "k", 8.0, MatterOutcome.AS_CODER, reason, (ME.id,)), code=ANGER, as_author=ME.id
    )
    studies.add_decisions(STUDY, meeting, (decision,))
    theme = StudyTheme(
        THEME, words["theme name"], words["theme idea"], (ANGER,), ThemeState.NAMED, words["theme against"]
    )
    quotation = Quotation("q", THEME, lab.first, begin, begin + 17, "It made me angry.", may_be_quoted=True)
    studies.save_themes(STUDY, ThemeWork((theme,), (quotation,)))
    studies.save_stated(
        STUDY, {RETURNED: words["returned"], FEEDBACK: words["feedback"], SATURATION: words["saturation"]}
    )


def every_file():
    """Return each file of an analysis with each of its endings."""
    return [(which, ending) for which, endings in ENDINGS.items() for ending in endings]


def say_day(day):
    return day.isoformat()


def write(lab, which, path, purpose=Purpose.ANALYSIS, **named):
    """Export a file of the study."""
    studies = lab.studies
    export_file(
        studies,
        STUDY,
        AskedFile(which, purpose, path),
        lambda: read_account(studies, STUDY, software="Balint Desktop", **named),
        say_day,
    )
    return path.read_bytes()


def write_project(lab, path, purpose=Purpose.ANALYSIS):
    """Export the study as a project."""
    export_project(lab.studies, STUDY, purpose, path, "Balint Desktop 1")
    return path.read_bytes()
