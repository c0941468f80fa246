-- Search, and marks of officers.
--
-- The index of texts is each data base's own (struct sql_driver, search_make); how far it has come
-- stands in meta as "searched".

CREATE TABLE officer_mark (	-- seen, watched, pinned: an officer's own, not in the journal
	no	INTEGER PRIMARY KEY,
	officer	TEXT NOT NULL,
	id	BLOB NOT NULL,		-- of the entity
	what	TEXT NOT NULL,
	value	INTEGER NOT NULL,
	at	INTEGER NOT NULL,
	UNIQUE (officer, id, what)
);
CREATE INDEX officer_mark_no ON officer_mark (officer, no);
