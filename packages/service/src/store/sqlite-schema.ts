/** Marks the files of this service, `PRLY`: SQLite keeps the number in the file's header. */
export const APPLICATION_ID = 0x50_52_4c_59

/**
 * What brings a file from one version of the schema to the next: the first makes a new file, the last makes what this version
 * of the package works with. The number of steps done is the file's `user_version`. Steps that were released are never changed;
 * a change of the schema is a new step at the end.
 *
 * Times are REAL: milliseconds since the epoch, by clocks that may count fractions.
 */
export const SCHEMA_STEPS: readonly string[] = [
  `
  CREATE TABLE conversation (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    bot_id TEXT NOT NULL,
    -- the user who may be addressed by it: of a conversation of two that has not ended
    direct_user_id TEXT,
    record TEXT NOT NULL,
    activity_number INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL DEFAULT 0,
    active_at REAL NOT NULL
  ) STRICT;
  CREATE INDEX conversation_by_bot ON conversation (bot_id, ordinal);
  CREATE INDEX conversation_by_user ON conversation (bot_id, direct_user_id, ordinal) WHERE direct_user_id IS NOT NULL;
  CREATE INDEX conversation_by_activity ON conversation (active_at);

  CREATE TABLE activity (
    conversation INTEGER NOT NULL REFERENCES conversation (ordinal) ON DELETE CASCADE,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    -- of its latest entry: when that one is forgotten, so is the activity
    sequence INTEGER NOT NULL,
    PRIMARY KEY (conversation, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE entry (
    conversation INTEGER NOT NULL REFERENCES conversation (ordinal) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    activity_id TEXT NOT NULL,
    at REAL NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'replaced', 'erased')),
    transient INTEGER NOT NULL,
    PRIMARY KEY (conversation, sequence)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
]
