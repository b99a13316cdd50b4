"""Tables of consents and of the study's terms."""

from __future__ import annotations

# Rows of consents are only ever added. A tick of an earlier version becomes a row; its day was not stored, and none
# is invented. The salt prevents guessing the answer from the fingerprint in the audit trail.
SQL = """
CREATE TABLE consents (
    place INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    purpose TEXT NOT NULL,
    answer TEXT NOT NULL,
    day TEXT,
    form TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    wall REAL NOT NULL,
    takes_back INTEGER REFERENCES consents (place),
    salt TEXT NOT NULL
) STRICT;
CREATE INDEX consents_by_group ON consents (group_id, purpose, code);
CREATE INDEX consents_taken_back ON consents (takes_back) WHERE takes_back IS NOT NULL;
CREATE TABLE studies (
    group_id TEXT PRIMARY KEY REFERENCES groups (id) ON DELETE CASCADE,
    told TEXT NOT NULL
) STRICT;
CREATE TABLE withdrawals (
    place INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    day TEXT NOT NULL,
    wall REAL NOT NULL,
    taken_back INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE withdrawal_recordings (
    withdrawal INTEGER NOT NULL REFERENCES withdrawals (place) ON DELETE CASCADE,
    recording_id TEXT NOT NULL,
    asks TEXT,
    settled_wall REAL,
    PRIMARY KEY (withdrawal, recording_id)
) STRICT;
ALTER TABLE recordings ADD COLUMN made_under TEXT;
INSERT INTO consents (group_id, code, purpose, answer, day, form, taken_by, wall, salt)
    SELECT group_id, code, 'recording', 'given', NULL, '', 'tick', CAST(strftime('%s', 'now') AS REAL),
        lower(hex(randomblob(16)))
    FROM participants WHERE agreed_to_recording ORDER BY group_id, place;
ALTER TABLE participants DROP COLUMN agreed_to_recording;
"""
