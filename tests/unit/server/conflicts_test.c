/* Two consoles at one incident, as the server judges them: every verb, whatever its author saw; who
 * was first; what hangs on what. */
#include "server_help.h"

enum situation {
	SAME,	       /* nothing happened since the author looked */
	OLDER,	       /* another console did the same first */
	AFTER_REFUSED, /* it hangs on an act of the author's that was refused */
	AFTER_APPLIED, /* on one that was applied, after its base */
	AFTER_UNKNOWN, /* on one that the server has never seen */
	OTHER_EPOCH,   /* its base is one of other data */
	SITUATIONS
};

static const char *const situation_words[] = {
	"same base", "older base", "after refused", "after applied", "after unknown", "other epoch",
};

struct outcome {
	char verdict; /* 'a'pplied, 'm'erged, 'r'efused */
	enum err code;
};
#define APPLIED { 'a', ERR_OK }
#define MERGED { 'm', ERR_OK }
#define REFUSED { 'r', ERR_REFUSED }
#define THERE { 'r', ERR_EXISTS }
#define STEPS { APPLIED, REFUSED, REFUSED, APPLIED, APPLIED, APPLIED }

static const struct {
	const char *verb, *arg, *rival; /* rival: the same argument as the other one gives it */
	int step;			/* acts of `way` that come before it */
	bool dept;			/* it is the department's to do */
	struct outcome outcomes[SITUATIONS];
} table[] = {
	{ "register", "title=t", "title=t", 1, false, { THERE, THERE, REFUSED, THERE, THERE, THERE } },
	{ "accept", "", "", 1, false, STEPS },
	{ "assign", "holder=shuiwu", "holder=chengguan", 2, false, STEPS },
	{ "sign", "", "", 3, true, STEPS },
	{ "handle", "result=mine", "result=theirs", 4, true, STEPS },
	{ "verify_ok", "", "", 5, false, STEPS },
	{ "verify_no", "reason=r", "reason=r", 5, false, STEPS },
	{ "close", "", "", 6, false, STEPS },
	{ "archive", "", "", 7, false, STEPS },
	{ "note", "note=mine", "note=theirs", 4, false, { APPLIED, APPLIED, APPLIED, APPLIED, APPLIED, APPLIED } },
	{ "note", "note=mine", "note=theirs", 8, false, { APPLIED, APPLIED, APPLIED, APPLIED, APPLIED, APPLIED } },
	{ "ack", "", "", 4, false, { APPLIED, MERGED, REFUSED, APPLIED, APPLIED, APPLIED } },
	{ "fix", "title=mine", "title=theirs", 4, false, { APPLIED, MERGED, REFUSED, APPLIED, APPLIED, APPLIED } },
};

static const struct {
	const char *verb, *arg;
	bool dept;
} way[] = {
	{ "register", "title=first", false }, { "accept", "", false },
	{ "assign", "holder=chengguan", false }, { "sign", "", true },
	{ "handle", "result=mended", true },  { "verify_ok", "", false },
	{ "close", "", false },		      { "archive", "", false },
};

struct office {
	struct desk a, b, dept; /* two of the centre, and the department that holds it */
	struct uuid id;
	int64_t version;
};

static struct act make(struct world *world, struct desk *desk, const struct office *office,
		       const char *verb, const char *arg, int64_t base)
{
	struct act act = act_begin(world, desk, verb, &office->id, base);
	const char *equals = strchr(arg, '=');

	if (equals != NULL)
		act_say(world, &act,
			arena_strndup(&world->arena, arg, (size_t)(equals - arg)), equals + 1);
	return act;
}

static struct act_answer must_do(struct world *world, struct desk *desk, struct office *office,
				 const char *verb, const char *arg)
{
	struct act act = make(world, desk, office, verb, arg, office->version);
	struct act_answer answer = send_act(world, desk, &act);

	if (answer.verdict == VERDICT_REFUSED)
		fail_msg("%s: %s", verb, answer.sentence);
	office->version = answer.version;
	return answer;
}

