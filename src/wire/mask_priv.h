/* What masking entities and masking entries share (mask.c, mask_entry.c). */
#ifndef WIRE_MASK_PRIV_H
#define WIRE_MASK_PRIV_H

#include "walk_priv.h"
#include "zhiban/domain/kind.h"
#include "zhiban/wire/mask.h"

struct personal { /* the keys of a kind's personal fields */
	const char *key[MASK_VALUES];
	size_t len[MASK_VALUES], n;
};
void personal_add(struct personal *personal, const struct kind_desc *kind);
void personal_of(struct personal *personal, const struct kind_desc *kind);
bool is_personal(const struct personal *personal, struct span key);
const struct kind_desc *kind_of(struct span value); /* by its name in quotes; NULL: not known */

struct masking { /* bytes on their way from the source to out */
	struct walk walk;
	struct str *out;
	const char *copied; /* the source up to here is in out */
	struct arena arena;
	const struct mask_reader *reader; /* NULL: nothing is looked up */
	struct error *err;
};
void copy_to(struct masking *masking, const char *to);
/* Appends a personal value of an entity as the reader gets it: a text is looked up, then masked or
 * clear; null stays; nothing else is personal. */
enum err put_value(struct masking *masking, const char *id, struct span key, struct span value,
		   bool clear) MUST_CHECK;
/* The same in the place of a value of the source. */
enum err replace(struct masking *masking, const char *id, struct span key, struct span value,
		 bool clear) MUST_CHECK;
/* Appends all or nothing. */
enum err finish(struct masking *masking, size_t before, enum err code);

#endif
