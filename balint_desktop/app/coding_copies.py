"""Copies of coders that came back, from Word and from paper, as the forms of Analysis ask for them."""

from __future__ import annotations

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.line_numbers import LinesError, line_numbered
from balint_desktop.domain.analysis.paper_coding import (
    PaperCoding,
    paper_from_json,
    paper_to_json,
    work_of_paper,
)
from balint_desktop.domain.analysis.report_comments import memos_of_report, report_writers
from balint_desktop.domain.analysis.study import AuthorRole, Memo
from balint_desktop.domain.analysis.word_coding import copy_faults, matching_text
from balint_desktop.domain.analysis.word_copy import WordCopy, read_word_copy
from balint_desktop.domain.analysis.word_work import (
    CopyStamp,
    memos_of_copy,
    memos_of_unplaced,
    work_with_copy,
)
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.reports.analysis.report import report_headings, theme_headings
from balint_desktop.ui.analysis.copy_deps import CopyMeaning, ReceivedCopy, TakenCopy
from balint_desktop.vault.analysis.study_rows import SaidOf
from balint_desktop.vault.coding_admission import Arrival, TakenCoding
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.log.studies import CodingFileKind, author_behind
from balint_desktop.vault.studies import AnalysisStudies, StudyContents

# Of the report's headings, those of its themes apart, this many are in a copy of it, whatever was written into it.
_LEAST_HEADINGS = 3


