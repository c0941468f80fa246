#include <config.h>

#include "zhiban/model/roster_words.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_words.h"

const char *org_brief(const struct rules *rules, const char *code)
{
	const struct org *org = code ? rules_org(rules, code) : NULL;

	return !org ? code ? code : "" : org->brief ? org->brief : org->name;
}

const char *weekday_brief(int weekday)
{
	static const char *const names[] = { N_("Mo"), N_("Tu"), N_("We"), N_("Th"),
					     N_("Fr"), N_("Sa"), N_("Su") };

	return weekday >= 1 && weekday <= 7 ? _(names[weekday - 1]) : "";
}

const char *duty_day(const struct rules *rules, int64_t at, char buf[32])
{
	struct civil civil;

	civil_of_ms(at, rules->offset_min, &civil);
	/* TRANSLATORS: month-day and weekday (12-05 周六) */
	snprintf(buf, 32, _("%02d-%02d %s"), civil.month, civil.day, weekday_brief(civil.weekday));
	return buf;
}

const char *turn_words(const struct rules *rules, const struct roster_plan *plan,
		       const struct turn *turn, struct arena *arena)
{
	const struct duty_shift *shift = plan && turn->shift ? plan_shift(plan, turn->shift) : NULL;
	const struct duty_post *post = plan && turn->post ? plan_post(plan, turn->post) : NULL;
	char day[32];

	return arena_printf(arena, "%s %s%s%s", duty_day(rules, turn->starts, day),
			    shift	  ? shift->label
			    : turn->shift ? turn->shift
					  : "",
			    (unsigned char)*(shift ? shift->label : "?") < 0x80 ? " " : "",
			    post	 ? post->label
			    : turn->post ? turn->post
					 : "");
}

/* ---- swaps ---- */

const char *swap_mark(const struct swap *swap, char buf[48])
{
	if (swap->number && strlen(swap->number) > 8)
		snprintf(buf, 48, "%.40s", swap->number + 6); /* day and serial */
	else
		snprintf(buf, 48, "%s", _("swap"));
	return buf;
}

static const char *half(const struct rules *rules, const struct roster_plan *plan, const char *name,
			const struct turn *turn, struct arena *arena)
{
	if (!turn)
		return name ? name : _("anybody");
	return arena_printf(arena, "%s %s", name ? name : _("anybody"),
			    turn_words(rules, plan, turn, arena));
}

const char *swap_line(const struct rules *rules, const struct client_swap *swap,
		      struct arena *arena)
{
	const struct roster_plan *plan = rules_plan(rules, swap->swap->plan);

	return arena_printf(arena, "%s %s %s", half(rules, plan, swap->swap->name, swap->turn, arena),
			    swap->other ? "<>" : "->",
			    half(rules, plan, swap->swap->other, swap->other, arena));
}

static const struct turn *turn_of(struct client *client, const char *roster, const char *turn,
				  struct arena *arena)
{
	struct uuid id = roster ? staff_uuid(roster) : (struct uuid){ { 0 } };
	struct uuid turn_id = turn ? staff_uuid(turn) : (struct uuid){ { 0 } };
	struct client_roster of;

	if (uuid_is_nil(&id) || uuid_is_nil(&turn_id) ||
	    client_roster_get(client, &id, arena, &of, NULL) != ERR_OK)
		return NULL;
	return roster_turn_find(of.roster, &turn_id);
}

enum err swap_get(struct client *client, const struct uuid *id, struct arena *arena,
		  struct client_swap *ret_swap, struct error *err)
{
	const void *entity;
	const struct swap *swap;
	enum err code = client_entity(client, KIND_SWAP, id, arena, &entity, err);

	if (code != ERR_OK)
		return code;
	swap = entity;
	*ret_swap = (struct client_swap){
		.swap = swap,
		.turn = turn_of(client, swap->roster, swap->turn, arena),
		.other = turn_of(client, swap->other_roster, swap->other_turn, arena),
	};
	return ERR_OK;
}

/* ---- any of them ---- */

const char *entity_mark(const struct rules *rules, enum kind kind, const void *entity, char buf[48])
{
	const char *words = "";

	(void)rules;
	if (joint_is(kind))
		words = joint_number(kind, entity);
	if (entity && kind == KIND_SWAP)
		return swap_mark(entity, buf);
	if (entity && kind == KIND_STAFF)
		words = ((const struct staff *)entity)->name;
	if (entity && kind == KIND_ROSTER)
		words = ((const struct roster *)entity)->month;
	if (entity && kind == KIND_HANDOVER)
		words = ((const struct handover *)entity)->number;
	if (entity && kind == KIND_RECORD)
		words = ((const struct record *)entity)->number;
	snprintf(buf, 48, "%.46s", words ? words : "");
	return buf;
}

