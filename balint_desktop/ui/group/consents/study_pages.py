"""The study's terms in four short parts: recording, its use, approval, invitation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group, RecordingRule
from balint_desktop.domain.study.terms import Asks, Study, Until
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.text.trouble import headline
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.study_part import StudyPart
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, text
from balint_desktop.vault.deidentified import deidentified_day_to_offer

_RULES = tuple(RecordingRule)
_ASSESSES = (None, False, True)


class RecordingPart(StudyPart):
    """Who decides on recording, and whether an assessor leads."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__(deps, "recording")
        self.rule = ChoiceField()
        self.rule.addItem(tr("every member, once for all sessions"))
        self.rule.addItem(tr("everyone present, at each session"))
        self.warning = named(
            text(
                tr(
                    "Attendance then shows who has not agreed: recording is available on the days they are away. "
                    "Choose this only if the group knows and accepts it."
                )
            ),
            "study-rule-warning",
        )
        self.assesses = ChoiceField()
        for words in (tr("not answered"), tr("no"), tr("yes")):
            self.assesses.addItem(words)
        self.closed = named(
            quiet(
                tr(
                    "Until the grades are final, recordings are sealed to the study’s key and not to this vault, and "
                    "no questionnaires are taken or shown here."
                )
            ),
            "study-assesses-closed",
        )
        self.unanswered = named(
            quiet(tr("Until this is answered, nothing is recorded and no questionnaires are taken or shown here.")),
            "study-assesses-unanswered",
        )
        self.key_missing = named(
            text(tr("Nothing can be recorded yet: add the study’s key under About, Who can open the recordings.")),
            "study-key-missing",
        )
        self.grades = DateField(optional=True)
        self._grades_row = labelled(tr("Grades final on"), self.grades, "study-grades")
        self.form.row(tr("Who decides on recording?"), self.rule, "study-rule")
        self.form.add(self.warning)
        self.form.row(tr("Do you also assess these students?"), self.assesses, "study-assesses")
        for widget in (self.unanswered, self.closed, self.key_missing, self._grades_row):
            self.form.add(widget)
        self.rule.currentIndexChanged.connect(lambda _: self._show_consequences())
        self.assesses.currentIndexChanged.connect(lambda _: self._show_consequences())

    def first_focus(self) -> QWidget:
        return self.rule

    def fill(self, study: Study) -> None:
        if self.group is not None:
            self.rule.setCurrentIndex(_RULES.index(self.group.recording_rule))
            self.assesses.setCurrentIndex(_ASSESSES.index(self.group.leader_assesses))
            self.grades.set_day(self.group.grades_final)
        self._show_consequences()
        super().fill(study)

    def store(self, study: Study) -> None:
        """Store the decision and the terms as one, with one undo. Raise Trouble."""
        group = self.group
        if group is None:
            return
        chosen = self._chosen(group)
        before, consents, groups = self.deps.log.consents.study(group.id), self.deps.log.consents, self.deps.log.groups
        if chosen == group and study == (before or Study()):
            self.deps.messages.inform(tr("Nothing was changed."))
            return

        def save(decision: Group, terms: Study | None) -> None:
            with self.deps.log.together():
                groups.save_recording_decision(
                    group.id,
                    decision.recording_rule,
                    leader_assesses=decision.leader_assesses,
                    grades_final=decision.grades_final,
                )
                if terms != consents.study(group.id):
                    consents.save_study(group.id, terms)
            # A stricter rule must reach a running session in the same act.
            self.deps.changed(group.id)

        save(chosen, study if study != (before or Study()) else before)
        self.group = chosen
        self.deps.undoing.push(tr("The study was saved."), partial(save, group, before))

    def save(self) -> None:
        try:
            if self.group is not None:
                self._chosen(self.group)
        except Trouble as trouble:
            self.problem.announce(f"{tr('Grades final on')}: {headline(trouble)}")
            self.grades.setFocus()
            return
        super().save()

    def _chosen(self, group: Group) -> Group:
        """Return the group with the chosen decision. Raise Trouble for an unreadable day."""
        assesses = _ASSESSES[self.assesses.currentIndex()]
        grades: date | None = self.grades.day_or_none() if assesses else None
        return replace(
            group,
            recording_rule=_RULES[self.rule.currentIndex()],
            leader_assesses=assesses,
            grades_final=grades,
        )

    def _show_consequences(self) -> None:
        assesses = _ASSESSES[self.assesses.currentIndex()] is True
        has_key = self.group is not None and bool(self.group.readers)
        self.warning.setVisible(_RULES[self.rule.currentIndex()] is RecordingRule.THOSE_PRESENT)
        self.unanswered.setVisible(_ASSESSES[self.assesses.currentIndex()] is None)
        self.closed.setVisible(assesses)
        self.key_missing.setVisible(assesses and not has_key)
        self._grades_row.setVisible(assesses)


