"""Words for the terms under which a group is recorded: what is done for patients, and until when audio is kept."""

from __future__ import annotations

from balint_desktop.domain.study.recording_terms import RecordingTerms
from balint_desktop.i18n import tr
from balint_desktop.text import retention


def proposed_patients(terms: RecordingTerms) -> str:
    """Return what this app does for patients, who did not consent: a draft, until the study's own words replace it."""
    sentences = [
        tr(
            "Patients did not consent. Members leave out anything that could identify them, and anything that slips "
            "out is removed."
        )
    ]
    if terms.is_transcribed:
        sentences.append(tr("A transcript holds what was said about a case. It is encrypted like the recording."))
    else:
        sentences.append(tr("Nothing about a case is written down."))
    if terms.has_approval:
        sentences.append(tr("Recordings are destroyed as approved."))
    return " ".join(sentences)


def patients_words(terms: RecordingTerms) -> str:
    """Return what is done for patients: the study's own words, or the draft."""
    return terms.patients or proposed_patients(terms)


def until_words(terms: RecordingTerms) -> str:
    """Return until when a recording is kept, to follow *until*; empty where no approval says when it is destroyed."""
    kept = terms.kept
    if kept is None or not terms.is_destroyed:
        return ""
    return tr("{period} after {event}").format(
        period=retention.period(kept.count, kept.unit), event=retention.event(kept.starts)
    )
