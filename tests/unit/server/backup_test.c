/* A backup is whole or not there; what comes back from it is what it was made of, under a new epoch,
 * and never anything else: every damaged byte, cut end, foreign file and full disk is refused. */
#include "server_help.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/server/backup.h"

static const char conf_text[] = "listen = \"127.0.0.1:0\"\n";
static const struct backup_part some_parts[] = {
	{ "zhiband.conf", conf_text, sizeof conf_text - 1 },
	{ "server.key", "secret\0with a zero", 18 },
	{ "empty", "", 0 },
};

static const char *in(struct world *world, const char *name)
{
	return arena_printf(&world->arena, "%s/%s", world->path, name);
}

static struct uuid history(struct world *world, struct desk *duty)
{
	struct uuid id = new_id(world);

	*duty = enroll(world, "zhongxin", "duty", "Wang");
	register_one(world, duty, &id, "a pipe has burst");
	plain_act(world, duty, "accept", &id, 1);
	assign_to(world, duty, &id, 2, "chengguan");
	return id;
}

static void backup_to(struct world *world, const char *path, bool replace)
{
	struct error err = ERROR_INIT;

	if (service_backup(world->service, path, some_parts, ARRAY_LEN(some_parts), replace,
			   &err) != ERR_OK)
		fail_msg("%s", err.text);
}

/* Where other data than the world's may be made. */
static const char *other(struct world *world)
{
	char where[DATA_WHERE];

	data_make(world->path, "again", where);
	return arena_strdup(&world->arena, where);
}

static bool is_there(const char *where)
{
	struct db *db;

	if (!db_is_url(where))
		return file_exists(where);
	if (data_ops()->open(where, 0, &db, NULL) != ERR_OK)
		return false;
	data_ops()->close(db);
	return true;
}

static enum err restore_to(struct world *world, const char *from, const char *where,
			   struct verify_report *report, struct error *err)
{
	struct service_config config = world_config(world);

	config.where = where;
	return service_restore(&config, from, NULL, NULL, report, err);
}

/* How many names are in the folder. */
static size_t count_files(const struct world *world)
{
	DIR *dir = opendir(world->path);
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n;
}

