/* Every endpoint × every role × an incident of others: what each gets, as a table to be read
 * (scope_table.txt; GENERATE=1 writes it anew), and that what is not theirs is answered as what is
 * not there, byte for byte. */
#include "server_help.h"

#include "zhiban/base/str.h"
#include "zhiban/wire/marks.h"

#define SECRET "mistletoe" /* a word of the title and of nothing else */
#define PHONE "13912345678"

/* --- readers ----------------------------------------------------------------------------------- */

static const struct {
	const char *name, *org, *role, *words;
} readers[] = {
	{ "holder", "chengguan", "dept", "has it in hand" },
	{ "kept", "gongan", "dept", "had it once; it is kept from them" },
	{ "other", "shuiwu", "dept", "never had to do with it" },
	{ "street", "320402001", "street", "nor had they" },
	{ "intake", "zhongxin", "intake", "at the centre" },
	{ "duty", "zhongxin", "duty", "at the centre" },
	{ "leader", "zhongxin", "leader", "at the centre" },
	{ "secretary", "zhujian", "secretary", "of a department without it" },
	{ "auditor", "shuiwu", "auditor", "sees all, changes nothing" },
	{ "sysadmin", "zhongxin", "sysadmin", "" },
	{ "secadmin", "zhongxin", "secadmin", "" },
	{ "audadmin", "zhongxin", "audadmin", "" },
	{ "parted", "shuiwu", "dept", "logged out, may only send acts" },
	{ "nobody", NULL, NULL, "without a session" },
};
enum {
	HOLDER,
	KEPT,
	OTHER,
	STREET,
	INTAKE,
	DUTY,
	LEADER,
	SECRETARY,
	AUDITOR,
	SYSADMIN,
	SECADMIN,
	AUDADMIN,
	PARTED,
	NOBODY
};

struct scene {
	struct world *world;
	struct desk desks[ARRAY_LEN(readers)];
	struct uuid it, nothing; /* the incident, and an id of nothing */
	struct uuid own[ARRAY_LEN(readers)]; /* an incident of the reader's own, or nil */
	int64_t kept_at; /* the entry that kept it from one of them */
	struct str out;
	size_t wrong;
};

static void leave(struct scene *scene, const char *verb, const char *name, const char *text)
{
	struct desk *desk = &scene->desks[LEADER];
	struct act act = act_begin(scene->world, desk, verb, &scene->it, INT32_MAX);
	struct act_answer answer;

	if (name != NULL)
		act_say(scene->world, &act, name, text);
	if (strcmp(verb, "restrict") == 0)
		act_say(scene->world, &act, "reason", "about them");
	answer = send_act(scene->world, desk, &act);
	if (answer.verdict != VERDICT_APPLIED)
		fail_msg("%s: %s", verb, answer.sentence);
	scene->kept_at = answer.seq;
}

static struct scene *scene_make(struct world *world)
{
	struct scene *scene = mem_alloc(sizeof *scene);
	struct act act;

	scene->world = world;
	for (size_t i = 0; i < NOBODY; i++) {
		scene->desks[i] = enroll(world, readers[i].org, readers[i].role, readers[i].name);
		world->clock.now += 1000;
		scene->own[i] = new_id(world);
		register_one(world, &scene->desks[i], &scene->own[i], "one of their own");
	}
	scene->it = new_id(world);
	act = act_begin(world, &scene->desks[DUTY], "register", &scene->it, 0);
	act_say(world, &act, "title", "the " SECRET " affair");
	act_say(world, &act, "source", "12345");
	act_say(world, &act, "src_no", "A-77");
	act_say(world, &act, "phone", PHONE);
	assert_int_equal(send_act(world, &scene->desks[DUTY], &act).verdict, VERDICT_APPLIED);
	leave(scene, "accept", NULL, NULL);
	leave(scene, "assign", "holder", "gongan");
	leave(scene, "recall", "reason", "not theirs");
	leave(scene, "assign", "holder", "chengguan");
	leave(scene, "restrict", "from", "gongan");
	ask(world, 200, "DELETE", "/v1/session", "keep=upload", scene->desks[PARTED].token, NULL);
	scene->nothing = new_id(world);
	scene->nothing.b[15] ^= 1;
	return scene;
}

static const char *text_of(struct scene *scene, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&scene->world->arena, text);
}

/* --- requests ---------------------------------------------------------------------------------- */

struct said { /* an answer, with what it says of the incident */
	int status;
	const char *body;
	const char *words; /* of the cell */
};

