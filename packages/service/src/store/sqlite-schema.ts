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
  `
  CREATE TABLE content (
    ordinal INTEGER PRIMARY KEY,
    -- SHA-256, base64url: the same bytes are kept once
    hash TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX content_size ON content (size);

  CREATE TABLE attachment (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    at REAL NOT NULL
  ) STRICT;
  CREATE INDEX attachment_by_age ON attachment (at);

  CREATE TABLE attachment_view (
    attachment INTEGER NOT NULL REFERENCES attachment (ordinal) ON DELETE CASCADE,
    view_id TEXT NOT NULL CHECK (view_id IN ('original', 'thumbnail')),
    hash TEXT NOT NULL REFERENCES content (hash),
    PRIMARY KEY (attachment, view_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX attachment_view_by_hash ON attachment_view (hash);
  `,
  `
  CREATE TABLE kept_record (
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at REAL NOT NULL,
    PRIMARY KEY (kind, owner, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX kept_record_by_end ON kept_record (kind, expires_at);
  `,
  `
  CREATE TABLE bag (
    -- rises with every write
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    -- the ids are percent-encoded, and empty where there is none
    bot_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    text TEXT NOT NULL,
    e_tag TEXT NOT NULL,
    at REAL NOT NULL,
    UNIQUE (bot_id, channel_id, user_id, conversation_id)
  ) STRICT;
  CREATE INDEX bag_by_age ON bag (bot_id, ordinal);
  `,
]
