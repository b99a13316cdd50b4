"""Export what came of an analysis: through the gates of consent and of names, written new, and in the audit trail.

Everyone in every text that is analysed agrees to the purpose, a quotation is printed only if those who speak in it
agree to be quoted today, and a name of the roster keeps the whole file here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import DOORS, Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.analysis import project_file
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.reports.analysis.methods import SayDay, paragraph
from balint_desktop.reports.analysis.project_file import build_project
from balint_desktop.reports.analysis.read_account import StudyMaterial, read_material_of
from balint_desktop.reports.analysis.report import AnalysisFile, build_file
from balint_desktop.reports.analysis.typed import typed_in_account, typed_in_material
from balint_desktop.sealed.new_file import write_new
from balint_desktop.vault import name_gate
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.name_gate import OutgoingFile
from balint_desktop.vault.studies import AnalysisStudies

PURPOSES = tuple(purpose for purpose in Purpose if purpose in DOORS[Door.ANALYSIS_REPORT].purposes)
"""What an analysis leaves for."""


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file that somebody asked for: which, for what purpose, and where; its ending says in which form."""

    which: AnalysisFile
    purpose: Purpose
    path: Path


def open_purposes(studies: AnalysisStudies, study: str) -> tuple[Purpose, ...]:
    """Return what everyone in every text agrees that the analysis leaves for today.

    Raise Trouble: PURPOSE_NOT_AGREED where there is none, and what `pass_texts` raises.
    """
    found, refused = [], Trouble(TroubleCode.PURPOSE_NOT_AGREED)
    for purpose in PURPOSES:
        try:
            pass_texts(studies, study, Door.ANALYSIS_REPORT, purpose)
            found.append(purpose)
        except Trouble as trouble:
            if trouble.code is not TroubleCode.PURPOSE_NOT_AGREED:
                raise
            refused = trouble
    if not found:
        raise refused
    return tuple(found)


def pass_texts(studies: AnalysisStudies, study: str, door: Door, purpose: Purpose) -> None:
    """Let what is made of a study's texts through a door. Raise Trouble.

    STUDY_IS_GUEST in a coder's own vault, where nobody's answers are known; STUDY_WITHOUT_TEXTS; and what the gate of
    consent says of any text that is analysed, which names no person.
    """
    with studies.vault.log_stays:
        record = studies.log.studies.find(study)
        if record is None:
            raise Trouble(TroubleCode.STUDY_MISSING)
        if record.is_guest:
            raise Trouble(TroubleCode.STUDY_IS_GUEST)
        analysed = studies.open(study).study.analysed
        if not analysed:
            raise Trouble(TroubleCode.STUDY_WITHOUT_TEXTS)
        for one in analysed:
            pass_recording(studies.log, door, one.recording, purpose)


def export_file(
    studies: AnalysisStudies, study: str, asked: AskedFile, read: Callable[[], AnalysisAccount], say_day: SayDay
) -> None:
    """Write a file of an analysis, in the form of its ending, not encrypted. `read` returns its account.

    Raise Trouble: what `pass_texts`, the gate of names and writing raise; ValueError for an ending of no form.
    """
    path = asked.path
    pass_texts(studies, study, Door.ANALYSIS_REPORT, asked.purpose)
    account = read()
    data = build_file(account, asked.which, path.suffix.lower(), say_day)
    leaving = (OutgoingFile(path.name, data, typed=typed_in_account(account)),)
    name_gate.pass_names(studies.vault, Door.ANALYSIS_REPORT, leaving)
    write_new(path, (data,))
    _note(studies, study, asked.which.value, path, asked.purpose)


def export_project(studies: AnalysisStudies, study: str, purpose: Purpose, path: Path, software: str) -> StudyMaterial:
    """Write a study as a project for other software, not encrypted, and return what is in it.

    One's own coding is in it, others' only once one's own round is closed, and consensus as a coder of its own.
    `software` is the program with its version. Raise
    Trouble as `export_file` does; ValueError for another ending.
    """
    if path.suffix.lower() != project_file.ENDING:
        raise ValueError("a project ends in .qdpx")
    pass_texts(studies, study, Door.ANALYSIS_PROJECT, purpose)
    material = read_material_of(studies, study)
    data = build_project(material, studies.log.now(), software)
    contents = material.contents
    texts = tuple(contents.texts[one.recording] for one in contents.study.analysed)
    leaving = (OutgoingFile(path.name, data, holds=texts, typed=typed_in_material(material)),)
    name_gate.pass_names(studies.vault, Door.ANALYSIS_PROJECT, leaving)
    write_new(path, (data,))
    _note(studies, study, "project", path, purpose)
    return material


def methods_text(
    studies: AnalysisStudies, study: str, purpose: Purpose, read: Callable[[], AnalysisAccount], say_day: SayDay
) -> str:
    """Return the methods paragraph, as it may be read on its page and copied from it. Raise Trouble."""
    pass_texts(studies, study, Door.ANALYSIS_REPORT, purpose)
    return paragraph(read(), say_day)


def pass_methods(studies: AnalysisStudies, study: str, purpose: Purpose, text: str, account: AnalysisAccount) -> None:
    """Let the methods paragraph through to the clipboard, and record it. Raise Trouble."""
    pass_texts(studies, study, Door.ANALYSIS_REPORT, purpose)
    copied = OutgoingFile("", text.encode("utf-8", "replace"), typed=typed_in_account(account))
    name_gate.pass_names(studies.vault, Door.ANALYSIS_REPORT, (copied,))
    studies.log.studies.note_export(study, "methods", "copied", purpose)


def _note(studies: AnalysisStudies, study: str, file: str, path: Path, purpose: Purpose) -> None:
    """Record an export; what cannot be recorded does not stay outside."""
    try:
        studies.log.studies.note_export(study, file, path.suffix.lower().removeprefix("."), purpose)
    except Trouble:
        with suppress(OSError):
            path.unlink()
        raise
