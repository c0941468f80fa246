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

enum err bundle_read(const char *path, struct str *out, struct error *err)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	struct arena arena = ARENA_INIT;
	struct str bundle = STR_INIT;
	struct conf *conf = NULL;
	const char *orgs, *dir;
	enum err code;
	size_t head;

	code = add_file(path, name, &bundle, err);
	if (code)
		goto out;
	head = strlen(MARK) + strlen(name) + 1;
	code = conf_parse(name, bundle.s + head, bundle.len - head, profile_spec, &conf, err);
	if (code)
		goto out;
	orgs = conf_str(conf_root(conf), "orgs");
	if (!plain_name(orgs)) {
		code = conf_error(conf_root(conf), "orgs", err,
				  _("\"%s\" must be the plain name of a file beside this one"),
				  orgs);
		goto out;
	}
	dir = slash ? arena_strndup(&arena, path, (size_t)(slash - path)) : ".";
	code = add_file(path_join(&arena, dir, orgs), orgs, &bundle, err);
	if (!code)
		str_add_bytes(out, bundle.s, bundle.len);
out:
	conf_free(conf);
	str_release(&bundle);
	arena_release(&arena);
	return code;
}

void bundle_hash(const char *bundle, size_t len, char ret_hex[SHA256_HEX])
{
	uint8_t hash[SHA256_LEN];

	sha256(bundle, len, hash);
	crypto_hex(hash, sizeof hash, ret_hex);
}