static const char *roster_line(const struct rules *rules, const struct roster *roster,
			       const struct turn *turn, struct arena *arena)
{
	const struct roster_plan *plan = rules_plan(rules, roster->plan);

	if (turn)
		return arena_printf(arena, "%s  %s  %s", org_brief(rules, roster->org),
				    turn_words(rules, plan, turn, arena),
				    turn->name ? turn->name : "");
	return arena_printf(arena, "%s  %s  %s", org_brief(rules, roster->org),
			    plan && plan->label ? plan->label : "", roster->month);
}

const char *entity_line(struct client *client, enum kind kind, const void *entity,
			const struct turn *turn, struct arena *arena)
{
	const struct rules *rules = client_rules(client);
	const struct staff *staff = entity;
	struct client_swap swap;

	if (!entity)
		return "";
	if (joint_is(kind))
		return joint_line(rules, kind, entity, arena);
	if (kind == KIND_ROSTER)
		return roster_line(rules, entity, turn, arena);
	if (kind == KIND_SWAP &&
	    swap_get(client, &((const struct entity *)entity)->id, arena, &swap, NULL) == ERR_OK)
		return swap_line(rules, &swap, arena);
	if (kind == KIND_STAFF)
		return arena_printf(arena, "%s  %s  %s", staff->name ? staff->name : "",
				    org_brief(rules, staff->org), staff->phone ? staff->phone : "");
	if (kind == KIND_RECORD)
		return ((const struct record *)entity)->title ? ((const struct record *)entity)->title
							      : "";
	return "";
}

static const struct duty_post *post_of(const struct rules *rules, const struct roster_plan *plan,
				       const char *code)
{
	const struct duty_post *post = plan != NULL ? plan_post(plan, code) : NULL;

	/* people of a pool stand elsewhere */
	for (size_t i = 0; post == NULL && i < rules->n_plans; i++)
		post = plan_post(&rules->plans[i], code);
	return post;
}

const char *posts_words(const struct rules *rules, const struct roster_plan *plan, const char *codes,
			struct arena *arena)
{
	const char *words = "";
	size_t len;

	for (const char *at = codes != NULL ? codes : ""; *at != '\0'; at += len) {
		const char *code;
		const struct duty_post *post;

		at += strspn(at, " ");
		len = strcspn(at, " ");
		code = arena_strndup(arena, at, len);
		post = post_of(rules, plan, code);
		words = arena_printf(arena, "%s%s%s", words, *words != '\0' ? " " : "",
				     post != NULL ? post->label : code);
	}
	return words;
}

const char *despite_words(const char *codes, struct arena *arena)
{
	const char *words = codes != NULL ? "" : NULL;
	size_t len;

	for (const char *at = codes != NULL ? codes : ""; *at != '\0'; at += len) {
		const char *code;
		enum breach breach;

		at += strspn(at, " ");
		len = strcspn(at, " ");
		code = arena_strndup(arena, at, len);
		breach = breach_find(code);
		words = arena_printf(arena, "%s%s%s", words, *words != '\0' ? _(", ") : "",
				     breach < BREACHES ? breach_label(breach) : code);
	}
	return words;
}

static const char *shifts_words(const struct roster_plan *plan, const char *codes,
				struct arena *arena)
{
	const char *words = "";
	size_t len;

	for (const char *at = codes; *at != '\0'; at += len) {
		const char *code;
		const struct duty_shift *shift;

		at += strspn(at, " ");
		len = strcspn(at, " ");
		code = arena_strndup(arena, at, len);
		shift = plan != NULL ? plan_shift(plan, code) : NULL;
		words = arena_printf(arena, "%s%s%s", words, *words != '\0' ? " " : "",
				     shift != NULL ? shift->label : code);
	}
	return words;
}

static const char *weekdays_words(const char *digits, struct arena *arena)
{
	const char *words = "";

	for (const char *at = digits; *at >= '1' && *at <= '7'; at++)
		words = arena_printf(arena, "%s%s%s", words, *words != '\0' ? " " : "",
				     weekday_brief(*at - '0'));
	return words;
}

void staff_in_words(const struct rules *rules, struct staff *staff, struct arena *arena)
{
	const struct roster_plan *plan = rules_plan_of(rules, staff->org, 0);

	if (staff->posts != NULL)
		staff->posts = (char *)(uintptr_t)posts_words(rules, plan, staff->posts, arena);
	if (staff->shifts != NULL)
		staff->shifts = (char *)(uintptr_t)shifts_words(plan, staff->shifts, arena);
	if (staff->weekdays != NULL)
		staff->weekdays = (char *)(uintptr_t)weekdays_words(staff->weekdays, arena);
}
