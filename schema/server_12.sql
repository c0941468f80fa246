-- Joint meetings: calendars show those of a person or an organisation.

CREATE INDEX entity_meeting ON entity (class, rank) WHERE kind = 'meeting';
