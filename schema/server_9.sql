-- Several nodes on one data base: what each must tell the others.

CREATE TABLE news (		-- whose feed grew, by transaction; of the last hour
	seq	INTEGER PRIMARY KEY,	-- its last entry
	at	INTEGER NOT NULL,
	orgs	TEXT NOT NULL		-- numbers, apart by blanks
);
CREATE INDEX news_at ON news (at);

CREATE TABLE contact (		-- when a console was heard of, by any node
	console	BLOB PRIMARY KEY,
	seen	INTEGER NOT NULL,
	away	INTEGER NOT NULL,	-- it was silent from then on
	back	INTEGER NOT NULL	-- until then; 0: never
) WITHOUT ROWID;
