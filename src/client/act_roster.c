/* Acts on rosters, as people give them: which month they are done to, names for ids, who stands in a
 * seat now. */
#include <config.h>

#include <string.h>

#include "act_priv.h"
#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { CELL_WORDS = 7, CELL_WORD = 80 };

struct aiming {
	struct client *client;
	struct arena *arena;
	struct act *act;
	const char *org;
	const struct roster_plan *plan;
	const struct roster *roster; /* as shown; NULL: nobody has begun it */
};

static void give_text(const struct aiming *aim, const char *name, const char *text)
{
	act_give_text(aim->act, name, text, aim->arena);
}

/* ---- whose, which plan, which month ---- */

static enum err take_plan_of(struct aiming *aim, const char *org, const char *plan,
			     struct error *err)
{
	const struct rules *rules = aim->client->rules;

	aim->org = org;
	aim->plan = rules_plan_of(rules, aim->org, 0);
	for (size_t i = 1; plan != NULL && aim->plan != NULL &&
			   strcmp(aim->plan->code, plan) != 0; i++)
		aim->plan = rules_plan_of(rules, aim->org, i);
	if (aim->plan != NULL)
		return ERR_OK;
	if (plan != NULL)
		return error_set(err, ERR_INPUT, _("%s has no roster \"%s\""),
				 rules_org(rules, aim->org) != NULL ? rules_org(rules, aim->org)->name
								     : aim->org, plan);
	return error_set(err, ERR_INPUT, _("%s has no roster"),
			 rules_org(rules, aim->org) != NULL ? rules_org(rules, aim->org)->name
							     : aim->org);
}

static enum err take_plan(struct aiming *aim, struct error *err)
{
	const char *org = act_text(aim->act, "org");

	return take_plan_of(aim, org != NULL ? org : aim->act->actor.org,
			    act_text(aim->act, "plan_code"), err);
}

static void note_month(struct aiming *aim)
{
	const struct given *week = act_given(aim->act, "week");
	char month[ROSTER_MONTH];

	if (act_given(aim->act, "month") != NULL || week == NULL)
		return;
	month_of_day(week_of_day(civil_day_of_ms(week->value.num, aim->client->rules->offset_min)),
		     month);
	give_text(aim, "month", month);
}

/* Of acts that begin a month when they are the first: by what they name. */
static enum err aim_month(struct aiming *aim, struct error *err)
{
	enum err code = take_plan(aim, err);
	const char *month;

	if (code != ERR_OK)
		return code;
	note_month(aim);
	month = act_text(aim->act, "month");
	if (month == NULL || !month_days(month, &(int32_t){ 0 }, &(int32_t){ 0 }))
		return error_set(err, ERR_INPUT, _("\"%s\" is no month: 2026-12"),
				 month != NULL ? month : "");
	give_text(aim, "org", aim->org);
	give_text(aim, "plan_code", aim->plan->code);
	aim->act->target.id = roster_id(aim->org, aim->plan->code, month);
	return ERR_OK;
}

/* ---- duties: an id, or "[ORG/]2026-12-01/night/main[/1]" ---- */

static bool cut(const char *text, const char *at, char words[][CELL_WORD], size_t most, size_t *ret_n)
{
	size_t n = 0;

	for (text += strspn(text, at); *text != '\0'; text += strspn(text, at)) {
		size_t len = strcspn(text, at);

		if (n == most || len >= CELL_WORD)
			return false;
		memcpy(words[n], text, len);
		words[n++][len] = '\0';
		text += len;
	}
	*ret_n = n;
	return true;
}

/* By code or label. */
static const struct duty_shift *shift_said(const struct roster_plan *plan, const char *words)
{
	for (size_t i = 0; i < plan->n_shifts; i++)
		if (str_eq(plan->shifts[i].code, words) || str_eq(plan->shifts[i].label, words))
			return &plan->shifts[i];
	return NULL;
}

static const struct duty_post *post_said(const struct roster_plan *plan, const char *words)
{
	for (size_t i = 0; i < plan->n_posts; i++)
		if (str_eq(plan->posts[i].code, words) || str_eq(plan->posts[i].label, words))
			return &plan->posts[i];
	return NULL;
}

static bool day_said(const char *words, int32_t *ret_day)
{
	int64_t at;

	if (strlen(words) < 8 || civil_parse(words, 0, &at, NULL) != ERR_OK)
		return false;
	*ret_day = civil_day_of_ms(at, 0);
	return true;
}