static struct said send(struct scene *scene, size_t who, const char *method, const char *path,
			const char *query, const char *body)
{
	struct request request;
	struct reply reply;
	struct said said;
	enum service_result result;

	request_make(scene->world, &request, method, path, query,
		     who == NOBODY ? NULL : scene->desks[who].token, body);
	reply_init(&reply);
	result = service_handle(scene->world->service, &request, &reply);
	assert_int_equal(result, SERVICE_DONE);
	said.status = reply.status;
	said.body = arena_strdup(&scene->world->arena, str_get(&reply.body));
	said.words = arena_printf(&scene->world->arena, "%d", reply.status);
	reply_release(&reply);
	return said;
}

/* What an answer tells of the incident. */
static const char *told(struct scene *scene, const char *body)
{
	if (strstr(body, PHONE) != NULL)
		return "clear";
	if (strstr(body, SECRET) != NULL || strstr(body, "A-77") != NULL)
		return "it";
	return strstr(body, text_of(scene, &scene->it)) != NULL ? "id" : "-";
}

typedef struct said (*try_fn)(struct scene *scene, size_t who, const struct uuid *id,
			      const char *arg);

static struct said get_entity(struct scene *scene, size_t who, const struct uuid *id,
			      const char *arg)
{
	return send(scene, who, "GET",
		    arena_printf(&scene->world->arena, "%s%s", arg, text_of(scene, id)), NULL, NULL);
}

static struct said get_timeline(struct scene *scene, size_t who, const struct uuid *id,
				const char *arg)
{
	return send(scene, who, "GET", "/v1/timeline",
		    arena_printf(&scene->world->arena, "entity=%s%s", text_of(scene, id), arg), NULL);
}

static struct said get_list(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	const char *query = strchr(arg, '?');
	char path[64];

	(void)id;
	snprintf(path, sizeof path, "%.*s", query != NULL ? (int)(query - arg) : 63, arg);
	return send(scene, who, "GET", path, query != NULL ? query + 1 : NULL, NULL);
}

static struct said get_bucket(struct scene *scene, size_t who, const struct uuid *id,
			      const char *arg)
{
	return send(scene, who, "GET", "/v1/digest",
		    arena_printf(&scene->world->arena, "bucket=%u%s", digest_bucket(id), arg), NULL);
}

static struct said get_since(struct scene *scene, size_t who, const struct uuid *id,
			     const char *arg)
{
	(void)id;
	return send(scene, who, "GET", "/v1/feed",
		    arena_printf(&scene->world->arena, "since=%lld%s",
				 (long long)scene->kept_at - 1, arg),
		    NULL);
}

/* The view of the console is another one than the session's. */
static struct said get_as(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	(void)id;
	return send(scene, who, "GET", arg, "scope=zhongxin leader&since=0", NULL);
}

static struct said put_mark(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	struct officer_mark mark = { *id, arg, 1, scene->world->clock.now };
	struct marks marks = { &mark, 1 };
	struct str body = STR_INIT;
	struct said said;

	marks_encode(&marks, &body);
	said = send(scene, who, "PUT", "/v1/marks", NULL, str_get(&body));
	str_release(&body);
	if (said.status == 200)
		said.words = strstr(said.body, text_of(scene, id)) != NULL ? "gone" : "kept";
	return said;
}

static struct said post_reveal(struct scene *scene, size_t who, const struct uuid *id,
			       const char *arg)
{
	struct reveal_ask ask = { .entity = *id, .field = "phone", .why = arg };
	struct str body = STR_INIT;
	struct said said;

	reveal_ask_encode(&ask, &body);
	said = send(scene, who, "POST", "/v1/reveal", NULL, str_get(&body));
	str_release(&body);
	return said;
}

/* An incident has no codes: nobody is told that it is there. */
static struct said post_arrival(struct scene *scene, size_t who, const struct uuid *id,
				const char *arg)
{
	struct arrival_ask ask = { .whistle = *id };
	struct str body = STR_INIT;
	struct said said;

	(void)arg;
	arrival_ask_encode(&ask, &body);
	said = send(scene, who, "POST", "/v1/arrival", NULL, str_get(&body));
	str_release(&body);
	return said;
}

