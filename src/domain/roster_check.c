#include <config.h>

#include "zhiban/domain/roster_check.h"

#include <stdlib.h>
#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *code, *label;
} breaches[BREACHES] = {
	[BREACH_GAP] = { "gap", N_("Gap") },
	[BREACH_DOUBLE] = { "double", N_("Two duties at once") },
	[BREACH_REST] = { "rest", N_("Too little rest") },
	[BREACH_NIGHTS] = { "nights", N_("Too many nights in a row") },
	[BREACH_WEEK] = { "week", N_("Too many duties in a week") },
	[BREACH_OFF] = { "off", N_("Away") },
	[BREACH_UNFIT] = { "unfit", N_("Not fit for the post") },
	[BREACH_POOL] = { "pool", N_("Not of the pool") },
	[BREACH_SHIFT] = { "shift", N_("Not his shift or weekday") },
	[BREACH_MOST] = { "most", N_("More than his most") },
};

const char *breach_code(enum breach breach)
{
	return breaches[breach].code;
}

const char *breach_label(enum breach breach)
{
	return _(breaches[breach].label);
}

enum breach breach_find(const char *code)
{
	int i = 0;

	while (i < BREACHES && !str_eq(code, breaches[i].code))
		i++;
	return (enum breach)i;
}

bool breach_hard(enum breach breach)
{
	return breach == BREACH_DOUBLE;
}

/* --- findings -------------------------------------------------------------------------------- */

struct list {
	const struct roster_view *view;
	struct arena *arena;
	struct finding *items;
	size_t n, cap;
};

static void add(struct list *list, const struct finding *finding)
{
	if (list->n == list->cap) {
		size_t cap = list->cap != 0 ? list->cap * 2 : 32;
		struct finding *more = arena_array(list->arena, cap, sizeof *more);
		if (list->n > 0)
			memcpy(more, list->items, list->n * sizeof *more);
		list->items = more;
		list->cap = cap;
	}
	list->items[list->n++] = *finding;
}

/* Several months of a view may touch a day; a seat is manned in any of them. */
static bool is_manned(const struct roster_view *view, const struct need *need)
{
	for (size_t i = 0; i < view->n_rosters; i++)
		if (roster_turn_at(view->rules, view->rosters[i], need->day, need->shift->code,
				   need->post->code, need->seat) != NULL)
			return true;
	return false;
}

static void find_gaps(struct list *list, int32_t from, int32_t to)
{
	const struct roster_view *view = list->view;
	struct need needs[NEEDS_MOST];

	for (int32_t day = from; day < to; day++) {
		size_t n = roster_needs(view->rules, view->plan, day, view->mode, needs);

		for (size_t i = 0; i < n; i++)
			if (!needs[i].may_be_empty && !is_manned(view, &needs[i]))
				add(list, &(struct finding){ .breach = BREACH_GAP, .need = needs[i] });
	}
}

static void find_of(struct list *list, const struct run *all, const struct held *one)
{
	const struct roster_view *view = list->view;
	const struct staff *staff = roster_staff(view, &one->staff);
	const struct run run = { all->held, all->n, one };
	const struct need need = turn_need(view->rules, view->plan, one->turn);
	struct found found = { 0 };

	held_judge(view, &run, staff, false, &found);
	if (staff != NULL)
		found.breaks |= roster_person_breaks(view, &need, staff);
	for (int breach = 0; breach < BREACHES; breach++)
		if (found.breaks & 1U << breach)
			add(list, &(struct finding){ (enum breach)breach, need, one->turn,
						     found.with[breach], staff });
}

static size_t place_of_shift(const struct roster_plan *plan, const char *shift)
{
	size_t i = 0;

	while (i < plan->n_shifts && !str_eq(plan->shifts[i].code, shift))
		i++;
	return i;
}

static size_t place_of_post(const struct roster_plan *plan, const char *post)
{
	size_t i = 0;

	while (i < plan->n_posts && !str_eq(plan->posts[i].code, post))
		i++;
	return i;
}

enum { KEY_PARTS = 5 };
struct key { /* day, shift, post, seat, breach */
	int64_t part[KEY_PARTS];
};

static struct key key_of(const struct roster_plan *plan, const struct finding *finding)
{
	const struct need *need = &finding->need;
	const char *shift = finding->turn != NULL ? finding->turn->shift : need->shift->code;
	const char *post = finding->turn != NULL ? finding->turn->post : need->post->code;

	return (struct key){ { need->day, (int64_t)place_of_shift(plan, shift),
			       (int64_t)place_of_post(plan, post), need->seat,
			       finding->breach } };
}

