-- The console's cache.  Disposable: a changed schema makes it anew.
-- The tables of entities and their children are made from the field tables (src/store/entity.c):
--   KIND(pk, id, version, seq, missing_to, fields …), KIND_CHILD(owner, ord, id, fields …).

-- epoch, cursor, snapshot, profile, calendar, and how the link stands for other processes
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value
) WITHOUT ROWID;

-- profiles and calendars by the hash of their text
CREATE TABLE doc (
	hash  TEXT PRIMARY KEY,
	bytes BLOB NOT NULL
);

-- timelines: the entries of an entity as JSON, without their effects
CREATE TABLE line (
	seq    INTEGER PRIMARY KEY,	-- in the order they come: by entity, each would touch a page
	entity BLOB NOT NULL,
	bytes  BLOB NOT NULL
);
CREATE INDEX line_entity ON line (entity);

-- the duty log: entries by when they counted (of what is told of, when it happened), of all kinds; which
-- of them it shows the rules say.  bytes: of those that came for the log alone and stand in no timeline
CREATE TABLE logline (
	at     INTEGER NOT NULL,
	seq    INTEGER NOT NULL,
	entity BLOB NOT NULL,
	kind   INTEGER NOT NULL,
	verb   TEXT NOT NULL,
	bytes  BLOB,
	PRIMARY KEY (at, seq)
) WITHOUT ROWID;
CREATE INDEX logline_kept ON logline (entity) WHERE bytes IS NOT NULL;

-- closed incidents older than the window: only that they are there, so that the digest is right and
-- an entry that touches one is noticed
CREATE TABLE outside (
	id      BLOB PRIMARY KEY,
	version INTEGER NOT NULL
) WITHOUT ROWID;

-- while what another view has comes in: the incidents of the view before, so that it can be said what
-- went and what came.  meta's "view": 1
CREATE TABLE was (
	id BLOB PRIMARY KEY
) WITHOUT ROWID;

-- incidents counted by step and holder, kept with every change
CREATE TABLE tally (
	step   TEXT NOT NULL,
	holder TEXT NOT NULL,
	open   INTEGER NOT NULL,
	n      INTEGER NOT NULL,
	PRIMARY KEY (step, holder, open)
) WITHOUT ROWID;

-- cases with something that stands open beside their loop, in board order: what is one bit of
-- domain/stand.h, rank_a the case's
CREATE TABLE stand (
	what   INTEGER NOT NULL,
	rank_a INTEGER NOT NULL,
	pk     INTEGER NOT NULL,
	PRIMARY KEY (what, rank_a, pk)
) WITHOUT ROWID;

-- what runs out (domain/deadline.h) of incidents and whistles, by due: sort, id, clock and about as
-- there, org '' when it is nobody's, kind and pk of the entity.  tie is made of entity, sort and id
CREATE TABLE deadline (
	due   INTEGER NOT NULL,
	tie   INTEGER NOT NULL,
	org   TEXT NOT NULL,
	kind  INTEGER NOT NULL,
	pk    INTEGER NOT NULL,
	id    BLOB NOT NULL,
	sort  INTEGER NOT NULL,
	clock TEXT,
	about BLOB,
	PRIMARY KEY (due, tie)
) WITHOUT ROWID;
CREATE INDEX deadline_org ON deadline (org, due, tie);

-- what changed lately, for readers; id NULL: more than is worth listing
CREATE TABLE recent (
	n  INTEGER PRIMARY KEY,
	id BLOB
);

-- the address table: meta's "places" is the hash of the text these rows come from.  key, name_key:
-- folded, without blanks
CREATE TABLE place (
	n         INTEGER PRIMARY KEY,
	key       TEXT NOT NULL,
	name_key  TEXT,
	address   TEXT NOT NULL,
	numbers   TEXT,
	name      TEXT,
	street    TEXT,
	community TEXT,
	grid      TEXT,
	contact   TEXT,
	phone     TEXT,
	hazards   TEXT,
	cameras   TEXT,
	note      TEXT
);

-- which texts have which pairs of characters (store/search.h).  A part is written once: its pages
-- begin with id = part * 2^42 + their first term.  state 0: in use; 1: it is being made of those that
-- go into it, up to the term done; 2: no longer needed.  base: its first row; rows: how many it has
CREATE TABLE gram (
	id    INTEGER PRIMARY KEY,
	bytes BLOB NOT NULL
);
CREATE TABLE gram_part (
	part  INTEGER PRIMARY KEY,
	base  INTEGER NOT NULL,
	rows  INTEGER NOT NULL,
	state INTEGER NOT NULL,
	goes  INTEGER,	-- the part it is being merged into
	done  INTEGER
);

-- rows up to meta's "searched" whose texts have changed since they were looked at; at grows with each
CREATE TABLE unsearched (
	tie INTEGER PRIMARY KEY,
	at  INTEGER NOT NULL
);