static struct office open_office(struct world *world, int steps)
{
	struct office office = { .a = enroll(world, "zhongxin", "duty", "Wang"),
				 .b = enroll(world, "zhongxin", "chief", "Li"),
				 .dept = enroll(world, "chengguan", "dept", "Zhao"),
				 .id = new_id(world) };

	for (int i = 0; i < steps; i++)
		must_do(world, way[i].dept ? &office.dept : &office.a, &office, way[i].verb,
			way[i].arg);
	world->clock.now += 60000;
	return office;
}

/* Sets the scene for `act`, which desk is about to send; its base is what stood there before. */
static int64_t set_scene(struct world *world, struct office *office, struct desk *desk,
			 enum situation situation, const char *verb, const char *rival,
			 struct act *act)
{
	struct act before;
	struct act_answer answer;

	switch (situation) {
	case SAME:
	case SITUATIONS:
		break;
	case OLDER:
		if (strcmp(verb, "register") == 0)
			return 0;
		return must_do(world, &office->a, office, verb, rival).seq;
	case AFTER_REFUSED:
		before = make(world, desk, office, "fix", "category=no such thing",
			      office->version);
		answer = send_act(world, desk, &before);
		assert_int_equal(answer.verdict, VERDICT_REFUSED);
		act->after = before.id;
		break;
	case AFTER_APPLIED:
		before = make(world, desk, office, "note", "note=before", office->version);
		assert_int_equal(send_act(world, desk, &before).verdict, VERDICT_APPLIED);
		act->after = before.id;
		break;
	case AFTER_UNKNOWN:
		act->after = new_id(world);
		break;
	case OTHER_EPOCH:
		memcpy(act->epoch, "ffffffff", ACT_EPOCH);
		break;
	}
	act->n = desk->n + 1;
	return 0;
}

static char letter(enum verdict verdict)
{
	return verdict == VERDICT_APPLIED ? 'a' : verdict == VERDICT_MERGED ? 'm' : 'r';
}

static void check_first(const struct act_answer *answer, enum situation situation, const char *verb,
			int64_t seq, int64_t at)
{
	bool loser = situation == OLDER && seq != 0 && answer->verdict != VERDICT_APPLIED;

	if (!loser) {
		assert_null(answer->by.officer);
		return;
	}
	assert_string_equal(answer->by.officer, "Wang");
	assert_string_equal(answer->by.org, "zhongxin");
	assert_string_equal(answer->by.verb, verb);
	assert_int_equal(answer->by.seq, seq);
	assert_int_equal(answer->by.at, at);
}

static void test_every_verb(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		for (int s = 0; s < SITUATIONS; s++) {
			const struct outcome *want = &table[i].outcomes[s];
			void *made;
			struct world *world;
			struct office office;
			struct desk *desk;
			struct act act;
			struct act_answer answer, again;
			int64_t seq, at, head;

			world_make(&made);
			world = made;
			office = open_office(world, table[i].step);
			desk = table[i].dept ? &office.dept : &office.b;
			act = make(world, desk, &office, table[i].verb, table[i].arg,
				   office.version);
			at = world->clock.now;
			seq = set_scene(world, &office, desk, (enum situation)s, table[i].verb,
					table[i].rival, &act);
			world->clock.now += 60000;
			head = feed_of(world, &office.a, 0, "").head_seq;
			answer = send_act(world, desk, &act);
			if (letter(answer.verdict) != want->verdict || answer.code != want->code)
				fail_msg("%s, %s: '%c' %s, %s", table[i].verb, situation_words[s],
					 letter(answer.verdict), err_name(answer.code),
					 answer.sentence != NULL ? answer.sentence : "");
			check_first(&answer, (enum situation)s, table[i].verb, seq, at);
			/* again: the same, and nothing more in the journal */
			again = send_act(world, desk, &act);
			assert_true(again.verdict == answer.verdict && again.seq == answer.seq);
			assert_true(feed_of(world, &office.a, 0, "").head_seq <= head + 1);
			world_free(&made);
		}
	}
}

