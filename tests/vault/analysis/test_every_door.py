"""Every function that may return what others coded, found in the tree, tried while one's own round is open.

What is new has to be listed here with how it is called, or this page fails: of studies and coding files, of what fits
them to the window, and of the command line.
"""

from __future__ import annotations

import argparse
import contextlib
import inspect
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from refi_projects import project
from study_vaults import ME, OUTSIDE, STUDY, TWO, Coder, begun, coding, lab, memo, opened_round, work

import balint_desktop
from balint_desktop.app.analysis import AnalysisWork
from balint_desktop.app.analysis_files import AnalysisFiles
from balint_desktop.app.analysis_place import _StudyWork
from balint_desktop.cli import analysis as command
from balint_desktop.cli import analysis_export, project_import
from balint_desktop.cli import coding_files as command_files
from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import AnalysisStudy, ConsensusMeeting, ThemeWork
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import new_id
from balint_desktop.reports.analysis.coder_export import CopyFor
from balint_desktop.vault import coding_admission, coding_parcel, coding_return, guest_study
from balint_desktop.vault.analysis.study_rows import SaidOf
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.studies import AnalysisStudies

__all__ = ["begun", "lab"]

SECRET = "only of coder 2"
PACKAGE = Path(balint_desktop.__file__).parent
# Every file that has a study's acts in its hands.
HOLDERS = {
    *("app/analysis.py", "app/analysis_files.py", "cli/coding_files.py", "cli/project_import.py"),
    *("vault/coding_files.py", "vault/studies.py"),
}


class Blind:
    """A vault whose own round 1 is open, with all that others can have sent: coder 2's parcel and two documents."""

    def __init__(self, lab, coder, data):
        theirs = work(coding(lab.first, 4, 10, memo=SECRET), names=(SECRET,))
        book = theirs.book.with_changed(replace(theirs.book.codes[0], definition=SECRET))
        coder.take(lab.parcel_for(coder))
        back = coder.coded(replace(theirs, book=book), memo(TWO.id, SECRET, "m9"))
        self.lab, self.data = lab, data
        self.parcel = lab.files.receive(STUDY, back, "back").id
        self.document = lab.files.receive_file(STUDY, SECRET.encode(), CodingFileKind.WORD, OUTSIDE.id, 1).id
        self.back = data / "back"
        self.back.write_bytes(back)
        (data / "project").write_bytes(project_to_qdpx(project()))
        lab.studies.save_work(STUDY, 1, ME.id, work(coding(lab.first, 20, 30)))

    @property
    def study(self):
        return self.lab.studies.open(STUDY).study

    @property
    def file(self):
        return self.lab.vault.studies.open(STUDY)

    def new_path(self, ending=""):
        return self.data / f"{new_id()}{ending}"

    def new_folder(self):
        folder = self.new_path()
        folder.mkdir()
        return folder

    def left(self):
        """Return all that lies outside of the vault by now, unpacked, but for what came from others."""
        found = []
        for path in self.data.rglob("*"):
            inside = {one.relative_to(self.data).parts[0] for one in (path,)} & {"data", "coder", "back", "project"}
            if path.is_file() and not inside:
                data = path.read_bytes()
                found.append(data)
                with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as packed:
                    found += [packed.read(name) for name in packed.namelist()]
        return b"\n".join(found).decode(errors="replace")


@pytest.fixture
def blind(begun, tmp_path):
    coder = Coder(tmp_path / "coder")
    yield Blind(begun, coder, tmp_path)
    coder.close()


