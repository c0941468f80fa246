-- Which cases came from the same phone: personal values are found by a number's digits.

ALTER TABLE personal ADD COLUMN digits TEXT;	-- of a phone (include/zhiban/domain/phone.h); else NULL
-- Mobiles as they are mostly written; the others follow one by one (src/server/db_sql_callers.c).
UPDATE personal SET digits = value WHERE field = 'phone' AND length(value) = 11
	AND substr(value, 1, 1) = '1' AND ltrim(value, '0123456789') = '';
CREATE INDEX personal_digits ON personal (digits, eno, id) WHERE digits IS NOT NULL;

CREATE TABLE caller_ask (	-- who asked about a number, for the limit per hour; kept as long as that
	no	INTEGER PRIMARY KEY,
	officer	TEXT NOT NULL,
	at	INTEGER NOT NULL
);
CREATE INDEX caller_ask_officer ON caller_ask (officer, at);
