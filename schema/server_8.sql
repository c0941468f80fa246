-- Other systems that send: who they are, and what each may do.

CREATE TABLE system (
	name	TEXT PRIMARY KEY,
	hash	BLOB NOT NULL,		-- SHA-256 of its token; the token itself is not here
	source	TEXT NOT NULL,		-- of all that it sends
	org	TEXT NOT NULL,		-- at which its cases are registered
	kinds	INTEGER NOT NULL,	-- bits of enum system_kinds
	rate	INTEGER NOT NULL,	-- requests a minute
	made	INTEGER NOT NULL,
	used	INTEGER NOT NULL,	-- when it last sent something, to the hour; 0: never
	active	INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX system_hash ON system (hash);