OF_STUDIES = {
    "contents_in_short": lambda s, _: s.contents_in_short(),
    "damaged": lambda s, _: s.damaged(),
    "available": lambda s, _: s.available(),
    "create": lambda s, _: s.create(AnalysisStudy(new_id(), "New", authors=(ME,)), ME.id),
    "open": lambda s, _: s.open(STUDY),
    "followed": lambda s, _: s.followed(STUDY).tables.study(),
    "text": lambda s, b: s.text(b.file, b.study.texts[0]),
    "save_study": lambda s, b: s.save_study(b.study),
    "leave_out_closed": lambda s, _: s.leave_out_closed(STUDY),
    "add_memo": lambda s, _: s.add_memo(STUDY, memo()),
    "move_to_version": lambda s, b: s.move_to_version(STUDY, b.lab.first, None),
    "open_round": lambda s, _: s.open_round(STUDY, opened_round(2)),
    "discard_round": lambda s, _: s.discard_round(STUDY, 1),
    "work": lambda s, _: s.work(STUDY, 1, TWO.id),
    "consensus": lambda s, _: s.consensus(STUDY, 1),
    "first_codes": lambda s, b: s.first_codes(b.file, opened_round(), TWO.id),
    "given_codes": lambda s, _: s.given_codes(STUDY, 1, TWO.id),
    "may_be_quoted": lambda s, b: s.may_be_quoted(STUDY, b.lab.first, 4, 10),
    "openings": lambda s, _: s.openings(STUDY),
    "arrivals": lambda s, _: s.arrivals(STUDY),
    "require_closed": lambda s, b: s.require_closed(b.file, 1),
    "require_comments_open": lambda s, b: s.require_comments_open(b.file),
    "stated": lambda s, _: s.stated(STUDY),
    "save_stated": lambda s, _: s.save_stated(STUDY, {24: "two"}),
    "save_work": lambda s, _: s.save_work(STUDY, 1, TWO.id, work()),
    "framework": lambda s, _: s.framework(STUDY),
    "save_framework": lambda s, _: s.save_framework(STUDY, Codebook()),
    "fix_framework": lambda s, _: s.fix_framework(STUDY),
    "save_themes": lambda s, _: s.save_themes(STUDY, ThemeWork()),
    "add_decisions": lambda s, _: s.add_decisions(STUDY, ConsensusMeeting("d", 5.0, (ME.id,)), ()),
}
OF_FILES = {
    "write_parcel": lambda f, b: f.write_parcel(STUDY, 1, TWO.id, b.new_path()),
    "import_parcel": lambda f, b: f.import_parcel(b.back.read_bytes(), "back"),
    "export_back": lambda f, b: f.export_back(STUDY, 1, b.new_path()),
    "receive": lambda f, b: f.receive(STUDY, b.back.read_bytes(), "back"),
    "receive_file": lambda f, _: f.receive_file(STUDY, SECRET.encode(), CodingFileKind.PAPER, OUTSIDE.id, 1),
    "received": lambda f, _: f.received(STUDY),
    "open_received": lambda f, b: f.open_received(STUDY, b.document),
    "admit_work": lambda f, b: f.admit_work(STUDY, b.document, OUTSIDE.id, work(names=(SECRET,))),
    "admit_memos": lambda f, b: f.admit_memos(STUDY, b.document, OUTSIDE.id, (memo(OUTSIDE.id, SECRET, "m8"),)),
    "arrive": lambda f, b: f.arrive(b.back.read_bytes(), "back"),
    "meanings": lambda f, _: f.meanings(STUDY, SaidOf.WRITER, TWO.id),
    "save_meanings": lambda f, _: f.save_meanings(STUDY, SaidOf.WRITER, {"Two": TWO.id}),
    "note_copies": lambda f, _: f.note_copies(STUDY, 1, OUTSIDE.id, CodingFileKind.WORD, [b"docx"]),
    "overview": lambda f, _: f.overview(STUDY),
    "received_row": lambda f, b: f.received_row(STUDY, b.document),
    "require_open_to": lambda f, _: f.require_open_to(STUDY, 1, TWO.id),
    "require_others_open": lambda f, _: f.require_others_open(STUDY, 1),
    "admit_return": lambda f, b: [f.admit_return(STUDY, b.parcel, late=late) for late in (Arrival.LATE,)],
}
OF_WINDOW = {
    "list": lambda w, _: w.list(),
    "may_be_quoted": lambda w, b: w.may_be_quoted(STUDY, b.lab.first, 4, 10),
    "save_framework": lambda w, _: w.save_framework(STUDY, Framework()),
    **{name: OF_STUDIES[name] for name in ("available", "create", "open", "save_study", "add_memo", "open_round")},
    **{name: OF_STUDIES[name] for name in ("discard_round", "leave_out_closed")},
    **{name: OF_STUDIES[name] for name in ("work", "save_work", "save_themes", "add_decisions")},
    **{name: OF_STUDIES[name] for name in ("framework", "fix_framework", "openings")},
}
OF_PAGE = {
    "overview": lambda p, _: p.overview(STUDY),
    "write_parcel": lambda p, b: p.write_parcel(CopyFor(STUDY, 1, TWO.id), b.new_path()),
    "export_word": lambda p, b: p.export_word(CopyFor(STUDY, 1, OUTSIDE.id), b.new_folder()),
    "export_project": lambda p, b: p.export_project(
        CopyFor(STUDY, 1, OUTSIDE.id), b.new_path(".qdpx"), with_framework=True
    ),
    "lines_to_print": lambda p, _: p.lines_to_print(CopyFor(STUDY, 1, OUTSIDE.id)),
    "note_printed": lambda p, _: p.note_printed(CopyFor(STUDY, 1, OUTSIDE.id), "<p>lines</p>"),
    "arrive": lambda p, b: p.arrive(b.back),
    "receive_file": lambda p, b: p.receive_file(STUDY, b.back, CodingFileKind.WORD, CopyFor(STUDY, 1, OUTSIDE.id)),
    "receive_comments": lambda p, b: p.receive_comments(STUDY, b.back, OUTSIDE.id),
    "open_file": lambda p, b: [
        shown(p.open_file, STUDY, file, name_in_file="", late=Arrival.TAKEN_LATE) for file in (b.parcel, b.document)
    ],
    "export_back": lambda p, b: p.export_back(STUDY, 1, b.new_path()),
}
# What coding files are made of: what is sealed, opened, checked and taken in.
INNER = (coding_parcel, coding_return, guest_study)
# Closing is what opens; what is destroyed shows nothing.
NOT_TRIED = {"close_round", "destroy"}
OF_COMMANDS = {
    "list": {},
    "send": {"coder": TWO.label},
    "return": {},
    "receive": {},
    "import": {"coder": TWO.label, "name": "", "file": "project"},
    "export": {"not_encrypted": True, "purpose": "analysis"},
    "agreement": None,
    "delete": None,
}
"""The options of each subcommand; None for one that opens no study: a file elsewhere, or destroying."""


