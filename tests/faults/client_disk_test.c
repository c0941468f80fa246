/* A console on a failing disk, against a server in memory: what it told the officer is safe is done
 * once, the cache is never behind its cursor, and it comes back in step by itself. */
#include <config.h>

#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/client/fake_server.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox_desk.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

#define OK(call) assert_int_equal((call), ERR_OK)

enum { SEEDED = 7, ACTS = 5, ROUNDS = 400, PATIENCE = 25, STEP_MS = 700 };
static const int64_t BEGIN = INT64_C(1795332000000);

enum starting {
	FROM_NOTHING,  /* a snapshot in small pages */
	FROM_CACHE,    /* behind by some entries */
	FROM_DAMAGED,  /* pages of the cache are no pages */
	FROM_OLD,      /* the cache is of another schema */
	FROM_ANSWERS,  /* as FROM_CACHE; all was done with the line cut, and the answers get lost */
	FROM_TAKEOVER, /* as FROM_CACHE; another process waits for the lock and goes on */
};

struct process { /* of one user: both on the same folder */
	const char *name;
	struct fake_line line;
	struct worker *worker;
	struct client *client;
};
struct deed { /* what the officer wants done */
	struct uuid act, target;
	int64_t n;
	bool told; /* that it is safe */
	int tries;
};
struct rig {
	struct disk *disk;
	struct env_fixed fixed;
	struct env env;
	struct server server;
	struct process p, q;
	struct deed deeds[ACTS];
	struct uuid console;
	struct str outbox, cache; /* files as they are before */
	enum starting start;
	const struct attempt *attempt;
};

/* ---- the server's past ---- */

static void say(struct act *act, const char *name, const char *text, struct arena *arena)
{
	act_give(act, act_arg_field(act->desc, name), (struct value){ .is_text = true, .text = text },
		 arena);
}

/* Acts of another console, straight into the server. */
static void seed_acts(struct rig *rig, struct fake_line *line, const char *verb, size_t i, int64_t base,
		      const char *arg, const char *text)
{
	struct arena arena = ARENA_INIT;
	struct uuid parent = { { 5 } };
	struct act act = { .id = uuid_v7(&rig->env),
			   .console = { { 99 } },
			   .n = line->last_n + 1,
			   .desc = act_desc_find(verb),
			   .target = { KIND_INCIDENT, uuid_child(&parent, "seeded", (unsigned)i), base },
			   .actor = { "wang", rig->server.jurisdiction->rules.centre, "duty" },
			   .at = rig->fixed.now };
	struct str one = STR_INIT, body = STR_INIT;
	struct sync_request request = { .lane = LANE_WRITE, .method = "POST", .path = "/v1/acts" };
	struct http_done done;

	if (arg != NULL)
		say(&act, arg, text, &arena);
	act_encode(&act, &one);
	acts_ask_begin(&body);
	acts_ask_add(&body, one.s, one.len);
	acts_ask_end(&body, &act.console, rig->fixed.now, line->last_n);
	request.body = body.s;
	request.len = body.len;
	line->transport.send(line->transport.ctx, &request);
	assert_true(line->transport.next(line->transport.ctx, &done));
	assert_false(done.failed);
	str_release(&one);
	str_release(&body);
	arena_release(&arena);
}

static void open_server(struct rig *rig)
{
	struct fake_line line;

	rig->fixed = (struct env_fixed){ .now = BEGIN, .seed = 3 };
	rig->env = env_fixed(&rig->fixed);
	server_open(&rig->server, &rig->env);
	rig->server.snapshot_small = true;
	line_open(&line, &rig->server);
	for (size_t i = 0; i < SEEDED; i++)
		seed_acts(rig, &line, "register", i, 0, "title", "seeded");
	seed_acts(rig, &line, "accept", 0, 1, NULL, NULL);
	line_close(&line);
}

/* What the cache of before does not know yet. */
static void later_acts(struct rig *rig)
{
	struct fake_line line;

	line_open(&line, &rig->server);
	line.last_n = rig->server.seq;
	seed_acts(rig, &line, "assign", 0, 2, "holder", "chengguan");
	seed_acts(rig, &line, "accept", 1, 1, NULL, NULL);
	seed_acts(rig, &line, "note", 2, 1, "note", "seen");
	for (size_t i = SEEDED; i < SEEDED + 3; i++)
		seed_acts(rig, &line, "register", i, 0, "title", "late");
	line_close(&line);
}