/* Each rule of conflict stands in the table; each verb has its own row in the rulebook's test. */
static void test_table_is_whole(void **state)
{
	(void)state;
	for (size_t a = 0; a < act_desc_count(); a++) {
		const struct act_desc *desc = act_desc_at(a);
		bool found = desc->target != KIND_INCIDENT;

		for (size_t i = 0; i < ARRAY_LEN(table); i++)
			found = found ||
				act_desc_find(table[i].verb)->conflict == desc->conflict;
		if (!found)
			fail_msg("the rule of %s is in no row", desc->verb);
	}
}

/* --- dependants -------------------------------------------------------------------------------- */

/* Down the chain, in one batch: all but the note go along; other incidents are not held up. */
static void test_chain(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 2), other = office;
	struct acts_answer answers;
	struct act acts[5];
	int64_t base = office.version;

	other.id = new_id(world);
	must_do(world, &office.b, &other, "register", "title=other");
	must_do(world, &office.a, &office, "assign", "holder=chengguan");
	acts[0] = make(world, &office.b, &office, "assign", "holder=shuiwu", base);
	acts[1] = make(world, &office.b, &office, "fix", "title=x", base);
	acts[2] = make(world, &office.b, &office, "ack", "", base);
	acts[3] = make(world, &office.b, &office, "note", "note=rung them up", base);
	acts[4] = make(world, &office.b, &other, "accept", "", other.version);
	for (int i = 0; i < 5; i++) {
		acts[i].n = office.b.n + 1 + i;
		if (i > 0 && i < 4)
			acts[i].after = acts[i - 1].id;
	}
	answers = answers_from(world, ask(world, 200, "POST", "/v1/acts", NULL, office.b.token,
					  acts_body(world, &office.b, acts, 5)));
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(answers.items[i].verdict,
				 i < 3 ? VERDICT_REFUSED : VERDICT_APPLIED);
	assert_string_equal(answers.items[0].by.officer, "Wang");
	assert_non_null(strstr(answers.items[1].sentence, "hung on"));
	assert_non_null(answers.items[1].state);
	assert_null(answers.items[1].by.officer);
}

/* A note needs something to be noted on. */
static void test_note_on_nothing(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 1), nothing = office;
	struct act acts[2];

	nothing.id = new_id(world);
	acts[0] = make(world, &office.b, &nothing, "register", "title=t", 0);
	acts[0].actor.role = "leader"; /* which Li is not */
	assert_int_equal(send_act(world, &office.b, &acts[0]).code, ERR_DENIED);
	acts[1] = make(world, &office.b, &nothing, "note", "note=x", 0);
	acts[1].after = acts[0].id;
	assert_int_equal(send_act(world, &office.b, &acts[1]).code, ERR_NOT_FOUND);
}

static void give_num(struct world *world, struct act *act, const char *name, int64_t num)
{
	act_give(act, act_arg_field(act->desc, name), (struct value){ .num = num }, &world->arena);
}

/* A post that did not answer: two consoles of the seat write it, one entry is made, and the other
 * author is told nothing; what was answered meanwhile is no absence. */
static void test_unanswered_once(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 1);
	struct act_answer first, second;
	struct act act;
	int64_t head;

	office.id = new_id(world);
	act = make(world, &office.a, &office, "register", "title=new", 0);
	give_num(world, &act, "urgency", 1);
	assert_int_equal(send_act(world, &office.a, &act).verdict, VERDICT_APPLIED);
	office.version = 1;
	world->clock.now += 11 * 60000;
	for (int i = 0; i < 2; i++) {
		struct desk *desk = i == 0 ? &office.a : &office.b;

		act = make(world, desk, &office, "unanswered", "", office.version);
		give_num(world, &act, "rang_at", world->clock.now - 11 * 60000);
		give_num(world, &act, "keyed_at", world->clock.now - 12 * 60000);
		head = feed_of(world, &office.a, 0, "").head_seq;
		*(i == 0 ? &first : &second) = send_act(world, desk, &act);
		assert_int_equal(feed_of(world, &office.a, 0, "").head_seq - head, i == 0);
	}
	assert_int_equal(first.verdict, VERDICT_APPLIED);
	assert_int_equal(second.verdict, VERDICT_MERGED);
	assert_true(second.note == NULL || *second.note == '\0');
}

