/* One entity: folded from nothing by its own entries, and who must see it. */
#include <config.h>

#include "verify_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/domain/notice.h"
#include "zhiban/domain/party.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

struct audience { /* an organisation that would see the entity, by the rules */
	int64_t org;
	int64_t since; /* 0: it is kept out */
};
struct owed_row { /* that must stand in a feed */
	int64_t org;
	struct db_feed row;
};

struct folding {
	struct verify *verify;
	const struct db_entity *row;
	struct arena arena; /* of the entity, through all its entries */
	void *entity;
	struct audience *audience;
	size_t n_audience, cap_audience;
	struct owed_row *rows;
	size_t n_rows, cap_rows;
	struct db_absence *absences; /* as they must be */
	size_t n_absences, cap_absences;
	size_t restrictions; /* before the entry */
	int64_t first; /* seq */
};

/* --- who sees it ------------------------------------------------------------------------------- */

static void note_row(struct folding *folding, int64_t org, int64_t seq, enum feed_row kind)
{
	MEM_GROW(folding->rows, folding->n_rows, folding->cap_rows);
	folding->rows[folding->n_rows++] =
		(struct owed_row){ org, { seq, folding->row->eno, kind } };
}

/* What it had of the entity is gone with it. */
static void forget_rows(struct folding *folding, int64_t org)
{
	size_t n = 0;

	for (size_t i = 0; i < folding->n_rows; i++)
		if (folding->rows[i].org != org)
			folding->rows[n++] = folding->rows[i];
	folding->n_rows = n;
}

static bool check_rows(struct folding *folding)
{
	struct verify *verify = folding->verify;

	for (size_t i = 0; i < folding->n_rows; i++) {
		const struct owed_row *row = &folding->rows[i];
		bool has;

		verify->code = verify->ops->feed_has(verify->db, row->org, &row->row, &has,
						     &verify->err);
		if (verify->code != ERR_OK)
			return false;
		if (!has)
			return verify_wrong(verify, _("entry %lld is missing in a feed"),
					    (long long)row->row.seq);
		verify->feed++;
	}
	return true;
}

static void begin_absence(struct folding *folding, const struct audience *audience, int64_t seq)
{
	MEM_GROW(folding->absences, folding->n_absences, folding->cap_absences);
	folding->absences[folding->n_absences++] = (struct db_absence){
		.org = audience->org, .eno = folding->row->eno, .since = audience->since,
		.lost = seq
	};
}

static void end_absence(struct folding *folding, const struct audience *audience, int64_t seq)
{
	for (size_t i = 0; i < folding->n_absences; i++)
		if (folding->absences[i].org == audience->org && folding->absences[i].back == 0)
			folding->absences[i].back = seq;
}

/* What the entry is to an organisation that stands in the list already. */
static void widen_known(struct folding *folding, struct audience *audience, const char *org,
			int64_t seq)
{
	bool narrowed = restrictions_of(folding->entity) > folding->restrictions;
	bool out = party_kept_out(verify_rules_at(folding->verify, seq), folding->entity, org);
	enum feed_row kind = FEED_ROW_ENTRY;

	if (audience->since == 0 && out)
		return;
	if (audience->since == 0) {
		end_absence(folding, audience, seq);
		audience->since = seq;
		kind = FEED_ROW_WHOLE;
	} else if (narrowed && out) {
		begin_absence(folding, audience, seq);
		forget_rows(folding, audience->org);
		audience->since = 0;
		kind = FEED_ROW_DROP;
	}
	note_row(folding, audience->org, seq, kind);
}

static bool check_audience(struct folding *folding, int64_t seq)
{
	struct verify *verify = folding->verify;
	struct arena scratch = ARENA_INIT;
	bool plain = restrictions_of(folding->entity) == 0;

	for (size_t i = 0; verify->code == ERR_OK && i < folding->n_audience; i++) {
		struct audience *audience = &folding->audience[i];
		const char *org;

		if (plain) {
			note_row(folding, audience->org, seq, FEED_ROW_ENTRY);
			continue;
		}
		verify->code = verify->ops->org_code(verify->db, audience->org, &scratch, &org,
						     &verify->err);
		if (verify->code == ERR_OK)
			widen_known(folding, audience, org, seq);
	}
	arena_release(&scratch);
	return verify->code == ERR_OK;
}

static void add_audience(struct folding *folding, int64_t org, const char *code, int64_t seq)
{
	struct audience new = { .org = org };
	bool out = party_kept_out(verify_rules_at(folding->verify, seq), folding->entity, code);

	if (out) {
		begin_absence(folding, &new, seq);
	} else {
		new.since = seq;
		note_row(folding, org, seq,
			 seq == folding->first ? FEED_ROW_ENTRY : FEED_ROW_WHOLE);
	}
	MEM_GROW(folding->audience, folding->n_audience, folding->cap_audience);
	folding->audience[folding->n_audience++] = new;
	if (org > folding->verify->max_org)
		folding->verify->max_org = org;
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
		if (verify->code == ERR_OK && !known)
			add_audience(folding, org, codes[i], seq);
	}
	arena_release(&scratch);
	return verify->code == ERR_OK;
}

static bool absence_each(void *ctx, const struct db_absence *row)
{
	struct folding *folding = ctx;

	for (size_t i = 0; i < folding->n_absences; i++)
		if (memcmp(&folding->absences[i], row, sizeof *row) == 0) {
			folding->verify->absences++;
			return true;
		}
	return verify_wrong(folding->verify,
			    _("an organisation is kept from an entity of entry %lld by nothing"),
			    (long long)folding->first);
}

/* Exactly those that the restrictions of the journal keep out are kept out. */
static bool check_absences(struct folding *folding)
{
	struct verify *verify = folding->verify;
	struct error err = ERROR_INIT;
	int64_t before = verify->absences;

	return verify_scanned(verify,
			      verify->ops->absent_scan(verify->db, folding->row->eno, absence_each,
						       folding, &err),
			      &err) &&
	       (verify->absences - before == (int64_t)folding->n_absences ||
		verify_wrong(verify,
			     _("an entity of entry %lld is not kept from whom it must be kept from"),
			     (long long)folding->first));
}

/* --- one entity -------------------------------------------------------------------------------- */

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
		folding->restrictions = restrictions_of(folding->entity);
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
	       check_audience(folding, row->seq) && widen_audience(folding, row->seq);
}

static bool party_each(void *ctx, const struct db_party *row)
{
	struct folding *folding = ctx;

	for (size_t i = 0; i < folding->n_audience; i++)
		if (folding->audience[i].org == row->org && row->since != 0 &&
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

static int64_t seeing(const struct folding *folding)
{
	int64_t n = 0;

	for (size_t i = 0; i < folding->n_audience; i++)
		n += folding->audience[i].since != 0;
	return n;
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
	if (good && check_rows(&folding) && check_bytes(&folding, id) &&
	    verify_number(verify, folding.entity) && verify_handover(verify, folding.entity)) {
		good = verify_scanned(verify,
				      verify->ops->party_scan(verify->db, eno, party_each,
							      &folding, &err),
				      &err);
		if (good && verify->parties - parties != seeing(&folding))
			good = verify_wrong(
				verify, _("%s is hidden from an organisation that must see it"),
				id);
		if (good)
			(void)check_absences(&folding);
	}
	free(folding.absences);
	free(folding.rows);
	free(folding.audience);
	arena_release(&folding.arena);
	arena_release(&arena);
	return verify->code == ERR_OK;
}