/* ---- processes ---- */

static enum err process_open(struct rig *rig, struct process *process, struct error *err)
{
	struct worker_options worker = { .dir = rig->disk->folder, .url = "https://x",
					 .key_pin = "", .env = &rig->env,
					 .transport = &process->line.transport };
	struct client_options client = { .dir = rig->disk->folder, .env = &rig->env };
	enum err code = ERR_OK;

	if (process->worker == NULL)
		code = worker_new(&worker, &process->worker, err);
	if (code == ERR_OK && process->client == NULL)
		code = client_open(&client, &process->client, err);
	return code;
}

static void process_close(struct process *process)
{
	if (process->client != NULL)
		client_let_go(process->client);
	worker_free(process->worker);
	client_close(process->client);
	process->worker = NULL;
	process->client = NULL;
	for (int lane = 0; lane < LANE_COUNT; lane++)
		process->line.lane[lane].busy = false;
}

static enum err process_step(struct process *process, struct error *err)
{
	struct client_change change;
	struct tell tell;
	enum err code = worker_step(process->worker, 0, err), poll;

	while (worker_told(process->worker, &tell))
		;
	poll = client_poll(process->client, &change, code == ERR_OK ? err : NULL);
	return code != ERR_OK ? code : poll;
}

/* ---- what the officer does: registers, notes on something seeded, notes on his own ---- */

static void take_as_told(struct deed *deed, const struct act *act)
{
	deed->act = act->id;
	deed->target = act->target.id;
	deed->n = act->n;
	deed->told = true;
}

/* He was told that it may stand in the outbox all the same, and looks there, and on the board. */
static bool stands_there(struct rig *rig, struct process *process, struct deed *deed,
			 const char *words)
{
	struct arena arena = ARENA_INIT;
	struct client_waiting *rows;
	size_t n;

	for (int64_t s = 0; s < rig->server.seq && !deed->told; s++) {
		const struct str *bytes = &rig->server.entries[s].bytes;
		struct entry entry;

		OK(entry_decode(bytes->s, bytes->len, &arena, &entry, NULL));
		if (entry.act.n_given > 0 && str_eq(entry.act.given[0].value.text, words))
			take_as_told(deed, &entry.act);
	}
	if (client_outbox(process->client, false, &arena, &rows, &n, NULL) == ERR_OK)
		for (size_t i = 0; i < n && !deed->told; i++) {
			const struct act *act = &rows[i].act;

			if (act->n_given > 0 && str_eq(act->given[0].value.text, words))
				take_as_told(deed, act);
		}
	arena_release(&arena);
	return deed->told;
}

static enum err do_deed(struct rig *rig, struct process *process, size_t i, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct deed *deed = &rig->deeds[i];
	struct uuid parent = { { 5 } };
	struct uuid seeded = uuid_child(&parent, "seeded", 2);
	const char *words = arena_printf(&arena, "deed %zu", i);
	const struct act_desc *desc = act_desc_find(i == 0 || i == 2 ? "register" : "note");
	const char *arg = i == 0 || i == 2 ? "title" : "note";
	const struct uuid *target = i == 1 ? &seeded : i > 2 ? &rig->deeds[0].target : NULL;
	struct given given = { act_arg_field(desc, arg), { .is_text = true, .text = words } };
	struct client_done done;
	enum err code;

	if (deed->tries++ > 0 && stands_there(rig, process, deed, words)) {
		arena_release(&arena);
		return ERR_OK;
	}
	code = client_act(process->client, desc, target, &given, 1, &done, err);
	if (code == ERR_OK) {
		deed->act = done.act;
		deed->target = done.target;
		deed->n = done.n;
		deed->told = true;
	}
	arena_release(&arena);
	return code;
}

/* The next thing to do, when there are rules to do it by. */
static enum err do_next(struct rig *rig, struct process *process, struct error *err)
{
	size_t i = 0;

	while (i < ACTS && rig->deeds[i].told)
		i++;
	if (i == ACTS || !client_has_rules(process->client))
		return ERR_OK;
	return do_deed(rig, process, i, err);
}

