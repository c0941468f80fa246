/* Who stands in rosters: the demo's officers, and as many beside them as a fair month needs. */
#include <config.h>

#include "roster_priv.h"

#include <stdlib.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { ROTAS_MOST = 110, MANY = 56, OF_MANY = 10, STAFF_MOST = 1200, AHEAD = 10 };
enum { OF_BESIDE = 3 };
enum { LIST_DAYS = 4, OFF_DAYS = 3 }; /* before the first month is set */

enum class { CLASS_OFFICER, CLASS_CHIEF, CLASS_LEADER, CLASSES };

struct staffing { /* people as they are taken on */
	struct book *book;
	int64_t at;
	const struct staff *items[STAFF_MOST];
	enum class class[STAFF_MOST];
	size_t n;
	long long order;
};

/* --- posts ------------------------------------------------------------------------------------ */

const struct duty_post *rota_post_rung(const struct roster_plan *plan, int rung)
{
	for (size_t i = 0; i < plan->n_posts; i++)
		if (plan->posts[i].rung == rung)
			return &plan->posts[i];
	return NULL;
}

const struct duty_post *rota_main(const struct roster_plan *plan)
{
	const struct duty_post *post = rota_post_rung(plan, 1);

	return post != NULL ? post : &plan->posts[0];
}

const struct duty_post *rota_chief(const struct roster_plan *plan)
{
	for (size_t i = 0; i < plan->n_posts; i++)
		if (plan->posts[i].chief && !plan->posts[i].leader && plan->posts[i].mode == NULL)
			return &plan->posts[i];
	return NULL;
}

const struct duty_post *rota_leader(const struct roster_plan *plan)
{
	for (size_t i = 0; i < plan->n_posts; i++)
		if (plan->posts[i].leader && plan->posts[i].mode == NULL)
			return &plan->posts[i];
	return NULL;
}

static enum class class_of(const struct duty_post *post)
{
	return post->leader ? CLASS_LEADER : post->chief ? CLASS_CHIEF : CLASS_OFFICER;
}

/* Whose people stand there: its own, when they may; else those of the first of the pool. */
static const char *home_of(const struct rota *rota, const struct rules *rules,
			   const struct duty_post *post)
{
	if (post->pool == NULL)
		return rota->org;
	for (size_t i = 0; post->pool[i] != NULL; i++)
		if (str_eq(post->pool[i], rota->org) ||
		    (str_eq(post->pool[i], "centre") && str_eq(rota->org, rules->centre)))
			return rota->org;
	return rules_org(rules, post->pool[0]) != NULL ? post->pool[0] : rota->org;
}

/* --- taking them on --------------------------------------------------------------------------- */

static bool has_post(const struct rota *rota, const struct rules *rules, const char *org,
		     const struct duty_post *post, enum class class)
{
	return post->fit && class_of(post) == class && str_eq(home_of(rota, rules, post), org);
}

/* Codes of the posts of his class that ask for it. */
static const char *posts_of(struct staffing *to, const struct rota *rota, const char *org,
			    enum class class)
{
	const struct rules *rules = to->book->demo->rules;
	struct str words = STR_INIT;
	const char *copy;

	for (size_t i = 0; i < rota->plan->n_posts; i++)
		if (has_post(rota, rules, org, &rota->plan->posts[i], class))
			str_addf(&words, "%s%s", words.len > 0 ? " " : "", rota->plan->posts[i].code);
	copy = words.len > 0 ? arena_strdup(to->book->arena, str_get(&words)) : NULL;
	str_release(&words);
	return copy;
}

static const char *title_of(struct staffing *to, const struct rota *rota, enum class class)
{
	bool centre = str_eq(rota->org, to->book->demo->rules->centre);

	if (class == CLASS_LEADER)
		return book_pick(to->book, centre ? DEMO_LEADERS : DEMO_HEADS);
	if (class == CLASS_CHIEF)
		return book_pick(to->book, centre ? DEMO_CHIEFS : DEMO_HEADS);
	return book_pick(to->book, centre ? DEMO_OFFICERS : DEMO_CLERKS);
}

