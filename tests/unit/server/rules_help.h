/* A world under the tests' own profile (rules.conf): its officers, moments, states and moods. */
#ifndef TESTS_SERVER_RULES_HELP_H
#define TESTS_SERVER_RULES_HELP_H

#include "server_help.h"
#include "zhiban/base/civil.h"
#include "zhiban/server/verify.h"

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
/* 2026-11-18, a Wednesday, 10:00 at the jurisdiction's. */
#define WEDNESDAY INT64_C(1794967200000)

static inline int rules_make(void **state)
{
	int code = world_make_from(state, "tests/unit/server/rules.conf", WEDNESDAY);
	struct world *world = *state;

	world->session_hours = 10000; /* the tests' days pass quickly */
	world_restart(world);
	return code;
}

struct crew {
	struct desk duty, leader, roads, mains;
};
static inline struct crew crew_make(struct world *world)
{
	return (struct crew){ .duty = enroll(world, "centre", "duty", "Du"),
			      .leader = enroll(world, "centre", "leader", "Li"),
			      .roads = enroll(world, "roads", "dept", "Ro"),
			      .mains = enroll(world, "mains", "dept", "Ma") };
}

static inline void *entity_seen(struct world *world, const struct desk *desk, const struct uuid *id)
{
	char text[UUID_TEXT];
	struct answer_head head;
	const char *body;
	void *entity;

	uuid_text(id, text);
	body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", text), NULL,
		   desk->token, NULL);
	OK(entity_answer_decode(body, strlen(body), &world->arena, &head, &entity, NULL));
	return entity;
}

static inline struct incident *incident_seen(struct world *world, const struct desk *desk,
					     const struct uuid *id)
{
	return entity_seen(world, desk, id);
}

/* "mode=war&reason=flood" */
static inline struct act say(struct world *world, const struct desk *desk, const char *verb,
			     enum kind kind, const struct uuid *id, const char *args)
{
	struct act act = act_begin(world, desk, verb, id, INT32_MAX);
	char *words = arena_strdup(&world->arena, args), *rest = words;

	if (act_desc_of(kind, verb) != NULL) /* several kinds have acts of one name */
		act.desc = act_desc_of(kind, verb);
	act.target.kind = kind;
	while (rest != NULL && *rest != '\0') {
		char *name = strsep(&rest, "&"), *equals = strchr(name, '=');
		const struct field *field;

		*equals = '\0';
		field = act_arg_field(act.desc, name);
		assert_non_null(field);
		if (field->type == FIELD_TEXT || field->type == FIELD_CODE ||
		    field->type == FIELD_ORG || field->type == FIELD_PERSON)
			act_say(world, &act, name, equals + 1);
		else
			act_give(&act, field,
				 (struct value){ .num = strtoll(equals + 1, NULL, 10) },
				 &world->arena);
	}
	return act;
}

/* Does it and expects it to be admitted. */
static inline struct act_answer does(struct world *world, struct desk *desk, const char *verb,
				     const struct uuid *id, const char *args)
{
	struct act act = say(world, desk, verb, KIND_INCIDENT, id, args);
	struct act_answer answer;

	act.target.base = strcmp(verb, "register") == 0 ? 0 : act.target.base;
	answer = send_act(world, desk, &act);
	if (answer.verdict != VERDICT_APPLIED)
		fail_msg("%s: %s", verb, answer.sentence != NULL ? answer.sentence : answer.note);
	return answer;
}

/* Registered with the urgency (1 flash, 2 urgent, 3 plain), in the step accept. */
static inline struct uuid open_case(struct world *world, struct desk *duty, const char *title,
				    int urgency)
{
	struct uuid id = new_id(world);

	does(world, duty, "register", &id,
	     arena_printf(&world->arena, "title=%s&urgency=%d", title, urgency));
	return id;
}

/* Given to the desk's organisation and signed for there: in the step handle. */
static inline void hand_over(struct world *world, struct desk *duty, struct desk *holder,
			     const struct uuid *id)
{
	does(world, duty, "accept", id, "");
	does(world, duty, "assign", id, arena_printf(&world->arena, "holder=%s", holder->org));
	does(world, holder, "sign", id, "");
}

static inline void verified(struct world *world)
{
	struct verify_report report;
	struct error err = ERROR_INIT;

	if (verify_data(data_ops(), world->data, NULL, NULL, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

/* Lets the clock run on and the service do what is due; how many times it had to. */
static inline int run_on(struct world *world, int64_t ms)
{
	int n = 0;

	world->clock.now += ms;
	while (service_tick(world->service) == 0)
		assert_true(++n < 1000);
	return n;
}

/* The bundle of rules.conf, with one text in the place of another each (NULL ends). */
static inline const char *bundle_with(struct world *world, const char *const changes[][2])
{
	struct str bundle = STR_INIT, calendar = STR_INIT;
	const char *text;

	world_profile_of("tests/unit/server/rules.conf", &bundle, &calendar);
	text = arena_strdup(&world->arena, bundle.s);
	str_release(&bundle);
	str_release(&calendar);
	for (size_t i = 0; changes != NULL && changes[i][0] != NULL; i++) {
		const char *at = strstr(text, changes[i][0]);

		if (at == NULL)
			fail_msg("%s is not in the profile", changes[i][0]);
		for (; at != NULL; at = strstr(at, changes[i][0])) {
			size_t before = (size_t)(at - text);

			text = arena_printf(&world->arena, "%.*s%s%s", (int)before, text,
					    changes[i][1], at + strlen(changes[i][0]));
			at = text + before + strlen(changes[i][1]);
		}
	}
	return text;
}

/* Adopts with the arguments of the query; the report, or the sentence of the refusal. */
static inline const char *adopt_it(struct world *world, int status, const char *bundle,
				   const char *query)
{
	return ask(world, status, "POST", "/v1/admin/adopt", query, NULL, bundle);
}

static inline void expect_words(const char *text, const char *const words[])
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (strstr(text, words[i]) == NULL)
			fail_msg("%s: not in: %s", words[i], text);
}

#endif
