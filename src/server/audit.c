#include <config.h>

#include "audit_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { HEX_TEXT = 2 * SHA256_LEN + 1, HEAD_TEXT = 100, WORDS_MAX = 600 };
#define AUDIT_HEAD "audit"
#define AUDIT_FROM "audit_from"

static const struct audit_desc {
	const char *word, *title;
} descs[] = {
#define A(name, word, title) [AUDIT_##name] = { word, title },
#include "zhiban/server/audit.def"
#undef A
};

const char *audit_title(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(descs); i++)
		if (strcmp(descs[i].word, word) == 0)
			return _(descs[i].title);
	return word;
}

bool audit_is_word(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(descs); i++)
		if (strcmp(descs[i].word, word) == 0)
			return true;
	return false;
}

void audit_words(struct str *out)
{
	for (size_t i = 0; i < ARRAY_LEN(descs); i++)
		str_addf(out, "%s%s", i > 0 ? ", " : "", descs[i].word);
}

struct audit_by audit_by(const struct call *call, struct arena *arena)
{
	const struct session *session = &call->session;

	if (session->officer == NULL && call->request->admin)
		return (struct audit_by){ .who = "local" };
	return (struct audit_by){ .who = arena_strdup(arena, session->officer),
				  .role = arena_strdup(arena, session->role),
				  .via = arena_strdup(arena, call->request->address) };
}

struct audit_by audit_system(void)
{
	return (struct audit_by){ .who = "system" };
}

/* --- the chain --------------------------------------------------------------------------------- */

static void put(struct str *out, const char *text)
{
	if (text == NULL)
		str_add(out, "-\n");
	else
		str_addf(out, "%zu %s\n", strlen(text), text);
}

static void chain(const struct db_audit *row, const uint8_t before[SHA256_LEN],
		  uint8_t hash[SHA256_LEN])
{
	struct str bytes = STR_INIT;

	str_add_bytes(&bytes, (const char *)before, SHA256_LEN);
	str_addf(&bytes, "%lld %lld %lld\n", (long long)row->no, (long long)row->at,
		 (long long)row->n);
	put(&bytes, row->what);
	put(&bytes, row->who);
	put(&bytes, row->role);
	put(&bytes, row->about);
	put(&bytes, row->words);
	put(&bytes, row->via);
	sha256(bytes.s, bytes.len, hash);
	str_release(&bytes);
}

/* "NUMBER HASH", of meta; nothing there: 0 and zeros. */
static enum err read_place(const struct db_ops *ops, struct db *db, const char *name, int64_t *ret_no,
			   uint8_t hash[SHA256_LEN], struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *text = NULL, *space;
	enum err code = ops->meta_get(db, name, &arena, &text, err);
	long long no = 0;

	memset(hash, 0, SHA256_LEN);
	if (code == ERR_OK && text != NULL) {
		space = strchr(text, ' ');
		if (space == NULL || crypto_unhex(space + 1, hash, SHA256_LEN) != ERR_OK ||
		    !str_int(arena_strndup(&arena, text, (size_t)(space - text)), 0, INT64_MAX, &no))
			code = error_set(err, ERR_CORRUPT, _("audit log: where it ends is not known"));
	}
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_no = no;
	return code;
}

static enum err write_place(const struct db_ops *ops, struct db *db, const char *name, int64_t no,
			    const uint8_t hash[SHA256_LEN], struct error *err)
{
	char text[HEAD_TEXT], hex[HEX_TEXT];

	crypto_hex(hash, SHA256_LEN, hex);
	snprintf(text, sizeof text, "%lld %s", (long long)no, hex);
	return ops->meta_put(db, name, text, err);
}

/* One line of plain text, whatever it came from. */
static const char *plain(const char *text, struct arena *arena)
{
	struct str clean = STR_INIT;
	const char *kept;

	if (text == NULL || text[0] == '\0')
		return NULL;
	text_clean(&clean, text, strlen(text), false);
	if (clean.len > WORDS_MAX)
		str_cut(&clean, text_fit(str_get(&clean), WORDS_MAX, NULL));
	kept = arena_strdup(arena, str_get(&clean));
	str_release(&clean);
	return kept;
}

enum err audit_note(struct writer *writer, const struct audit_line *line, struct error *err)
{
	return audit_append(writer->service->db, writer->db, &writer->service->env, line, err);
}