struct place { /* a seat, as said */
	int32_t day;
	const struct duty_shift *shift;
	const struct duty_post *post;
	long long seat;
};

static enum err place_said(const struct roster_plan *plan, char words[][CELL_WORD], size_t n,
			   struct place *ret_place, struct error *err)
{
	struct place place = { .seat = 1 };

	if (n < 3 || !day_said(words[0], &place.day) ||
	    (n > 3 && !str_int(words[3], 1, NEEDS_MOST, &place.seat)))
		return error_set(err, ERR_INPUT, _("a duty is DAY/SHIFT/POST[/SEAT], like %s"),
				 "2026-12-01/night/main");
	place.shift = shift_said(plan, words[1]);
	place.post = post_said(plan, words[2]);
	if (place.shift == NULL)
		return error_set(err, ERR_INPUT, _("the roster %s has no shift %s"), plan->label,
				 words[1]);
	if (place.post == NULL)
		return error_set(err, ERR_INPUT, _("the roster %s has no post %s"), plan->label,
				 words[2]);
	*ret_place = place;
	return ERR_OK;
}

static enum err roster_at(const struct aiming *aim, int32_t day, struct uuid *ret_id,
			  const struct roster **ret_roster, struct error *err)
{
	struct client_roster roster;
	char month[ROSTER_MONTH];
	enum err code;

	month_of_day(day, month);
	*ret_id = roster_id(aim->org, aim->plan->code, month);
	code = client_roster_get(aim->client, ret_id, aim->arena, &roster, err);
	if (code == ERR_OK)
		*ret_roster = roster.roster;
	return code;
}

/* The words of a duty become its id, and say in which roster it stands. */
static enum err turn_said(struct aiming *aim, struct given *given, struct uuid *ret_roster,
			  struct error *err)
{
	char words[5][CELL_WORD], text[UUID_TEXT];
	const struct rules *rules = aim->client->rules;
	const struct org *org = NULL;
	const struct roster *roster;
	const struct turn *turn;
	struct place place;
	size_t n = 0;
	int32_t day;
	enum err code;

	if (!cut(given->value.text, "/ ", words, 5, &n))
		n = 0;
	if (n > 3 && !day_said(words[0], &day))
		org = rules_org_named(rules, words[0]);
	code = take_plan_of(aim, org != NULL ? org->code : aim->act->actor.org, NULL, err);
	if (code == ERR_OK)
		code = place_said(aim->plan, words + (org != NULL), n - (org != NULL), &place, err);
	if (code == ERR_OK)
		code = roster_at(aim, place.day, ret_roster, &roster, err);
	if (code != ERR_OK)
		return code;
	turn = roster_turn_at(rules, roster, place.day, place.shift->code, place.post->code,
			      (int)place.seat);
	if (turn == NULL)
		return error_set(err, ERR_NOT_FOUND, _("nobody stands in %s"), given->value.text);
	uuid_text(&turn->id, text);
	given->value.text = arena_strdup(aim->arena, text);
	return ERR_OK;
}

static enum err roster_of_turn(struct aiming *aim, const struct uuid *turn, struct uuid *ret_roster,
			       struct error *err)
{
	struct things over;

	things_overlaid(aim->client, KIND_ROSTER, aim->arena, &over);
	for (size_t i = 0; i < over.n; i++) {
		const struct roster *roster = over.items[i].shown;

		if (roster_turn_find(roster, turn) != NULL) {
			*ret_roster = roster->head.id;
			return ERR_OK;
		}
	}
	if (aim->client->cache == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s", _("that duty is not here"));
	return cache_turn_roster(aim->client->cache, turn, ret_roster, err);
}

/* Sets `roster_name` (NULL: the act's target) by the duty in `turn_name`. */
static enum err aim_turn(struct aiming *aim, const char *turn_name, const char *roster_name,
			 struct error *err)
{
	struct given *given = act_given(aim->act, turn_name);
	struct uuid id, roster = { { 0 } };
	char text[UUID_TEXT];
	enum err code;

