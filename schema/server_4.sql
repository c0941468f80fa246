-- People: what an account has beyond its PIN, how long sessions live, and the log of what was done to
-- accounts and by administrators.

ALTER TABLE account ADD COLUMN totp BLOB;			-- the secret of the second factor (RFC 6238)
ALTER TABLE account ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0; -- the latest step that was used
ALTER TABLE account ADD COLUMN pin_at INTEGER NOT NULL DEFAULT 0; -- when the PIN was set; 0: not known

ALTER TABLE token ADD COLUMN made INTEGER NOT NULL DEFAULT 0;	-- 0: not known
ALTER TABLE token ADD COLUMN address TEXT;			-- where the log-in came from

ALTER TABLE code ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN maker TEXT;				-- who made it

ALTER TABLE console ADD COLUMN closed INTEGER NOT NULL DEFAULT 0; -- since when nobody logs in on it

CREATE TABLE audit (		-- append only; no has no gaps; the oldest may be purged
	no	INTEGER PRIMARY KEY,
	at	INTEGER NOT NULL,
	what	TEXT NOT NULL,		-- a word of audit.def
	who	TEXT,			-- an officer, another system, "local" or "system"
	role	TEXT,
	about	TEXT,			-- whose account, which incident, which file …
	words	TEXT,
	via	TEXT,			-- the address it came from
	n	INTEGER NOT NULL,	-- how often, of lines that sum up
	hash	BLOB NOT NULL		-- SHA-256 over the hash before and the line
);
CREATE INDEX audit_at ON audit (at);
