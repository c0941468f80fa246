/* The duty log: which lines stand in it and where, what a filter lets through, its orders, and the night
 * gone through again. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/log.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct fixture {
	struct world world;
	struct client *client;
	struct arena arena;
	struct client_log log;
};

static void read_log(struct fixture *f)
{
	int64_t from, to;

	log_day(client_rules(f->client), "zhongxin", f->world.fixed.now, &from, &to);
	OK(client_log(f->client, from, to, &f->arena, &f->log, NULL));
}

static int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct client_options options = { 0 };

	assert_true(world_make(&f->world, "log"));
	options.dir = f->world.dir;
	options.env = &f->world.env;
	OK(client_open(&options, &f->client, NULL));
	read_log(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	client_close(f->client);
	world_free(&f->world);
	free(f);
	return 0;
}

static const char *at_of(const struct fixture *f, int64_t at, char text[CIVIL_TEXT])
{
	(void)f;
	civil_format(at, CIVIL_CHINA, "H:M", text, CIVIL_TEXT);
	return text;
}

/* What was written later than it happened stands where it happened, and says when it was written. */
static void lines_stand_where_they_happened(void **state)
{
	static const struct {
		const char *at, *what, *part;
		const char *written; /* NULL: at once */
		bool emphasis;
	} lines[] = {
		{ "20:01", NULL, "备用电源", NULL, false }, { "21:41", NULL, "强降雨", NULL, false },
		{ "23:21", NULL, "吴凯", NULL, false },	    { "01:01", "顶班", "2026-11", NULL, false },
		{ "01:12", "登记", "清凉新村", NULL, false }, { "01:30", NULL, "周女士", "02:21", false },
		{ "01:37", "登记", "塌陷", NULL, false },   { "01:51", "紧急顶岗", "林涛", NULL, true },
		{ "01:51", NULL, "抢修队", NULL, false },   { "02:01", NULL, "林涛", NULL, false },
		{ "02:06", NULL, "钱进", NULL, false },	    { "02:16", NULL, "重新交办", NULL, false },
	};
	struct fixture *f = *state;
	const struct rules *rules = client_rules(f->client);

	assert_int_equal(f->log.n, ARRAY_LEN(lines));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		const struct log_line *line = &f->log.lines[i];
		char at[CIVIL_TEXT], written[CIVIL_TEXT];

		assert_string_equal(at_of(f, line->at, at), lines[i].at);
		assert_int_equal(line->late, lines[i].written != NULL);
		if (lines[i].written != NULL)
			assert_string_equal(at_of(f, line->line.eff, written), lines[i].written);
		assert_int_equal(line->emphasis, lines[i].emphasis);
		if (strstr(log_words(rules, line, &f->arena), lines[i].part) == NULL)
			fail_msg("%zu: %s", i, log_words(rules, line, &f->arena));
	}
}

static void filters(void **state)
{
	static const struct {
		const char *words;
		size_t n;
	} cases[] = {
		{ "", 12 },		  { "auto", 4 },	{ "manual", 8 },
		{ "!manual", 4 },	  { "late", 1 },	{ "emphasis", 1 },
		{ "open", 2 },		  { "open sort:paper", 1 }, { "sort:call", 3 },
		{ "sort:paper", 1 },	  { "sort:round", 0 },	{ "by:李敏", 11 },
		{ "by:limin", 11 },	  { "by:zhaogang", 1 }, { "act:register", 2 },
		{ "act:takeover", 1 },	  { "org:zhongxin", 12 }, { "塌陷", 2 },
		{ "taxian", 2 },	  { "塌陷 auto", 1 },	{ "\"说马上到大厅\"", 1 },
		{ "pending", 0 },	  { "!塌陷 !auto", 7 },
	};
	struct fixture *f = *state;
	const struct rules *rules = client_rules(f->client);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct log_filter *filter;
		struct log_problem problem;

		if (log_filter_parse(rules, f->world.fixed.now, cases[i].words, &f->arena, &filter,
				     &problem) != ERR_OK)
			fail_msg("%s: %s", cases[i].words, problem.text);
		read_log(f);
		log_filter(&f->log, rules, filter);
		if (f->log.n != cases[i].n)
			fail_msg("%s: %zu, not %zu", cases[i].words, f->log.n, cases[i].n);
	}
}