/* Who does not see it is answered, byte for byte, as about a number of nobody's. */
static struct said post_callers(struct scene *scene, size_t who, const struct uuid *id,
				const char *arg)
{
	const char *const phones[] = { arg, "13911110000" };
	struct said said[2];

	(void)id;
	for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
		struct callers_ask ask = { .phone = phones[i] };
		struct str body = STR_INIT;

		callers_ask_encode(&ask, &body);
		said[i] = send(scene, who, "POST", "/v1/callers", NULL, str_get(&body));
		str_release(&body);
	}
	if (strcmp(said[0].body, said[1].body) == 0)
		said[0].words = arena_printf(&scene->world->arena, "%s=",
					     said[0].status == 200 ? "-" : said[0].words);
	return said[0];
}

static struct said post_ical(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	const char *of = strchr(arg, ' ') + 1;
	struct address_ask ask = {
		.what = arena_strndup(&scene->world->arena, arg, (size_t)(of - arg) - 1),
		.id = *of == '$' ? text_of(scene, id) : of,
	};
	struct str body = STR_INIT;
	struct said said;

	address_ask_encode(&ask, &body);
	said = send(scene, who, "POST", "/v1/ical", NULL, str_get(&body));
	str_release(&body);
	if (said.status == 200)
		said.words = "made";
	return said;
}

static struct said head_of(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	(void)id;
	return send(scene, who, "HEAD", arg, NULL, NULL);
}

static struct said post_plain(struct scene *scene, size_t who, const struct uuid *id,
			      const char *arg)
{
	(void)id;
	return send(scene, who, "POST", arg, NULL, "{}");
}

/* --- acts ---------------------------------------------------------------------------------------- */

/* "verb name=text name=text"; $ stands for the id. */
static struct act act_of(struct scene *scene, size_t who, const struct uuid *id, const char *arg,
			 const struct uuid *target)
{
	char *words = arena_strdup(&scene->world->arena, arg), *rest = words;
	struct desk *desk = &scene->desks[who];
	struct act act = act_begin(scene->world, desk, strsep(&rest, " "), target, INT32_MAX);

	if (strcmp(act.desc->verb, "register") == 0)
		act.target.base = 0;
	while (rest != NULL && *rest != '\0') {
		char *name = strsep(&rest, " "), *equals = strchr(name, '=');
		const struct field *field;

		*equals = '\0';
		field = act_arg_field(act.desc, name);
		assert_non_null(field);
		if (equals[1] == '$')
			act_say(scene->world, &act, name, text_of(scene, id));
		else if (field->type == FIELD_BOOL || field->type == FIELD_TIME)
			act_give(&act, field, (struct value){ .num = strtoll(equals + 1, NULL, 10) },
				 &scene->world->arena);
		else
			act_say(scene->world, &act, name, equals + 1);
	}
	return act;
}

static struct said do_act(struct scene *scene, size_t who, const struct uuid *id, const char *arg,
			  const struct uuid *target)
{
	struct world *world = scene->world;
	struct said said;
	struct acts_answer answer;
	struct act act;

	if (who == NOBODY)
		return send(scene, who, "POST", "/v1/acts", NULL, "{}");
	act = act_of(scene, who, id, arg, target);
	said = send(scene, who, "POST", "/v1/acts", NULL,
		    acts_body(world, &scene->desks[who], &act, 1));
	if (said.status != 200)
		return said;
	scene->desks[who].n = act.n;
	answer = answers_from(world, said.body);
	assert_int_equal(answer.n, 1);
	if (answer.items[0].verdict != VERDICT_REFUSED)
		said.words = "done";
	else
		said.words = err_name(answer.items[0].code);
	/* what is compared: the words and what comes with them, not id and n of this act */
	said.body = arena_printf(&world->arena, "%s: %s%s%s", said.words,
				 answer.items[0].sentence != NULL ? answer.items[0].sentence : "",
				 answer.items[0].state != NULL ? " state" : "",
				 answer.items[0].by.officer != NULL ? " by" : "");
	return said;
}

static struct said act_on(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	return do_act(scene, who, id, arg, id);
}

/* On one of the reader's own, naming it. */
static struct said act_own(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	return do_act(scene, who, id, arg, &scene->own[who < NOBODY ? who : 0]);
}

/* A new one, with the number elsewhere that the incident has: told only to whom it is. */
static struct said act_new(struct scene *scene, size_t who, const struct uuid *id, const char *arg)
{
	struct uuid fresh;

	(void)id;
	scene->world->clock.now++;
	fresh = new_id(scene->world);
	return do_act(scene, who, id, arg, &fresh);
}

/* --- the table ----------------------------------------------------------------------------------- */

enum { ABOUT_ID = 1, LISTS = 2, ACTS = 4 };

