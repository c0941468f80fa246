-- When incidents must be looked at, and when accounts were used.  (Data of the first programs may have
-- these tables already.)

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
