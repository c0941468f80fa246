/* Officers of organisations that ended, with their accounts; and which accounts somebody should look
 * at (账号清理): without a unit, not used for long, perhaps one person's. */
#include <config.h>

#include "adopt_priv.h"
#include "service_priv.h"

#include <ctype.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/carry.h"

enum { UNUSED_DAYS = 90, NAMES_SHOWN = 40 };

/* --- moving ---------------------------------------------------------------------------------- */

static void give(struct adopt *adopt, struct act *act, const char *name, const char *text)
{
	act_give(act, act_arg_field(act->desc, name),
		 (struct value){ .is_text = true, .text = text }, &adopt->one);
}

/* The account follows; whoever is logged in must do so again, at his new organisation. */
static enum err move_account(struct adopt *adopt, const char *name, const char *org,
			     struct error *err)
{
	const struct db_ops *db = adopt->writer->service->db;
	struct db_account account;
	enum err code = db->account_get(adopt->writer->db, name, &adopt->one, &account, err);

	if (code == ERR_NOT_FOUND)
		return ERR_OK; /* known by name alone */
	if (code != ERR_OK)
		return code;
	account.org = org;
	code = db->account_put(adopt->writer->db, &account, err);
	return code != ERR_OK ? code : db->token_drop_of(adopt->writer->db, name, err);
}

static enum err move_one(struct adopt *adopt, const struct carried *carried, struct error *err)
{
	struct act act = { .id = uuid_v7(&adopt->writer->service->env),
			   .desc = act_desc_find("repost"),
			   .target = { KIND_PERSON, carried->id, 0 },
			   .actor = system_actor(adopt->rules),
			   .at = adopt->now };
	struct admission admission = { .act = &act, .recv = adopt->now, .eff = adopt->now };
	const char *heir = NULL, *from = NULL;
	const struct person *person;
	struct target_state target;
	enum err code = target_load(adopt->writer, &carried->id, &adopt->one, &target, err);

	if (code != ERR_OK)
		return code;
	person = target.entity;
	act.target.base = target.row.version;
	from = person->org;
	give(adopt, &act, "reason", adopt->ask->reason);
	if (carried->needs & NEED_HEIR) {
		heir = adopt_heir(adopt, from, NULL);
		give(adopt, &act, "org", heir);
	}
	code = admit(adopt->writer, &admission, &adopt->one, err);
	if (code == ERR_OK && admission.code != ERR_OK)
		code = error_set(err, admission.code, "%s: %s", person->name, admission.err.text);
	if (code != ERR_OK || heir == NULL)
		return code;
	tally_of(adopt, &adopt->moves, from, heir)->people++;
	return move_account(adopt, person->name, heir, err);
}

/* --- accounts to be looked at ---------------------------------------------------------------- */

struct names { /* one list of the report */
	struct str text;
	int64_t n;
};

struct review {
	struct adopt *adopt;
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

/* A name without what tells two accounts of one person apart: blanks, digits, what is in brackets. */
static const char *plain_name(struct adopt *adopt, const char *name)
{
	struct str plain = STR_INIT;
	const char *kept;

	for (const char *s = name; *s != '\0' && *s != '('; s++) {
		if (strncmp(s, "（", strlen("（")) == 0)
			break;
		if (!isspace((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '-' &&
		    *s != '_')
			str_add_char(&plain, *s);
	}
	kept = arena_strdup(&adopt->arena, plain.len > 0 ? plain.s : name);
	str_release(&plain);
	return kept;
}

static bool account_each(void *ctx, const struct db_account *row)
{
	struct review *review = ctx;
	struct arena *arena = &review->adopt->arena;

	MEM_GROW(review->items, review->n, review->cap);
	review->items[review->n++] = (struct seen_account){
		.officer = arena_strdup(arena, row->officer),
		.plain = plain_name(review->adopt, row->officer),
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
	const struct adopt *adopt = review->adopt;
	const struct seen_account *account = &review->items[i];
	bool again = false;

	if (!org_stands(adopt->rules, account->org, adopt->now))
		add_name(&review->unplaced, account->officer);
	if (!account->active)
		return;
	if (account->used != 0 && account->used < adopt->now - UNUSED_DAYS * INT64_C(86400000))
		add_name(&review->unused, account->officer);
	if (choices_find(&adopt->rules->roles, account->role) == NULL)
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

static enum err review_accounts(struct adopt *adopt, struct error *err)
{
	const struct db_ops *db = adopt->writer->service->db;
	struct review review = { .adopt = adopt };
	enum err code = db->account_scan(adopt->writer->db, account_each, &review, err);

	if (code == ERR_OK)
		code = db->use_scan(adopt->writer->db, use_each, &review, err);
	for (size_t i = 0; code == ERR_OK && i < review.n; i++)
		look_at_account(&review, i);
	say_names(&adopt->report, _("accounts without a unit"), &review.unplaced);
	say_names(&adopt->report, _("accounts not used for 90 days"), &review.unused);
	say_names(&adopt->report, _("accounts that may be one person's"), &review.doubled);
	say_names(&adopt->report, _("accounts whose role the profile lacks"), &review.roleless);
	free(review.items);
	return code;
}

enum err adopt_people(struct adopt *adopt, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < adopt->n_people; i++) {
		arena_reset(&adopt->one);
		code = move_one(adopt, &adopt->people[i], err);
	}
	return code == ERR_OK ? review_accounts(adopt, err) : code;
}
