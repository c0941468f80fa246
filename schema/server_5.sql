-- Personal values, apart from the journal: who reported, from which phone.
--
-- Fixed, like the journal: cannot be rebuilt.  The journal and the state of an entity hold a reference
-- (src/server/personal.c) in a value's place: the row's id and a hash of the value that is keyed with
-- the row's salt.  With the row the value is gone, and the reference means nothing any more.
CREATE TABLE personal (
	id	INTEGER PRIMARY KEY,	-- 64 times the entry's number, and which of its values
	eno	INTEGER NOT NULL,
	field	TEXT NOT NULL,		-- key of the value in JSON
	salt	BLOB NOT NULL,		-- 16 random bytes
	value	TEXT NOT NULL,
	at	INTEGER NOT NULL	-- what clocks count of the entry
);
CREATE INDEX personal_eno ON personal (eno);

-- Personal values that officers had shown to them, for the limit per shift; kept as long as that.
CREATE TABLE reveal (
	officer	TEXT NOT NULL,
	seq	INTEGER NOT NULL,	-- of the entry that says so
	at	INTEGER NOT NULL,
	PRIMARY KEY (officer, seq)
) WITHOUT ROWID;
