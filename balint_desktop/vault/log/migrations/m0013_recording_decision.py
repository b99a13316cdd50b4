"""Who decides on recording, whether an assessor leads, and whether those without a code agreed to be recorded."""

from __future__ import annotations

# Groups of earlier versions get the protective rule: under the old one, attendance showed who had not agreed, and
# nobody had chosen it. NULL in leader_assesses: the question was never asked.
SQL = """
ALTER TABLE groups ADD COLUMN recording_rule TEXT NOT NULL DEFAULT 'all-members';
ALTER TABLE groups ADD COLUMN leader_assesses INTEGER;
ALTER TABLE groups ADD COLUMN grades_final TEXT;
ALTER TABLE session_leaders ADD COLUMN agreed INTEGER NOT NULL DEFAULT 0;
"""
