"""Studies of an open vault: texts behind the consent gate, coding round by round, and nobody's before one's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.consensus import consensus_work
from balint_desktop.domain.analysis.framework import FixedFramework, Framework, FrameworkMove, SameCode
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import MoveCount
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    CodingArrival,
    CodingOpening,
    CodingRound,
    ConsensusMeeting,
    MatterDecision,
    Memo,
    RoundClosing,
    StudyText,
    ThemeWork,
)
from balint_desktop.domain.analysis.theme_history import ThemeStep
from balint_desktop.domain.analysis.work_format import framework_sha256, work_sha256
from balint_desktop.domain.deidentify.approved import ApprovedText, approved_from_json
from balint_desktop.domain.deidentify.quotable import quotable
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, new_id
from balint_desktop.vault.analysis.store import StudyFile
from balint_desktop.vault.analysis.study_rows import FrameworkVersion
from balint_desktop.vault.analysis_texts import CLOSED, ApprovedTexts, available_texts, require_analysable
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.studies import CodingFileKind, author_mark
from balint_desktop.vault.study_texts import StudyTextFollower, move_to_version
from balint_desktop.vault.vault import OpenVault

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class StudyContents:
    """A study opened in memory, without the work of any round.

    `withdrawn` are the names of texts of which passages that had been coded were withdrawn: never whose. `is_guest` is
    whether it came to this vault in a parcel.
    """

    study: AnalysisStudy
    me: str
    texts: dict[RecordingId, ApprovedText]
    rounds: tuple[CodingRound, ...] = ()
    memos: tuple[Memo, ...] = ()
    meetings: tuple[ConsensusMeeting, ...] = ()
    decisions: tuple[MatterDecision, ...] = ()
    themes: ThemeWork = field(default_factory=ThemeWork)
    theme_steps: tuple[ThemeStep, ...] = ()
    withdrawn: tuple[str, ...] = ()
    is_guest: bool = False


class AnalysisStudies:
    """The acts on studies. Any thread: each has the log to itself, and the store.

    `texts` are the approved ones, `text_name` what a session's text is called in a study.
    """

    def __init__(self, vault: OpenVault, texts: ApprovedTexts, text_name: Callable[[int], str]) -> None:
        self.vault = vault
        self.log = vault.log
        self.store = vault.studies
        self.texts = texts
        self._text_name = text_name

    # --- the list ---

    def contents_in_short(self) -> tuple[tuple[AnalysisStudy, tuple[CodingRound, ...], str], ...]:
        """Return every study with its rounds and who works here; one that does not open is left out.

        Raise Trouble VAULT_LOCKED.
        """
        found = []
        with self.vault.log_stays, self.store.lock:
            self.vault.secrets()
            for record in self.log.studies.all():
                try:
                    file = self.store.open(record.id)
                except Trouble as trouble:
                    if trouble.code is TroubleCode.VAULT_LOCKED:
                        raise
                    continue
                found.append((file.tables.study(), file.tables.rounds(), file.tables.me()))
        return tuple(found)

    def damaged(self) -> tuple[str, ...]:
        """Return the ids of studies that do not open. Raise Trouble VAULT_LOCKED, when none does."""
        with self.vault.log_stays, self.store.lock:
            self.vault.secrets()
            return tuple(record.id for record in self.log.studies.all() if not self._opens(record.id))

    def _opens(self, study: str) -> bool:
        try:
            self.store.open(study)
        except Trouble as trouble:
            if trouble.code is TroubleCode.VAULT_LOCKED:
                raise
            return False
        return True

    def available(self) -> tuple[StudyText, ...]:
        """Return the approved texts that consents allow to be analysed today. Raise Trouble."""
        with self.vault.log_stays:
            self.vault.secrets()
            return available_texts(self.texts, self._text_name)

    # --- one study ---

    def create(self, study: AnalysisStudy, me: str) -> StudyContents:
        """Create a study: its own key, its own sealed database.

        Raise Trouble: STUDY_TEXT_CLOSED, and the disk's; ValueError where `me` is none of its authors.
        """
        with self.vault.log_stays, self.store.lock:
            made = replace(study, id=study.id if _ID.fullmatch(study.id) else new_id())
            if self.log.studies.find(made.id) is not None:
                raise ValueError("a study of this id is there")
            _require_author(made, me)
            require_analysable(self.texts, made.texts)
            self.store.create(made, me)
            return self.open(made.id)

    def open(self, study: str) -> StudyContents:
        """Open a study with its texts: each asks the consent gate again.

        What was withdrawn from a text is taken out of what was coded on it first. Raise Trouble: STUDY_MISSING,
        STUDY_DAMAGED, STUDY_TEXT_CLOSED, STUDY_TEXT_CHANGED, VAULT_LOCKED.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.followed(study)
            about, me = file.tables.study(), file.tables.me()
            texts = {one.recording: self.text(file, one) for one in about.texts}
            withdrawn = tuple(
                one.name
                for one in about.texts
                if any(version.withdrawn or version.cut for version in file.tables.versions(one.recording))
            )
            return StudyContents(
                *(about, me, texts, file.tables.rounds(), self._visible_memos(file)),
                meetings=file.themes.meetings(),
                decisions=file.themes.decisions(),
                themes=file.themes.themes(),
                theme_steps=file.themes.steps(),
                withdrawn=withdrawn,
                is_guest=bool(file.tables.lead_recipient()),
            )

    def followed(self, study: str) -> StudyFile:
        """Open a study's file, moved to the versions that its texts have now. Raise Trouble."""
        record = self.log.studies.find(study)
        if record is not None and not record.is_guest and self.log.read_only is None:
            StudyTextFollower(self.vault.places, self.log, self.store, self.vault.secrets()).follow_in(study)
        return self.store.open(study)

    def text(self, file: StudyFile, about: StudyText) -> ApprovedText:
        """Return a text of a study, in the version that it is coded on. Raise Trouble."""
        stored = file.tables.stored_text(about.recording)
        try:
            text = approved_from_json(stored) if stored is not None else self.texts.read(about.recording)
        except ValueError as error:
            raise Trouble(TroubleCode.STUDY_DAMAGED) from error
        except Trouble as trouble:
            if trouble.code in CLOSED:
                raise Trouble(TroubleCode.STUDY_TEXT_CLOSED, name=about.name) from trouble
            raise
        if (text.version, text.sha256) != (about.version, about.sha256):
            raise Trouble(TroubleCode.STUDY_TEXT_CHANGED, name=about.name)
        return text

    def _visible_memos(self, file: StudyFile) -> tuple[Memo, ...]:
        """Return one's own memos; others' came with coding files, which are taken in after one's own round alone."""
        return file.tables.memos()

    def save_study(self, study: AnalysisStudy) -> None:
        """Save name, question, approach, texts and authors. The coding of a text that is left out goes with it.

        Raise Trouble: STUDY_TEXT_CLOSED for a text that is new and may not be analysed; ValueError where who works here
        is no author any more, or a text of a round is of another version.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.followed(study.id)
            before = file.tables.study()
            _require_author(study, file.tables.me())
            known = {one.recording: one for one in before.texts}
            if any(
                one.recording in known
                and (one.version, one.sha256) != (known[one.recording].version, known[one.recording].sha256)
                for one in study.texts
            ):
                raise ValueError("a text moves to another version by its redactions alone")
            require_analysable(self.texts, [one for one in study.texts if one.recording not in known])
            for recording in known.keys() - {one.recording for one in study.texts}:
                move_to_version(self.store, study.id, recording, None)
            with file.together():
                file.tables.set_study(study)
            self.store.bring_to_log(file)

    def leave_out_closed(self, study: str) -> tuple[str, ...]:
        """Remove from a study the texts that may not be analysed today, with what was coded on them.

        A study with such a text does not open. Return the names of the texts. Raise Trouble: STUDY_MISSING,
        STUDY_DAMAGED.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.followed(study)
            about = file.tables.study()
            closed = tuple(one for one in about.texts if self._is_closed(file, one))
            if closed:
                self.save_study(replace(about, texts=tuple(one for one in about.texts if one not in closed)))
            return tuple(one.name for one in closed)

    def _is_closed(self, file: StudyFile, about: StudyText) -> bool:
        try:
            self.text(file, about)
        except Trouble as trouble:
            if trouble.code is not TroubleCode.STUDY_TEXT_CLOSED:
                raise
            return True
        return False

    def add_memo(self, study: str, memo: Memo) -> None:
        """Add a memo of one's own; one that it supersedes stays. Raise Trouble CODING_NOT_YOURS."""
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            _require_own(file, memo.author)
            before = next((one for one in file.tables.memos() if one.id == memo.supersedes), memo)
            _require_own(file, before.author)
            with file.together():
                file.tables.add_memo(memo)

    def destroy(self, study: str) -> None:
        """Destroy a study for good, its key first; the approved texts stay. Raise Trouble: STUDY_MISSING, HELD."""
        with self.vault.log_stays, self.store.lock:
            destroy_studies(self.vault, (study,))

    def move_to_version(self, study: str, recording: RecordingId, text: ApprovedText) -> MoveCount:
        """Move what was coded to a later version of a text. Return how many codings went or were cut. Raise Trouble."""
        with self.vault.log_stays:
            return move_to_version(self.store, study, recording, text)

    # --- rounds ---

    def open_round(self, study: str, coding_round: CodingRound) -> None:
        """Open a round of coding: the next one, without anything closed in it.

        Raise Trouble ROUND_OPENED_ELSEWHERE in a study that came in a parcel; ValueError for a round that cannot be.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            if file.tables.lead_recipient():
                raise Trouble(TroubleCode.ROUND_OPENED_ELSEWHERE)
            rounds, known = file.tables.rounds(), {one.id for one in file.tables.authors()}
            if coding_round.number != len(rounds) + 1 or coding_round.closings:
                raise ValueError("rounds are opened one after another")
            if not coding_round.authors or {*coding_round.authors, *coding_round.without_framework} - known:
                raise ValueError("authors of the study code in a round")
            frameworks = {one.version for one in file.tables.frameworks()}
            if coding_round.framework is not None and coding_round.framework not in frameworks:
                raise ValueError("a round uses a version of the framework that is fixed")
            with file.together():
                file.tables.add_round(coding_round)
            self.store.bring_to_log(file)

    def discard_round(self, study: str, round_number: int) -> None:
        """Remove the last round, opened by mistake, while nobody has coded, sent, received or closed anything in it.

        Raise Trouble: ROUND_IN_USE, ROUND_OPENED_ELSEWHERE in a study that came in a parcel.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            if file.tables.lead_recipient():
                raise Trouble(TroubleCode.ROUND_OPENED_ELSEWHERE)
            last = find_round(file, round_number)
            authors = {*last.authors, *(one.id for one in file.tables.authors())}
            is_used = (
                round_number != len(file.tables.rounds())
                or bool(last.closings)
                or any(file.work.has((round_number, one)) for one in authors)
                or any(one.round == round_number for one in file.tables.tickets())
                or any(one.round == round_number for one in file.themes.decisions())
                # A sealed file that came and is not opened yet is of a round that has a ticket.
                or any(one.round == round_number for one in self.log.studies.files(study))
            )
            if is_used:
                raise Trouble(TroubleCode.ROUND_IN_USE, number=round_number)
            # The log first: cut short after it, the round is still there, and is noted as opened again.
            self.log.studies.discard_round(study, round_number)
            with file.together():
                file.tables.remove_round(round_number)

    def work(self, study: str, round_number: int, author: str) -> CoderWork:
        """Return what somebody has coded in a round.

        Somebody else's only after one's own round, and each before it, is closed, and the audit trail has it: the first
        time is chained in it before anything is read. Raise Trouble: ROUND_STILL_OPEN, ROUND_UNKNOWN.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            coding_round = find_round(file, round_number)
            if author != file.tables.me():
                self.require_closed(file, round_number)
                if file.work.has((round_number, author)):
                    self.log.studies.note_opening(study, round_number, author)
            elif not file.work.has((round_number, author)):
                return CoderWork(self.first_codes(file, coding_round, author))
            return file.work.work((round_number, author))

    def first_codes(self, file: StudyFile, coding_round: CodingRound, author: str) -> Codebook:
        """Return what a round is begun with: the codes of its framework, none in an open round."""
        frameworks = {one.version: one.book for one in file.tables.frameworks()}
        return frameworks.get(coding_round.framework_of(author) or 0, Codebook())

    def given_codes(self, study: str, round_number: int, author: str) -> Codebook:
        """Return the codes that an author begins a round with: those of its framework, none in open coding.

        Raise Trouble ROUND_UNKNOWN.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            return self.first_codes(file, find_round(file, round_number), author)

    def consensus(self, study: str, round_number: int) -> CoderWork:
        """Return what is agreed of a round, after what was decided: codings of nobody's own. None is stored.

        Raise Trouble as `work` does.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            me, coding_round = file.tables.me(), find_round(file, round_number)
            mine = [me] if me in coding_round.authors else []
            others = [one.author for one in coding_round.closings if one.author != me]
            return consensus_work(
                {author: self.work(study, round_number, author) for author in (*mine, *others)},
                self.framework(study),
                file.themes.decisions(),
                file.themes.themes().themes,
                round_number=round_number,
                texts={one.recording for one in file.tables.study().analysed},
            )

    def openings(self, study: str) -> tuple[CodingOpening, ...]:
        """Return when coding of other authors was first opened here, the earliest first. Raise Trouble.

        The audit trail chains each after the closing of one's own round.
        """
        with self.vault.log_stays, self.store.lock:
            known = {author_mark(study, one.id): one.id for one in self.store.open(study).tables.authors()}
            return tuple(
                CodingOpening(number, known[mark], wall)
                for number, mark, wall in self.log.studies.openings(study)
                if mark in known
            )

    def arrivals(self, study: str) -> tuple[CodingArrival, ...]:
        """Return the files with coding of others that were opened, in the order of it. Raise Trouble."""
        with self.vault.log_stays, self.store.lock:
            taken = self.store.open(study).tables.taken()
            found = (
                CodingArrival(
                    *(taken[row.id].round, taken[row.id].author, row.wall, row.taken_wall),
                    is_parcel=row.kind is CodingFileKind.PARCEL,
                    counts=taken[row.id].counts,
                )
                for row in self.log.studies.files(study)
                if row.id in taken and row.taken_wall is not None
            )
            return tuple(sorted(found, key=lambda one: one.taken_wall))

    def require_closed(self, file: StudyFile, round_number: int) -> None:
        """Check that every round up to this one that codes here is closed, in the study and in the audit trail.

        Raise Trouble ROUND_STILL_OPEN. Later rounds do not matter: an earlier one is compared while they are coded.
        """
        me = file.tables.me()
        for one in file.tables.rounds():
            if one.number <= round_number and me in one.authors:
                is_closed = one.has_closed(me) and self.log.studies.has_closed(file.id, one.number, me)
                if not is_closed:
                    raise Trouble(TroubleCode.ROUND_STILL_OPEN, number=one.number)

    def require_comments_open(self, file: StudyFile) -> None:
        """Check that others' comments may be opened: where people code blindly, after one's own rounds are closed.

        Raise Trouble ROUND_STILL_OPEN.
        """
        rounds = file.tables.rounds()
        if rounds and file.tables.study().approach.has_rounds:
            self.require_closed(file, rounds[-1].number)

    def save_work(self, study: str, round_number: int, author: str, work: CoderWork) -> None:
        """Save one's own codes and codings: what changed, in one transaction.

        Raise Trouble: ROUND_CLOSED, CODING_NOT_YOURS, ROUND_UNKNOWN.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            _require_own(file, author)
            if find_round(file, round_number, author).has_closed(author):
                raise Trouble(TroubleCode.ROUND_CLOSED)
            if self.log.studies.has_closed(study, round_number, author):
                # An older copy of the database was put here: what was closed stays closed.
                raise Trouble(TroubleCode.ROUND_CLOSED)
            with file.together():
                file.work.write((round_number, author), work)

    def close_round(self, study: str, round_number: int, author: str) -> CodingRound:
        """Close one's own coding, and chain its fingerprint in the audit trail. There is no way back.

        Raise Trouble: ROUND_CLOSED, CODING_NOT_YOURS, ROUND_UNKNOWN.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.followed(study)
            _require_own(file, author)
            if find_round(file, round_number, author).has_closed(author):
                raise Trouble(TroubleCode.ROUND_CLOSED)
            texts = {one.recording: one.sha256 for one in file.tables.texts()}
            # What is stored is without hidden signs, and what is remembered may still have them.
            file.work.forget()
            sha256 = work_sha256(file.work.work((round_number, author)), texts)
            with file.together():
                file.tables.close_round(round_number, RoundClosing(author, self.log.now(), sha256))
            self.store.bring_to_log(file)
            return find_round(file, round_number)

    # --- framework, themes, decisions ---

    def framework(self, study: str) -> Framework:
        """Return the framework: as it is worked on, and every version that was fixed. Raise Trouble."""
        with self.vault.log_stays, self.store.lock:
            tables = self.store.open(study).tables
            versions = tuple(FixedFramework(one.version, one.wall, one.book) for one in tables.frameworks())
            return Framework(tables.draft(), tables.same_as(), versions, tables.moves())

    def save_framework(
        self,
        study: str,
        book: Codebook,
        same: Sequence[SameCode] = (),
        moves: Sequence[FrameworkMove] | None = None,
    ) -> None:
        """Save the codes that are worked on, and which codes of coders are which of them. Raise Trouble.

        The moves that led to it stay as they are stored where none are given.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            with file.together():
                file.tables.set_framework(book, same, moves)

    def fix_framework(self, study: str) -> Framework:
        """Fix the codes that are worked on as the next version, and chain its fingerprint; none is ever changed.

        Raise Trouble.
        """
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            book, version = file.tables.draft(), len(file.tables.frameworks()) + 1
            with file.together():
                file.tables.add_framework(FrameworkVersion(version, self.log.now(), framework_sha256(book), book))
            self.store.bring_to_log(file)
            return self.framework(study)

    def may_be_quoted(self, study: str, recording: RecordingId, begin: int, end: int) -> bool:
        """Return whether those who speak in a passage of a study's text agreed to be quoted, as of today.

        It never says who did not. In a coder's own vault nobody's answers are known, and nothing may be. Raise Trouble.
        """
        with self.vault.log_stays:
            record = self.log.studies.find(study)
            if record is None:
                raise Trouble(TroubleCode.STUDY_MISSING)
            if record.is_guest:
                return False
            consents = DeidentifiedTexts(self.vault).quotation_consents(recording)
            text = self.texts.read(recording)
        return quotable(text, (begin, end), consents.agreed, everyone=consents.everyone)

    def stated(self, study: str) -> Mapping[int, str]:
        """Return what was stated of a study, by the number of its item in COREQ. Raise Trouble."""
        with self.vault.log_stays, self.store.lock:
            return self.store.open(study).tables.stated()

    def save_stated(self, study: str, stated: Mapping[int, str]) -> None:
        """Save what is stated of a study. Raise Trouble."""
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            with file.together():
                file.tables.set_stated(stated)

    def save_themes(self, study: str, themes: ThemeWork) -> None:
        """Save themes and quotations, and what has changed in a theme. Raise Trouble."""
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            with file.together():
                file.themes.set_themes(themes)
                file.themes.note_steps(themes.themes, self.log.now())

    def add_decisions(self, study: str, meeting: ConsensusMeeting, decisions: Sequence[MatterDecision]) -> None:
        """Add decisions of a meeting; none is overwritten, and nobody's own coding is changed.

        Raise Trouble; ValueError for a decision of another meeting, or without a reason where one is needed.
        """
        if any(one.meeting != meeting.id or (one.outcome.needs_reason and not one.reason.strip()) for one in decisions):
            raise ValueError("a decision is of its meeting, and has a reason unless all is kept")
        with self.vault.log_stays, self.store.lock:
            file = self.store.open(study)
            with file.together():
                file.themes.add_decisions(meeting, decisions)


