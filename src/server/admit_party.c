/* Who sees what an entry changed: parties, those kept out, and the rows in their feeds. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/party.h"

struct changed { /* an entity that an entry moved on */
	struct writer *writer;
	const void *entity;
	const struct db_entity *row;
	struct arena *arena;
	bool created;
	struct db_party *parties; /* those before */
	size_t n_parties, cap_parties;
	int64_t *absent; /* organisations that were kept out before */
	size_t n_absent, cap_absent;
};

size_t restrictions_of(const void *entity)
{
	const struct entity *head = entity;

	return head->kind == KIND_INCIDENT ? ((const struct incident *)entity)->restrictions.n : 0;
}

static void touch_org(struct writer *writer, int64_t org)
{
	if ((size_t)org >= writer->n_touched) {
		size_t n = (size_t)org * 2 + 64;

		writer->touched = mem_resize(writer->touched, n, 1);
		memset(writer->touched + writer->n_touched, 0, n - writer->n_touched);
		writer->n_touched = n;
	}
	writer->touched[org] = 1;
}

static enum err feed(const struct changed *changed, int64_t org, enum feed_row kind,
		     struct error *err)
{
	struct db_feed row = { changed->row->seq, changed->row->eno, kind };

	touch_org(changed->writer, org);
	return changed->writer->service->db->feed_add(changed->writer->db, org, &row, err);
}

static bool is_kept_out(const struct changed *changed, const char *org)
{
	return party_kept_out(&changed->writer->book->profile->rules, changed->entity, org);
}

/* --- who saw it ------------------------------------------------------------------------------- */

static bool party_each(void *ctx, const struct db_party *row)
{
	struct changed *changed = ctx;

	MEM_GROW(changed->parties, changed->n_parties, changed->cap_parties);
	changed->parties[changed->n_parties++] = *row;
	return true;
}

static bool absence_each(void *ctx, const struct db_absence *row)
{
	struct changed *changed = ctx;

	if (row->back != 0)
		return true;
	MEM_GROW(changed->absent, changed->n_absent, changed->cap_absent);
	changed->absent[changed->n_absent++] = row->org;
	return true;
}

static bool was_absent(const struct changed *changed, int64_t org)
{
	for (size_t i = 0; i < changed->n_absent; i++)
		if (changed->absent[i] == org)
			return true;
	return false;
}

static bool was_party(const struct changed *changed, int64_t org)
{
	for (size_t i = 0; i < changed->n_parties; i++)
		if (changed->parties[i].org == org)
			return true;
	return false;
}

/* --- who sees it now -------------------------------------------------------------------------- */

/* The parties of before get the entry; with a new restriction those that are kept out lose all. */
static enum err write_known(struct changed *changed, bool narrowed, struct error *err)
{
	const struct db_ops *db = changed->writer->service->db;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < changed->n_parties; i++) {
		int64_t org = changed->parties[i].org;
		enum feed_row kind = FEED_ROW_ENTRY;
		const char *name;

		if (narrowed) {
			code = db->org_code(changed->writer->db, org, changed->arena, &name, err);
			if (code == ERR_OK && is_kept_out(changed, name))
				kind = FEED_ROW_DROP;
		}
		if (code == ERR_OK && kind == FEED_ROW_DROP)
			code = db->party_drop(changed->writer->db, org, changed->row,
					      changed->row->seq, err);
		if (code == ERR_OK)
			code = feed(changed, org, kind, err);
	}
	return code;
}

static enum err add_party(struct changed *changed, int64_t org, struct error *err)
{
	enum err code = changed->writer->service->db->party_add(
		changed->writer->db, org, changed->row, changed->row->seq, err);

	if (code != ERR_OK)
		return code;
	return feed(changed, org, changed->created ? FEED_ROW_ENTRY : FEED_ROW_WHOLE, err);
}

/* Those that are kept out no longer. */
static enum err write_absent(struct changed *changed, struct error *err)
{
	const struct db_ops *db = changed->writer->service->db;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < changed->n_absent; i++) {
		int64_t org = changed->absent[i];
		const char *name;

		code = db->org_code(changed->writer->db, org, changed->arena, &name, err);
		if (code != ERR_OK || is_kept_out(changed, name))
			continue;
		code = db->absent_end(changed->writer->db, org, changed->row->eno,
				      changed->row->seq, err);
		if (code == ERR_OK)
			code = add_party(changed, org, err);
	}
	return code;
}

static enum err write_new(struct changed *changed, struct error *err)
{
	const struct db_ops *db = changed->writer->service->db;
	const char *const *codes;
	size_t n = entity_parties(&changed->writer->book->profile->rules, changed->entity,
				  changed->arena, &codes);
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		int64_t org;

		code = db->org_no(changed->writer->db, codes[i], true, &org, err);
		if (code != ERR_OK || was_party(changed, org) || was_absent(changed, org))
			continue;
		if (is_kept_out(changed, codes[i]))
			code = db->absent_add(changed->writer->db, org, changed->row->eno,
					      changed->row->seq, err);
		else
			code = add_party(changed, org, err);
	}
	return code;
}

enum err parties_write(struct writer *writer, const void *entity, const struct db_entity *row,
		       const struct db_place *old, size_t restrictions, struct arena *arena,
		       struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct changed changed = { .writer = writer, .entity = entity, .row = row, .arena = arena,
				   .created = old == NULL };
	size_t now = restrictions_of(entity);
	enum err code = ERR_OK;

	if (old != NULL) {
		code = db->party_scan(writer->db, row->eno, party_each, &changed, err);
		if (code == ERR_OK && (old->class != row->class || old->rank != row->rank))
			code = db->scope_move(writer->db, row, old, err);
	}
	if (code == ERR_OK && now > 0) /* nobody was ever kept from others */
		code = db->absent_scan(writer->db, row->eno, absence_each, &changed, err);
	if (code == ERR_OK)
		code = write_known(&changed, now > restrictions, err);
	if (code == ERR_OK)
		code = write_absent(&changed, err);
	if (code == ERR_OK)
		code = write_new(&changed, err);
	free(changed.parties);
	free(changed.absent);
	return code;
}
