#include <config.h>

#include "audit_priv.h"
#include "verify_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entry.h"

enum { PROGRESS_EVERY = 1000 };

bool verify_wrong(struct verify *verify, const char *fmt, ...)
{
	char words[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	verify->code = error_set(&verify->err, ERR_CORRUPT, "%s", words);
	return false;
}

bool verify_scanned(struct verify *verify, enum err code, const struct error *err)
{
	if (code != ERR_OK && verify->code == ERR_OK) {
		verify->code = code;
		verify->err = *err;
	}
	return verify->code == ERR_OK;
}

/* --- the chain ------------------------------------------------------------------------------- */

static bool chain_each(void *ctx, const struct db_entry *row)
{
	struct verify *verify = ctx;
	struct arena arena = ARENA_INIT;
	uint8_t hash[SHA256_LEN];
	struct entry entry;
	struct error err = ERROR_INIT;

	if (row->seq != verify->last_seq + 1)
		return verify_wrong(verify, _("entry %lld is missing"),
				    (long long)verify->last_seq + 1);
	entry_hash(verify->last_hash, row->bytes, row->len, hash);
	if (memcmp(hash, row->hash, SHA256_LEN) != 0)
		return verify_wrong(verify, _("entry %lld: its hash is not that of its bytes"),
			     (long long)row->seq);
	if (entry_decode(row->bytes, row->len, &arena, &entry, &err) != ERR_OK)
		verify_wrong(verify, _("entry %lld: %s"), (long long)row->seq, err.text);
	else if (entry.seq != row->seq || (int64_t)entry.n_effects != row->width)
		verify_wrong(verify, _("entry %lld does not stand at its place"),
			     (long long)row->seq);
	else
		verify->effects += (int64_t)entry.n_effects;
	if (verify->code == ERR_OK)
		(void)(verify_answered(verify, &entry) && verify_refs(verify, &entry));
	arena_release(&arena);
	verify->last_seq = row->seq;
	memcpy(verify->last_hash, hash, SHA256_LEN);
	return verify->code == ERR_OK;
}

/* --- the rules of the time ------------------------------------------------------------------- */

static bool adopted_each(void *ctx, const struct db_adoption *row)
{
	struct verify *verify = ctx;

	MEM_GROW(verify->adopted, verify->n_adopted, verify->cap_adopted);
	verify->adopted[verify->n_adopted].seq = row->seq;
	verify->code = rulebook_load(verify->ops, verify->db, row->profile, row->calendar,
				     &verify->adopted[verify->n_adopted].book, &verify->err);
	if (verify->code == ERR_OK)
		verify->n_adopted++;
	return verify->code == ERR_OK;
}

const struct rules *verify_rules_at(const struct verify *verify, int64_t seq)
{
	size_t i = verify->n_adopted;

	while (i > 1 && verify->adopted[i - 1].seq > seq)
		i--;
	return &verify->adopted[i - 1].book->profile->rules;
}

/* The audit log is a chain of its own. */
static bool check_audit(struct verify *verify, struct verify_report *report)
{
	struct error err = ERROR_INIT;

	return verify_scanned(verify,
			      audit_verify(verify->ops, verify->db, &report->audit_lines, &err), &err);
}

/* --- the whole ------------------------------------------------------------------------------- */

static bool eno_each(void *ctx, const struct db_entity *row)
{
	struct verify *verify = ctx;

	MEM_GROW(verify->enos, verify->n_enos, verify->cap_enos);
	verify->enos[verify->n_enos++] = row->eno;
	return true;
}

struct scope { /* one organisation's snapshot */
	int64_t rows;
	struct db_place last;
	bool disordered;
};

static bool is_before(const struct db_place *a, const struct db_place *b)
{
	if (a->class != b->class)
		return a->class < b->class;
	return a->rank != b->rank ? a->rank < b->rank : a->eno < b->eno;
}

/* The order of the rows is that of the entities' own places: none is filed where it once stood. */
static bool scope_each(void *ctx, const struct db_entity *row)
{
	struct scope *scope = ctx;
	struct db_place place = { row->class, row->rank, row->eno };

	if (scope->rows++ > 0 && !is_before(&scope->last, &place))
		scope->disordered = true;
	scope->last = place;
	return true;
}

/* Snapshots have a row for each party, and their counts are right. */
static bool check_scopes(struct verify *verify)
{
	struct error err = ERROR_INIT;
	int64_t all = 0;

	for (int64_t org = 1; org <= verify->max_org; org++) {
		static const struct db_place first = { INT64_MIN, INT64_MIN, INT64_MIN };
		struct scope scope = { .rows = 0 };
		int64_t visible = 0;
		enum err code = verify->ops->snapshot(verify->db, org, &first, scope_each, &scope,
						      &err);

		if (code == ERR_OK)
			code = verify->ops->org_visible(verify->db, org, &visible, &err);
		if (!verify_scanned(verify, code, &err))
			return false;
		if (scope.disordered)
			return verify_wrong(verify, "%s", _("a snapshot is not in order"));
		if (scope.rows != visible)
			return verify_wrong(verify,
					    _("a snapshot has %lld rows where %lld are said"),
					    (long long)scope.rows, (long long)visible);
		all += scope.rows;
	}
	return all == verify->parties ||
	       verify_wrong(verify, "%s", _("snapshots and parties do not agree"));
}

static bool check_journal(struct verify *verify)
{
	struct error err = ERROR_INIT;

	return verify_scanned(verify,
			      verify->ops->journal_scan(verify->db, 0, chain_each, verify, &err),
			      &err) &&
	       verify_scanned(verify,
			      verify->ops->adoption_scan(verify->db, adopted_each, verify, &err),
			      &err) &&
	       (verify->n_adopted > 0 ||
		verify_wrong(verify, "%s", _("no profile was ever adopted"))) &&
	       verify_scanned(verify,
			      verify->ops->entity_scan(verify->db, 0, eno_each, verify, &err), &err);
}

static bool check_counts(struct verify *verify, struct verify_report *report)
{
	struct error err = ERROR_INIT;

	if (!verify_scanned(verify, verify->ops->counts(verify->db, &report->counts, &err), &err))
		return false;
	if (verify->effects != 0)
		return verify_wrong(verify, _("%lld effects are on no entity's timeline"),
				    (long long)verify->effects);
	if (verify->parties != report->counts.parties || verify->feed != report->counts.feed ||
	    verify->absences != report->counts.absences)
		return verify_wrong(verify, "%s", _("parties or feeds have rows of no entity"));
	crypto_hex(verify->last_hash, SHA256_LEN, report->head);
	return true;
}

enum err verify_data(const struct db_ops *ops, const char *where,
		     void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx,
		     struct verify_report *ret_report, struct error *err)
{
	struct verify verify = { .ops = ops, .texts = ARENA_INIT };
	struct verify_report report;
	bool good;
	enum err code = ops->open(where, 0, &verify.db, err);

	if (code != ERR_OK)
		return code;
	good = verify_scanned(&verify, ops->begin(verify.db, &verify.err), &verify.err) &&
	       verify_scanned(&verify, ops->check(verify.db, &verify.err), &verify.err) &&
	       check_journal(&verify) && verify_answers(&verify) && verify_personal(&verify);
	for (size_t i = 0; good && i < verify.n_enos; i++) {
		good = verify_entity(&verify, verify.enos[i]);
		if (progress != NULL && i % PROGRESS_EVERY == 0)
			progress(ctx, (int64_t)i, (int64_t)verify.n_enos);
	}
	if (good && check_audit(&verify, &report) && verify_numbers(&verify) && check_scopes(&verify) &&
	    check_counts(&verify, &report)) {
		report.answers = verify.answers;
		report.handovers = verify.handovers;
		*ret_report = report;
	}
	for (size_t i = 0; i < verify.n_adopted; i++)
		rulebook_free(verify.adopted[i].book);
	free(verify.adopted);
	free(verify.enos);
	free(verify.numbers);
	arena_release(&verify.texts);
	free(verify.gone);
	ops->close(verify.db);
	if (verify.code != ERR_OK)
		return error_set(err, verify.code, "%s", verify.err.text);
	return ERR_OK;
}
