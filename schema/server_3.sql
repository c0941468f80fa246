-- The counter row: the last entry's number and hash.  Whoever writes locks it, so that numbers have no
-- gaps and stand in the order of commits, whatever number of nodes writes; nodes read it to learn what
-- is new.
CREATE TABLE counter (
	seq	INTEGER NOT NULL,
	hash	BLOB			-- NULL: the journal is empty
);
INSERT INTO counter (seq, hash)
	SELECT coalesce(max(seq), 0), (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)
	FROM journal;
