"""Words for the terms under which a group is recorded: what is done for patients, and until when audio is kept."""

from __future__ import annotations

from balint_desktop.domain.study.recording_terms import RecordingTerms
from balint_desktop.i18n import tr
from balint_desktop.text import retention


def proposed_patients() -> str:
    """Return what this app does for patients, who did not consent: a draft, until the study's own words replace it."""
    return tr(
        "Patients did not consent. Members leave out anything that could identify them, anything that slips out is "
        "removed, nothing about a case is written down, and recordings are destroyed as approved."
    )


def patients_words(terms: RecordingTerms) -> str:
    """Return what is done for patients: the study's own words, or the draft."""
    return terms.patients or proposed_patients()


def until_words(terms: RecordingTerms) -> str:
    """Return until when a recording is kept, to follow *until*; empty where no approval says when it is destroyed."""
    kept = terms.kept
    if kept is None or not terms.is_destroyed:
        return ""
    return tr("{period} after {event}").format(
        period=retention.period(kept.count, kept.unit), event=retention.event(kept.starts)
    )