def find_round(file: StudyFile, number: int, author: str | None = None) -> CodingRound:
    """Return a round of a study, in which an author codes where one is given. Raise Trouble ROUND_UNKNOWN."""
    for one in file.tables.rounds():
        if one.number == number and (author is None or author in one.authors):
            return one
    raise Trouble(TroubleCode.ROUND_UNKNOWN, number=number)


def _require_own(file: StudyFile, author: str) -> None:
    if author != file.tables.me():
        raise Trouble(TroubleCode.CODING_NOT_YOURS)


def require_other(file: StudyFile, author: str) -> None:
    """Check that coding is somebody else's: one's own is nobody's to send, and nothing that comes replaces it.

    Raise Trouble CODING_NOT_YOURS.
    """
    if author == file.tables.me():
        raise Trouble(TroubleCode.CODING_NOT_YOURS)


def _require_author(study: AnalysisStudy, me: str) -> None:
    ids = [one.id for one in study.authors]
    if me not in ids or len(set(ids)) != len(ids):
        raise ValueError("who works in this vault is one of the authors, each of whom is there once")


def destroy_studies_of(vault: OpenVault, group: GroupId) -> None:
    """Destroy every study that stands on a text of a group, as its retention asks. Raise Trouble HELD, before any."""
    with vault.log_stays, vault.studies.lock:
        destroy_studies(vault, [one.study for one in vault.log.studies.retained(group) if one.deleted_wall is None])


def destroy_studies(vault: OpenVault, studies: Sequence[str]) -> None:
    """Destroy studies for good, unless a legal hold protects a session that one of them stands on. Raise Trouble."""
    vault.secrets()
    for study in studies:
        for used in vault.log.studies.texts(study):
            vault.log.holds.require_free(used.recording)
    for study in studies:
        vault.studies.destroy(study)
