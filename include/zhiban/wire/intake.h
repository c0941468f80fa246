/* POST /v1/intake: rows of cases from another system, and what became of each.
 *
 * The body is an object with a list "rows" of plain objects, or a file as an import reads it (JSON
 * Lines, CSV with a header).  What is wrong with one row stops no other. */
#ifndef ZHIBAN_WIRE_INTAKE_H
#define ZHIBAN_WIRE_INTAKE_H

#include "zhiban/wire/import.h"
#include "zhiban/wire/message.h"

enum { INTAKE_ROWS = 500, INTAKE_BYTES = 2 * 1024 * 1024 };

struct intake_row {
	struct import_row row;
	const char *bad; /* it could not be read: why; else NULL */
};
struct intake_ask {
	struct intake_row *rows;
	size_t n;
};
/* Copies into the arena.  ERR_INPUT: no rows at all can be read of it; ERR_TOO_LARGE: more than
 * INTAKE_ROWS. */
enum err intake_ask_decode(const char *bytes, size_t len, struct arena *arena,
			   struct intake_ask *ret_ask, struct error *err) MUST_CHECK;

enum intake_verdict { INTAKE_OK, INTAKE_EXISTS, INTAKE_REJECTED, INTAKE_VERDICTS };
struct intake_result { /* texts that are not there are NULL */
	enum intake_verdict verdict;
	const char *src_no;   /* as the row has it */
	const char *number;   /* of the incident, new or there already */
	const struct uuid *id; /* the same; NULL with INTAKE_REJECTED */
	const char *field;    /* rejected: the column it is about */
	const char *sentence; /* rejected: why */
	const char *const *kept; /* columns that are kept beside the fields; NULL-terminated */
};
/* {"epoch","exists","now","ok","rejected","rows":[…],"version"}; the rows in the order of the
 * request, each with its place from 1. */
void intake_answer_encode(const struct answer_head *head, const struct intake_result *results,
			  size_t n, struct str *out);

#endif
