/* Two officers at one item, or one task: what becomes of the one who comes second, verb by verb. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tasks.h"
#include "zhiban/base/mem.h"

/* ---- where it stands at first ---- */

struct stand {
	const char *name;
	const char *meeting; /* how far "m" is; NULL: there is none */
	struct tasks_step steps[3];
};

static const struct stand stands[] = {
	{ "case", NULL, { { KIND_COUNT, NULL, NULL, NULL, NULL, ERR_OK, NULL } } },
	{ "listed", NULL, { { KIND_ITEM, "bring", "duty", "k", "incident=#i", ERR_OK, NULL } } },
	{ "drawn", "drawn", { { KIND_COUNT, NULL, NULL, NULL, NULL, ERR_OK, NULL } } },
	{ "called for", "drawn",
	  { { KIND_ITEM, "collect", "duty", "a", "until=2026-11-24 12:00", ERR_OK, NULL } } },
	{ "sitting", "sitting", { { KIND_COUNT, NULL, NULL, NULL, NULL, ERR_OK, NULL } } },
	{ "begun", "sitting", { { KIND_ITEM, "begin", "duty", "a", "", ERR_OK, NULL } } },
	{ "given", "given", { { KIND_COUNT, NULL, NULL, NULL, NULL, ERR_OK, NULL } } },
	{ "asked", "given",
	  { { KIND_ACTION, "extend_ask", "water", "t", "extend_by=1wd\nreason=r", ERR_OK, NULL } } },
	{ "replied", "given", { { KIND_ACTION, "feedback", "water", "t", "reply=r", ERR_OK, NULL } } },
	{ "carded", "given",
	  { { KIND_ACTION, "supervise", "duty", "t", "channel=sheet\nwords=w", ERR_OK, NULL } } },
};

/* ---- both do it, the second has not seen the first ---- */

static const struct {
	enum kind kind;
	const char *stand, *target, *verb, *first, *second, *args;
	enum err code;
	const char *words; /* of the refusal, or of the note; NULL: none */
	bool nothing;	   /* there is no effect */
} twice[] = {
	{ KIND_ITEM, "case", "k2", "bring", "duty", "other", "incident=#i", ERR_EXISTS, "", false },
	{ KIND_ITEM, "listed", "k", "revise", "duty", "other", "title=x", ERR_OK, NULL, false },
	{ KIND_ITEM, "listed", "k", "approve", "chief", "leader", "", ERR_REFUSED, "done already by 周强", false },
	{ KIND_ITEM, "listed", "k", "disapprove", "chief", "leader", "reason=r", ERR_REFUSED,
	  "the item is not approved", false },
	{ KIND_ITEM, "listed", "k", "drop", "duty", "other", "reason=r", ERR_REFUSED, "the item is dropped", false },
	{ KIND_ITEM, "drawn", "a", "collect", "duty", "other", "until=2026-11-24 12:00", ERR_OK, NULL, false },
	{ KIND_ITEM, "called for", "a", "hand_in", "water", "duty", "words=w\nshare=sw", ERR_OK, NULL, false },
	{ KIND_ITEM, "called for", "a", "chase", "duty", "other", "", ERR_OK, NULL, false },
	{ KIND_ITEM, "sitting", "a", "begin", "duty", "other", "", ERR_REFUSED, "being discussed already", false },
	{ KIND_ITEM, "begun", "a", "rest", "duty", "other", "", ERR_REFUSED, "not being discussed", false },
	{ KIND_ITEM, "sitting", "a", "discuss", "duty", "other", "discussion=x\nrev=0", ERR_REFUSED,
	  "李敏 wrote it", false },
	{ KIND_ITEM, "sitting", "a", "resolve", "duty", "other", "outcome=agreed\nrev=0", ERR_REFUSED,
	  "李敏 wrote it", false },
	{ KIND_ITEM, "drawn", "a", "note", "duty", "other", "note=n", ERR_OK, NULL, false },
	{ KIND_ITEM, "listed", "k", "countersign", "leader", "leader", "", ERR_OK, "has countersigned it already",
	  true },
	{ KIND_ACTION, "sitting", "t", "task", "duty", "other",
	  "item_id=@a\nmeeting_id=&m\ntitle=x\nlead_org=sw", ERR_EXISTS, "", false },
	{ KIND_ACTION, "given", "t", "revise", "duty", "other", "title=x\nreason=r", ERR_OK, NULL, false },
	{ KIND_ACTION, "given", "t", "sign", "water", "watercl", "", ERR_REFUSED, "the task is in hand", false },
	{ KIND_ACTION, "given", "t", "return", "water", "watercl", "reason=r", ERR_REFUSED,
	  "it was returned already", false },
	{ KIND_ACTION, "given", "t", "progress", "water", "watercl", "note=n", ERR_OK, NULL, false },
	{ KIND_ACTION, "given", "t", "assisted", "roads", "duty", "words=w\nshare=zj", ERR_REFUSED,
	  "done already by 区住建局", false },
	{ KIND_ACTION, "given", "t", "feedback", "water", "watercl", "reply=r", ERR_REFUSED,
	  "the task is fed back", false },
	{ KIND_ACTION, "replied", "t", "verify_ok", "duty", "other", "", ERR_REFUSED, "the task is done", false },
	{ KIND_ACTION, "replied", "t", "verify_no", "duty", "other", "reason=r", ERR_REFUSED,
	  "the task is in hand", false },
	{ KIND_ACTION, "given", "t", "withdraw", "duty", "other", "reason=r", ERR_REFUSED,
	  "the task is withdrawn", false },
	{ KIND_ACTION, "given", "t", "extend_ask", "water", "watercl", "extend_by=1wd\nreason=r", ERR_REFUSED,
	  "asked for already", false },
	{ KIND_ACTION, "asked", "t", "extend_ok", "chief", "leader", "", ERR_REFUSED, "周强 has granted it already",
	  false },
	{ KIND_ACTION, "asked", "t", "extend_no", "chief", "leader", "reason=r", ERR_REFUSED,
	  "周强 has refused it already", false },
	{ KIND_ACTION, "given", "t", "urge", "duty", "other", "", ERR_OK, NULL, false },
	{ KIND_ACTION, "given", "t", "supervise", "duty", "other", "channel=sheet\nwords=w", ERR_REFUSED,
	  "is in force", false },
	{ KIND_ACTION, "carded", "t", "respond", "water", "watercl", "words=w", ERR_REFUSED,
	  "no supervision to answer", false },
	{ KIND_ACTION, "carded", "t", "lift", "duty", "other", "reason=r", ERR_REFUSED, "no supervision to lift",
	  false },
	{ KIND_ACTION, "carded", "t", "waive", "duty", "other", "reason=r", ERR_REFUSED, "nothing is proposed",
	  false },
	{ KIND_ACTION, "given", "t", "call", "duty", "other", "rung=刘工\ngist=g", ERR_OK, NULL, false },
	{ KIND_ACTION, "given", "t", "note", "duty", "other", "note=n", ERR_OK, NULL, false },
	{ KIND_ACTION, "given", "t", "countersign", "water", "water", "", ERR_OK, "has countersigned it already",
	  true },
};