static bool name_taken(const struct staffing *to, const char *name)
{
	for (size_t i = 0; i < to->book->people->n; i++)
		if (str_eq(to->book->people->items[i].name, name))
			return true;
	for (size_t i = 0; i < to->n; i++)
		if (str_eq(to->items[i]->name, name))
			return true;
	return false;
}

/* Two of the same name would be one on every screen: three characters when two are taken. */
static const char *new_name(struct staffing *to)
{
	struct demo *demo = to->book->demo;
	const char *name = NULL;

	for (int i = 0; i < 60; i++) {
		name = demo_name(demo, to->book->arena);
		if (!name_taken(to, name))
			break;
	}
	return name;
}

static void engage(struct staffing *to, const struct rota *rota, const char *org, enum class class,
		   const char *name, const char *phone)
{
	struct book *book = to->book;
	struct uuid id = uuid_named(arena_printf(book->arena, "staff:%s:%s", org, name));
	struct actor actor = book_chief(book);
	struct act act = book_act(book, KIND_STAFF, "engage", &id, &actor, to->at + to->order);

	if (to->n == STAFF_MOST || book_find(book, KIND_STAFF, &id) != NULL)
		return;
	book_text(book, &act, "name", name);
	book_text(book, &act, "org", org);
	book_text(book, &act, "title", title_of(to, rota, class));
	book_text(book, &act, "phone", phone);
	if (demo_one_in(book->demo, 3))
		book_text(book, &act, "phone2",
			  arena_printf(book->arena, "%04zu", 1000 + demo_below(book->demo, 9000)));
	book_text(book, &act, "posts", posts_of(to, rota, org, class));
	book_num(book, &act, "order", ++to->order);
	if (!book_done(book, &act))
		return;
	to->class[to->n] = class;
	to->items[to->n++] = book_find(book, KIND_STAFF, &id);
}

/* How many duties of a class fall to an organisation's people on a usual day, in tenths of a person. */
static int load_of(const struct rota *rota, const struct book *book, const char *org,
		   enum class class, bool *ret_phone)
{
	const struct rules *rules = book->demo->rules;
	int32_t today = civil_day_of_ms(book->now, rules->offset_min), load = 0;
	struct need needs[NEEDS_MOST];
	size_t n = roster_needs(rules, rota->plan, today + AHEAD, NULL, needs);

	*ret_phone = false;
	for (size_t i = 0; i < n; i++) {
		const struct duty_post *post = needs[i].post;

		if (class_of(post) != class || !str_eq(home_of(rota, rules, post), org) ||
		    (needs[i].may_be_empty && needs[i].seat > 1))
			continue;
		load += post->phone ? 12 : needs[i].shift->night ? 27 : 19;
		*ret_phone = *ret_phone || post->phone;
	}
	return load;
}

static enum class class_of_person(const struct rota *rota, const struct demo_people *people, size_t i)
{
	const char *role = people->items[i].role;

	if (i >= people->heads || str_eq(role, "leader"))
		return CLASS_LEADER;
	return str_eq(role, "chief") && rota_chief(rota->plan) != NULL ? CLASS_CHIEF : CLASS_OFFICER;
}

/* The demo's officers first: they are who one meets at the screens. */
static void add_class(struct staffing *to, const struct rota *rota, const char *org,
		      enum class class)
{
	struct book *book = to->book;
	const struct demo_people *people = book->people;
	bool phone, own = str_eq(org, rota->org);
	int load = load_of(rota, book, org, class, &phone), have = 0;
	int want = load == 0 ? 0 : phone ? 4 + load / 20 : 2 + (load + 9) / 10;

	for (size_t i = 0; i < people->n && want > 0 && !rota->beside; i++)
		if (str_eq(people->items[i].org, org) &&
		    (!own || class_of_person(rota, people, i) == class)) {
			engage(to, rota, org, class, people->items[i].name, people->items[i].phone);
			have++;
		}
	for (; have < want; have++)
		engage(to, rota, org, class, new_name(to),
		       arena_printf(book->arena, "1390000%04zu", demo_below(book->demo, 10000)));
}