	if (given == NULL || given->value.text == NULL)
		return ERR_OK;
	if (uuid_parse(given->value.text, &id) == ERR_OK) {
		if (roster_name != NULL ? act_given(aim->act, roster_name) != NULL
					: !uuid_is_nil(&aim->act->target.id))
			return ERR_OK;
		code = roster_of_turn(aim, &id, &roster, err);
	} else {
		code = turn_said(aim, given, &roster, err);
	}
	if (code != ERR_OK)
		return code;
	uuid_text(&roster, text);
	if (roster_name != NULL)
		give_text(aim, roster_name, text);
	else
		aim->act->target.id = roster;
	return ERR_OK;
}

/* ---- people ---- */

static enum err person_said(const struct aiming *aim, const char *words, struct uuid *ret_id,
			    struct error *err)
{
	struct uuid id = { { 0 } };
	enum err code = ERR_OK;

	if (strcmp(words, "-") != 0 && uuid_parse(words, &id) != ERR_OK)
		code = client_staff_find(aim->client, words, aim->org, &id, err);
	if (code == ERR_OK)
		*ret_id = id;
	return code;
}

static enum err name_who(struct aiming *aim, struct error *err)
{
	struct given *given = act_given(aim->act, "who");
	char text[40];
	struct uuid id;
	enum err code;

	if (given == NULL || given->value.text == NULL || *given->value.text == '\0')
		return ERR_OK;
	code = person_said(aim, given->value.text, &id, err);
	if (code != ERR_OK)
		return code;
	uuid_words(&id, text);
	given->value.text = arena_strdup(aim->arena, text);
	return ERR_OK;
}

/* ---- cells: "2026-12-01 night main 1 [WAS] NOW [fixed]" ---- */

static enum err fill_cell(const struct aiming *aim, struct given *given, struct error *err)
{
	char words[CELL_WORDS][CELL_WORD];
	struct place place;
	struct cell cell = { .seat = 0 };
	const struct turn *turn;
	size_t n = 0, now;
	enum err code;

	if (!cut(given->value.text, " ", words, CELL_WORDS, &n) || n < 5)
		return error_set(err, ERR_INPUT, _("a seat is \"DAY SHIFT POST SEAT WHO [fixed]\", "
						   "like \"%s\""), "2026-12-01 night main 1 -");
	code = place_said(aim->plan, words, 4, &place, err);
	if (code != ERR_OK)
		return code;
	cell = (struct cell){ .day = place.day, .shift = place.shift->code,
			      .post = place.post->code, .seat = (int)place.seat,
			      .fixed = strcmp(words[n - 1], "fixed") == 0 };
	now = cell.fixed ? n - 2 : n - 1;
	turn = aim->roster != NULL ? roster_turn_at(aim->client->rules, aim->roster, cell.day,
						    cell.shift, cell.post, cell.seat)
				   : NULL;
	if (turn != NULL)
		cell.was = staff_uuid(turn->staff);
	if (now == 5) /* said: as its author saw it */
		code = person_said(aim, words[4], &cell.was, err);
	if (code == ERR_OK && now < 4)
		code = error_set(err, ERR_INPUT, "%s", _("who shall stand there? - is nobody"));
	if (code == ERR_OK)
		code = person_said(aim, words[now], &cell.now, err);
	if (code == ERR_OK)
		given->value.text = cell_words(&cell, aim->arena);
	return code;
}

static enum err fill_cells(struct aiming *aim, struct error *err)
{
	struct client_roster roster = { .roster = NULL };
	enum err code;

	code = client_roster_get(aim->client, &aim->act->target.id, aim->arena, &roster, err);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	aim->roster = roster.roster;
	code = ERR_OK;
	for (size_t i = 0; i < aim->act->n_given && code == ERR_OK; i++)
		if (strcmp(aim->act->given[i].field->name, "cell") == 0)
			code = fill_cell(aim, &aim->act->given[i], err);
	return code;
}

/* ---- all of it ---- */

/* What its target says is what the act says: who gives the month by its id need not name it too. */
static void name_target(struct aiming *aim, const struct uuid *target)
{
	struct client_roster roster;

	aim->act->target.id = *target;
	if (client_roster_get(aim->client, target, aim->arena, &roster, NULL) != ERR_OK)
		return;
	aim->org = roster.roster->org;
	give_text(aim, "org", roster.roster->org);
	give_text(aim, "plan_code", roster.roster->plan);
	give_text(aim, "month", roster.roster->month);
}

static enum err aim_roster(struct aiming *aim, const struct uuid *target, struct error *err)
{
	enum err code;

