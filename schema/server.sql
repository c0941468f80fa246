-- The server's data, on SQLite and PostgreSQL: the first of the numbered scripts (server_2.sql …),
-- each of which is run once, in its own transaction, and then stands in meta as "schema".
--
-- Words: INTEGER is a number of 64 bits, "INTEGER PRIMARY KEY" numbers by itself where no number is
-- given, BLOB is bytes; WITHOUT ROWID is dropped on PostgreSQL.  Nothing else differs.
--
-- Fixed: journal, answer, account, console, token, code, blob, adoption, meta, serial.
-- Rebuildable by folding the journal: entity, touch, party, scope, feed, outside, org.
-- Ids are 16 bytes, hashes 32 bytes, times milliseconds since 1970 UTC.

CREATE TABLE meta (		-- epoch, epochs (lines EPOCH SEQ: those before restores), schema,
				-- arrival (the key of the whistles' codes; leaves by no export), …
	name	TEXT PRIMARY KEY,
	value	TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE blob (		-- profiles and calendars by the hex of their SHA-256
	hash	TEXT PRIMARY KEY,
	bytes	BLOB NOT NULL
);

CREATE TABLE adoption (		-- which rules were in force from which entry on
	seq	INTEGER PRIMARY KEY,
	profile	TEXT NOT NULL,
	calendar TEXT NOT NULL
);

CREATE TABLE journal (		-- append only; seq has no gaps
	seq	INTEGER PRIMARY KEY,
	width	INTEGER NOT NULL,	-- entities it touches
	hash	BLOB NOT NULL,		-- SHA-256 over the hash before and bytes
	bytes	BLOB NOT NULL		-- canonical, verbatim
);

CREATE TABLE entity (
	eno	INTEGER PRIMARY KEY,
	id	BLOB NOT NULL UNIQUE,
	kind	TEXT NOT NULL,
	version	INTEGER NOT NULL,
	seq	INTEGER NOT NULL,
	class	INTEGER NOT NULL,	-- place in a snapshot
	rank	INTEGER NOT NULL,
	state	BLOB NOT NULL		-- canonical
);

CREATE TABLE touch (		-- an entity's timeline
	eno	INTEGER NOT NULL,
	seq	INTEGER NOT NULL,
	PRIMARY KEY (eno, seq)
) WITHOUT ROWID;

CREATE TABLE org (
	no	INTEGER PRIMARY KEY,
	code	TEXT NOT NULL UNIQUE,
	visible	INTEGER NOT NULL DEFAULT 0	-- rows of scope
);

CREATE TABLE party (		-- who sees an entity, from which entry on; only grows
	eno	INTEGER NOT NULL,
	org	INTEGER NOT NULL,
	since	INTEGER NOT NULL,
	PRIMARY KEY (eno, org)
) WITHOUT ROWID;

CREATE TABLE scope (		-- the same in the order of a snapshot
	org	INTEGER NOT NULL,
	class	INTEGER NOT NULL,
	rank	INTEGER NOT NULL,
	eno	INTEGER NOT NULL,
	PRIMARY KEY (org, class, rank, eno)
) WITHOUT ROWID;

CREATE TABLE feed (
	org	INTEGER NOT NULL,
	seq	INTEGER NOT NULL,
	eno	INTEGER NOT NULL,
	whole	INTEGER NOT NULL,	-- 1: the org sees it from this entry on, but not as new
	PRIMARY KEY (org, seq, eno)
) WITHOUT ROWID;

CREATE TABLE outside (		-- numbers elsewhere, so that an import adds nothing twice
	source	TEXT NOT NULL,
	src_no	TEXT NOT NULL,
	eno	INTEGER NOT NULL,
	PRIMARY KEY (source, src_no)
) WITHOUT ROWID;

CREATE TABLE serial (		-- last number of a day (days since 1970, the jurisdiction's)
	-- of incidents the day; of notices the negative day; of whistles the bytes of their kind's
	-- letters, one to four, as a number, times 100,000,000, plus the day; of swaps, handovers and
	-- records the same of their letter, negative (src/server/number.c)
	day	INTEGER PRIMARY KEY,
	last	INTEGER NOT NULL
);

CREATE TABLE answer (		-- one for each act of a console, for ever
	id	BLOB PRIMARY KEY,
	console	BLOB NOT NULL,
	n	INTEGER NOT NULL,
	seq	INTEGER,		-- NULL: refused
	body	BLOB NOT NULL,		-- SHA-256 of the act as sent
	bytes	BLOB NOT NULL,
	UNIQUE (console, n)
) WITHOUT ROWID;
CREATE INDEX answer_seq ON answer (console, seq) WHERE seq IS NOT NULL;

CREATE TABLE account (
	officer	TEXT PRIMARY KEY,
	org	TEXT NOT NULL,
	role	TEXT NOT NULL,
	pin	TEXT,			-- argon2id
	person	BLOB NOT NULL,
	active	INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE console (
	id	BLOB PRIMARY KEY,
	name	TEXT,
	made	INTEGER NOT NULL,
	last_n	INTEGER NOT NULL,	-- of its acts
	seen	INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE token (
	hash	BLOB PRIMARY KEY,	-- SHA-256 of the token; the token itself is not here
	console	BLOB NOT NULL,
	officer	TEXT NOT NULL,
	expires	INTEGER NOT NULL,
	extended INTEGER NOT NULL,
	upload	INTEGER NOT NULL	-- 1: may only send acts
) WITHOUT ROWID;
CREATE INDEX token_officer ON token (officer);

CREATE TABLE code (		-- enrolment codes not used yet
	hash	BLOB PRIMARY KEY,
	officer	TEXT,
	org	TEXT NOT NULL,
	role	TEXT NOT NULL,
	expires	INTEGER NOT NULL
) WITHOUT ROWID;
