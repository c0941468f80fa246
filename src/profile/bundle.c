#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"

static const char MARK[] = "%%file ";

static bool plain_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789._-";
	size_t len = strlen(name);

	return len > 0 && len < 100 && *name != '.' && strspn(name, letters) == len;
}

/* The next line that begins a file, or the end. */
static const char *next_mark(const char *s, const char *end)
{
	while (s < end) {
		const char *nl;

		if ((size_t)(end - s) >= strlen(MARK) && memcmp(s, MARK, strlen(MARK)) == 0)
			return s;
		nl = memchr(s, '\n', (size_t)(end - s));
		s = nl ? nl + 1 : end;
	}
	return end;
}

enum err bundle_split(const char *text, size_t len, struct arena *arena, struct bundle *ret_bundle,
		      struct error *err)
{
	const char *end = text + len, *s = next_mark(text, end);
	struct bundle bundle = { .n = 0 };

	if (s != text || s == end)
		return error_set(err, ERR_INPUT,
				 _("a profile bundle begins with \"%%%%file NAME\""));
	while (s < end) {
		const char *name = s + strlen(MARK);
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		const char *body = nl ? nl + 1 : end;
		struct bundle_file *file = &bundle.files[bundle.n];

		if (bundle.n == BUNDLE_FILES)
			return error_set(err, ERR_INPUT, _("a profile has at most %d files"),
					 BUNDLE_FILES);
		file->name = arena_strndup(arena, name, (size_t)((nl ? nl : end) - name));
		if (!plain_name(file->name))
			return error_set(err, ERR_INPUT,
					 _("a profile bundle: file %zu has no plain name of letters, "
					   "digits, . _ -"),
					 bundle.n + 1);
		if (bundle_find(&bundle, file->name))
			return error_set(err, ERR_INPUT, _("%s: the file is there twice"),
					 file->name);
		s = next_mark(body, end);
		file->text = body;
		file->len = (size_t)(s - body);
		bundle.n++;
	}
	*ret_bundle = bundle;
	return ERR_OK;
}

const struct bundle_file *bundle_find(const struct bundle *bundle, const char *name)
{
	for (size_t i = 0; i < bundle->n; i++)
		if (str_eq(bundle->files[i].name, name))
			return &bundle->files[i];
	return NULL;
}

static enum err add_file(const char *path, const char *name, struct str *out, struct error *err)
{
	size_t from;
	enum err code;

	str_addf(out, "%s%s\n", MARK, name);
	from = out->len;
	code = file_read(path, BUNDLE_MAX, out, err);
	if (code)
		return code;
	if (out->len > from && out->s[out->len - 1] != '\n')
		str_add_char(out, '\n');
	if (out->len > BUNDLE_MAX)
		return error_set(err, ERR_TOO_LARGE, _("%s: a profile is at most %d MB"), path,
				 BUNDLE_MAX / 1024 / 1024);
	if (next_mark(out->s + from, out->s + out->len) != out->s + out->len)
		return error_set(err, ERR_INPUT, _("%s: a line must not begin with \"%s\""), path,
				 MARK);
	return ERR_OK;
}

/* One bundle being read: the folder of its files, and the text so far. */
struct reading {
	struct arena arena;
	struct str bundle;
	const char *dir;
};

static bool has_file(const struct reading *reading, const char *name)
{
	struct str mark = STR_INIT;
	const char *end = reading->bundle.s + reading->bundle.len, *s = reading->bundle.s;
	bool found = false;

	str_addf(&mark, "%s%s\n", MARK, name);
	for (s = next_mark(s, end); !found && s < end; s = next_mark(s + 1, end))
		found = str_starts(s, mark.s);
	str_release(&mark);
	return found;
}

/* The conf that begins at `from` in the bundle. */
static enum err parse_last(const struct reading *reading, size_t from, const char *name,
			   const struct conf_spec *spec, struct conf **ret_conf, struct error *err)
{
	size_t head = from + strlen(MARK) + strlen(name) + 1;

	return conf_parse(name, reading->bundle.s + head, reading->bundle.len - head, spec,
			  ret_conf, err);
}

/* Adds the file that an option names, once; nothing when it names none. */
static enum err add_named(struct reading *reading, const struct conf_section *section,
			  const char *option, struct error *err)
{
	const char *name = conf_str(section, option);
	struct error why = ERROR_INIT;
	enum err code;

	if (!*name || has_file(reading, name))
		return ERR_OK;
	if (!plain_name(name))
		return conf_error(section, option, err,
				  _("\"%s\" must be the plain name of a file beside this one"),
				  name);
	code = add_file(path_join(&reading->arena, reading->dir, name), name, &reading->bundle,
			&why);
	if (code == ERR_OK)
		return ERR_OK;
	/* which line wants the file */
	(void)conf_error(section, option, err, "%s: %s", option, why.text);
	return code;
}

/* The base and the table it brings, unless the profile names one itself. */
static enum err add_base(struct reading *reading, const struct conf_section *root,
			 struct error *err)
{
	size_t from = reading->bundle.len;
	const char *name = conf_str(root, "base");
	struct conf *conf = NULL;
	enum err code;

	if (has_file(reading, name))
		return conf_error(root, "base", err, _("base: a profile is not its own base"));
	code = add_named(reading, root, "base", err);
	if (!code)
		code = parse_last(reading, from, name, base_spec, &conf, err);
	if (!code && !conf_given(root, "duties"))
		code = add_named(reading, conf_root(conf), "duties", err);
	conf_free(conf);
	return code;
}

enum err bundle_read(const char *path, struct str *out, struct error *err)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	struct reading reading = { .arena = ARENA_INIT, .bundle = STR_INIT, .dir = "." };
	const struct conf_section *root;
	struct conf *conf = NULL;
	enum err code;

	if (slash)
		reading.dir = arena_strndup(&reading.arena, path, (size_t)(slash - path));
	code = add_file(path, name, &reading.bundle, err);
	if (!code)
		code = parse_last(&reading, 0, name, profile_spec, &conf, err);
	if (code)
		goto out;
	root = conf_root(conf);
	code = add_named(&reading, root, "orgs", err);
	if (!code)
		code = add_named(&reading, root, "duties", err);
	if (!code && *conf_str(root, "base"))
		code = add_base(&reading, root, err);
	if (!code)
		str_add_bytes(out, reading.bundle.s, reading.bundle.len);
out:
	conf_free(conf);
	str_release(&reading.bundle);
	arena_release(&reading.arena);
	return code;
}

void bundle_hash(const char *bundle, size_t len, char ret_hex[SHA256_HEX])
{
	uint8_t hash[SHA256_LEN];

	sha256(bundle, len, hash);
	crypto_hex(hash, sizeof hash, ret_hex);
}
