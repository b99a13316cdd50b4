"""AccreditationService: read and change the accreditation record, each change with its undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from balint_desktop import resources
from balint_desktop.domain.accreditation.pathways import Pathway, parse_pathway
from balint_desktop.domain.accreditation.reviews import Review, ReviewedSession
from balint_desktop.domain.accreditation.values import (
    AccreditationFacts,
    Colleague,
    ColleagueId,
    Leaders,
    LedSession,
    Meeting,
    SessionColleague,
    Supervision,
)
from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.study.consent import Consent, Purpose, still_permitted
from balint_desktop.domain.values import GroupId, RecordingId, SessionId, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.i18n.library_texts import translated_pathway
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.summaries import SessionQuery, SummaryRow, SummaryRows

Undo = Callable[[], None]
# The order in which the shipped pathways are offered.
_SHIPPED = ("bsanz", "uk", "abs")


def shipped_pathways() -> tuple[Pathway, ...]:
    """Return the pathways shipped with the app, in the user's language."""
    return tuple(translated_pathway(one) for one in _read_pathways())


@lru_cache(maxsize=1)
def _read_pathways() -> tuple[Pathway, ...]:
    return tuple(parse_pathway(resources.text(f"pathways/{key}.toml")) for key in _SHIPPED)


class AccreditationService:
    """Accreditation record over an open log. Runs on the log's thread. Methods that change it return their undo."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def today(self) -> date:
        """Return the local day."""
        return day_of(self._clock.now().wall)

    # --- reading ---

    def facts(self) -> AccreditationFacts:
        """Return every fact that may count. Raise Trouble."""
        return AccreditationFacts(
            self.sessions(), self._log.accreditation.supervisions(), self._log.accreditation.meetings()
        )

    def sessions(self) -> tuple[LedSession, ...]:
        """Return the sessions held with this laptop, newest first: none that came from elsewhere. Raise Trouble."""
        roles, elsewhere = self._log.leaders.own_roles(), self._log.imported_copies.sessions()
        return tuple(
            LedSession(
                id=row.session,
                day=date.fromisoformat(row.day),
                title=_title(row),
                cases=row.cases,
                role=roles.get(row.session),
                online=row.online,
                evaluation=row.kind is SessionKind.EVALUATION,
            )
            for row in self._held()
            if row.session not in elsewhere
        )

    def _held(self) -> list[SummaryRow]:
        """Return sessions that ended or were closed: one abandoned after its start does not count as held."""
        summaries = self._summaries()
        return [row for row in summaries.rows(summaries.ids(SessionQuery())) if row.closed or row.ended_s is not None]

    def _summaries(self) -> SummaryRows:
        """Return the session summaries, refreshed where outdated."""
        while self._log.summaries.refresh():
            pass
        return self._log.summaries

    def playable(self, sessions: Iterable[SessionId]) -> frozenset[SessionId]:
        """Return sessions whose recording may be played in supervision: it exists, and everyone present consents.

        A separate purpose beside research (American Balint Society, Credentialing Roadmap, asks for
        supervision with recordings); consent withdrawn since then counts as refused. Raise Trouble.
        """
        made: dict[SessionId, list[RecordingId]] = {}
        for one in self._log.recordings.recordings():
            made.setdefault(one.session, []).append(one.id)
        asked = [session for session in sessions if session in made]
        self._summaries()
        answers: dict[GroupId, tuple[Consent, ...]] = {}
        return frozenset(session for session in asked if self._may_be_played(session, made[session], answers))

    def _may_be_played(
        self, session: SessionId, made: list[RecordingId], answers: dict[GroupId, tuple[Consent, ...]]
    ) -> bool:
        try:
            row = self._log.summaries.row(session)
        except KeyError:
            return False
        if row.group is None or row.recorded != "yes":
            return False
        if row.group not in answers:
            answers[row.group] = self._log.consents.consents(row.group)
        return all(
            Purpose.SUPERVISION
            in still_permitted(self._log.consents.purposes_at_recording(one), answers[row.group], row.present)
            for one in made
        )

    def supervisions(self) -> tuple[Supervision, ...]:
        """Return every supervision meeting, newest first. Raise Trouble."""
        return self._log.accreditation.supervisions()

    def meetings(self) -> tuple[Meeting, ...]:
        """Return every meeting entered from elsewhere, newest first. Raise Trouble."""
        return self._log.accreditation.meetings()

    def colleagues(self) -> tuple[Colleague, ...]:
        """Return every colleague, by label. Raise Trouble."""
        return self._log.leaders.colleagues()

    def count_sessions(self, colleague: ColleagueId) -> int:
        """Return the number of sessions that list a colleague. Raise Trouble."""
        return self._log.leaders.count_sessions(colleague)

    def pathway(self) -> Pathway:
        """Return the current aims. Raise Trouble."""
        return self._log.accreditation.aims()

    def leaders(self, session: SessionId) -> Leaders:
        """Return the leaders of a session. Raise Trouble."""
        return self._log.leaders.leaders(session)

    def last_leaders(self, group: GroupId | None) -> Leaders:
        """Return the leaders of the previous session. Raise Trouble."""
        return self._log.leaders.last_leaders(group)

    def review(self, session: SessionId) -> Review | None:
        """Return a session's stored review. Raise Trouble."""
        return self._log.accreditation.review(session)

    def reviewed(self) -> tuple[ReviewedSession, ...]:
        """Return every review with its session's day and title, newest first. Raise Trouble."""
        held = {one.id: one for one in self.sessions()}
        return tuple(
            ReviewedSession(review, held[review.session].day, held[review.session].title)
            for review in self._log.accreditation.reviews()
            if review.session in held
        )

    # --- changing ---

    def save_supervision(self, entry: Supervision) -> Undo:
        """Save a supervision meeting, new or changed. Raise Trouble (domain/accreditation/entries.py)."""
        before = next((one for one in self.supervisions() if one.id == entry.id), None)
        self._log.accreditation.save_supervision(entry, self.today())
        if before is None:
            return lambda: self._log.accreditation.remove_supervision(entry.id)
        return lambda: self._restore(before)

    def remove_supervision(self, entry: Supervision) -> Undo:
        """Delete a supervision meeting. Raise Trouble."""
        self._log.accreditation.remove_supervision(entry.id)
        return lambda: self._restore(entry)

    def _restore(self, entry: Supervision) -> None:
        self._log.accreditation.save_supervision(entry, self.today())

    def save_meeting(self, entry: Meeting) -> Undo:
        """Save an entry from elsewhere, new or changed. Raise Trouble (domain/accreditation/entries.py)."""
        before = next((one for one in self.meetings() if one.id == entry.id), None)
        self._log.accreditation.save_meeting(entry, self.today())
        if before is None:
            return lambda: self._log.accreditation.remove_meeting(entry.id)
        return lambda: self._restore_meeting(before)

    def remove_meeting(self, entry: Meeting) -> Undo:
        """Delete an entry from elsewhere. Raise Trouble."""
        self._log.accreditation.remove_meeting(entry.id)
        return lambda: self._restore_meeting(entry)

    def _restore_meeting(self, entry: Meeting) -> None:
        self._log.accreditation.save_meeting(entry, self.today())

    def add_colleague(self, label: str, *, accredited: bool | None = None) -> tuple[Colleague, Undo]:
        """Add a colleague. Raise Trouble: LABEL_MISSING, LABEL_TAKEN."""
        made = self._log.leaders.save_colleague(Colleague(ColleagueId(""), label, accredited))
        return made, lambda: self._delete_colleague(made.id)

    def change_colleague(self, colleague: Colleague) -> Undo:
        """Change a colleague's label, or whether accredited. Raise Trouble: LABEL_MISSING, LABEL_TAKEN."""
        before = next(one for one in self.colleagues() if one.id == colleague.id)
        self._log.leaders.save_colleague(colleague)
        return lambda: self._restore_colleague(before)

    def remove_colleague(self, colleague: ColleagueId) -> Undo:
        """Delete a colleague, also from every session. Raise Trouble."""
        removed = self._log.leaders.remove_colleague(colleague)
        return lambda: self._log.leaders.restore_colleague(removed)

    def _delete_colleague(self, colleague: ColleagueId) -> None:
        self._log.leaders.remove_colleague(colleague)

    def _restore_colleague(self, colleague: Colleague) -> None:
        self._log.leaders.save_colleague(colleague)

    def save_leaders(self, session: SessionId, leaders: Leaders) -> Undo:
        """Save the leaders of a session. Raise Trouble."""
        before = self.leaders(session)
        self._log.leaders.save_leaders(session, leaders)
        return lambda: self._log.leaders.save_leaders(session, before)

    def set_pathway(self, pathway: Pathway) -> Undo:
        """Replace the aims. Raise Trouble."""
        before = self.pathway()
        self._log.accreditation.set_aims(pathway)
        return lambda: self._log.accreditation.set_aims(before)

    def save_review(self, review: Review) -> Undo:
        """Save a review, or that it is postponed or unwanted. Raise Trouble."""
        before = self.review(review.session)
        self._log.accreditation.save_review(review)
        if before is None:
            return lambda: self._log.accreditation.remove_review(review.session)
        return lambda: self._log.accreditation.save_review(before)

    def remove_review(self, review: Review) -> Undo:
        """Delete a session's review. Raise Trouble."""
        self._log.accreditation.remove_review(review.session)
        return lambda: self._log.accreditation.save_review(review)

    def colleagues_by_session(self) -> dict[SessionId, tuple[SessionColleague, ...]]:
        """Return the facilitator's colleagues in each session. Raise Trouble."""
        groups = self._log.groups.groups()
        return {k: v for group in groups for k, v in self._log.leaders.non_participants_of_group(group.id).items()}


def _title(row: SummaryRow) -> str:
    label = tr("session {n}").format(n=row.number)
    return f"{row.group_name}, {label}" if row.group_name else label