enum err audit_append(const struct db_ops *ops, struct db *db, const struct env *env,
		      const struct audit_line *line, struct error *err)
{
	struct arena arena = ARENA_INIT;
	uint8_t before[SHA256_LEN];
	struct db_audit row = { .at = line->at != 0 ? line->at : env_now(env),
				.what = descs[line->what].word,
				.who = plain(line->by.who, &arena),
				.role = plain(line->by.role, &arena),
				.about = plain(line->about, &arena),
				.words = plain(line->words, &arena),
				.via = plain(line->by.via, &arena),
				.n = line->n != 0 ? line->n : 1 };
	enum err code = read_place(ops, db, AUDIT_HEAD, &row.no, before, err);

	row.no++;
	if (code == ERR_OK) {
		chain(&row, before, row.hash);
		code = ops->audit_add(db, &row, err);
	}
	if (code == ERR_OK)
		code = write_place(ops, db, AUDIT_HEAD, row.no, row.hash, err);
	arena_release(&arena);
	return code;
}

/* --- purging, checking ------------------------------------------------------------------------- */

struct purge {
	int64_t before, no, n;
	uint8_t hash[SHA256_LEN];
};

static bool purge_each(void *ctx, const struct db_audit *row)
{
	struct purge *purge = ctx;

	if (row->at >= purge->before)
		return false;
	purge->no = row->no;
	purge->n++;
	memcpy(purge->hash, row->hash, SHA256_LEN);
	return true;
}

enum err audit_purge(struct writer *writer, int64_t before, int64_t *ret_n, struct error *err)
{
	const struct db_ops *ops = writer->service->db;
	struct purge purge = { .before = before };
	enum err code = ops->audit_scan(writer->db, 0, purge_each, &purge, err);

	if (code == ERR_OK && purge.n > 0)
		code = ops->audit_drop(writer->db, purge.no, err);
	if (code == ERR_OK && purge.n > 0)
		code = write_place(ops, writer->db, AUDIT_FROM, purge.no, purge.hash, err);
	if (code == ERR_OK)
		*ret_n = purge.n;
	return code;
}

struct checking {
	int64_t no, lines, bad;
	uint8_t hash[SHA256_LEN];
};

static bool check_each(void *ctx, const struct db_audit *row)
{
	struct checking *checking = ctx;
	uint8_t hash[SHA256_LEN];

	chain(row, checking->hash, hash);
	if (row->no != checking->no + 1 || memcmp(hash, row->hash, SHA256_LEN) != 0) {
		checking->bad = checking->no + 1;
		return false;
	}
	checking->no = row->no;
	checking->lines++;
	memcpy(checking->hash, hash, SHA256_LEN);
	return true;
}

enum err audit_verify(const struct db_ops *ops, struct db *db, int64_t *ret_lines, struct error *err)
{
	struct checking checking = { .no = 0 };
	uint8_t hash[SHA256_LEN];
	int64_t last = 0;
	enum err code = read_place(ops, db, AUDIT_FROM, &checking.no, checking.hash, err);

	if (code == ERR_OK)
		code = ops->audit_scan(db, checking.no, check_each, &checking, err);
	if (code == ERR_OK)
		code = read_place(ops, db, AUDIT_HEAD, &last, hash, err);
	if (code != ERR_OK)
		return code;
	if (checking.bad == 0 && last != checking.no)
		checking.bad = last < checking.no ? last + 1 : checking.no + 1;
	if (checking.bad == 0 && memcmp(hash, checking.hash, SHA256_LEN) != 0)
		checking.bad = last;
	if (checking.bad != 0)
		return error_set(err, ERR_CORRUPT,
				 _("audit log: line %lld is not as it was written"),
				 (long long)checking.bad);
	*ret_lines = checking.lines;
	return ERR_OK;
}

enum err audit_head(const struct db_ops *ops, struct db *db, struct arena *arena, int64_t *ret_no,
		    const char **ret_hash, struct error *err)
{
	uint8_t hash[SHA256_LEN];
	char hex[HEX_TEXT] = "";
	int64_t no = 0;
	enum err code = read_place(ops, db, AUDIT_HEAD, &no, hash, err);

	if (code != ERR_OK)
		return code;
	if (no != 0)
		crypto_hex(hash, SHA256_LEN, hex);
	*ret_no = no;
	*ret_hash = arena_strdup(arena, hex);
	return ERR_OK;
}
