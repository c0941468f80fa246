/* Hard cases: registered like all others, and then returned, left lying, sent up, shelved … until a
 * rule of the profile puts them to the meeting. */
#include <config.h>

#include "meeting_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/domain/nominee.h"

enum { HARD_SALT = 0x48415244, HARD_DAYS = 30 };

static const struct incident *incident_of(const struct affairs *a, const struct hard *h)
{
	return book_find(&a->book, KIND_INCIDENT, &h->id);
}

static bool is_now(const struct affairs *a, const struct hard *h)
{
	return nominee_of_incident(a->book.demo->rules, incident_of(a, h), a->now) != 0;
}

/* --- registering ------------------------------------------------------------------------------ */

static void replace_text(struct act *act, const char *name, const char *text)
{
	for (size_t i = 0; i < act->n_given; i++)
		if (str_eq(act->given[i].field->name, name))
			act->given[i].value.text = text;
}

static void find_units(struct affairs *a, struct hard *h)
{
	struct demo *demo = a->book.demo;

	for (size_t i = 0; i < h->cause->units.n && h->n_units < CASE_UNITS_MOST; i++) {
		const struct org *unit = demo_unit(demo, h->cause->units.items[i]);
		bool again = unit == NULL || str_eq(unit->code, h->seat);

		for (size_t k = 0; !again && k < h->n_units; k++)
			again = str_eq(h->units[k], unit->code);
		if (!again)
			h->units[h->n_units++] = unit->code;
	}
	for (size_t i = 0; i < demo->n_units && h->n_units < 2; i++)
		if (!str_eq(demo->units[i]->code, h->seat))
			h->units[h->n_units++] = demo->units[i]->code;
}

static bool enter(struct affairs *a, struct hard *h, size_t index, int64_t when)
{
	struct demo *demo = a->book.demo;
	const struct demo_words *words = demo->words;
	struct act act;

	h->cause = &words->hard[index % words->n_hard];
	demo_case(demo, (uint64_t)index ^ ((uint64_t)HARD_SALT << 32), when, 0, a->book.arena, &act,
		  NULL);
	h->id = act.target.id;
	h->seat = demo_seat(demo, act_text(&act, "street"))->code;
	h->title =
	    demo_text(demo, h->cause->titles.items[index / words->n_hard % h->cause->titles.n],
		      a->book.arena);
	replace_text(&act, "title", h->title);
	replace_text(&act, "text", demo_text(demo, h->cause->details.items[0], a->book.arena));
	find_units(a, h);
	h->n_legs = demo_course(demo->rules,
				demo_first_step(demo->rules, rules_org(demo->rules, h->seat)->tier),
				false, h->legs);
	h->at = when;
	{
		struct act own = affair_act(a, KIND_INCIDENT, "register", &h->id, h->seat, when);

		act.id = own.id;
		act.target.base = 0;
		act.actor = own.actor;
		act.by_phone = own.by_phone;
	}
	h->last = act.id;
	return book_done(&a->book, &act);
}

/* --- going on --------------------------------------------------------------------------------- */

static const char *holder_of(const struct hard *h)
{
	return h->units[h->unit % h->n_units];
}

static void give_args(struct affairs *a, const struct hard *h, bool shares, struct act *act)
{
	static const struct {
		const char *verb, *arg;
		enum demo_meet_id words;
	} fillings[] = {
	    {"return", "reason", DEMO_WHY_RETURNED}, {"verify_no", "reason", DEMO_WHY_REWORK},
	    {"hard", "reason", DEMO_WHY_HARD},       {"propose", "reason", DEMO_WHY_PUT},
	    {"shelve", "reason", DEMO_WHY_SHELVED},  {"escalate", "reason", DEMO_WHY_UP},
	    {"handle", "result", DEMO_REPLIES},      {"unshelve", "reason", DEMO_RESOLUTIONS},
	    {"feedback", "reply", DEMO_REPLIES},     {"close", "close_reason", DEMO_REPLIES},
	};

	for (size_t i = 0; i < ARRAY_LEN(fillings); i++)
		if (str_eq(fillings[i].verb, act->desc->verb))
			book_text(&a->book, act, fillings[i].arg,
				  affair_pick(a, fillings[i].words));
	if (str_eq(act->desc->verb, "assign"))
		book_text(&a->book, act, "holder", holder_of(h));
	if (str_eq(act->desc->verb, "shelve"))
		book_num(&a->book, act, "review_at", act->at + 45 * DAY_MS);
	if (shares && act_arg_field(act->desc, "share") != NULL)
		book_text(&a->book, act, "share", holder_of(h));
}

/* Whoever may: the department, who runs the loop, the centre's officer, its chief, its leader; the
 * leader of the department or of the street by telephone. */
static bool act_by_any(struct affairs *a, struct hard *h, const char *verb)
{
	static const char *const roles[] = {"duty", "chief", "leader"};
	const struct incident *incident = incident_of(a, h);
	const struct step *step = rules_step(a->book.demo->rules, incident->step);
	const char *const orgs[] = {holder_of(h), h->seat, a->book.demo->rules->centre};

	for (size_t i = 0; i < 2 * ARRAY_LEN(orgs) + ARRAY_LEN(roles); i++) {
		bool by_head = i >= ARRAY_LEN(orgs) + ARRAY_LEN(roles);
		struct act act;

		if (i < ARRAY_LEN(orgs) || by_head)
			act = affair_act(a, KIND_INCIDENT, verb, &h->id, orgs[i % ARRAY_LEN(orgs)],
					 h->at);
		else
			act = affair_by_role(a, KIND_INCIDENT, verb, &h->id,
					     roles[i - ARRAY_LEN(orgs)], h->at);
		if (by_head && act.by_phone.rung == NULL) {
			act.by_phone =
			    (struct by_phone){.role = "leader",
					      .rung = demo_name(a->book.demo, a->book.arena),
					      .wording = demo_pick(a->book.demo, DEMO_NOTES),
					      .at = h->at};
			act.by_phone.answered_by = act.by_phone.rung;
		}
		give_args(a, h, step != NULL && step->shares, &act);
		act.after = h->last;
		if (!affair_try(a, &act))
			continue;
		h->last = act.id;
		return true;
	}
	return false;
}

