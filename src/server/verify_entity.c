/* One entity: folded from nothing by its own entries, and who must see it. */
#include <config.h>

#include "verify_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/notice.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

struct audience { /* an organisation that must see the entity, by the rules */
	int64_t org, since;
};

struct folding {
	struct verify *verify;
	const struct db_entity *row;
	struct arena arena; /* of the entity, through all its entries */
	void *entity;
	struct audience *audience;
	size_t n_audience, cap_audience;
	int64_t first; /* seq */
};

static bool check_feed(struct folding *folding, int64_t seq)
{
	struct verify *verify = folding->verify;

	for (size_t i = 0; i < folding->n_audience; i++) {
		struct db_feed row = { seq, folding->row->eno,
				       folding->audience[i].since == seq && seq != folding->first };
		bool has;

		verify->code = verify->ops->feed_has(verify->db, folding->audience[i].org, &row,
						     &has, &verify->err);
		if (verify->code != ERR_OK)
			return false;
		if (!has)
			return verify_wrong(verify, _("entry %lld is missing in a feed"),
					    (long long)seq);
		verify->feed++;
	}
	return true;
}

static bool widen_audience(struct folding *folding, int64_t seq)
{
	struct verify *verify = folding->verify;
	struct arena scratch = ARENA_INIT;
	const char *const *codes;
	size_t n = entity_parties(verify_rules_at(verify, seq), folding->entity, &scratch, &codes);

	for (size_t i = 0; verify->code == ERR_OK && i < n; i++) {
		bool known = false;
		int64_t org = 0;

		verify->code = verify->ops->org_no(verify->db, codes[i], false, &org, &verify->err);
		for (size_t k = 0; k < folding->n_audience && !known; k++)
			known = folding->audience[k].org == org;
		if (known)
			continue;
		MEM_GROW(folding->audience, folding->n_audience, folding->cap_audience);
		folding->audience[folding->n_audience++] = (struct audience){ org, seq };
		if (org > verify->max_org)
			verify->max_org = org;
	}
	arena_release(&scratch);
	return verify->code == ERR_OK;
}

static bool check_messages(struct folding *folding)
{
	struct verify *verify = folding->verify;
	const struct notice *notice = folding->entity;
	const struct link *links = notice->links.items;
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < notice->links.n; i++) {
		int64_t eno = 0;

		if (!verify_scanned(verify,
				    verify->ops->outside_find(verify->db, NOTICE_OUTSIDE,
							      links[i].target, &eno, &err),
				    &err))
			return false;
		if (eno == 0)
			return verify_wrong(verify, _("a message of notice %s could come in again"),
					    notice->number != NULL ? notice->number : "-");
	}
	return true;
}

/* A number elsewhere is known from the first entry on, so that an import adds nothing twice. */
static bool check_outside(struct folding *folding)
{
	struct verify *verify = folding->verify;
	const struct incident *incident = folding->entity;
	struct error err = ERROR_INIT;
	int64_t eno = 0;

	if (incident->head.kind == KIND_NOTICE)
		return check_messages(folding);
	if (incident->head.kind != KIND_INCIDENT || incident->source == NULL ||
	    incident->src_no == NULL)
		return true;
	if (!verify_scanned(verify,
			    verify->ops->outside_find(verify->db, incident->source,
						      incident->src_no, &eno, &err),
			    &err))
		return false;
	return eno != 0 || verify_wrong(verify, _("number %s of %s could be imported again"),
					incident->src_no, incident->source);
}

static bool is_notice(const struct folding *folding)
{
	return folding->entity != NULL &&
	       ((const struct entity *)folding->entity)->kind == KIND_NOTICE;
}

static bool fold_each(void *ctx, const struct db_entry *row)
{
	struct folding *folding = ctx;
	struct verify *verify = folding->verify;
	struct arena scratch = ARENA_INIT;
	struct entry entry;
	size_t touched = 0;

	verify->code = entry_decode(row->bytes, row->len, &scratch, &entry, &verify->err);
	for (size_t i = 0; verify->code == ERR_OK && i < entry.n_effects; i++) {
		const struct effect *effect = &entry.effects[i];

		if (!uuid_eq(&effect->id, &folding->row->id))
			continue;
		touched++;
		if (folding->entity == NULL) {
			folding->entity = entity_new(effect->kind, &effect->id, &folding->arena);
			folding->first = row->seq;
		}
		verify->code = evolve(folding->entity, effect, row->seq, &folding->arena,
				      &verify->err);
	}
	arena_release(&scratch);
	if (verify->code != ERR_OK)
		(void)error_prefix(&verify->err, _("entry %lld"), (long long)row->seq);
	else if (touched != 1)
		verify_wrong(verify, _("entry %lld does not touch what it is listed for"),
		      (long long)row->seq);
	verify->effects -= (int64_t)touched;
	return verify->code == ERR_OK &&
	       ((row->seq != folding->first && !is_notice(folding)) || check_outside(folding)) &&
	       widen_audience(folding, row->seq) && check_feed(folding, row->seq);
}

static bool party_each(void *ctx, const struct db_party *row)
{
	struct folding *folding = ctx;

	for (size_t i = 0; i < folding->n_audience; i++)
		if (folding->audience[i].org == row->org &&
		    folding->audience[i].since == row->since) {
			folding->verify->parties++;
			return true;
		}
	return verify_wrong(folding->verify,
		     _("an organisation sees an entity of entry %lld that it must not see"),
		     (long long)folding->first);
}

static bool check_bytes(struct folding *folding, const char *id)
{
	const struct db_entity *row = folding->row;
	struct db_entity place = { .eno = 0 };
	const struct entity *head = folding->entity;
	struct str bytes = STR_INIT;
	bool same;

	if (folding->entity == NULL)
		return verify_wrong(folding->verify, _("%s has no entry in the journal"), id);
	entity_encode(folding->entity, &bytes);
	entity_place(folding->entity, &place);
	same = bytes.len == row->len && memcmp(bytes.s, row->bytes, row->len) == 0 &&
	       head->version == row->version && head->seq == row->seq &&
	       place.class == row->class && place.rank == row->rank;
	str_release(&bytes);
	return same ||
	       verify_wrong(folding->verify,
			    _("%s, latest entry %lld: the stored state is not the fold of its "
			      "entries"),
			    id, (long long)head->seq);
}

bool verify_entity(struct verify *verify, int64_t eno)
{
	struct arena arena = ARENA_INIT;
	struct folding folding = { .verify = verify, .arena = ARENA_INIT };
	struct error err = ERROR_INIT;
	struct db_entity row;
	char id[UUID_TEXT] = "";
	int64_t parties = verify->parties;
	bool good = verify_scanned(verify,
				   verify->ops->entity_at(verify->db, eno, &arena, &row, &err), &err);

	folding.row = &row;
	if (good) {
		uuid_text(&row.id, id);
		good = verify_scanned(verify,
				      verify->ops->timeline(verify->db, eno, 0, fold_each,
							    &folding, &err),
				      &err);
	}
	if (good && check_bytes(&folding, id) && verify_number(verify, folding.entity)) {
		good = verify_scanned(verify,
				      verify->ops->party_scan(verify->db, eno, party_each,
							      &folding, &err),
				      &err);
		if (good && verify->parties - parties != (int64_t)folding.n_audience)
			verify_wrong(verify,
				     _("%s is hidden from an organisation that must see it"), id);
	}
	free(folding.audience);
	arena_release(&folding.arena);
	arena_release(&arena);
	return verify->code == ERR_OK;
}