static const struct row {
	const char *method, *route;
	const char *name; /* of the row */
	try_fn try;
	const char *arg;
	unsigned flags; /* ABOUT_ID: asked about an id, and compared with one of nothing */
} rows[] = {
	{ "GET", "/v1/entities/", "entities/ID", get_entity, "/v1/entities/", ABOUT_ID },
	{ "GET", "/v1/timeline", "timeline", get_timeline, "", ABOUT_ID },
	{ "GET", "/v1/timeline", "timeline, after 1", get_timeline, "&after=1", ABOUT_ID },
	{ "GET", "/v1/snapshot", "snapshot", get_list, "/v1/snapshot?max=4000000", LISTS },
	{ "GET", "/v1/snapshot", "snapshot, a late page", get_list,
	  "/v1/snapshot?after=1.-9000000000000000.1&max=4000000", LISTS },
	{ "GET", "/v1/snapshot", "snapshot, other scope", get_as, "/v1/snapshot", LISTS },
	{ "GET", "/v1/feed", "feed from the start", get_list, "/v1/feed?since=0&max=4000000", LISTS },
	{ "GET", "/v1/feed", "feed, the last entry", get_since, "", LISTS },
	{ "GET", "/v1/feed", "feed, other scope", get_as, "/v1/feed", LISTS },
	{ "GET", "/v1/digest", "digest, its bucket", get_bucket, "", LISTS },
	{ "GET", "/v1/digest", "digest, other scope", get_as, "/v1/digest", LISTS },
	{ "POST", "/v1/ical", "ical of a roster", post_ical, "org zhongxin", LISTS },
	{ "POST", "/v1/ical", "ical of nobody", post_ical, "person $", ABOUT_ID },
	{ "GET", "/ical/", "ical, a guess", get_list,
	  "/ical/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.ics", LISTS },
	{ "HEAD", "/ical/", "ical, looked for", head_of,
	  "/ical/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.ics", LISTS },
	{ "POST", "/v1/log", "log", post_plain, "/v1/log", LISTS },
	{ "GET", "/v1/search", "search its word", get_list, "/v1/search?q=" SECRET, LISTS },
	{ "GET", "/v1/search", "search its number", get_list, "/v1/search?q=A-77", LISTS },
	{ "PUT", "/v1/marks", "mark it", put_mark, "watch", ABOUT_ID },
	{ "GET", "/v1/marks", "own marks", get_list, "/v1/marks", LISTS },
	{ "POST", "/v1/reveal", "reveal its phone", post_reveal, "callback", ABOUT_ID },
	{ "POST", "/v1/callers", "callers, its phone", post_callers, PHONE, LISTS },
	{ "POST", "/v1/callers", "callers, another phone", post_callers, "13900000000", LISTS },
	{ "POST", "/v1/arrival", "arrival, an incident", post_arrival, "", ABOUT_ID },
	{ "GET", "/v1/manage/audit", "manage/audit", get_list, "/v1/manage/audit", LISTS },
	{ "GET", "/v1/manage/status", "manage/status", get_list, "/v1/manage/status", LISTS },
	{ "GET", "/v1/manage/officers", "manage/officers", get_list, "/v1/manage/officers", LISTS },
	{ "GET", "/v1/manage/review", "manage/review", get_list, "/v1/manage/review", LISTS },
	{ "GET", "/v1/manage/codes", "manage/codes", get_list, "/v1/manage/codes", LISTS },
	{ "GET", "/v1/manage/sessions", "manage/sessions", get_list, "/v1/manage/sessions", LISTS },
	{ "GET", "/v1/manage/consoles", "manage/consoles", get_list, "/v1/manage/consoles", LISTS },
	{ "GET", "/open311/v2/", "open311 requests", get_list, "/open311/v2/requests.json", LISTS },
	{ "POST", "/v1/intake", "intake", post_plain, "/v1/intake", LISTS },
	{ "POST", "/v1/cap", "cap", post_plain, "/v1/cap", LISTS },
	{ "GET", "/metrics", "metrics", get_list, "/metrics", LISTS },
	{ "GET", "/healthz", "healthz", get_list, "/healthz", LISTS },
	{ "GET", "/readyz", "readyz", get_list, "/readyz", LISTS },
	{ "GET", "/v1/session", "session", get_list, "/v1/session", LISTS },
	{ "POST", "/v1/acts", "act: note", act_on, "note note=x", ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: note without words", act_on, "note", ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: ack", act_on, "ack", ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: fix", act_on, "fix title=y", ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: accept", act_on, "accept", ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: assign", act_on, "assign holder=shuiwu", ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: reveal", act_on, "reveal field=phone why=callback",
	  ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: restrict", act_on, "restrict from=zhujian reason=x",
	  ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: unrestrict", act_on, "unrestrict from=zhujian reason=x",
	  ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: relate own to it", act_own, "relate related=$", ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: merge own into it", act_own, "merge lead=$ reason=same",
	  ABOUT_ID | ACTS },
	{ "POST", "/v1/acts", "act: register its number", act_new,
	  "register title=z source=12345 src_no=A-77 historic=1 reported_at=1795000000000", ACTS },
	{ "POST", "/v1/acts", "act: register over it", act_on, "register title=z", ACTS },
};