static void a_wrong_word_is_marked(void **state)
{
	static const struct {
		const char *words;
		size_t at;
	} cases[] = { { "sort:letter", 0 }, { "late who:李敏", 5 }, { "org:nowhere", 0 } };
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct log_filter *filter;
		struct log_problem problem = { .at = 99 };

		assert_int_equal(log_filter_parse(client_rules(f->client), f->world.fixed.now,
						  cases[i].words, &f->arena, &filter, &problem),
				 ERR_INPUT);
		assert_int_equal(problem.at, cases[i].at);
		assert_true(problem.text[0] != '\0');
	}
}

static void orders(void **state)
{
	static const struct {
		const char *words, *first, *last; /* parts of those lines */
	} cases[] = {
		{ "time", "备用电源", "重新交办" },   { "-time", "重新交办", "备用电源" },
		{ "written", "备用电源", "周女士" },  { "-written", "周女士", "备用电源" },
		{ "officer", "备用电源", "2026-11" }, { "org", "备用电源", "重新交办" },
	};
	struct fixture *f = *state;
	const struct rules *rules = client_rules(f->client);
	enum log_order order;
	bool turned;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(log_order_find(cases[i].words, &order, &turned));
		read_log(f);
		log_order(&f->log, rules, order, turned);
		if (strstr(log_words(rules, &f->log.lines[0], &f->arena), cases[i].first) == NULL ||
		    strstr(log_words(rules, &f->log.lines[f->log.n - 1], &f->arena), cases[i].last) == NULL)
			fail_msg("%s: %s ... %s", cases[i].words,
				 log_words(rules, &f->log.lines[0], &f->arena),
				 log_words(rules, &f->log.lines[f->log.n - 1], &f->arena));
	}
	assert_false(log_order_find("size", &order, &turned));
}

/* A case that is no longer kept here is told by its id, and by what the act said. */
static void what_is_not_here_has_its_id(void **state)
{
	struct fixture *f = *state;
	const struct rules *rules = client_rules(f->client);
	struct log_line line = f->log.lines[4];
	char id[UUID_TEXT];

	assert_int_equal(line.kind, KIND_INCIDENT);
	uuid_text(&line.entity, id);
	id[8] = '\0';
	assert_null(strstr(log_words(rules, &line, &f->arena), id));
	line.number = line.title = "";
	assert_non_null(strstr(log_words(rules, &line, &f->arena), id));
	assert_non_null(strstr(log_words(rules, &line, &f->arena), "清凉新村"));
}

static const char *fact(const struct replay_step *step, const char *part)
{
	for (size_t i = 0; i < step->n_facts; i++)
		if (strcmp(step->facts[i].text, part) == 0)
			return step->facts[i].text;
	return NULL;
}

/* The page as it was: held when it was held, nobody's after it was taken back. */
static void the_night_again(void **state)
{
	static const struct {
		size_t at;
		const char *has[3], *not;
		size_t story;
	} steps[] = {
		{ 4, { "待受理", "特急", NULL }, "水务局", 1 },
		{ 6, { "待受理", "急", NULL }, "住建局", 1 },
		{ 8, { "未签收", "住建局", NULL }, "待受理", 3 },
		{ 11, { "待交办", "急", NULL }, "住建局", 4 },
	};
	struct fixture *f = *state;
	struct replay_step step;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		OK(replay_at(f->client, &f->log, steps[i].at, &f->arena, &step, NULL));
		assert_int_equal(step.n_story, steps[i].story);
		for (size_t k = 0; k < 3 && steps[i].has[k] != NULL; k++)
			if (fact(&step, steps[i].has[k]) == NULL)
				fail_msg("line %zu: %s is missing; the first is %s", steps[i].at,
					 steps[i].has[k], step.n_facts > 0 ? step.facts[0].text : "-");
		assert_null(fact(&step, steps[i].not));
	}
	assert_string_equal(step.number, "22-0402");
	for (size_t i = 0; i < step.n_counts; i++)
		n += step.counts[i].n;
	assert_int_equal(n, f->log.n);
	assert_int_equal(replay_at(f->client, &f->log, f->log.n, &f->arena, &step, NULL), ERR_NOT_FOUND);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		T(lines_stand_where_they_happened),
		T(filters),
		T(a_wrong_word_is_marked),
		T(orders),
		T(what_is_not_here_has_its_id),
		T(the_night_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