static bool all_told(const struct rig *rig)
{
	for (size_t i = 0; i < ACTS; i++)
		if (!rig->deeds[i].told)
			return false;
	return true;
}

/* ---- what must hold ---- */

#define MUST(rig, ok, ...) ATTEMPT_CHECK((rig)->attempt, ok, __VA_ARGS__)

/* Every incident as the journal has it at a seq. */
static size_t fold_to(struct rig *rig, int64_t seq, struct arena *arena, struct incident **list,
		      size_t max)
{
	size_t n = 0;

	for (int64_t s = 0; s < seq; s++) {
		const struct str *bytes = &rig->server.entries[s].bytes;
		struct entry entry;

		OK(entry_decode(bytes->s, bytes->len, arena, &entry, NULL));
		for (size_t e = 0; e < entry.n_effects; e++) {
			const struct effect *effect = &entry.effects[e];
			size_t i = 0;

			while (i < n && !uuid_eq(&list[i]->head.id, &effect->id))
				i++;
			assert_true(i < max);
			if (i == n)
				list[n++] = entity_new(effect->kind, &effect->id, arena);
			OK(evolve(list[i], effect, entry.seq, arena, NULL));
		}
	}
	return n;
}

/* The cache holds at least what its cursor says, and nothing that never was.  *ret_cursor: -1 when
 * there is none, or when a snapshot is not complete. */
static void check_cache(struct rig *rig, bool at_head, int64_t *ret_cursor)
{
	enum { MOST = 64 };
	struct arena arena = ARENA_INIT;
	struct incident *at[MOST], *last[MOST];
	struct store *cache;
	size_t n, n_last;

	*ret_cursor = -1;
	faultfs_enter(rig->disk->fs, "look");
	if (cache_open(rig->disk->folder, CACHE_READ, &cache, NULL) == ERR_OK) {
		if (store_meta_int(cache, "complete") != 0)
			*ret_cursor = store_meta_int(cache, "cursor");
		n = fold_to(rig, *ret_cursor, &arena, at, MOST);
		n_last = fold_to(rig, rig->server.seq, &arena, last, MOST);
		for (size_t i = 0; i < n; i++) {
			void *entity;
			enum err code = cache_get(cache, KIND_INCIDENT, &at[i]->head.id, &arena,
						  &entity, NULL);

			MUST(rig, code == ERR_OK, "an incident before the cursor is not there");
			MUST(rig, ((struct entity *)entity)->version >= at[i]->head.version,
			     "an incident is older than the cursor says");
		}
		for (size_t i = 0; i < n_last && at_head; i++) {
			struct str want = STR_INIT, has = STR_INIT;
			void *entity;

			MUST(rig, cache_get(cache, KIND_INCIDENT, &last[i]->head.id, &arena, &entity,
					    NULL) == ERR_OK, "in step, and an incident is missing");
			entity_encode(last[i], &want);
			entity_encode(entity, &has);
			MUST(rig, strcmp(want.s, has.s) == 0, "in step, and not the same:\n%s\n%s",
			     want.s, has.s);
			str_release(&want);
			str_release(&has);
		}
		store_close(cache);
	}
	faultfs_enter(rig->disk->fs, rig->p.name);
	arena_release(&arena);
}

static int64_t seq_of(const struct rig *rig, const struct uuid *act)
{
	for (size_t i = 0; i < rig->server.n_answers; i++)
		if (uuid_eq(&rig->server.answers[i].id, act))
			return rig->server.answers[i].seq;
	return 0;
}

struct numbers { /* of all acts that this folder knows of */
	int64_t seen[ACTS * 8];
	size_t n;
};

static void check_row(struct rig *rig, const struct outbox_row *row, int64_t cursor,
		      struct numbers *numbers)
{
	struct arena arena = ARENA_INIT;
	struct act act;
	int64_t seq = seq_of(rig, &row->id);

