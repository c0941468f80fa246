/* Personal values: each reference of the journal has its row, and the row the value it says, unless
 * it was erased later; there is no row without a reference, and of what was erased none. */
#include <config.h>

#include "verify_priv.h"

#include <string.h>

#include "personal_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/phone.h"
#include "zhiban/domain/effect.h"

enum { REFS_MAX = PERSONAL_PER_ENTRY };

struct refs { /* of one entry */
	struct verify *verify;
	const struct entry *entry;
	struct ref {
		const struct uuid *entity;
		const struct field *field;
		const char *text;
		int64_t id;
		bool found;
	} items[REFS_MAX];
	size_t n;
	bool good;
};

static void note_ref(struct refs *refs, const struct uuid *entity, const struct field *field,
		     struct value value)
{
	int64_t id;

	if (field->sensitivity != SENS_PERSONAL || !value.is_text || value.text == NULL ||
	    !ref_parse(value.text, &id))
		return;
	for (size_t i = 0; i < refs->n; i++)
		if (refs->items[i].id == id && strcmp(refs->items[i].text, value.text) == 0)
			return;
	if (refs->n < REFS_MAX)
		refs->items[refs->n++] = (struct ref){ entity, field, value.text, id, false };
}

static bool row_each(void *ctx, const struct db_personal *row)
{
	struct refs *refs = ctx;
	struct verify *verify = refs->verify;
	struct arena arena = ARENA_INIT;
	struct ref *ref = NULL;
	struct db_entity entity;
	char text[REF_TEXT], digits[PHONE_DIGITS] = "";
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < refs->n; i++)
		if (refs->items[i].id == row->id)
			ref = &refs->items[i];
	verify->personal++;
	if (ref == NULL) {
		refs->good = verify_wrong(verify,
					  _("entry %lld: a personal value of it stands for nothing"),
					  (long long)refs->entry->seq);
		return false;
	}
	ref->found = true;
	ref_make(row, ref->entity, text);
	if (strcmp(row->field, "phone") == 0)
		phone_digits(row->value, digits);
	if (strcmp(row->field, ref->field->json) != 0 || strcmp(text, ref->text) != 0)
		refs->good = verify_wrong(verify,
					  _("entry %lld: a personal value is not what was written"),
					  (long long)refs->entry->seq);
	else if (strcmp(row->digits != NULL ? row->digits : "", digits) != 0)
		refs->good = verify_wrong(verify,
					  _("entry %lld: a phone is filed under another number"),
					  (long long)refs->entry->seq);
	else if (!verify_scanned(verify,
				 verify->ops->entity_get(verify->db, ref->entity, &arena, &entity,
							 &err),
				 &err))
		refs->good = false;
	else if (entity.eno != row->eno)
		refs->good = verify_wrong(verify,
					  _("entry %lld: a personal value is filed under another "
					    "case"),
					  (long long)refs->entry->seq);
	arena_release(&arena);
	return refs->good;
}

static void note_erased(struct verify *verify, const struct uuid *id, int64_t seq, bool erased)
{
	MEM_GROW(verify->gone, verify->n_gone, verify->cap_gone);
	verify->gone[verify->n_gone++] = (struct verify_gone){ *id, seq, erased };
}

bool verify_refs(struct verify *verify, const struct entry *entry)
{
	struct refs refs = { .verify = verify, .entry = entry, .good = true };
	struct error err = ERROR_INIT;
	int64_t first = entry->seq * PERSONAL_PER_ENTRY;

	for (size_t i = 0; i < entry->act.n_given; i++)
		note_ref(&refs, &entry->act.target.id, entry->act.given[i].field,
			 entry->act.given[i].value);
	for (size_t i = 0; i < entry->n_effects; i++)
		for (size_t k = 0; k < entry->effects[i].n_changes; k++)
			note_ref(&refs, &entry->effects[i].id, entry->effects[i].changes[k].field,
				 entry->effects[i].changes[k].value);
	if (strcmp(entry->act.desc->verb, "erase") == 0)
		note_erased(verify, &entry->act.target.id, entry->seq, true);
	if (refs.n == 0)
		return true;
	if (!verify_scanned(verify,
			    verify->ops->personal_near(verify->db, first,
						       first + PERSONAL_PER_ENTRY - 1, row_each,
						       &refs, &err),
			    &err) ||
	    !refs.good)
		return false;
	for (size_t i = 0; i < refs.n; i++)
		if (!refs.items[i].found)
			note_erased(verify, refs.items[i].entity, entry->seq, false);
	return true;
}

/* --- the whole ------------------------------------------------------------------------------- */

/* By case; what was erased before what is missing. */
static int by_case(const void *a, const void *b)
{
	const struct verify_gone *x = a, *y = b;
	int order = uuid_cmp(&x->id, &y->id);

	if (order != 0)
		return order;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

struct left { /* rows that should have gone */
	int64_t before;
	bool any;
};

static bool left_each(void *ctx, const struct db_personal *row)
{
	struct left *left = ctx;

	left->any = left->any || row->id / PERSONAL_PER_ENTRY < left->before;
	return !left->any;
}

static bool check_erased(struct verify *verify, const struct verify_gone *gone)
{
	struct arena arena = ARENA_INIT;
	struct left left = { .before = gone->seq };
	struct db_entity row;
	struct error err = ERROR_INIT;
	enum err code = verify->ops->entity_get(verify->db, &gone->id, &arena, &row, &err);

	if (code == ERR_OK)
		code = verify->ops->personal_of(verify->db, row.eno, left_each, &left, &err);
	arena_release(&arena);
	if (!verify_scanned(verify, code, &err))
		return false;
	return !left.any ||
	       verify_wrong(verify, _("entry %lld erased personal values that are still there"),
			    (long long)gone->seq);
}

static bool count_each(void *ctx, const struct db_personal *row)
{
	(void)row;
	++*(int64_t *)ctx;
	return true;
}

bool verify_personal(struct verify *verify)
{
	struct verify_gone *gone = verify->gone;
	int64_t rows = 0, erased = 0;
	struct error err = ERROR_INIT;

	if (verify->n_gone > 0)
		qsort(gone, verify->n_gone, sizeof *gone, by_case);
	for (size_t i = verify->n_gone; i-- > 0;) { /* the last of each case first */
		if (i + 1 == verify->n_gone || !uuid_eq(&gone[i].id, &gone[i + 1].id))
			erased = 0;
		if (gone[i].erased && erased == 0) {
			erased = gone[i].seq;
			if (!check_erased(verify, &gone[i]))
				return false;
		} else if (!gone[i].erased && erased == 0) {
			return verify_wrong(verify,
					    _("entry %lld: a personal value of it is missing, and was "
					      "not erased"),
					    (long long)gone[i].seq);
		}
	}
	if (!verify_scanned(verify,
			    verify->ops->personal_scan(verify->db, count_each, &rows, &err), &err))
		return false;
	return rows == verify->personal ||
	       verify_wrong(verify, _("%lld personal values are there, and %lld are referred to"),
			    (long long)rows, (long long)verify->personal);
}
