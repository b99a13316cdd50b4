"""Search index, sort columns, and superseded values."""

from __future__ import annotations

# A summary is derived from a session's facts, and may be rebuilt at any time: triggers mark stale ones, so that code
# that writes facts need not. A log of an earlier version gets what SQL alone can derive; the rest is read from the
# facts a few sessions at a time (`summaries.settle`).
#
# The full-text index is `notes`, with each text's session and kind in `noted`; `secure-delete` removes deleted words
# from the index at once.
SQL = """
ALTER TABLE sessions ADD COLUMN entered_wall REAL;
ALTER TABLE sessions ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sessions ADD COLUMN corrected TEXT NOT NULL DEFAULT '{}';

CREATE TABLE summaries (
    id INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    group_id TEXT,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    format_key TEXT NOT NULL,
    format_name TEXT NOT NULL DEFAULT '',
    online INTEGER NOT NULL DEFAULT 0,
    began_wall REAL NOT NULL,
    day TEXT NOT NULL,
    planned_s REAL NOT NULL DEFAULT 0,
    ended_s REAL,
    cases INTEGER NOT NULL DEFAULT 0,
    presenters TEXT NOT NULL DEFAULT '',
    present TEXT NOT NULL DEFAULT '',
    present_count INTEGER NOT NULL DEFAULT 0,
    missing_s REAL NOT NULL DEFAULT 0,
    recorded TEXT NOT NULL DEFAULT 'no',
    recorded_s REAL,
    closed INTEGER NOT NULL,
    entered INTEGER NOT NULL DEFAULT 0,
    corrected INTEGER NOT NULL DEFAULT 0,
    stale INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX summaries_by_group ON summaries (group_id, number);
CREATE INDEX summaries_by_day ON summaries (day);
CREATE INDEX summaries_stale ON summaries (id) WHERE stale = 1;
CREATE TRIGGER facts_summed AFTER INSERT ON facts BEGIN
    INSERT INTO summaries (session_id, group_id, number, kind, format_key, began_wall, day, closed, entered)
    SELECT id, group_id, number, kind, format_key, NEW.wall, date(NEW.wall, 'unixepoch', 'localtime'), closed,
        entered_wall IS NOT NULL
    FROM sessions WHERE id = NEW.session_id
    ON CONFLICT (session_id) DO UPDATE SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER sessions_summed AFTER UPDATE OF group_id, number, kind, closed, corrected, entered_wall ON sessions BEGIN
    UPDATE summaries SET group_id = NEW.group_id, number = NEW.number, kind = NEW.kind, closed = NEW.closed,
        entered = NEW.entered_wall IS NOT NULL, stale = 1
    WHERE session_id = NEW.id;
END;
CREATE TRIGGER recordings_summed AFTER INSERT ON recordings BEGIN
    UPDATE summaries SET stale = 1 WHERE session_id = NEW.session_id;
END;
CREATE TRIGGER destroyings_summed AFTER INSERT ON destroyings BEGIN
    UPDATE summaries SET stale = 1
    WHERE session_id = (SELECT session_id FROM recordings WHERE id = NEW.recording_id);
END;
INSERT INTO summaries (session_id, group_id, number, kind, format_key, began_wall, day, closed)
SELECT s.id, s.group_id, s.number, s.kind, s.format_key, f.wall, date(f.wall, 'unixepoch', 'localtime'), s.closed
FROM sessions AS s JOIN facts AS f ON f.session_id = s.id AND f.place = 1 ORDER BY s.rowid;

CREATE TABLE noted (
    id INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    UNIQUE (session_id, kind)
) STRICT;
CREATE VIRTUAL TABLE notes USING fts5 (told, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
INSERT INTO notes (notes, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER noted_gone AFTER DELETE ON noted BEGIN
    DELETE FROM notes WHERE rowid = OLD.id;
END;
CREATE TRIGGER sessions_noted AFTER UPDATE OF process_note ON sessions WHEN NEW.process_note <> OLD.process_note BEGIN
    DELETE FROM noted WHERE session_id = NEW.id AND kind = 'process';
    INSERT INTO noted (session_id, kind) SELECT NEW.id, 'process' WHERE NEW.process_note <> '';
    INSERT INTO notes (rowid, told)
    SELECT id, NEW.process_note FROM noted WHERE session_id = NEW.id AND kind = 'process';
END;
INSERT INTO noted (session_id, kind) SELECT id, 'process' FROM sessions WHERE process_note <> '' ORDER BY rowid;
INSERT INTO notes (rowid, told)
SELECT n.id, s.process_note FROM noted AS n JOIN sessions AS s ON s.id = n.session_id;

CREATE TABLE superseded (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    act TEXT NOT NULL,
    field TEXT NOT NULL,
    stood TEXT,
    salt TEXT,
    sha256 TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    wall REAL NOT NULL,
    taken_back_wall REAL,
    UNIQUE (session_id, place)
) STRICT;
"""