	if (target != NULL && !uuid_is_nil(target))
		name_target(aim, target);
	if (act_arg_field(aim->act->desc, "month") != NULL) {
		code = aim_month(aim, err);
		return code == ERR_OK ? fill_cells(aim, err) : code;
	}
	code = aim_turn(aim, "turn_id", NULL, err);
	return code == ERR_OK ? name_who(aim, err) : code;
}

/* Who answers for himself need not name himself: the swap is open to anybody, and he stands in
 * rosters. */
static void say_myself(struct aiming *aim, const struct uuid *target)
{
	const struct actor *actor = &aim->act->actor;
	struct client_swap swap;
	struct uuid id;
	char text[40];

	if (strcmp(aim->act->desc->verb, "accept") != 0 || target == NULL ||
	    act_given(aim->act, "who") != NULL || by_phone_is(&aim->act->by_phone) ||
	    client_swap_get(aim->client, target, aim->arena, &swap, NULL) != ERR_OK ||
	    swap.swap->other_staff != NULL ||
	    client_staff_find(aim->client, actor->officer, actor->org, &id, NULL) != ERR_OK)
		return;
	uuid_words(&id, text);
	give_text(aim, "who", arena_strdup(aim->arena, text));
}

static enum err aim_swap(struct aiming *aim, const struct uuid *target, struct error *err)
{
	enum err code = aim_turn(aim, "turn_id", "roster_id", err);

	say_myself(aim, target);

	if (code == ERR_OK)
		code = aim_turn(aim, "other_turn", "other_roster", err);
	return code == ERR_OK ? name_who(aim, err) : code;
}

/* ---- handovers: each has its id from the one before it ---- */

enum { LATEST_MOST = 40 };

static enum err read_latest(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			    void *fn_ctx, struct error *err)
{
	enum err code = cache_each_where(cache, KIND_HANDOVER, "open", true, "prepared_at",
					 LATEST_MOST, arena, fn, fn_ctx, err);

	(void)ctx;
	return code == ERR_OK ? cache_each_where(cache, KIND_HANDOVER, "open", false, "prepared_at",
						 LATEST_MOST, arena, fn, fn_ctx, err)
			      : code;
}

static enum err latest_handover(struct aiming *aim, struct uuid *ret_id, struct error *err)
{
	const struct handover *latest = NULL;
	struct things all;
	enum err code = things_all(aim->client, KIND_HANDOVER, read_latest, NULL, aim->arena, &all,
				   err);

	for (size_t i = 0; code == ERR_OK && i < all.n; i++) {
		const struct handover *handover = all.items[i].shown;

		if (str_eq(handover->org, aim->org) && str_eq(handover->plan, aim->plan->code) &&
		    (latest == NULL || handover->prepared_at > latest->prepared_at))
			latest = handover;
	}
	if (code == ERR_OK && latest != NULL)
		*ret_id = latest->head.id;
	return code;
}

static enum err aim_handover(struct aiming *aim, struct error *err)
{
	struct uuid before = { { 0 } };
	const struct given *given = act_given(aim->act, "before");
	char text[UUID_TEXT];
	enum err code = take_plan(aim, err);

	if (code == ERR_OK && given != NULL)
		before = staff_uuid(given->value.text);
	else if (code == ERR_OK)
		code = latest_handover(aim, &before, err);
	if (code != ERR_OK)
		return code;
	give_text(aim, "org", aim->org);
	give_text(aim, "plan_code", aim->plan->code);
	if (!uuid_is_nil(&before)) {
		uuid_text(&before, text);
		give_text(aim, "before", text);
	}
	aim->act->target.id = handover_id(aim->org, aim->plan->code, &before);
	return ERR_OK;
}

enum err act_aim_duty(struct client *client, const struct uuid *target, struct arena *arena,
		      struct act *act, struct error *err)
{
	struct aiming aim = { .client = client, .arena = arena, .act = act, .org = act->actor.org };

	if (act->desc->target == KIND_ROSTER)
		return aim_roster(&aim, target, err);
	if (act->desc->target == KIND_HANDOVER && act->desc->conflict == CONFLICT_CREATES)
		return aim_handover(&aim, err);
	return act->desc->target == KIND_SWAP ? aim_swap(&aim, target, err) : ERR_OK;
}
