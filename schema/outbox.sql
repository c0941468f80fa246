-- The console's outbox: acts the officer was told are safe.  This schema is frozen: every later
-- version must read it and write it, whatever becomes of the cache.

-- console (its id), n (last one given), officer (the current one)
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value
);

CREATE TABLE act (
	n        INTEGER PRIMARY KEY,	-- contiguous from 1
	id       BLOB NOT NULL UNIQUE,
	target   BLOB NOT NULL,
	officer  TEXT NOT NULL,		-- the author
	at       INTEGER NOT NULL,	-- ms UTC
	body     BLOB NOT NULL,		-- canonical bytes
	state    INTEGER NOT NULL,	-- 0 pending, 1 sent, 2 answered, 3 refused
	seq      INTEGER,
	version  INTEGER,
	number   TEXT,			-- answered: the incident's number
	note     TEXT,
	code     TEXT,
	sentence TEXT,
	theirs   BLOB			-- refused: the state it was judged by
);

-- officers' sessions on this console; a token outlives its session while acts are unsent
CREATE TABLE author (
	officer TEXT PRIMARY KEY,
	org     TEXT NOT NULL,
	role    TEXT NOT NULL,
	token   TEXT NOT NULL
);

-- what other processes would like the worker to fetch
CREATE TABLE want (
	entity BLOB PRIMARY KEY,
	at     INTEGER NOT NULL
);