static bool after(struct affairs *a, struct hard *h, const char *verb, int low, int high)
{
	int64_t was = h->at;

	h->at += affair_minutes(a, low, high);
	if (h->at < a->now && act_by_any(a, h, verb))
		return true;
	h->at = was;
	return false;
}

/* The usual way from where it stands until somebody handles it, or until that act; slow: everything
 * lies. */
static void go_on(struct affairs *a, struct hard *h, const char *until, bool slow)
{
	static const char *const way[] = {"accept", "assign", "sign", "contact"};

	for (size_t i = 0; i < h->n_legs; i++) {
		const struct demo_leg *leg = &h->legs[i];
		const struct incident *incident = incident_of(a, h);
		bool known = false;

		for (size_t k = 0; k < ARRAY_LEN(way); k++)
			known = known || str_eq(way[k], leg->verb);
		if ((str_eq(leg->verb, "handle") || (until != NULL && str_eq(leg->verb, until))) &&
		    str_eq(leg->step->id, incident->step))
			return;
		if (known && str_eq(leg->step->id, incident->step))
			(void)after(a, h, leg->verb, slow ? 1500 : leg->low,
				    slow ? 3200 : leg->high);
	}
}

/* --- how a case becomes hard ------------------------------------------------------------------ */

static void is_returned(struct affairs *a, struct hard *h)
{
	int times = 3 + (int)(h - a->hard) % 3 / 2;

	for (int i = 0; i < times; i++) {
		go_on(a, h, "sign", false); /* some give it back unsigned, some only signed */
		if (!after(a, h, "return", 60, 900)) {
			go_on(a, h, NULL, false);
			if (!after(a, h, "return", 60, 900))
				return;
		}
		h->unit++;
	}
	go_on(a, h, NULL, false);
}

static void lies(struct affairs *a, struct hard *h)
{
	go_on(a, h, NULL, true);
}

static void is_shelved(struct affairs *a, struct hard *h)
{
	go_on(a, h, NULL, false);
	(void)after(a, h, "shelve", 300, 2000);
}

static void is_marked(struct affairs *a, struct hard *h)
{
	go_on(a, h, NULL, false);
	(void)after(a, h, "hard", 300, 2000);
}

static void is_put(struct affairs *a, struct hard *h)
{
	go_on(a, h, NULL, false);
	(void)after(a, h, "propose", 300, 2000);
}

static void is_reworked(struct affairs *a, struct hard *h)
{
	go_on(a, h, NULL, false);
	for (int i = 0; i < 2 && after(a, h, "handle", 300, 1500); i++) {
		if (!after(a, h, "verify_no", 60, 600))
			break;
		go_on(a, h, NULL, false);
	}
}

static void is_sent_up(struct affairs *a, struct hard *h)
{
	go_on(a, h, NULL, false);
	for (int i = 0; i < 3 && after(a, h, "escalate", 100, 800); i++)
		go_on(a, h, NULL, false);
}

static void is_both(struct affairs *a, struct hard *h)
{
	is_returned(a, h);
	(void)after(a, h, "hard", 60, 400);
}

static void make_hard(struct affairs *a, struct hard *h, size_t index)
{
	static void (*const ways[])(struct affairs * a, struct hard * h) = {
	    is_returned, lies, is_marked, is_shelved, is_put, is_reworked, is_sent_up, is_both,
	};

	ways[index % ARRAY_LEN(ways)](a, h);
	if (!is_now(a, h)) /* not every profile knows every way */
		(void)after(a, h, index % 2 ? "hard" : "propose", 30, 300);
	h->sorts = nominee_of_incident(a->book.demo->rules, incident_of(a, h), a->now);
}

/* Those of the past first: each a week or so before the meeting that takes it. */
void hard_cases(struct affairs *a, int64_t n)
{
	struct demo *demo = a->book.demo;

	for (size_t i = 0; i < HARD_MOST && (int64_t)i < n; i++) {
		struct hard *h = &a->hard[a->n_hard];
		bool past = i < HARD_OF_PAST;
		int64_t back = past ? (44 - 2 * (int64_t)i) * DAY_MS
				    : (HARD_DAYS - (int64_t)(i - HARD_OF_PAST) % 16) * DAY_MS;
		int64_t when = a->now - back + (int64_t)(i * 37 % 600) * MINUTE_MS;

		*h = (struct hard){.n_units = 0};
		if (!enter(a, h, i, affair_by_day(a, when)))
			continue;
		demo_turn(demo, (uint64_t)i ^ ((uint64_t)HARD_SALT << 24), when);
		make_hard(a, h, i);
		a->n_hard++;
	}
}

/* What a meeting has resolved is done in the days after it, as far as it goes. */
void hard_settled(struct affairs *a, struct hard *h, int64_t at)
{
	static const char *const last[] = {"unshelve", "handle", "verify_ok", "feedback", "close"};

	h->at = at;
	for (size_t i = 0; i < ARRAY_LEN(last); i++) {
		if (str_eq(last[i], "handle"))
			go_on(a, h, NULL, false);
		(void)after(a, h, last[i], 200, 1400);
	}
}
