"""Migrations of the log, one file each. A released migration is never edited: a change is a new one."""

from __future__ import annotations

from balint_desktop.vault.log.migrations import (
    m0001_first,
    m0002_readers_and_destruction,
    m0003_transfers,
    m0004_redactions,
    m0005_dates,
    m0006_members,
    m0007_consents,
    m0008_search_and_corrections,
    m0009_evaluation,
    m0010_accreditation,
    m0011_retention,
    m0012_import_reports,
    m0013_recording_decision,
    m0014_room_labels,
    m0015_reminders,
    m0016_shared_recordings,
    m0017_transcripts,
    m0018_approved_texts,
    m0019_studies,
)

STEPS = tuple(
    step.SQL
    for step in (
        m0001_first,
        m0002_readers_and_destruction,
        m0003_transfers,
        m0004_redactions,
        m0005_dates,
        m0006_members,
        m0007_consents,
        m0008_search_and_corrections,
        m0009_evaluation,
        m0010_accreditation,
        m0011_retention,
        m0012_import_reports,
        m0013_recording_decision,
        m0014_room_labels,
        m0015_reminders,
        m0016_shared_recordings,
        m0017_transcripts,
        m0018_approved_texts,
        m0019_studies,
    )
)