/* Routes that say nothing of incidents: tokens, PINs, texts by their hash. */
static const struct {
	const char *method, *route;
} others[] = {
	{ "POST", "/v1/enroll" },	   { "POST", "/v1/session" },
	{ "DELETE", "/v1/session" },	   { "POST", "/v1/console" },
	{ "POST", "/v1/pin" },		   { "POST", "/v1/manage/backup" },
	{ "POST", "/v1/manage/officers" }, { "POST", "/v1/manage/codes" },
	{ "DELETE", "/v1/manage/codes" },  { "DELETE", "/v1/manage/sessions" },
	{ "DELETE", "/v1/manage/consoles" }, { "GET", "/v1/profile/" },
	{ "GET", "/v1/calendar/" },	   { "GET", "/v1/places/" },
	{ "GET", "/open311/" },		   { "GET", "/open311/v2/services/" },
	{ "GET", "/open311/v2/requests/" }, { "GET", "/open311/v2/tokens/" },
	{ "POST", "/open311/v2/" },
};

static bool is_there(const char *method, const char *route)
{
	char path[80];
	size_t len = strlen(route);

	snprintf(path, sizeof path, "%s%s", route, route[len - 1] == '/' ? "x" : "");
	return service_route_known(method, path);
}

static bool sees(const struct scene *scene, size_t who)
{
	(void)scene;
	return who == HOLDER || who == INTAKE || who == DUTY || who == LEADER || who == AUDITOR;
}

/* Beside those who see it: a feed says that it went to whom it was taken from, and the audit log which
 * case was restricted. */
static bool may_tell(const struct scene *scene, const struct row *row, size_t who, const char *words)
{
	bool drop = who == KEPT && strcmp(row->route, "/v1/feed") == 0;
	bool audit = strcmp(row->name, "manage/audit") == 0;

	return strcmp(words, "-") == 0 || sees(scene, who) ||
	       (strcmp(words, "id") == 0 && (drop || audit));
}

/* Who administers security restricts what he does not see: he alone is told whether it is there. */
static bool is_blind_act(const struct row *row, size_t who)
{
	return who == SECADMIN && (row->flags & ACTS) != 0 && strstr(row->arg, "restrict ") != NULL;
}

/* Byte for byte the same, but for the id that was asked about. */
static bool same_but_id(const char *a, const char *id, const char *b)
{
	size_t len = strlen(id);

	while (*a != '\0' && *b != '\0') {
		bool here = strncmp(a, id, len) == 0;

		if (!here && *a != *b)
			return false;
		a += here ? len : 1;
		b += here ? len : 1;
	}
	return *a == *b;
}

static const char *compared(struct scene *scene, const struct row *row, size_t who,
			    const struct said *said)
{
	struct said nothing;

	if (!(row->flags & ABOUT_ID) || who == NOBODY || sees(scene, who) || is_blind_act(row, who))
		return "";
	nothing = row->try(scene, who, &scene->nothing, row->arg);
	return said->status == nothing.status &&
			       same_but_id(said->body, text_of(scene, &scene->it), nothing.body) ?
		       "=" :
		       "!";
}

static void put_cell(struct scene *scene, const struct row *row, size_t who)
{
	struct said said = row->try(scene, who, &scene->it, row->arg);
	const char *tell = told(scene, said.body), *words = said.words, *mark;

	mark = compared(scene, row, who, &said);
	if (*mark == '\0' && !(row->flags & ACTS) && !may_tell(scene, row, who, tell))
		mark = "!";
	if (said.status == 200 && strcmp(words, "200") == 0)
		words = tell;
	if (*mark == '!') {
		scene->wrong++;
		print_error("%s, %s: %s\n", row->name, readers[who].name, said.body);
	}
	str_addf(&scene->out, " %-10s", arena_printf(&scene->world->arena, "%s%s", words, mark));
}