	MUST(rig, act_decode(row->body, row->len, &arena, &act, NULL) == ERR_OK &&
	     uuid_eq(&act.id, &row->id) && act.n == row->n && uuid_eq(&act.console, &rig->console),
	     "an act's bytes are not its own: n %lld", (long long)row->n);
	MUST(rig, seq == 0 || seq > cursor || row->state >= ACT_ANSWERED,
	     "the cursor has passed an act that has no answer here");
	assert_true(numbers->n < ACTS * 8);
	numbers->seen[numbers->n++] = row->n;
	arena_release(&arena);
}

/* The outbox: every act the officer was told of, with its n; numbers without a hole. */
static void check_outbox(struct rig *rig, int64_t cursor)
{
	struct arena arena = ARENA_INIT;
	struct numbers numbers = { .n = 0 };
	struct store *outbox;
	struct outbox_row *rows;
	size_t n;

	faultfs_enter(rig->disk->fs, "look");
	OK(outbox_open(rig->disk->folder, false, &outbox, NULL));
	OK(outbox_list(outbox, &arena, &rows, &n, NULL));
	for (size_t i = 0; i < n; i++)
		check_row(rig, &rows[i], cursor, &numbers);
	for (size_t i = 0; i < ACTS; i++) {
		const struct deed *deed = &rig->deeds[i];
		bool there = !deed->told;

		for (size_t k = 0; k < n && !there; k++)
			there = uuid_eq(&rows[k].id, &deed->act) && rows[k].n == deed->n;
		/* or done with: the server has it */
		MUST(rig, there || seq_of(rig, &deed->act) != 0, "deed %zu was told safe, and is gone",
		     i);
	}
	for (size_t i = 1; i < numbers.n; i++)
		MUST(rig, numbers.seen[i] == numbers.seen[i - 1] + 1, "a hole in n after %lld",
		     (long long)numbers.seen[i - 1]);
	store_close(outbox);
	faultfs_enter(rig->disk->fs, rig->p.name);
	arena_release(&arena);
}

static void check_rest(struct rig *rig)
{
	int64_t cursor;

	check_cache(rig, false, &cursor);
	check_outbox(rig, cursor);
}

/* Each deed stands in the journal exactly once, however often it was tried. */
static void check_journal(struct rig *rig)
{
	for (size_t i = 0; i < ACTS; i++) {
		char words[20];
		int times = 0;

		snprintf(words, sizeof words, "\"deed %zu\"", i);
		for (int64_t s = 0; s < rig->server.seq; s++) {
			const char *args = strstr(rig->server.entries[s].bytes.s, "\"args\":");

			times += args != NULL && strstr(args, words) != NULL;
		}
		MUST(rig, times == 1, "deed %zu stands %d times in the journal (%d tries)", i, times,
		     rig->deeds[i].tries);
	}
}

/* ---- one attempt ---- */

static void put(struct rig *rig, const char *name, const struct str *bytes)
{
	char path[300];

	snprintf(path, sizeof path, "%s/%s", rig->disk->folder, name);
	OK(file_write(path, bytes->s, bytes->len, 0600, NULL));
}

static void put_files(struct rig *rig)
{
	struct str cache = STR_INIT;

	disk_clean(rig->disk);
	put(rig, "outbox.db", &rig->outbox);
	if (rig->start == FROM_NOTHING)
		return;
	str_add_bytes(&cache, rig->cache.s, rig->cache.len);
	if (rig->start == FROM_DAMAGED)
		memset(cache.s + cache.len / 3, 0x5a, cache.len / 3);
	if (rig->start == FROM_OLD)
		cache.s[63] ^= 1; /* user_version */
	put(rig, "cache.db", &cache);
	str_release(&cache);
}

static bool in_step(const struct rig *rig)
{
	bool p = rig->p.worker != NULL && worker_in_step(rig->p.worker);
	bool q = rig->q.worker != NULL && worker_in_step(rig->q.worker);

	return all_told(rig) && (p || q);
}

static void same_n(struct rig *rig)
{
	int64_t n = rig->p.line.last_n > rig->q.line.last_n ? rig->p.line.last_n
							   : rig->q.line.last_n;

	rig->p.line.last_n = rig->q.line.last_n = n;
}