/* Each organisation whose people a plan needs, once. */
static void add_people(struct staffing *to, struct rota *rota)
{
	const struct rules *rules = to->book->demo->rules;
	size_t before = to->n;

	for (size_t i = 0; i < rota->plan->n_posts; i++) {
		const char *org = home_of(rota, rules, &rota->plan->posts[i]);
		bool met = false;

		for (size_t k = 0; k < i; k++)
			met = met || str_eq(home_of(rota, rules, &rota->plan->posts[k]), org);
		for (int class = 0; class < CLASSES && !met; class++)
			add_class(to, rota, org, (enum class)class);
	}
	rota->n_staff = to->n - before;
	rota->staff = arena_dup(to->book->arena, to->items + before,
				rota->n_staff * sizeof *rota->staff);
}

/* --- whose rosters ---------------------------------------------------------------------------- */

static bool has_roster(const struct org *org)
{
	return org->managed && org->layer == NULL && org->ends == 0 && org->begins == 0;
}

/* Its first one, or one beside it. */
static bool has_plan(const struct rules *rules, const struct org *org,
		     const struct roster_plan *plan, bool *ret_beside)
{
	const struct roster_plan *have = NULL;

	for (size_t k = 0; has_roster(org) && have != plan; k++) {
		have = rules_plan_of(rules, org->code, k);
		*ret_beside = k > 0;
		if (have == NULL)
			return false;
	}
	return have != NULL;
}

/* Of a tier with very many organisations the first ones; of plans beside another a few. */
static void add_rotas(struct book *book, const struct roster_plan *plan)
{
	const struct rules *rules = book->demo->rules;
	size_t index = 0, all = 0;
	bool beside;

	for (size_t i = 0; i < rules->n_orgs; i++)
		all += has_plan(rules, &rules->orgs[i], plan, &beside);
	for (size_t i = 0; i < rules->n_orgs && book->n_rotas < ROTAS_MOST; i++) {
		const struct org *org = &rules->orgs[i];

		if (!has_plan(rules, org, plan, &beside) || (all > MANY && index == OF_MANY) ||
		    (beside && index == OF_BESIDE))
			continue;
		book->rotas[book->n_rotas++] = (struct rota){ .plan = plan,
							      .org = org->code,
							      .actor = book_actor(book, org->code),
							      .index = index++,
							      .beside = beside };
	}
}

/* Some are away for some days, known before the months are made. */
static void add_absences(struct book *book)
{
	for (size_t i = 0; i < book->n; i++) {
		struct actor actor = book_chief(book);
		int64_t from = book->now + (int64_t)demo_below(book->demo, 40) * DAY_MS - 20 * DAY_MS;
		struct act act;

		if (book->things[i].kind != KIND_STAFF || !demo_one_in(book->demo, 9))
			continue;
		act = book_act(book, KIND_STAFF, "timeoff", &book->things[i].id, &actor,
			       rota_month_at(book, 0) - OFF_DAYS * DAY_MS + (int64_t)i * 1000);
		from -= from % DAY_MS;
		book_num(book, &act, "from_at", from);
		book_num(book, &act, "to_at",
			 from + (1 + (int64_t)demo_below(book->demo, 6)) * DAY_MS);
		book_text(book, &act, "reason", book_pick(book, DEMO_OFF));
		(void)book_done(book, &act);
	}
}

void rota_people(struct book *book)
{
	const struct rules *rules = book->demo->rules;
	struct staffing *to = mem_alloc(sizeof *to);

	to->book = book;
	to->at = rota_month_at(book, 0) - LIST_DAYS * DAY_MS;
	book->rotas = arena_array(book->arena, ROTAS_MOST, sizeof *book->rotas);
	for (size_t i = 0; i < rules->n_plans; i++)
		add_rotas(book, &rules->plans[i]);
	for (size_t i = 0; i < book->n_rotas; i++)
		add_people(to, &book->rotas[i]);
	add_absences(book);
	free(to);
}
