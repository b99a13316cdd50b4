"""Reminders in place of the answers on follow-up and support, and drafts of forms."""

from __future__ import annotations

# Whether a follow-up was needed and support was offered stood beside who presented. The answers are erased as a text
# is, with what was corrected in them: the pages that held them are rewritten, and no copy of the earlier log is kept
# (`vault/log/vacuum.py`). A follow-up that was needed becomes one reminder for the group, and one reminder without a
# group tells the leader. A reminder names no session, no person and no day; its id is random, and so is its place.
SQL = """
CREATE TABLE reminders (
    id TEXT PRIMARY KEY,
    group_id TEXT REFERENCES groups (id) ON DELETE CASCADE,
    kind TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO reminders
SELECT lower(hex(randomblob(16))), group_id, 'follow-up'
FROM (SELECT DISTINCT group_id FROM sessions WHERE follow_up_needed = 1);
INSERT INTO reminders
SELECT lower(hex(randomblob(16))), NULL, 'answers-erased'
WHERE EXISTS (SELECT 1 FROM sessions WHERE follow_up_needed IS NOT NULL OR support_offered IS NOT NULL);
INSERT OR REPLACE INTO settings
SELECT 'forget', '1'
WHERE EXISTS (SELECT 1 FROM sessions WHERE follow_up_needed IS NOT NULL OR support_offered IS NOT NULL)
    OR EXISTS (SELECT 1 FROM superseded WHERE field IN ('follow-up', 'support'));
UPDATE sessions SET follow_up_needed = NULL, support_offered = NULL
WHERE follow_up_needed IS NOT NULL OR support_offered IS NOT NULL;
UPDATE summaries SET stale = 1
WHERE session_id IN (SELECT session_id FROM superseded WHERE field IN ('follow-up', 'support'));
CREATE TABLE drafts (form TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
DELETE FROM superseded WHERE field IN ('follow-up', 'support');
"""
