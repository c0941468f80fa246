/* Which accounts somebody should look at (账号清理): without a unit, not used for long, perhaps one
 * person's, with a role that is no more. */
#include <config.h>

#include "auth_priv.h"

#include <ctype.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/carry.h"

enum { UNUSED_DAYS = 90, NAMES_SHOWN = 40 };

struct names { /* one list of the report */
	struct str text;
	int64_t n;
};

struct review {
	const struct rules *rules;
	int64_t now;
	struct arena arena;
	struct seen_account {
		const char *officer, *plain, *org, *role;
		bool active;
		int64_t used; /* 0: not known */
	} *items;
	size_t n, cap;
	struct names unplaced, unused, doubled, roleless;
};

static void add_name(struct names *names, const char *name)
{
	if (names->n++ < NAMES_SHOWN)
		str_addf(&names->text, "%s%s", names->n > 1 ? ", " : "", name);
}

/* A name without what tells two accounts of one person apart: blanks, digits, what is in
 * brackets. */
static const char *plain_name(struct arena *arena, const char *name)
{
	struct str plain = STR_INIT;
	const char *kept;

	for (const char *s = name; *s != '\0' && *s != '('; s++) { /* a full-width one ends it too */
		if (str_starts(s, "\xEF\xBC\x88"))
			break;
		if (!isspace((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '-' &&
		    *s != '_')
			str_add_char(&plain, *s);
	}
	kept = arena_strdup(arena, plain.len > 0 ? plain.s : name);
	str_release(&plain);
	return kept;
}

static bool account_each(void *ctx, const struct db_account *row)
{
	struct review *review = ctx;
	struct arena *arena = &review->arena;

	MEM_GROW(review->items, review->n, review->cap);
	review->items[review->n++] = (struct seen_account){
		.officer = arena_strdup(arena, row->officer),
		.plain = plain_name(arena, row->officer),
		.org = arena_strdup(arena, row->org),
		.role = arena_strdup(arena, row->role),
		.active = row->active,
	};
	return true;
}

static bool use_each(void *ctx, const char *officer, int64_t at)
{
	struct review *review = ctx;

	for (size_t i = 0; i < review->n; i++)
		if (strcmp(review->items[i].officer, officer) == 0)
			review->items[i].used = at;
	return true;
}

static void look_at_account(struct review *review, size_t i)
{
	const struct seen_account *account = &review->items[i];
	bool again = false;

	if (!org_stands(review->rules, account->org, review->now))
		add_name(&review->unplaced, account->officer);
	if (!account->active)
		return;
	if (account->used != 0 && account->used < review->now - UNUSED_DAYS * INT64_C(86400000))
		add_name(&review->unused, account->officer);
	if (choices_find(&review->rules->roles, account->role) == NULL)
		add_name(&review->roleless, account->officer);
	for (size_t k = 0; k < review->n && !again; k++)
		again = k != i && review->items[k].active &&
			str_eq(review->items[k].plain, account->plain);
	if (again)
		add_name(&review->doubled, account->officer);
}

static void say_names(struct str *report, const char *words, struct names *names)
{
	if (names->n > 0) {
		str_addf(report, "%s (%lld): %s%s\n", words, (long long)names->n,
			 str_get(&names->text), names->n > NAMES_SHOWN ? " ..." : "");
	}
	str_release(&names->text);
}

enum err accounts_review(const struct db_ops *ops, struct db *db, const struct rules *rules,
			 int64_t now, struct str *report, struct error *err)
{
	struct review review = { .rules = rules, .now = now, .arena = ARENA_INIT };
	enum err code = ops->account_scan(db, account_each, &review, err);

	if (code == ERR_OK)
		code = ops->use_scan(db, use_each, &review, err);
	for (size_t i = 0; code == ERR_OK && i < review.n; i++)
		look_at_account(&review, i);
	say_names(report, _("accounts without a unit"), &review.unplaced);
	say_names(report, _("accounts not used for 90 days"), &review.unused);
	say_names(report, _("accounts that may be one person's"), &review.doubled);
	say_names(report, _("accounts whose role the profile lacks"), &review.roleless);
	free(review.items);
	arena_release(&review.arena);
	return code;
}