static void test_round(void **state)
{
	struct world *world = *state;
	const char *path = in(world, "b"), *where = other(world);
	struct service_stand made, later, back;
	struct verify_report report;
	struct backup backup;
	struct error err = ERROR_INIT;
	struct desk duty;
	struct uuid id = history(world, &duty);
	struct stat st;

	OK(service_stand(world->service, &made, NULL));
	backup_to(world, path, false);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	note_on(world, &duty, &id, "after the backup");
	OK(service_stand(world->service, &later, NULL));
	assert_true(later.seq > made.seq);

	if (restore_to(world, path, where, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_int_equal(report.counts.entries, made.seq);
	assert_int_equal(restore_to(world, path, where, &report, &err), ERR_EXISTS);

	OK(backup_read(path, &world->arena, &backup, &err));
	assert_int_equal(backup.n_parts, ARRAY_LEN(some_parts));
	for (size_t i = 0; i < backup.n_parts; i++) {
		assert_string_equal(backup.parts[i].name, some_parts[i].name);
		assert_int_equal(backup.parts[i].len, some_parts[i].len);
		assert_memory_equal(backup.parts[i].bytes, some_parts[i].bytes,
				    some_parts[i].len);
	}

	/* served from there: same journal, other epoch, the session and its last n as they were */
	service_stop(world->service);
	service_close(world->service);
	snprintf(world->data, sizeof world->data, "%s", where);
	world_open(world);
	OK(service_stand(world->service, &back, NULL));
	assert_int_equal(back.seq, made.seq);
	assert_string_not_equal(back.epoch, made.epoch);
	duty.n = 3;
	assert_int_equal(note_on(world, &duty, &id, "goes on").verdict, VERDICT_APPLIED);
	ask(world, 409, "GET", "/v1/feed",
	    arena_printf(&world->arena, "since=0&epoch=%s", made.epoch), duty.token, NULL);
}

static void test_replace(void **state)
{
	struct world *world = *state;
	const char *path = in(world, "b");
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;
	struct desk duty;

	history(world, &duty);
	OK(file_write(path, "mine", 4, 0644, NULL));
	assert_int_equal(service_backup(world->service, path, NULL, 0, false, &err), ERR_EXISTS);
	assert_non_null(strstr(err.text, "--replace"));
	OK(file_read(path, 10, &text, NULL));
	assert_string_equal(text.s, "mine");
	str_release(&text);
	backup_to(world, path, true);
	OK(backup_check(path, &err));
}

/* --- what is refused ------------------------------------------------------------------------- */

static void flip(const char *path, long at, char bits)
{
	FILE *file = fopen(path, "r+b");
	int byte;

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	byte = fgetc(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	fputc(byte ^ bits, file);
	assert_int_equal(fclose(file), 0);
}

static void test_flipped(void **state)
{
	enum { TAIL = 400, STEP = 9973 };
	struct world *world = *state;
	const char *path = in(world, "b"), *where = other(world);
	struct verify_report report;
	struct desk duty;
	struct stat st;
	size_t tried = 0;

	history(world, &duty);
	backup_to(world, path, false);
	assert_int_equal(stat(path, &st), 0);
	for (long at = 0; at < st.st_size; at += at < st.st_size - TAIL ? STEP : 1) {
		struct error err = ERROR_INIT;
		enum err code;

		if (at > st.st_size - TAIL - STEP && at < st.st_size - TAIL)
			at = st.st_size - TAIL;
		flip(path, at, 1);
		code = restore_to(world, path, where, &report, &err);
		/* the very last byte is an end of line that tells nothing */
		if (code != ERR_CORRUPT && code != ERR_INPUT && code != ERR_VERSION &&
		    at != st.st_size - 1)
			fail_msg("byte %ld: %s", at, err_name(code));
		if (code == ERR_OK)
			data_ops()->destroy(where);
		assert_false(is_there(where));
		flip(path, at, 1);
		tried++;
	}
	assert_true(tried > TAIL);
	OK(restore_to(world, path, where, &report, NULL));
}

static void test_cut(void **state)
{
	struct world *world = *state;
	const char *path = in(world, "b"), *where = other(world);
	struct desk duty;
	struct stat st;

	history(world, &duty);
	backup_to(world, path, false);
	assert_int_equal(stat(path, &st), 0);
	for (long len = st.st_size - 1; len > 0; len = len > st.st_size - 300 ? len - 1 : len / 2) {
		struct verify_report report;
		struct error err = ERROR_INIT;

		assert_int_equal(truncate(path, len), 0);
		if (restore_to(world, path, where, &report, &err) != ERR_INPUT)
			fail_msg("%ld bytes: %s", len, err.text);
		assert_non_null(strstr(err.text, "no backup"));
		assert_false(is_there(where));
	}
}

/* The sum is right, what it is the sum of is not. */
static void test_bad_inside(void **state)
{
	struct world *world = *state;
	const char *path = in(world, "b"), *where = other(world);
	struct verify_report report;
	struct error err = ERROR_INIT;
	struct desk duty;

	history(world, &duty);
	assert_int_equal(data_sql(world->data,
				  "UPDATE journal SET bytes = replace(bytes, 'pipe', 'pope')"
				  " WHERE seq = 3"),
			 1);
	backup_to(world, path, false);
	OK(backup_check(path, NULL));
	assert_int_equal(restore_to(world, path, where, &report, &err), ERR_CORRUPT);
	assert_non_null(strstr(err.text, "entry 3"));
	assert_false(is_there(where));
	assert_false(file_exists(in(world, "again.db-wal")));
}

static void test_newer(void **state)
{
	struct world *world = *state;
	const char *path = in(world, "b"), *where = other(world);
	struct service_config config = world_config(world);
	struct verify_report report;
	struct service *service;
	struct error err = ERROR_INIT;
	struct desk duty;
	struct stat st;

	history(world, &duty);
	backup_to(world, path, false);
	assert_int_equal(stat(path, &st), 0);
	flip(path, st.st_size - 95 + 19, '1' ^ '2'); /* the form's number */
	assert_int_equal(restore_to(world, path, where, &report, &err), ERR_VERSION);
	assert_non_null(strstr(err.text, "newer"));

	assert_int_equal(
		data_sql(world->data, "UPDATE meta SET value = '99' WHERE name = 'schema'"), 1);
	assert_int_equal(service_open(&config, &service, &err), ERR_VERSION);
	assert_int_equal(verify_data(data_ops(), world->data, NULL, NULL, &report, &err),
			 ERR_VERSION);
	assert_int_equal(
		data_schema_back(world->data), 1);
}

static void test_foreign(void **state)
{
	struct world *world = *state;
	const char *where = other(world);
	struct verify_report report;
	struct error err = ERROR_INIT;
	struct backup backup;
	struct desk duty;

	history(world, &duty);
	assert_int_equal(backup_read(world->data, &world->arena, &backup, &err),
			 data_url() == NULL ? ERR_INPUT : ERR_NOT_FOUND);
	assert_int_equal(backup_read(world->path, &world->arena, &backup, &err), ERR_INPUT);
	assert_int_equal(backup_read(in(world, "none"), &world->arena, &backup, &err),
			 ERR_NOT_FOUND);
	OK(file_write(in(world, "small"), "x", 1, 0600, NULL));
	assert_int_equal(restore_to(world, in(world, "small"), where, &report, &err), ERR_INPUT);
	assert_false(is_there(where));
}

/* A backup is the same file whichever back end made it: data go from one to the other and back. */
static void test_other_back_end(void **state)
{
	struct world *world = *state;
	const char *first = in(world, "b"), *second = in(world, "c"), *where = other(world);
	const char *file = in(world, "as-file.db");
	struct service_config config = world_config(world);
	struct verify_report made, there, back;
	struct service *service;
	struct error err = ERROR_INIT;
	struct desk duty;

	if (data_url() == NULL)
		skip();
	history(world, &duty);
	OK(verify_data(data_ops(), world->data, NULL, NULL, &made, NULL));
	backup_to(world, first, false);
	config.db = &db_sqlite;
	config.where = file;
	if (service_restore(&config, first, NULL, NULL, &there, &err) != ERR_OK)
		fail_msg("%s", err.text);
	OK(service_open(&config, &service, NULL));
	OK(service_backup(service, second, NULL, 0, false, NULL));
	service_stop(service);
	service_close(service);
	if (restore_to(world, second, where, &back, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_string_equal(there.head, made.head);
	assert_string_equal(back.head, made.head);
	assert_memory_equal(&back.counts, &made.counts, sizeof made.counts);
	assert_int_equal(back.answers, made.answers);
	/* and it goes on: the numbers that tables give by themselves are behind those brought */
	config.db = data_ops();
	config.where = where;
	service_stop(world->service);
	service_close(world->service);
	OK(service_open(&config, &world->service, NULL));
	enroll(world, "zhongxin", "duty", "later");
	assert_int_equal(register_one(world, &duty, &(struct uuid){ { 1 } }, "later").verdict,
			 VERDICT_APPLIED);
	data_drop(where);
}

/* --- no space -------------------------------------------------------------------------------- */

static enum err full_copy(struct db *db, const char *to, struct error *err)
{
	enum err code = data_ops()->copy(db, to, err);

	return code != ERR_OK ? code : error_set(err, ERR_FULL, "full");
}

static void test_full(void **state)
{
	struct world *world = *state;
	struct db_ops full = *data_ops();
	struct service_config config = world_config(world);
	struct service *service;
	struct error err = ERROR_INIT;
	struct desk duty;
	size_t files;

	history(world, &duty);
	full.copy = full_copy;
	config.db = &full;
	OK(service_open(&config, &service, &err));
	files = count_files(world);
	assert_int_equal(service_backup(service, in(world, "b"), NULL, 0, false, &err), ERR_FULL);
	assert_non_null(strstr(err.text, "no space"));
	assert_int_equal(count_files(world), files);
	service_stop(service);
	service_close(service);
}

/* Somebody else's file comes to the place while the data are copied. */
static enum err overtaken_copy(struct db *db, const char *to, struct error *err)
{
	char path[128];
	enum err code = data_ops()->copy(db, to, err);

	snprintf(path, sizeof path, "%.*s", (int)(strlen(to) - 7), to);
	return code != ERR_OK ? code : file_write(path, "mine", 4, 0600, err);
}

static enum err no_copy(struct db *db, const char *to, struct error *err)
{
	(void)db;
	(void)to;
	return error_set(err, ERR_IO, "copied for nothing");
}

static void test_overtaken(void **state)
{
	struct world *world = *state;
	struct db_ops ops = *data_ops();
	struct service_config config = world_config(world);
	const char *path = in(world, "b");
	struct service *service;
	struct str text = STR_INIT;
	size_t files;

	config.db = &ops;
	OK(service_open(&config, &service, NULL));
	files = count_files(world);
	ops.copy = overtaken_copy;
	assert_int_equal(service_backup(service, path, NULL, 0, false, NULL), ERR_EXISTS);
	OK(file_read(path, 10, &text, NULL));
	assert_string_equal(text.s, "mine");
	assert_int_equal(count_files(world), files + 1);
	ops.copy = no_copy; /* nor is a long copy made first, when it is there before */
	assert_int_equal(service_backup(service, path, NULL, 0, false, NULL), ERR_EXISTS);
	str_release(&text);
	service_stop(service);
	service_close(service);
}

/* --- over the administrator's socket --------------------------------------------------------- */

static void test_admin(void **state)
{
	static const char *const bad[] = {
		"",	 "/tmp/x",	     "relative\n\n", "/x\n\n5 a\nabc", "/x\n\n-1 a\nabc",
		"/x\n\n3\nabc", "/x\n\n3 \nabc", "/x\n\n1 a b\nx", "/x\n\nx a\nabc",
		"/x\n\n0 a\n0 b\n0 c\n0 d\n0 e\n0 f\n0 g\n0 h\n0 i\n",
	};
	struct world *world = *state;
	const char *path = in(world, "b"), *body;
	struct backup backup;
	struct desk duty;

	history(world, &duty);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		ask(world, 400, "POST", "/v1/admin/backup", NULL, NULL, bad[i]);
	body = arena_printf(&world->arena, "%s\n\n3 a\nx\nz0 b\n", path);
	ask(world, 200, "POST", "/v1/admin/backup", NULL, NULL, body);
	ask(world, 409, "POST", "/v1/admin/backup", NULL, NULL, body);
	body = arena_printf(&world->arena, "%s\nreplace\n3 a\nx\nz0 b\n", path);
	ask(world, 200, "POST", "/v1/admin/backup", NULL, NULL, body);
	OK(backup_read(path, &world->arena, &backup, NULL));
	assert_int_equal(backup.n_parts, 2);
	assert_memory_equal(backup.parts[0].bytes, "x\nz", 3);
	assert_string_equal(backup.parts[1].name, "b");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(round), T(replace), T(flipped), T(cut),  T(bad_inside),
		T(newer), T(foreign), T(full),	  T(overtaken),
		T(admin), T(other_back_end),
	};

	return cmocka_run_group_tests_name("server backup", tests, NULL, NULL);
}
