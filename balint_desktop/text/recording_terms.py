"""Words for the terms under which a group is recorded: assessment, patients, governance of data."""

from __future__ import annotations

from balint_desktop.domain.group.group import RecordingRule
from balint_desktop.domain.study.recording_terms import RecordingTerms
from balint_desktop.i18n import tr
from balint_desktop.text.retention import Day


def proposed_patients() -> str:
    """Return what this app does for patients, who did not consent: a draft, until the study's own words replace it."""
    return tr(
        "Patients did not consent to being talked about. Members leave out names and anything else that could identify "
        "a person. What slips out is removed from the recording, nothing about a case is written down, and recordings "
        "are destroyed as approved."
    )


def patients_words(terms: RecordingTerms) -> str:
    """Return what was done for patients: the study's own words, or the draft."""
    return terms.patients or proposed_patients()


def assessment_words(terms: RecordingTerms, day: Day) -> str:
    """Return whether whoever leads also assesses these students, as a report says it; empty where not answered."""
    if terms.leader_assesses is None:
        return ""
    if not terms.leader_assesses:
        return tr("The facilitator did not assess these students.")
    if terms.grades_final is None:
        return tr(
            "The facilitator also assesses these students. Until their grades are final, recordings and questionnaires "
            "are closed to the facilitator."
        )
    return tr(
        "The facilitator also assessed these students. Recordings and questionnaires were closed to the facilitator "
        "until the grades were final, on {day}."
    ).format(day=day(terms.grades_final))


def decision_words(terms: RecordingTerms) -> str:
    """Return who decided on recording, as a report says it."""
    return {
        RecordingRule.ALL_MEMBERS: tr("The group was recorded only while every member had agreed to it."),
        RecordingRule.THOSE_PRESENT: tr("A session was recorded only if everyone present had agreed to it."),
    }[terms.rule]


def governance_words(terms: RecordingTerms) -> str:
    """Return who governs Māori and Pacific data, as a report says it; empty where not entered."""
    return tr("Māori and Pacific data: {governance}").format(governance=terms.governance) if terms.governance else ""