static int by_seat(const void *a, const void *b, void *plan)
{
	struct key x = key_of(plan, a), y = key_of(plan, b);

	for (int i = 0; i < KEY_PARTS; i++)
		if (x.part[i] != y.part[i])
			return x.part[i] < y.part[i] ? -1 : 1;
	return 0;
}

void roster_findings(const struct roster_view *view, int32_t from, int32_t to, struct arena *arena,
		     struct finding **ret_findings, size_t *ret_n)
{
	const struct roster_books *books = roster_books_new(view, arena);
	struct list list = { .view = view, .arena = arena };

	find_gaps(&list, from, to);
	for (size_t i = 0; i < books->n; i++) {
		const struct held *one = &books->held[i];

		if (one->here && one->day >= from && one->day < to) {
			struct run all = held_run(books, &one->staff);
			find_of(&list, &all, one);
		}
	}
	if (list.n > 1)
		qsort_r(list.items, list.n, sizeof *list.items, by_seat, (void *)view->plan);
	*ret_findings = list.items;
	*ret_n = list.n;
}

/* --- words ----------------------------------------------------------------------------------- */

/* The shift of a turn, whichever plan it is of: by its code, of several that which begins then. */
static const char *shift_label(const struct rules *rules, const struct turn *turn)
{
	const struct duty_shift *any = NULL;
	int64_t minute = (turn->starts - civil_ms_of_day(turn_day(rules, turn), rules->offset_min)) /
			 MINUTE_MS;

	for (size_t i = 0; i < rules->n_plans; i++) {
		const struct duty_shift *shift = plan_shift(&rules->plans[i], turn->shift);

		if (shift != NULL && (any == NULL || (any->from != minute && shift->from == minute)))
			any = shift;
	}
	if (any != NULL)
		return any->label;
	return turn->shift != NULL ? turn->shift : "-";
}

static void add_day(const struct rules *rules, int32_t day, struct str *out)
{
	char when[CIVIL_TEXT];

	civil_format(civil_ms_of_day(day, rules->offset_min), rules->offset_min, "m-d", when,
		     sizeof when);
	str_add(out, when);
}

static void add_other(const struct rules *rules, const char *sentence, const struct turn *with,
		      struct str *out)
{
	struct str duty = STR_INIT;
	const char *at = strstr(sentence, "%s");

	add_day(rules, turn_day(rules, with), &duty);
	str_addf(&duty, " %s", shift_label(rules, with));
	str_add_bytes(out, sentence, (size_t)(at - sentence));
	str_add(out, str_get(&duty));
	str_add(out, at + strlen("%s"));
	str_release(&duty);
}

static const struct {
	const char *alone, *with; /* with: %s is the other duty */
} sentences[BREACHES] = {
	[BREACH_GAP] = { N_("nobody stands there"), NULL },
	[BREACH_DOUBLE] = { N_("stands two duties at once"), N_("also stands %s at that time") },
	[BREACH_REST] = { N_("too little rest"), N_("too little rest between it and %s") },
	[BREACH_NIGHTS] = { N_("too many nights in a row"), NULL },
	[BREACH_WEEK] = { N_("too many duties in seven days"), NULL },
	[BREACH_OFF] = { N_("is not available then"), NULL },
	[BREACH_UNFIT] = { N_("is not fit for that post"), NULL },
	[BREACH_POOL] = { N_("is not of the units that man that post"), NULL },
	[BREACH_SHIFT] = { N_("does not stand that shift or on that weekday"), NULL },
	[BREACH_MOST] = { N_("would stand more duties in the month than the most set for this "
			     "person"), NULL },
};

void finding_words(const struct rules *rules, const struct finding *finding, struct str *out)
{
	const struct need *need = &finding->need;
	const struct turn *turn = finding->turn;
	const char *name = finding->staff != NULL ? finding->staff->name
			   : turn != NULL	  ? turn->name
						  : NULL;
	const char *alone = sentences[finding->breach].alone;
	const char *with = sentences[finding->breach].with;

	if (name != NULL)
		str_addf(out, "%s ", name);
	add_day(rules, need->day, out);
	if (need->shift != NULL)
		str_addf(out, " %s", need->shift->label);
	else if (turn != NULL)
		str_addf(out, " %s", shift_label(rules, turn));
	if (need->post != NULL)
		str_addf(out, " %s", need->post->label);
	str_add(out, _(": "));
	if (finding->with != NULL && with != NULL)
		add_other(rules, _(with), finding->with, out);
	else
		str_add(out, _(alone));
}
