-- Added to the outbox beside its frozen tables, whenever it is opened: what an older program does
-- not know, it leaves alone.

-- what the author had before him when he did the act: the entity as JSON; goes with the act
CREATE TABLE IF NOT EXISTS seen (
	act    BLOB PRIMARY KEY,
	entity BLOB NOT NULL
);

-- refused or merged: who was first, and when; goes with the act
CREATE TABLE IF NOT EXISTS said (
	act     BLOB PRIMARY KEY,
	officer TEXT NOT NULL,
	org     TEXT,
	verb    TEXT,
	at      INTEGER NOT NULL,
	seq     INTEGER NOT NULL
);

-- acts that the feed has passed, for some weeks: a server restored from a backup gets them again.
-- unread: merged with a note its author has not seen yet.  body empty: one that was refused and
-- taken off the desk, so that its number is known
CREATE TABLE IF NOT EXISTS kept (
	n         INTEGER PRIMARY KEY,
	id        BLOB NOT NULL UNIQUE,
	target    BLOB NOT NULL,
	officer   TEXT NOT NULL,
	at        INTEGER NOT NULL,
	body      BLOB NOT NULL,
	seq       INTEGER,
	version   INTEGER,
	number    TEXT,
	note      TEXT,
	folded_at INTEGER NOT NULL,	-- ms UTC; -1: another server's, to be read only
	unread    INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS act_target ON act (target);
CREATE INDEX IF NOT EXISTS kept_target ON kept (target);
CREATE INDEX IF NOT EXISTS kept_unread ON kept (n) WHERE unread = 1;

-- how an officer of this seat opens the screen that was locked, with or without the line: an argon2id
-- hash of the PIN he logged in with.  Goes when he logs out, or has not been here for long
CREATE TABLE IF NOT EXISTS pin (
	officer TEXT PRIMARY KEY,
	hash    TEXT NOT NULL,
	at      INTEGER NOT NULL	-- ms UTC, when he logged in
);

-- what an officer has typed into a form and not sent: an act of this verb on an entity, or of a new
-- one under an id of its own (16 zero bytes: on many).  Goes when the act is done or it is thrown
-- away, and DRAFT_DAYS after it was last typed in: what callers said may stand in it
CREATE TABLE IF NOT EXISTS draft (
	officer TEXT NOT NULL,
	verb    TEXT NOT NULL,
	id      BLOB NOT NULL,
	at      INTEGER NOT NULL,	-- ms UTC, when it was last typed in
	fields  TEXT NOT NULL,		-- a line each: name, tab, value (escaped)
	PRIMARY KEY (officer, verb, id)
);

-- what an officer has marked for himself: what 0 watched, 1 pinned, 2 seen (value: the version).
-- sent 0: the server does not have it yet
CREATE TABLE IF NOT EXISTS mark (
	officer TEXT NOT NULL,
	id      BLOB NOT NULL,
	what    INTEGER NOT NULL,
	value   INTEGER NOT NULL,
	at      INTEGER NOT NULL,	-- ms UTC
	sent    INTEGER NOT NULL,
	PRIMARY KEY (officer, id, what)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mark_waits ON mark (officer, at) WHERE sent = 0;

-- how far an officer's list was read at the server, and in which of its epochs
CREATE TABLE IF NOT EXISTS mark_read (
	officer TEXT PRIMARY KEY,
	epoch   TEXT NOT NULL,
	after   INTEGER NOT NULL
) WITHOUT ROWID;

-- the number of the journal from which on changes are new to an officer at this console
CREATE TABLE IF NOT EXISTS looked (
	officer TEXT PRIMARY KEY,
	seq     INTEGER NOT NULL
) WITHOUT ROWID;
