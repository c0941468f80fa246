-- Duty: the open swaps, and the secret addresses of rosters' calendars.

-- Swaps end when one of their duties begins, wherever it was moved: they are looked at with every change
-- of a roster.
CREATE INDEX entity_swap ON entity (eno) WHERE kind = 'swap' AND class = 1;

CREATE TABLE calendar_address (	-- of which a calendar program reads who is on duty
	hash	BLOB PRIMARY KEY,	-- SHA-256 of the token; the token itself is not here
	what	TEXT NOT NULL,		-- person, post, org
	about	TEXT NOT NULL,		-- id of the person; organisation, plan and post apart by blanks
	officer	TEXT NOT NULL,		-- who made it: it shows what he may see
	made	INTEGER NOT NULL,
	used	INTEGER NOT NULL	-- to the hour; 0: never
) WITHOUT ROWID;
CREATE UNIQUE INDEX calendar_address_of ON calendar_address (officer, what, about);