class UsePart(StudyPart):
    """For whom it is recorded, who hears or reads it and in what form, and how patients and data are protected."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__(deps, "use")
        self.add_line(
            "recorded_for", tr("Recorded for"), tr("Read out at the opening, for example: a study in our department.")
        )
        self.add_line(
            "heard_by",
            tr("Who will hear or read it"),
            tr("For example: one transcriber and the research team."),
        )
        self.add_line("heard_as", tr("In what form"), tr("For example: as a transcript without names."))
        self.add_line("transcriber", tr("Who transcribes"), tr("A role rather than a name."))
        self.add_text("patients", tr("Safeguards for patients"), tr("Leave empty to use the standard wording."))
        self.add_line(
            "governance",
            tr("Who governs Māori and Pacific data"),
            tr("Printed with the methods. Being offline is not data sovereignty."),
        )
        self.add_choice(
            "second_reader",
            tr("Two people read each transcript before it is approved"),
            ((tr("no"), None), (tr("yes"), True)),
        )


class ApprovalPart(StudyPart):
    """The ethics approval, and its rule for leaving the study."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__(deps, "approval")
        self.add_line("approval_reference", tr("Approval reference"))
        self.add_line("approval_committee", tr("Committee"))
        self.add_day("approval_day", tr("Approved on"))
        self.add_text("approval_terms", tr("Terms that matter here"))
        self.add_choice(
            "withdrawal_asks",
            tr("When someone leaves the study, earlier recordings"),
            (
                (tr("not entered"), None),
                (tr("are kept; their own words are left out at transcription"), Asks.REMOVE_WORDS),
                (tr("are destroyed"), Asks.DESTROY),
                (tr("are kept"), Asks.KEEP),
            ),
        )
        self.add_choice(
            "withdrawal_until",
            tr("This rule applies"),
            (
                (tr("at any time"), Until.ALWAYS),
                (tr("until a date"), Until.DAY),
                (tr("until the transcripts are de-identified"), Until.DEIDENTIFIED),
            ),
        )
        self.add_day("withdrawal_day", tr("That date"))
        self.add_day("deidentified", tr("Transcripts de-identified on"))
        self._offered: date | None = None
        self.offer_button = button(tr("Enter the day of the last approval"), "study-deidentified-offer", self._on_offer)
        self.form.add(self.offer_button)

    def fill(self, study: Study) -> None:
        """Show the terms, and offer the day of the last approval where every transcript is approved."""
        self._offered = deidentified_day_to_offer(self.deps.log, self.group.id) if self.group is not None else None
        self.offer_button.setVisible(self._offered is not None)
        super().fill(study)

    def _on_offer(self) -> None:
        field = self.fields["deidentified"].widget
        if isinstance(field, DateField):
            field.set_day(self._offered)
            field.setFocus()
        self.offer_button.hide()


class InvitationPart(StudyPart):
    """Who invited, when, and how many came: the counts for an ethics file."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__(deps, "invitation")
        self.add_line(
            "coordinator",
            tr("Coordinator"),
            tr("A role, not a name. The coordinator invites, and keeps the answers."),
        )
        self.add_choice(
            "coordinator_teaches",
            tr("Does the coordinator teach this group?"),
            ((tr("not entered"), None), (tr("no"), False), (tr("yes"), True)),
        )
        self.add_line("sheet_version", tr("Information sheet version"))
        self.add_day("sheet_sent", tr("Sent on"))
        self.add_line("sheet_sent_by", tr("Sent by"))
        self.add_number("invited", tr("People invited"))
        self.add_number("agreed", tr("People who agreed to take part"))
        self.add_day("questions_answered", tr("Questions answered at orientation on"))
        self.add_day("forms_signed", tr("All forms signed by"), tr("Before the first session."))
