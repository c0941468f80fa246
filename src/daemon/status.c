/* zhiband status: how the server is, for a person or a program. */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/server/tls.h"
#include "zhiban/wire/jsonout.h"

enum { PEM_MAX = 1024 * 1024, TITLE_COLUMNS = 22 };
enum shape { TEXT, COUNT, MOMENT, BYTES, YES };

/* Names are the keys of --json; the server says those that look_here does not. */
static const struct {
	const char *name, *title;
	enum shape shape;
	bool live; /* of a server that runs */
} rows[] = {
	{ "running", N_("running"), YES },
	{ "url", N_("address"), TEXT },
	{ "started", N_("since"), MOMENT },
	{ "stopping", N_("ending"), YES, true },
	{ "trouble", N_("cannot write"), TEXT },
	{ "jurisdiction", N_("jurisdiction"), TEXT },
	{ "version", N_("version"), TEXT },
	{ "now", N_("its time"), MOMENT },
	{ "seq", N_("entries"), COUNT },
	{ "last_entry", N_("last entry"), MOMENT },
	{ "head", N_("journal head"), TEXT },
	{ "audit_no", N_("audit lines"), COUNT },
	{ "audit_head", N_("audit head"), TEXT },
	{ "epoch", N_("epoch"), TEXT },
	{ "profile", N_("profile"), TEXT },
	{ "calendar", N_("calendar"), TEXT },
	{ "parked", N_("consoles waiting"), COUNT, true },
	{ "queue", N_("in the queue"), COUNT, true },
	{ "requests", N_("requests"), COUNT, true },
	{ "acts_applied", N_("acts applied"), COUNT, true },
	{ "acts_merged", N_("acts merged"), COUNT, true },
	{ "acts_refused", N_("acts refused"), COUNT, true },
	{ "clocks_fired", N_("clocks fired"), COUNT, true },
	{ "logins", N_("log-ins"), COUNT, true },
	{ "logins_failed", N_("log-ins failed"), COUNT, true },
	{ "write_failures", N_("failed to write"), COUNT, true },
	{ "data", N_("data"), TEXT },
	{ "data_bytes", N_("size of the data"), BYTES },
	{ "free_bytes", N_("free on the disk"), BYTES },
	{ "cert_until", N_("certificate until"), MOMENT },
};

/* --- what can be seen from here ---------------------------------------------------------------- */

static int64_t size_of(const char *path, const char *more)
{
	struct str name = STR_INIT;
	struct stat st;
	int64_t size = 0;

	str_addf(&name, "%s%s", path, more);
	if (stat(name.s, &st) == 0)
		size = st.st_size;
	str_release(&name);
	return size;
}

static void look_here(const struct folder *folder, const struct admin *admin, struct str *out)
{
	struct str text = STR_INIT;
	struct statvfs disk;
	int64_t until;

	str_addf(out, "running=%d\n", admin_is_remote(admin));
	if (admin_is_remote(admin) && file_read(folder->url, 1000, &text, NULL) == ERR_OK)
		str_addf(out, "url=%.*s\n", (int)strcspn(text.s, "\n"), text.s);
	if (strstr(folder->data, "://") == NULL)
		str_addf(out, "data=%s\ndata_bytes=%" PRId64 "\n", folder->data,
			 size_of(folder->data, "") + size_of(folder->data, "-wal"));
	if (statvfs(folder->dir, &disk) == 0)
		str_addf(out, "free_bytes=%" PRId64 "\n",
			 (int64_t)disk.f_bavail * (int64_t)disk.f_frsize);
	str_clear(&text);
	if (file_read(folder->cert, PEM_MAX, &text, NULL) == ERR_OK &&
	    tls_expiry(str_get(&text), text.len, &until, NULL) == ERR_OK)
		str_addf(out, "cert_until=%" PRId64 "\n", until);
	str_release(&text);
}

/* --- printing ---------------------------------------------------------------------------------- */

static void add_json(struct str *out, enum shape shape, const char *value)
{
	if (shape == TEXT)
		json_text(out, value);
	else if (shape == YES)
		str_add(out, str_eq(value, "1") ? "true" : "false");
	else
		str_add(out, value);
}

static void add_bytes(struct str *out, int64_t bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB" };
	double size = (double)bytes;
	size_t i = 0;

	while (size >= 1024 && i + 1 < ARRAY_LEN(units)) {
		size /= 1024;
		i++;
	}
	str_addf(out, i == 0 ? "%.0f %s" : "%.1f %s", size, units[i]);
}

static void add_words(struct str *out, enum shape shape, const char *value)
{
	char when[CIVIL_TEXT];
	long long number = 0;

	if ((shape == MOMENT || shape == BYTES) && !str_int(value, 0, INT64_MAX, &number))
		number = 0;
	if (shape == TEXT || shape == COUNT)
		text_clean(out, value, strlen(value), false);
	else if (shape == YES)
		str_add(out, str_eq(value, "1") ? _("yes") : _("no"));
	else if (shape == BYTES)
		add_bytes(out, number);
	else if (number != 0)
		str_add(out, (civil_iso(number, CIVIL_CHINA, when), when));
	else
		str_add(out, "-");
}

static void print(const char *answer, bool running, bool json)
{
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *value = admin_value(answer, rows[i].name, &arena);

		if (value == NULL || value[0] == '\0' || (rows[i].live && !running) ||
		    (rows[i].shape == MOMENT && str_eq(value, "0")))
			continue;
		if (json) {
			str_addf(&out, "%s\"%s\":", out.len == 0 ? "{" : ",", rows[i].name);
			add_json(&out, rows[i].shape, value);
			continue;
		}
		text_pad(&out, _(rows[i].title), TITLE_COLUMNS);
		add_words(&out, rows[i].shape, value);
		str_add_char(&out, '\n');
	}
	if (json)
		str_add(&out, "}\n");
	fputs(str_get(&out), stdout);
	str_release(&out);
	arena_release(&arena);
}

enum err run_status(const struct args *args, struct error *err)
{
	struct str answer = STR_INIT;
	struct admin *admin = NULL;
	struct folder folder;
	enum err code = folder_open(&folder, args->words[0], err);

	if (code != ERR_OK)
		return code;
	code = admin_open(&folder, &admin, err);
	if (code == ERR_OK)
		code = admin_call(admin, "GET", "/v1/admin/status", NULL, NULL, 0, &answer, err);
	if (code == ERR_OK) {
		look_here(&folder, admin, &answer);
		print(str_get(&answer), admin_is_remote(admin), args_value(args, "json") != NULL);
	}
	admin_close(admin);
	str_release(&answer);
	folder_release(&folder);
	return code;
}
