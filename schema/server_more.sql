-- Added to the server's data whenever a writer opens them, beside the tables of server.sql: what an
-- older program does not know, it leaves alone.

-- when an incident must be looked at next (a clock passes a mark); rebuildable from entity
CREATE TABLE IF NOT EXISTS timer (
	eno	INTEGER PRIMARY KEY,
	at	INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS timer_at ON timer (at);

-- when an account was last used, to the half hour
CREATE TABLE IF NOT EXISTS account_use (
	officer	TEXT PRIMARY KEY,
	at	INTEGER NOT NULL
) WITHOUT ROWID;