static void come_so_far(struct meetings *m, const struct stand *stand)
{
	bool given = stand->meeting != NULL && strcmp(stand->meeting, "given") == 0;

	tasks_init(m);
	tasks_incident(m, "i");
	if (given)
		tasks_given(m);
	else if (stand->meeting != NULL)
		tasks_to(m, stand->meeting);
	for (size_t i = 0; i < ARRAY_LEN(stand->steps) && stand->steps[i].verb != NULL; i++)
		tasks_run(m, &stand->steps[i], 1);
}

static const struct stand *stand_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(stands); i++)
		if (strcmp(stands[i].name, name) == 0)
			return &stands[i];
	fail_msg("%s", name);
	return stands;
}

/* What makes a record on behalf to be countersigned, or something proposed. */
static void prepare(struct meetings *m, enum kind kind, const char *verb)
{
	if (strcmp(verb, "countersign") == 0 && kind == KIND_ITEM) {
		m->phone = (struct by_phone){ .role = "leader", .rung = "郑凯" };
		meetings_must(m, kind, "approve", "duty", "k", "");
	} else if (strcmp(verb, "countersign") == 0) {
		meetings_must(m, kind, "sign", "duty", "t", "");
	} else if (strcmp(verb, "waive") == 0) {
		((struct action *)meetings_entity(m, kind, "t"))->proposed_at = m->fx.now;
	}
}

static void who_comes_second(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(twice); i++) {
		struct meetings m;
		struct error err = ERROR_INIT;
		const char *words;
		enum err code;

		come_so_far(&m, stand_of(twice[i].stand));
		prepare(&m, twice[i].kind, twice[i].verb);
		meetings_must(&m, twice[i].kind, twice[i].verb, twice[i].first, twice[i].target,
			      twice[i].args);
		m.decision = (struct decision){ .note = NULL };
		code = meetings_try(&m, twice[i].kind, twice[i].verb, twice[i].second, twice[i].target,
				    twice[i].args, &err);
		words = code == ERR_OK ? m.decision.note : err.text;
		if (code != twice[i].code || (words == NULL) != (twice[i].words == NULL) ||
		    (words != NULL && strstr(words, twice[i].words) == NULL))
			fail_msg("%zu %s: %s \"%s\"", i, twice[i].verb, err_name(code),
				 words != NULL ? words : "");
		if (code == ERR_OK && (m.decision.n_effects == 0) != twice[i].nothing)
			fail_msg("%zu %s: %zu effects", i, twice[i].verb, m.decision.n_effects);
		meetings_release(&m);
	}
}

static void every_verb_is_there(void **unused)
{
	(void)unused;
	for (size_t a = 0; a < act_desc_count(); a++) {
		const struct act_desc *desc = act_desc_at(a);
		bool found = (desc->target != KIND_ITEM && desc->target != KIND_ACTION) ||
			     desc->flags & ACT_SYSTEM;

		for (size_t i = 0; i < ARRAY_LEN(twice); i++)
			found = found || act_desc_of(twice[i].kind, twice[i].verb) == desc;
		if (!found)
			fail_msg("%s %s is in no case", kind_desc(desc->target)->name, desc->verb);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_comes_second),
		cmocka_unit_test(every_verb_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