class CodingCopies:
    """Fits an open vault to `ui/analysis/copy_deps.py: CopyService`. Any thread; each call has the log to itself."""

    def __init__(self, studies: AnalysisStudies, files: CodingFiles) -> None:
        self._vault = studies.vault
        self._studies = studies
        self._files = files

    # --- Word ---

    def read_copy(self, study: str, file: str) -> ReceivedCopy:
        """Open a Word file that came. Raise Trouble: ROUND_STILL_OPEN, WORD_COPY_OTHER_TEXT and as reading one does."""
        with self._vault.log_stays:
            row = self._files.received_row(study, file)
            # First, so that the audit trail does not say of a file that it was opened where its texts are closed.
            contents = self._studies.open(study)
            data = self._files.open_received(study, file)
            sender = author_behind(study, row.author, (one.id for one in contents.study.authors)) or ""
            label = next((one.label for one in contents.study.authors if one.id == sender), tr("unknown"))
            with copy_faults(tr("The Word file of {name}").format(name=label)) as name:
                copy = read_word_copy(data)
            found = matching_text(copy, {recording: text.text for recording, text in contents.texts.items()})
            writers = self._files.meanings(study, SaidOf.WRITER)
            round_number = row.round if sender else None
            is_taken = row.taken_wall is not None
            if found is not None:
                recording, returned = found
                return ReceivedCopy(
                    *(file, sender, round_number, returned.authors, recording, returned),
                    writers=writers,
                    legend=self._files.meanings(study, SaidOf.COLOUR, sender),
                    work=self._sent_before(study, round_number, sender),
                    is_taken=is_taken,
                )
            headings = self._headings(study, contents)
            if not _is_report(copy, headings):
                raise Trouble(TroubleCode.WORD_COPY_OTHER_TEXT, name=name)
            return ReceivedCopy(
                *(file, sender, None, report_writers(copy)),
                report=copy,
                headings=headings,
                writers=writers,
                is_taken=is_taken,
            )

    def _sent_before(self, study: str, round_number: int | None, sender: str) -> CoderWork:
        return CoderWork() if round_number is None else self._studies.work(study, round_number, sender)

    def _headings(self, study: str, contents: StudyContents) -> dict[str, str | None]:
        """Return the report's headings with the theme that each begins, whether it was named then or not."""
        account = AnalysisAccount(
            *(contents.study, day_of(self._vault.log.now()), contents.texts),
            rounds=contents.rounds,
            frameworks=self._studies.framework(study).versions,
            themes=contents.themes,
        )
        headings = report_headings(account, lambda day: day.isoformat())
        return headings | {words: one.id for one in contents.themes.themes for words in theme_headings(one)}

    def admit_copy(
        self, study: str, received: ReceivedCopy, meaning: CopyMeaning, late: Arrival = Arrival.LATE
    ) -> TakenCopy:
        """Take in what a Word file holds. Raise Trouble: ROUND_STILL_OPEN."""
        with self._vault.log_stays:
            contents = self._studies.open(study)
            taken = self._admit(study, contents, received, meaning, late)
            self._files.save_meanings(study, SaidOf.WRITER, meaning.writers)
            if received.round is not None:
                self._files.save_meanings(study, SaidOf.COLOUR, meaning.legend, received.sender)
            return taken

    def _admit(
        self, study: str, contents: StudyContents, received: ReceivedCopy, meaning: CopyMeaning, late: Arrival
    ) -> TakenCopy:
        sender, now = received.sender, self._vault.log.now()
        if received.recording is None or received.recording not in contents.texts:
            copy = received.report or WordCopy("")
            memos = memos_of_report(copy, received.headings, meaning.writers, now, new_id, known=contents.memos)
            self._files.admit_memos(study, received.file, sender, memos)
            return TakenCopy(0, len(memos), file=received.file)
        stamp = CopyStamp(received.recording, now, new_id, contents.texts[received.recording].turns)
        memos = self._memos(contents, received, meaning, stamp)
        if received.round is None:
            self._files.admit_memos(study, received.file, sender, memos)
            return TakenCopy(0, len(memos), file=received.file)
        mine = [name for name, author in meaning.writers.items() if author == sender]
        work = work_with_copy(CoderWork(), received.copy, mine, meaning.legend, stamp)
        return _taken(
            self._files.admit_work(study, received.file, sender, work, memos, late=late), len(memos), received.file
        )

    @staticmethod
    def _memos(
        contents: StudyContents, received: ReceivedCopy, meaning: CopyMeaning, stamp: CopyStamp
    ) -> tuple[Memo, ...]:
        authors = contents.study.authors
        only = {one.id for one in authors if received.round is None or one.role is AuthorRole.SUPERVISOR}
        memos = memos_of_copy(
            received.copy, meaning.writers, stamp, known=contents.memos, comments_only=frozenset(only)
        )
        if not meaning.keeps_unplaced:
            return memos
        coder = received.sender if received.round is not None else ""
        left = memos_of_unplaced(received.copy, coder, meaning.writers, meaning.legend, stamp, known=contents.memos)
        return (*memos, *left)

    # --- paper ---

    def require_others_open(self, study: str, round_number: int) -> None:
        """Check that another coder's lines may be typed in. Raise Trouble ROUND_STILL_OPEN."""
        self._files.require_others_open(study, round_number)

    def admit_typed(self, study: str, author: str, round_number: int, paper: PaperCoding) -> TakenCopy:
        """Seal what was typed to the study, and take it in. Raise Trouble: ROUND_STILL_OPEN, STUDY_TEXT_CHANGED."""
        with self._vault.log_stays:
            self.require_others_open(study, round_number)
            self._work_of(study, paper)
            row = self._files.receive_file(study, paper_to_json(paper), CodingFileKind.PAPER, author, round_number)
            return self.admit_paper(study, row.id)

    def admit_paper(self, study: str, file: str, late: Arrival = Arrival.LATE) -> TakenCopy:
        """Take in what was typed and sealed. Raise Trouble: CODING_FILE_DAMAGED, STUDY_TEXT_CHANGED."""
        with self._vault.log_stays:
            row = self._files.received_row(study, file)
            authors = self._studies.open(study).study.authors
            data = self._files.open_received(study, file)
            author = author_behind(study, row.author, (one.id for one in authors)) or ""
            try:
                work = self._work_of(study, paper_from_json(data))
            except ValueError as error:
                raise Trouble(TroubleCode.CODING_FILE_DAMAGED) from error
            return _taken(self._files.admit_work(study, file, author, work, late=late), 0, file)

    def _work_of(self, study: str, paper: PaperCoding) -> CoderWork:
        """Return what was typed as work: on the version of the text whose lines were numbered. Raise Trouble."""
        contents = self._studies.open(study)
        text = contents.texts.get(paper.text)
        if text is None or text.version != paper.version:
            name = next((one.name for one in contents.study.texts if one.recording == paper.text), tr("unknown"))
            raise Trouble(TroubleCode.STUDY_TEXT_CHANGED, name=name)
        try:
            stamp = CopyStamp(paper.text, self._vault.log.now(), new_id, text.turns)
            return work_of_paper(paper, line_numbered(text.text), stamp)
        except LinesError as error:
            raise Trouble(TroubleCode.CODING_FILE_DAMAGED) from error


def _taken(coding: TakenCoding, memos: int, file: str) -> TakenCopy:
    if coding.arrival in {Arrival.LATE, Arrival.KEPT}:
        return TakenCopy(0, 0, coding.arrival, file)
    codings = len(coding.work.codings.all) if coding.difference is None else coding.difference.added
    return TakenCopy(codings, memos, coding.arrival, file)


def _is_report(copy: WordCopy, headings: dict[str, str | None]) -> bool:
    lines = {copy.text[begin:end].strip() for begin, end in copy.paragraphs}
    return sum(heading in lines for heading, theme in headings.items() if theme is None) >= _LEAST_HEADINGS