/* The process died: its successor finds what must be there. */
static void bury(struct rig *rig)
{
	struct faultfs *fs = rig->disk->fs;

	process_close(&rig->p);
	if (rig->start == FROM_TAKEOVER) {
		check_outbox(rig, -1); /* the other one goes on */
		return;
	}
	if (rig->attempt->mode->cut)
		assert_true(faultfs_power_cut(fs, rig->disk->folder, rig->attempt->seed));
	faultfs_enter(fs, "p");
	faultfs_fail(fs, "p", NULL);
	check_rest(rig);
}

static enum err round_of(struct rig *rig, struct process *process, int round, struct error *err)
{
	enum err code, done = ERR_OK;

	if (process->name[0] == 'p' && faultfs_is_dead(rig->disk->fs, "p"))
		return ERR_OK;
	faultfs_enter(rig->disk->fs, process->name);
	code = process_open(rig, process, err);
	if (code != ERR_OK) { /* the program ends with a sentence; it is started again */
		MUST(rig, err->text[0] != '\0', "it does not open, and does not say why");
		process_close(process);
		return code;
	}
	code = process_step(process, err);
	if (round % 3 == 0 && !faultfs_is_dead(rig->disk->fs, process->name))
		done = do_next(rig, process, code == ERR_OK ? err : NULL);
	return code != ERR_OK ? code : done;
}

/* The other process waits for the lock, and takes it when it falls free. */
static void round_of_other(struct rig *rig, int round)
{
	struct error err = ERROR_INIT;
	enum err code;

	if (rig->start != FROM_TAKEOVER || round < 2)
		return;
	same_n(rig);
	code = round_of(rig, &rig->q, round + 1, &err);
	MUST(rig, code == ERR_OK, "round %d of the other: %s", round, err.text);
	same_n(rig);
}

static void run(struct rig *rig)
{
	struct faultfs *fs = rig->disk->fs;
	struct error err = ERROR_INIT;
	bool buried = false, over = false;
	int since = 0;

	for (int round = 0; round < ROUNDS && !over; round++) {
		enum err code;

		rig->fixed.now += STEP_MS;
		if (rig->start == FROM_ANSWERS && rig->server.down && all_told(rig)) {
			rig->server.down = false;
			attempt_arm(rig->attempt, fs, "p");
		}
		code = round_of(rig, &rig->p, round, &err);
		MUST(rig, code == ERR_OK || rig->start == FROM_DAMAGED || faultfs_fired(fs, "p"),
		     "round %d: %s", round, err.text);
		if (faultfs_is_dead(fs, "p") && !buried) {
			buried = true;
			bury(rig);
		}
		round_of_other(rig, round);
		if (faultfs_fired(fs, "p") && !faultfs_is_dead(fs, "p") && ++since == PATIENCE)
			faultfs_fail(fs, "p", NULL); /* there is room again */
		over = in_step(rig);
	}
	MUST(rig, over, "not in step after %d rounds: %s", ROUNDS, err.text);
}

static void attempt_begin(struct rig *rig, const struct attempt *attempt)
{
	rig->attempt = attempt;
	memset(rig->deeds, 0, sizeof rig->deeds);
	rig->p = (struct process){ .name = "p" };
	rig->q = (struct process){ .name = "q" };
	open_server(rig);
	line_open(&rig->p.line, &rig->server);
	line_open(&rig->q.line, &rig->server);
	rig->p.line.acked = rig->q.line.acked = rig->console;
	disk_clean(rig->disk);
	faultfs_enter(rig->disk->fs, "q");
	faultfs_enter(rig->disk->fs, "p");
}

static void attempt_end(struct rig *rig)
{
	process_close(&rig->p);
	faultfs_enter(rig->disk->fs, "q");
	process_close(&rig->q);
	faultfs_enter(rig->disk->fs, "p");
}

static void server_end(struct rig *rig)
{
	line_close(&rig->p.line);
	line_close(&rig->q.line);
	server_close(&rig->server);
}

static long client_attempt(void *ctx, const struct attempt *attempt)
{
	struct rig *rig = ctx;
	int64_t cursor;
	long count;

	attempt_begin(rig, attempt);
	if (rig->start != FROM_NOTHING)
		later_acts(rig);
	rig->server.lose = 1; /* the answer of the first batch comes by the feed */
	put_files(rig);
	rig->server.down = rig->start == FROM_ANSWERS;
	if (!rig->server.down)
		attempt_arm(attempt, rig->disk->fs, "p");
	run(rig);
	count = faultfs_count(rig->disk->fs, "p");
	attempt_end(rig);
	faultfs_fail(rig->disk->fs, "p", NULL);
	check_cache(rig, true, &cursor);
	check_outbox(rig, cursor);
	check_journal(rig);
	server_end(rig);
	return count;
}