/* What hangs on a refused act says nothing about what its author may not see. */
static void test_hung_and_hidden(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 1), nothing = office;
	struct act first = make(world, &office.dept, &office, "accept", "", 1), second;
	struct act_answer again, answer = send_act(world, &office.dept, &first);

	assert_int_equal(answer.code, ERR_NOT_FOUND);
	assert_null(answer.by.officer);
	second = make(world, &office.dept, &office, "ack", "", 1);
	second.after = first.id;
	answer = send_act(world, &office.dept, &second);
	assert_null(answer.state);
	assert_null(answer.by.officer);
	/* as of what is not there */
	nothing.id = new_id(world);
	second = make(world, &office.dept, &nothing, "ack", "", 1);
	second.after = first.id;
	again = send_act(world, &office.dept, &second);
	assert_int_equal(answer.code, again.code);
	assert_string_equal(answer.sentence, again.sentence);
}

/* --- what the author saw ------------------------------------------------------------------------- */

static const struct incident *now_of(struct world *world, const struct office *office)
{
	char text[UUID_TEXT];
	struct answer_head head;
	const char *body;
	void *entity;

	uuid_text(&office->id, text);
	body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", text), NULL,
		   office->a.token, NULL);
	OK(entity_answer_decode(body, strlen(body), &world->arena, &head, &entity, NULL));
	return entity;
}

/* Two corrections of one console made in a row on one base: his own is no news to him. */
static void test_own_corrections(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 4);
	int64_t base = office.version;
	struct act first = make(world, &office.b, &office, "fix", "title=one", base), second, third;
	struct act_answer answer;

	assert_int_equal(send_act(world, &office.b, &first).verdict, VERDICT_APPLIED);
	office.version++;
	must_do(world, &office.a, &office, "fix", "address=theirs");
	second = make(world, &office.b, &office, "fix", "title=two", base);
	second.after = first.id;
	act_say(world, &second, "address", "mine");
	answer = send_act(world, &office.b, &second);
	assert_int_equal(answer.verdict, VERDICT_MERGED);
	assert_non_null(strstr(answer.note, "Address"));
	assert_null(strstr(answer.note, "Title"));
	assert_string_equal(answer.by.officer, "Wang");
	assert_string_equal(now_of(world, &office)->title, "two");
	assert_string_equal(now_of(world, &office)->address, "theirs");
	/* and then somebody does touch the title */
	office.version = answer.version;
	must_do(world, &office.a, &office, "fix", "title=theirs");
	third = make(world, &office.b, &office, "fix", "title=three", base);
	assert_int_equal(send_act(world, &office.b, &third).verdict, VERDICT_MERGED);
	assert_string_equal(now_of(world, &office)->title, "theirs");
}

/* His own of another console id too: the act says what it hangs on. */
static void test_own_of_before(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 4);
	int64_t base = office.version;
	struct act acts[3];
	struct desk copy;

	for (int i = 0; i < 2; i++) {
		acts[i] = make(world, &office.b, &office, "fix",
			       i == 0 ? "title=one" : "address=his own", base);
		if (i > 0)
			acts[i].after = acts[0].id;
		assert_int_equal(send_act(world, &office.b, &acts[i]).verdict, VERDICT_APPLIED);
	}
	copy = desk_from(world, ask(world, 200, "POST", "/v1/console", NULL, office.b.token, "{}"));
	acts[2] = make(world, &copy, &office, "fix", "title=three", base);
	acts[2].after = acts[1].id;
	assert_int_equal(send_act(world, &copy, &acts[2]).verdict, VERDICT_APPLIED);
	assert_string_equal(now_of(world, &office)->title, "three");
}

