"""Run every exporter over one vault, by the module that has it, and hold what would have left."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

from accounts import GROUP
from analysis_bench import deps as study_deps
from approved_texts import approve
from clocks import WoundClock
from kept_vaults import keep_session
from PySide6.QtWidgets import QWidget
from sessions import shipped
from study_reports import every_file, plain, reported, write, write_project
from study_vaults import STUDY

from balint_desktop.app.analysis_place import copy_passage, print_paper
from balint_desktop.app.analysis_reports import AnalysisReports
from balint_desktop.app.group_sections import _evaluation
from balint_desktop.domain.analysis.study import AnalysisStudy, Author, CodingRound, RoundKind, Workplace
from balint_desktop.domain.evaluation.questionnaires import parse_questionnaire
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door, door_of_file
from balint_desktop.domain.values import new_id
from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.accreditation_service import AccreditationService
from balint_desktop.reports.analysis.coder_export import CoderExport, CopyFor, copy_stem
from balint_desktop.reports.approved_text.export import export_approved
from balint_desktop.reports.approved_text.forms import TextForm
from balint_desktop.reports.outside_labels import outside_labels
from balint_desktop.reports.service import ReportService
from balint_desktop.ui.accreditation.record_section import RecordDeps, RecordSection
from balint_desktop.ui.accreditation.review_summary import HalfYearPage
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.meeting_paper import meeting_html
from balint_desktop.ui.analysis.report_page import ReportPage
from balint_desktop.ui.export import printing
from balint_desktop.ui.export.export_file import FileExport, named_path
from balint_desktop.ui.export.name_gate import copied, outgoing
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.ethics_file import EthicsFilePage
from balint_desktop.ui.group.consents.form_page import FormPage
from balint_desktop.ui.group.evaluation.scores import ScoresBox
from balint_desktop.ui.group.reports.card_offer import CardOffer
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.section import ReportsSection
from balint_desktop.ui.log.export import LogExport
from balint_desktop.ui.session.flow import SessionFlow
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets import clipboard
from balint_desktop.vault import name_gate
from balint_desktop.vault.analysis_texts import VaultTexts
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.studies import AnalysisStudies

WALL = 1_776_700_000.0


class Bench:
    """Pages over a vault; whatever they would export, print or copy is in `left`: door, file, group."""

    def __init__(self, vault, folder, monkeypatch, qtbot, *own, planted=None):
        self.vault, self.folder = vault, folder
        # What is typed into each field of a study that is analysed.
        self.told = planted or plain
        self.own_format, self.own_questionnaire = own or ("", "")
        self._qtbot = qtbot
        self.left = []
        self.messages = Messages()
        self.clock = WoundClock(wall=WALL)
        recordings = RecordingService(vault, None, None)
        self.accounts = ReportService(
            vault,
            lambda group: recordings.sessions([row.id for row in vault.log.sessions.sessions(group)]),
            lambda key: shipped(key).name,
            self.clock,
        )
        self.export = _EveryForm(self)
        self.group = vault.log.groups.group(GROUP)
        self.parent = self.page(QWidget())
        # Where the app's own gate is asked by name.
        monkeypatch.setattr(name_gate, "pass_names", lambda _vault, *asked: self.pass_names(*asked))
        for name in ("print_text", "print_hour_card"):
            monkeypatch.setattr(printing, name, lambda *_asked: None)

    def page(self, widget):
        """Return a page that ends with the test."""
        self._qtbot.addWidget(widget)
        return widget

    def pass_names(self, door, files, group=None, /):
        self.left += [(door, file, group) for file in files]

    @contextmanager
    def copying(self):
        """Hold what is copied instead of asking the gate."""
        before = clipboard._guards[:]

        def hold(door, text):
            self.left.append((door, copied(text), None))
            return False

        clipboard.guard_copies(hold)
        yield
        clipboard._guards[:] = before

    def deps(self):
        return ReportDeps(self.accounts, self.export, self.messages, shipped, lambda _parent, _html: None)

    def run(self, module):
        """Return what a module lets out."""
        self.left = []
        RUNS[module](self)
        return self.left


class _EveryForm(FileExport):
    """Offers each file in each of its forms."""

    def __init__(self, bench):
        super().__init__(
            lambda _kind, _group: None,
            lambda *_args, **_named: None,
            bench.messages,
            pass_names=bench.pass_names,
        )
        self._bench = bench

    def save(self, parent, stem, forms, group=None, *, with_name=False, words=""):
        for form in forms:
            path = named_path(self._bench.folder / f"{stem}{form.ending}", form.ending, with_name=with_name)
            self.pass_names(door_of_file(form.audit_name), (outgoing(path, form.content()),), group)


def _reports(bench):
    section = bench.page(ReportsSection(bench.deps()))
    section.card._ask = lambda *_: bench.folder / "card.pdf"
    section.show_subject(bench.group)
    for button in (
        *(section.report_button, section.dates_button, section.log_button, section.requests_button),
        section.trail_button,
    ):
        button.click()
    return section


def _attendance(bench):
    _reports(bench).attendance.save()


def _card(bench):
    section = _reports(bench)
    bench.left.clear()
    for button in (section.card.print_button, section.card.a4_button, section.card.a5_button):
        button.click()


def _own_card(bench):
    def html():
        from balint_desktop.ui.export.hour_card import hour_card  # noqa: PLC0415

        return hour_card(parse_format(bench.own_format or shipped_text()))

    offer = bench.page(
        CardOffer(html, lambda *_: None, lambda file: bench.pass_names(Door.CARD, (file,)), bench.messages)
    )
    offer.print_button.click()


def shipped_text():
    from balint_desktop import resources  # noqa: PLC0415

    return resources.text("formats/student-hour.toml")


def _methods(bench):
    section = _reports(bench)
    bench.left.clear()
    with bench.copying():
        section.methods.copy_button.click()
    section.methods.save_button.click()


def _log(bench):
    records = bench.accounts.account(bench.group).records
    LogExport(
        bench.export,
        bench.vault.log.groups.groups,
        lambda: (bench.accounts.audit_rows(), bench.accounts.trail()),
        outside_labels(bench.vault),
    ).export(bench.parent, lambda: records, "balint-log")


def _record(bench):
    service = AccreditationService(bench.vault.log, bench.clock)
    deps = RecordDeps(service, bench.export, lambda: bench.accounts.facilitator().who)
    section = bench.page(RecordSection(deps))
    section.save_pdf()
    section.save_sheet()


def _reviews(bench):
    service = AccreditationService(bench.vault.log, bench.clock)
    page = bench.page(HalfYearPage())
    page.show_half_year(tuple(_reviewed(service)), service.facts().supervisions, date(2026, 4, 20))
    page.first.set_day(date(2026, 1, 1))
    with bench.copying():
        page.copy()


def _reviewed(service):
    from balint_desktop.domain.accreditation.reviews import ReviewedSession  # noqa: PLC0415

    led = {one.id: one for one in service.facts().sessions}
    for review in service._log.accreditation.reviews():
        yield ReviewedSession(review, led[review.session].day, led[review.session].title)


def _consents(bench):
    return ConsentDeps(
        log=bench.vault.log,
        messages=bench.messages,
        undoing=UndoStack(bench.messages),
        changed=lambda _group: None,
        destroy=lambda _recording: None,
        open_transcript=lambda _recording: None,
        print_text=lambda *_: None,
        labels=bench.accounts.labels,
        ask=lambda _parent, _title, name, _kinds: bench.folder / name,
        pass_names=bench.pass_names,
        transcripts=None,
    )


def _ethics(bench):
    page = bench.page(EthicsFilePage(_consents(bench)))
    page.show_subject(bench.group)
    page.table_button.click()
    page.each_person.setChecked(True)
    page.table_button.click()


def _form(bench):
    page = bench.page(FormPage(_consents(bench)))
    page.show_subject(bench.group)
    page.pdf_button.click()
    page.print_button.click()


def _evaluation_deps(bench):
    context = SimpleNamespace(
        vault=SimpleNamespace(open_vault=lambda: bench.vault, current=bench.vault, closing=None),
        data=SimpleNamespace(vault=bench.folder),
        clock=bench.clock,
        messages=bench.messages,
        undo=UndoStack(bench.messages),
        questionnaires=None,
        formats=None,
    )
    from balint_desktop.app import group_sections  # noqa: PLC0415

    before = group_sections.form_drafts, group_sections.export_service
    group_sections.form_drafts, group_sections.export_service = (lambda _context: None), (lambda _context: bench.export)
    try:
        return bench.page(_evaluation(context, None, None))._deps
    finally:
        group_sections.form_drafts, group_sections.export_service = before


def _sheet(bench):
    asked = parse_questionnaire(bench.own_questionnaire or _written_part())
    _evaluation_deps(bench).print_sheet(bench.parent, asked)


def _written_part():
    from balint_desktop import resources  # noqa: PLC0415

    return resources.text("questionnaires/written-part.toml")


def _scores(bench):
    section = bench.page(ScoresBox(_evaluation_deps(bench), bench.messages, UndoStack(bench.messages)))
    section.show_group(bench.group)
    section._on_export()


def _flow_card(bench):
    form = parse_format(bench.own_format or shipped_text())
    flow = SimpleNamespace(
        _deps=SimpleNamespace(messages=bench.messages, formats=SimpleNamespace(load=lambda _key: form)),
        _vault=lambda: bench.vault,
        _is_own_format=lambda _key: True,
    )
    SessionFlow._print_card(flow, bench.parent, "own", bench.group, "14:00")


def _approved(bench):
    kept = keep_session(bench.folder / "approved", purposes=(Purpose.ANALYSIS, Purpose.TRANSCRIPTION))
    vault = kept.made.open()
    approve(vault, kept.recording)
    for form in TextForm:
        export_approved(vault, kept.recording, Purpose.ANALYSIS, bench.folder / f"session-3{form}")
    vault.close()


def _coders(bench):
    """What goes to coders: a study and a coder called after the group, whose name is planted."""
    kept = keep_session(bench.folder / "coders", purposes=(Purpose.ANALYSIS, Purpose.TRANSCRIPTION))
    vault = kept.made.open()
    approve(vault, kept.recording)
    studies = AnalysisStudies(vault, VaultTexts(vault), lambda number: f"Session {number}")
    me, other = Author(new_id(), "AB"), Author(new_id(), bench.group.name, workplace=Workplace.WORD)
    study = AnalysisStudy(new_id(), bench.group.name, texts=studies.available(), authors=(me, other))
    study = studies.create(study, me.id).study
    studies.open_round(study.id, CodingRound(1, RoundKind.OPEN, WALL, (me.id, other.id)))
    copies, who = CoderExport(studies, CodingFiles(studies)), CopyFor(study.id, 1, other.id)
    copies.export_word(who, bench.folder)
    copies.export_project(who, bench.folder / f"{copy_stem(study, who)}.qdpx", with_framework=False)
    print_paper(vault, bench.pass_names, bench.parent, *copies.lines_to_print(who))
    vault.close()


def _meeting(bench):
    study = AnalysisStudy("study", bench.group.name, question=bench.group.name)
    opened = OpenStudy(study, "", {})
    print_paper(bench.vault, bench.pass_names, bench.parent, study, meeting_html(opened, (), (), "4 March 2026"))
    kept = keep_session(bench.folder / "copied", purposes=(Purpose.ANALYSIS, Purpose.TRANSCRIPTION))
    vault = kept.made.open()
    with bench.copying():
        copy_passage(vault, kept.recording, f"“Words” ({bench.group.name})")
    vault.close()


def _analysis(bench):
    lab = reported(bench.folder / "analysis", bench.told)
    for which, ending in every_file():
        write(lab, which, bench.folder / f"a-{which}{ending}")
    write_project(lab, bench.folder / "a-project.qdpx")
    lab.close()


def _analysis_methods(bench):
    lab = reported(bench.folder / "methods", bench.told)
    reports = AnalysisReports(None, lab.studies)
    reports._prompts = lambda _study: ""
    work = SimpleNamespace(run=lambda job, done, *_, **__: done(job()))
    page = bench.page(ReportPage(study_deps(None), work, bench.messages))
    contents = lab.studies.open(STUDY)
    opened = OpenStudy(contents.study, contents.me, contents.texts)
    page.show_study(reports, opened, reports.offer(STUDY))
    with bench.copying():
        page.copy_button.click()
    page.leave()
    lab.close()


def _rows(bench):
    with bench.copying():
        clipboard.copy_text(Door.COPIED_ROWS, f"{bench.group.name}\t2026-03-04")


RUNS = {
    "app.analysis_place": _meeting,
    "reports.analysis.coder_export": _coders,
    "reports.approved_text.export": _approved,
    "app.group_sections": _sheet,
    "reports.analysis.export": _analysis,
    "ui.analysis.report_page": _analysis_methods,
    "ui.accreditation.record_section": _record,
    "ui.accreditation.review_summary": _reviews,
    "ui.group.consents.ethics_file": _ethics,
    "ui.group.consents.form_page": _form,
    "ui.group.evaluation.scores": _scores,
    "ui.group.evaluation.section": _sheet,
    "ui.group.reports.attendance_offer": _attendance,
    "ui.group.reports.card_offer": _card,
    "ui.group.reports.methods_box": _methods,
    "ui.group.reports.section": _reports,
    "ui.log.export": _log,
    "ui.ready.ready": _flow_card,
    "ui.session.flow": _flow_card,
    "ui.widgets.table": _rows,
    "ui.settings.own_files": _own_card,
}
"""How each module that lets something out by a gated door is made to."""


def plainly_in(file, name):
    """Return whether a name is in a file, by a reader of the tests' own: it knows nothing of the gate."""
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    texts = [file.name, *file.made_of]
    if file.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            texts += [archive.read(one).decode() for one in archive.namelist()]
    elif not file.data.startswith(b"%PDF"):
        texts.append(re.sub(r"\r\n[ \t]", "", file.data.decode()))
    return name.casefold() in " ".join(texts).casefold()
