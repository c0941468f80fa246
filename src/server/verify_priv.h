/* What the two halves of verify share: the journal as a whole, and one entity at a time. */
#ifndef ZHIBAN_SERVER_VERIFY_PRIV_H
#define ZHIBAN_SERVER_VERIFY_PRIV_H

#include "admit_priv.h"
#include "rulebook_priv.h"
#include "service_priv.h"
#include "zhiban/server/verify.h"

struct entry;

struct adopted {
	int64_t seq;
	struct rulebook *book;
};

struct verify {
	const struct db_ops *ops;
	struct db *db;
	struct adopted *adopted;
	size_t n_adopted, cap_adopted;
	int64_t last_seq;
	uint8_t last_hash[SHA256_LEN];
	int64_t effects, parties, feed, absences, max_org; /* counted from the journal */
	int64_t answers, handovers;
	struct verify_number { /* that was given */
		int64_t counter, serial;
		const char *text; /* in the arena below */
	} *numbers;
	struct arena texts;
	size_t n_numbers, cap_numbers;
	int64_t personal; /* values that the journal refers to */
	struct verify_gone { /* a value that is missing, or an entry that erased a case's */
		struct uuid id;
		int64_t seq;
		bool erased;
	} *gone;
	size_t n_gone, cap_gone;
	int64_t *enos;
	size_t n_enos, cap_enos;
	enum err code; /* the first thing that is wrong */
	struct error err;
};

/* Notes what is wrong; returns false. */
bool verify_wrong(struct verify *verify, const char *fmt, ...) PRINTF(2, 3);
/* After a scan: its own failure counts unless something is wrong already. */
bool verify_scanned(struct verify *verify, enum err code, const struct error *err);
const struct rules *verify_rules_at(const struct verify *verify, int64_t seq);
/* verify_entity.c; false when something is wrong. */
bool verify_entity(struct verify *verify, int64_t eno);
/* verify_answers.c: an entry's answer; all answers; an entity's number, noted; all that were. */
bool verify_answered(struct verify *verify, const struct entry *entry);
/* verify_duty.c: a handover's hash, and that it follows the one before it; others are fine. */
bool verify_handover(struct verify *verify, const void *entity);
/* verify_personal.c: what an entry refers to; when all have been looked at. */
bool verify_refs(struct verify *verify, const struct entry *entry);
bool verify_personal(struct verify *verify);
bool verify_answers(struct verify *verify);
bool verify_number(struct verify *verify, const void *entity);
bool verify_numbers(struct verify *verify);

#endif