static void put_line(struct scene *scene, const char *end)
{
	while (scene->out.len > 0 && scene->out.s[scene->out.len - 1] == ' ')
		scene->out.s[--scene->out.len] = '\0';
	str_add(&scene->out, end);
}

static void put_table(struct scene *scene)
{
	static const char head[] =
		"Every endpoint, every role, and one incident: in hand of a department, known to the "
		"centre, kept from\nanother department.  it: the answer tells of it; clear: with the caller's number "
		"in clear; id: of its id\nalone; -: of nothing.  A number: the HTTP status; a word: what "
		"became of a mark or an act, or the code of its\nrefusal; =: byte for byte what is "
		"answered about an id of nothing.\n\n";

	str_add(&scene->out, head);
	for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
		str_addf(&scene->out, "%-10s %s, %s", readers[i].name,
			 readers[i].org != NULL ? readers[i].org : "-", readers[i].words);
		put_line(scene, "\n");
	}
	str_addf(&scene->out, "\n%-25s", "");
	for (size_t i = 0; i < ARRAY_LEN(readers); i++)
		str_addf(&scene->out, " %-10s", readers[i].name);
	put_line(scene, "\n");
	for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
		if (!is_there(rows[r].method, rows[r].route))
			continue;
		str_addf(&scene->out, "%-25s", rows[r].name);
		for (size_t i = 0; i < ARRAY_LEN(readers); i++)
			put_cell(scene, &rows[r], i);
		put_line(scene, "\n");
	}
}

static void compare_table(struct scene *scene)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct str want = STR_INIT;
	char path[512];

	snprintf(path, sizeof path, "%s/tests/unit/server/scope_table.txt", top != NULL ? top : ".");
	if (getenv("GENERATE") != NULL)
		OK(file_write(path, scene->out.s, scene->out.len, 0644, NULL));
	OK(file_read(path, 1024 * 1024, &want, NULL));
	if (strcmp(str_get(&want), str_get(&scene->out)) != 0)
		fail_msg("scope_table.txt differs (GENERATE=1 writes it anew, then read it):\n%s",
			 str_get(&scene->out));
	str_release(&want);
}

static void test_table(void **state)
{
	struct world *world = *state;
	struct scene *scene = scene_make(world);

	while (service_tick(world->service) == 0) /* the index of texts */
		;
	put_table(scene);
	compare_table(scene);
	assert_int_equal(scene->wrong, 0);
	str_release(&scene->out);
	free(scene);
}

/* A new route is a new row. */
static void test_all_routes(void **state)
{
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		n += is_there(others[i].method, others[i].route);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		bool before = false;

		for (size_t k = 0; k < i; k++)
			before = before || (strcmp(rows[k].route, rows[i].route) == 0 &&
					    strcmp(rows[k].method, rows[i].method) == 0);
		n += !before && is_there(rows[i].method, rows[i].route);
	}
	if (n != service_route_count())
		fail_msg("%zu routes are in the tables, there are %zu", n, service_route_count());
}

/* --- every act there is ---------------------------------------------------------------------------- */

/* Whatever is tried on it, with arguments or without, by whom it is not: as on what is not there. */
static void test_every_verb(void **state)
{
	static const size_t blind[] = { KEPT, OTHER, STREET, SECRETARY, SYSADMIN, AUDADMIN };
	struct world *world = *state;
	struct scene *scene = scene_make(world);
	size_t wrong = 0;

	for (size_t a = 0; a < act_desc_count(); a++)
		for (size_t i = 0; i < ARRAY_LEN(blind); i++) {
			const struct act_desc *desc = act_desc_at(a);
			const char *name = desc->verb;
			struct said it, nothing;

			if (desc->target != KIND_INCIDENT || desc->conflict == CONFLICT_CREATES)
				continue;
			it = act_on(scene, blind[i], &scene->it, name);
			nothing = act_on(scene, blind[i], &scene->nothing, name);
			if (strcmp(it.body, nothing.body) == 0 && strcmp(it.words, "done") != 0)
				continue;
			print_error("%s by %s: \"%s\", not \"%s\"\n", name, readers[blind[i]].name,
				    it.body, nothing.body);
			wrong++;
		}
	assert_int_equal(wrong, 0);
	str_release(&scene->out);
	free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_table, world_make, world_free),
		cmocka_unit_test(test_all_routes),
		cmocka_unit_test_setup_teardown(test_every_verb, world_make, world_free),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