def public(owner):
    return {name for name, _ in inspect.getmembers(owner, callable) if not name.startswith("_")}


def test_every_function_that_may_show_anothers_coding_is_listed_here():
    assert public(AnalysisStudies) - NOT_TRIED == OF_STUDIES.keys()
    assert public(CodingFiles) == OF_FILES.keys()
    assert public(_StudyWork) - NOT_TRIED == OF_WINDOW.keys()
    assert issubclass(_StudyWork, AnalysisWork)
    assert public(AnalysisFiles) == OF_PAGE.keys()
    assert subcommands().keys() == OF_COMMANDS.keys()


def test_every_file_that_has_a_studys_acts_in_its_hands_is_listed_here():
    acts = re.compile(r"\b(AnalysisStudies|CodingFiles)\(")
    files = (path for path in PACKAGE.rglob("*.py") if acts.search(path.read_text(encoding="utf-8")))

    assert {path.relative_to(PACKAGE).as_posix() for path in files} - HOLDERS == set()


def test_what_opens_a_coding_file_or_takes_it_in_is_used_by_the_acts_on_coding_files_alone():
    """They are the ones that ask first whether one's own round is closed."""
    inner = (coding_admission.CodingAdmission, *(one for module in INNER for one in functions_of(module)))
    asked = re.compile(rf"\b({'|'.join(one.__name__ for one in inner)})\(")
    files = (path for path in PACKAGE.rglob("*.py") if asked.search(path.read_text(encoding="utf-8")))
    own = {f"vault/{module.__name__.rpartition('.')[2]}.py" for module in INNER}

    assert len(inner) >= 9
    assert {path.relative_to(PACKAGE).as_posix() for path in files} == own | {"vault/coding_files.py"}


