"""Studies that are analysed: their texts by version and fingerprint, rounds, closings, openings, parcels.

No word of any: a study, an author and a parcel are ids. `is_guest` is 1 for a study that came in a parcel, whose lead
is elsewhere. `analysis_openings` has when the coding of another author was first opened here. A parcel's `author` and
`round` are NULL until it is opened.
"""

from __future__ import annotations

SQL = """
CREATE TABLE analyses (
    id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL,
    is_guest INTEGER NOT NULL,
    created_wall REAL NOT NULL,
    deleting_wall REAL
) STRICT, WITHOUT ROWID;
CREATE TABLE analysis_texts (
    study_id TEXT NOT NULL REFERENCES analyses (id) ON DELETE CASCADE,
    recording_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    wall REAL NOT NULL,
    left_wall REAL,
    PRIMARY KEY (study_id, recording_id, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE analysis_rounds (
    study_id TEXT NOT NULL REFERENCES analyses (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    opened_wall REAL NOT NULL,
    PRIMARY KEY (study_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE analysis_closings (
    study_id TEXT NOT NULL REFERENCES analyses (id) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    author TEXT NOT NULL,
    wall REAL NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (study_id, round, author)
) STRICT, WITHOUT ROWID;
CREATE TABLE analysis_openings (
    study_id TEXT NOT NULL REFERENCES analyses (id) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    author TEXT NOT NULL,
    wall REAL NOT NULL,
    PRIMARY KEY (study_id, round, author)
) STRICT, WITHOUT ROWID;
CREATE TABLE analysis_parcels (
    id TEXT PRIMARY KEY,
    study_id TEXT NOT NULL REFERENCES analyses (id) ON DELETE CASCADE,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT,
    round INTEGER,
    sha256 TEXT NOT NULL,
    wall REAL NOT NULL,
    opened_wall REAL,
    taken_wall REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_parcels_of ON analysis_parcels (study_id, wall);
CREATE TABLE analysis_deletions (
    study_id TEXT PRIMARY KEY,
    wall REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE analysis_deletion_texts (
    study_id TEXT NOT NULL REFERENCES analysis_deletions (study_id),
    recording_id TEXT NOT NULL,
    PRIMARY KEY (study_id, recording_id)
) STRICT, WITHOUT ROWID;
"""