/* ---- */

static void read_back(struct rig *rig, const char *name, struct str *out)
{
	char path[300];

	snprintf(path, sizeof path, "%s/%s", rig->disk->folder, name);
	OK(file_read(path, 1 << 26, out, NULL));
}

/* A console that has been in step, and its files. */
static void make_files(struct rig *rig)
{
	static const struct failing none = { "none", FAULT_IO, false, false };
	const struct attempt attempt = { .mode = &none };
	struct outbox_who who = { "li", NULL, "duty", "token", true };
	struct store *outbox;
	struct error err = ERROR_INIT;

	attempt_begin(rig, &attempt);
	who.org = rig->server.jurisdiction->rules.centre;
	OK(outbox_open(rig->disk->folder, false, &outbox, NULL));
	OK(outbox_set_console(outbox, &rig->console, NULL));
	OK(outbox_login(outbox, &who, NULL));
	store_close(outbox);
	read_back(rig, "outbox.db", &rig->outbox);
	OK(process_open(rig, &rig->p, &err));
	for (int i = 0; i < ROUNDS && !worker_in_step(rig->p.worker); i++) {
		rig->fixed.now += STEP_MS;
		OK(process_step(&rig->p, &err));
	}
	assert_true(worker_in_step(rig->p.worker));
	attempt_end(rig);
	read_back(rig, "cache.db", &rig->cache);
	server_end(rig);
}

static int rig_make(void **state)
{
	struct rig *rig = mem_alloc(sizeof *rig);
	void *disk;

	if (disk_begin(&disk) != 0)
		return -1;
	rig->disk = disk;
	rig->console.b[0] = 1;
	make_files(rig);
	*state = rig;
	return 0;
}

static int rig_free(void **state)
{
	struct rig *rig = *state;
	void *disk = rig->disk;

	str_release(&rig->outbox);
	str_release(&rig->cache);
	free(rig);
	return disk_end(&disk);
}

static void test_from_nothing(void **state)
{
	struct rig *rig = *state;

	rig->start = FROM_NOTHING;
	sweep("first", client_attempt, rig, 4);
}

static void test_from_cache(void **state)
{
	struct rig *rig = *state;

	rig->start = FROM_CACHE;
	sweep("feed", client_attempt, rig, 7);
}

/* Between the acts' way out and the cursor that passes them. */
static void test_answers(void **state)
{
	static const struct failing modes[] = {
		{ "kill", FAULT_KILL, false, false }, { "io", FAULT_IO, false, false },
		{ "power-cut", FAULT_KILL, false, true },
	};
	struct rig *rig = *state;

	rig->start = FROM_ANSWERS;
	sweep_modes("answers", modes, ARRAY_LEN(modes), client_attempt, rig, 40);
}

static void test_damaged(void **state)
{
	struct rig *rig = *state;

	rig->start = FROM_DAMAGED;
	sweep("damaged", client_attempt, rig, 2);
}

static void test_old_schema(void **state)
{
	struct rig *rig = *state;

	rig->start = FROM_OLD;
	sweep("old", client_attempt, rig, 2);
}

static void test_takeover(void **state)
{
	static const struct failing modes[] = {
		{ "io", FAULT_IO, false, false },     { "io-lasting", FAULT_IO, true, false },
		{ "full", FAULT_FULL, false, false }, { "full-lasting", FAULT_FULL, true, false },
		{ "kill", FAULT_KILL, false, false }, { "kill-torn", FAULT_KILL_TORN, false, false },
	};
	struct rig *rig = *state;

	rig->start = FROM_TAKEOVER;
	sweep_modes("takeover", modes, ARRAY_LEN(modes), client_attempt, rig, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_from_nothing, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_from_cache, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_answers, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_damaged, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_old_schema, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_takeover, rig_make, rig_free),
	};

	return cmocka_run_group_tests_name("client_disk", tests, NULL, NULL);
}
