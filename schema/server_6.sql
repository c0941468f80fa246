-- Scope: who is kept from what.

-- an organisation that would see the entity was kept from it by a restriction: from entry `lost` until
-- entry `back` (0: still); before that it had seen it from `since` on (0: never).  Rebuildable
CREATE TABLE absence (
	eno	INTEGER NOT NULL,
	org	INTEGER NOT NULL,
	lost	INTEGER NOT NULL,
	since	INTEGER NOT NULL,
	back	INTEGER NOT NULL,
	PRIMARY KEY (eno, org, lost)
) WITHOUT ROWID;
CREATE INDEX absence_org ON absence (org, lost);