/* Made and corrected with the line cut: there was no version yet, but what he made he has seen. */
static void test_own_registration(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 0);
	struct act made = make(world, &office.b, &office, "register", "title=one", 0), later;
	struct act_answer answer;

	assert_int_equal(send_act(world, &office.b, &made).verdict, VERDICT_APPLIED);
	office.version = 1;
	must_do(world, &office.a, &office, "fix", "title=theirs");
	later = make(world, &office.b, &office, "fix", "title=two", 0);
	act_say(world, &later, "address", "mine");
	later.after = made.id;
	answer = send_act(world, &office.b, &later);
	assert_int_equal(answer.verdict, VERDICT_MERGED);
	assert_string_equal(answer.by.officer, "Wang");
	assert_string_equal(now_of(world, &office)->title, "theirs");
	assert_string_equal(now_of(world, &office)->address, "mine");
}

/* A correction that loses everywhere stands in the timeline with its text, and changes nothing. */
static void test_lost_correction(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 4);
	int64_t base = office.version;
	struct act late;
	struct act_answer answer;
	struct feed_answer feed;

	must_do(world, &office.a, &office, "fix", "title=theirs");
	late = make(world, &office.b, &office, "fix", "title=mine", base);
	answer = send_act(world, &office.b, &late);
	assert_int_equal(answer.verdict, VERDICT_MERGED);
	assert_int_equal(answer.version, office.version + 1);
	feed = feed_of(world, &office.a, answer.seq - 1, "");
	assert_int_equal(feed.n, 1);
	assert_string_equal(act_text(&feed.items[0].entry.act, "title"), "mine");
	assert_string_equal(now_of(world, &office)->title, "theirs");
}

/* A base that is not there yet is no licence. */
static void test_base_from_the_future(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 2);
	struct act act;
	struct act_answer answer;

	must_do(world, &office.a, &office, "assign", "holder=chengguan");
	act = make(world, &office.b, &office, "assign", "holder=shuiwu", 99);
	answer = send_act(world, &office.b, &act);
	assert_int_equal(answer.code, ERR_REFUSED);
	assert_non_null(strstr(answer.sentence, "has it already"));
	assert_string_equal(answer.by.officer, "Wang");
}

/* --- acknowledging ------------------------------------------------------------------------------ */

static void test_acknowledged_twice(void **state)
{
	struct world *world = *state;
	struct office office = open_office(world, 4);
	struct act_answer first = must_do(world, &office.a, &office, "ack", ""), answer;
	struct act act;

	must_do(world, &office.a, &office, "note", "note=x");
	for (int i = 0; i < 2; i++) { /* by another, and by himself */
		struct desk *desk = i == 0 ? &office.b : &office.a;

		act = make(world, desk, &office, "ack", "", office.version);
		answer = send_act(world, desk, &act);
		assert_int_equal(answer.verdict, VERDICT_MERGED);
		assert_non_null(strstr(answer.note, "Wang has acknowledged it already"));
		assert_string_equal(answer.by.officer, "Wang");
		assert_string_equal(answer.by.verb, "ack");
		assert_int_equal(answer.by.seq, first.seq);
		assert_int_equal(answer.version, office.version);
		assert_int_equal(answer.seq, feed_of(world, &office.a, 0, "").head_seq);
	}
	assert_string_equal(now_of(world, &office)->acked_by, "Wang");
	/* closed meanwhile: still no reason to worry its author */
	must_do(world, &office.dept, &office, "handle", "result=r");
	must_do(world, &office.b, &office, "verify_ok", "");
	must_do(world, &office.b, &office, "close", "");
	act = make(world, &office.b, &office, "ack", "", 1);
	assert_int_equal(send_act(world, &office.b, &act).verdict, VERDICT_MERGED);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_verb),
		cmocka_unit_test(test_table_is_whole),
		T(chain),
		T(note_on_nothing),
		T(unanswered_once),
		T(hung_and_hidden),
		T(own_corrections),
		T(own_of_before),
		T(own_registration),
		T(lost_correction),
		T(base_from_the_future),
		T(acknowledged_twice),
	};

	return cmocka_run_group_tests_name("server conflicts", tests, NULL, NULL);
}