def functions_of(module):
    found = inspect.getmembers(module, inspect.isfunction)
    return [one for name, one in found if one.__module__ == module.__name__ and not name.startswith("_")]


def subcommands():
    """Return what each subcommand of `analysis` runs."""
    found = {}

    def add(act, do, **_options):
        found[act] = do
        return argparse.ArgumentParser()

    command.add_to(SimpleNamespace(add=add))
    return found


def shown(act, *given, **named):
    """Return what an act shows: what it returns, or all that its trouble says."""
    try:
        return repr(act(*given, **named))
    except Trouble as trouble:
        return repr((trouble, trouble.__cause__))


@pytest.mark.parametrize("name", OF_STUDIES)
def test_no_act_on_a_study_shows_what_others_coded_before_ones_own_round_is_closed(blind, name):
    assert SECRET not in shown(OF_STUDIES[name], blind.lab.studies, blind)
    assert AuditAct.CODING_OPENED not in blind.lab.acts()


@pytest.mark.parametrize("name", OF_FILES)
def test_no_act_on_coding_files_shows_what_others_coded_before_ones_own_round_is_closed(blind, name):
    assert SECRET not in shown(OF_FILES[name], blind.lab.files, blind)
    assert AuditAct.CODING_OPENED not in blind.lab.acts()


@pytest.mark.parametrize("name", OF_WINDOW)
def test_nothing_that_the_window_asks_shows_what_others_coded_before_ones_own_round_is_closed(blind, name):
    window = _StudyWork(SimpleNamespace(vault=SimpleNamespace(open_vault=lambda: blind.lab.vault)))

    assert SECRET not in shown(OF_WINDOW[name], window, blind)
    assert AuditAct.CODING_OPENED not in blind.lab.acts()


@pytest.mark.parametrize("name", OF_PAGE)
def test_nothing_that_the_page_of_files_asks_shows_what_others_coded_before_ones_own_round_is_closed(blind, name):
    page = AnalysisFiles(blind.lab.studies)

    assert SECRET not in shown(OF_PAGE[name], page, blind)
    assert SECRET not in blind.left()
    assert AuditAct.CODING_OPENED not in blind.lab.acts()


@pytest.mark.parametrize("name", [name for name, options in OF_COMMANDS.items() if options is not None])
@pytest.mark.parametrize("as_json", [False, True])
def test_no_command_shows_what_others_coded_before_ones_own_round_is_closed(blind, name, as_json, monkeypatch, capsys):
    for module in (command_files, analysis_export, project_import):
        monkeypatch.setattr(module, "open_vault", lambda _options: contextlib.nullcontext(blind.lab.vault))
    monkeypatch.chdir(blind.data)
    defaults = {"json": as_json, "study": STUDY[:8], "round": 1, "late": "take", "to": str(blind.new_path(".qdpx"))}
    options = argparse.Namespace(**(defaults | {"file": str(blind.back)} | OF_COMMANDS[name]))
    told = shown(subcommands()[name], options) + "".join(capsys.readouterr()) + blind.left()

    assert SECRET not in told
    assert AuditAct.CODING_OPENED not in blind.lab.acts()


def test_the_same_doors_open_once_ones_own_round_is_closed(blind):
    """Or the tests above would pass over functions that show nothing at all."""
    blind.lab.studies.close_round(STUDY, 1, ME.id)

    assert SECRET in shown(OF_FILES["admit_return"], blind.lab.files, blind)
    assert SECRET in shown(OF_FILES["open_received"], blind.lab.files, blind)
    assert SECRET in shown(OF_STUDIES["work"], blind.lab.studies, blind)
    assert SECRET in shown(OF_STUDIES["open"], blind.lab.studies, blind)


def test_nothing_refuses_by_another_trouble_than_the_open_round(blind):
    for act, owner in ((OF_STUDIES["work"], blind.lab.studies), (OF_FILES["open_received"], blind.lab.files)):
        with pytest.raises(Trouble) as raised:
            act(owner, blind)
        assert raised.value.code is TroubleCode.ROUND_STILL_OPEN
