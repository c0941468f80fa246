#include <config.h>

#include "zhiban/ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/conf.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct binding {
	const struct ui_command *command;
	struct key keys[KEYMAP_DEPTH];
	int n;
	bool user; /* from keys.conf */
};

struct bindings {
	struct binding *items;
	size_t n, cap;
};

struct keymap {
	const struct ui_commands *commands;
	struct bindings bindings;
};

static const struct conf_spec command_spec[] = {
	{ "keys", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL,
	  N_("keys that run it, instead of its own: \"a\", \"Ctrl-A\", \"g,g\"") },
	{ NULL },
};

static const struct conf_spec keys_spec[] = {
	{ "command", CONF_SECTION, CONF_TITLED, NULL, 0, 0, command_spec,
	  N_("keys of a command") },
	{ NULL },
};

/* "g,g": the keys of one sequence. */
static enum err parse_sequence(const char *text, size_t len, struct binding *binding,
			       struct error *err)
{
	enum err code;

	binding->n = 0;
	for (size_t at = 0; at < len || binding->n == 0;) {
		size_t end = at;

		while (end < len && (text[end] != ',' || end == at))
			end++;
		if (binding->n == KEYMAP_DEPTH)
			return error_set(err, ERR_INPUT, _("%.*s: more than %d keys"), (int)len,
					 text, KEYMAP_DEPTH);
		code = key_parse(text + at, end - at, &binding->keys[binding->n], err);
		if (code != ERR_OK)
			return code;
		binding->n++;
		at = end + 1;
	}
	return ERR_OK;
}

static bool one_begins_the_other(const struct binding *a, const struct binding *b)
{
	for (int i = 0; i < a->n && i < b->n; i++)
		if (!key_eq(a->keys[i], b->keys[i]))
			return false;
	return true;
}

/* Whether one of them could never be reached.  A command with contexts goes before one without. */
static bool conflict(const struct binding *a, const struct binding *b)
{
	unsigned wa = a->command->where, wb = b->command->where;

	if (a->command == b->command || !one_begins_the_other(a, b))
		return false;
	return wa == 0 || wb == 0 ? wa == wb : (wa & wb) != 0;
}

static const struct binding *find_conflict(const struct bindings *bindings,
					   const struct binding *with)
{
	for (size_t i = 0; i < bindings->n; i++)
		if (conflict(&bindings->items[i], with))
			return &bindings->items[i];
	return NULL;
}

static void add(struct bindings *bindings, const struct binding *binding)
{
	MEM_GROW(bindings->items, bindings->n, bindings->cap);
	bindings->items[bindings->n++] = *binding;
}

static enum err add_defaults(struct bindings *bindings, const struct ui_command *command,
			     struct error *err)
{
	const struct binding *other;

	for (const char *s = command->keys; *s != '\0';) {
		size_t len = strcspn(s, " ");
		struct binding binding = { .command = command };
		enum err code;

		if (len > 0) {
			code = parse_sequence(s, len, &binding, err);
			if (code != ERR_OK) {
				error_prefix(err, "%s", command->name);
				return code;
			}
			other = find_conflict(bindings, &binding);
			if (other != NULL)
				return error_set(err, ERR_INPUT,
						 _("%s and %s both want the key %.*s"),
						 command->name, other->command->name, (int)len, s);
			add(bindings, &binding);
		}
		s += len;
		s += *s == ' ';
	}
	return ERR_OK;
}

static enum err defaults(const struct ui_commands *commands, struct bindings *bindings,
			 struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < commands->n && code == ERR_OK; i++)
		code = add_defaults(bindings, &commands->items[i], err);
	return code;
}

enum err keymap_new(const struct ui_commands *commands, struct keymap **ret_keymap,
		    struct error *err)
{
	struct keymap *keymap = mem_alloc(sizeof *keymap);
	enum err code = defaults(commands, &keymap->bindings, err);

	keymap->commands = commands;
	if (code == ERR_OK)
		*ret_keymap = keymap;
	else
		keymap_free(keymap);
	return code;
}

void keymap_free(struct keymap *keymap)
{
	if (keymap == NULL)
		return;
	free(keymap->bindings.items);
	free(keymap);
}

static void drop(struct bindings *bindings, size_t index)
{
	bindings->n--;
	memmove(&bindings->items[index], &bindings->items[index + 1],
		(bindings->n - index) * sizeof *bindings->items);
}

/* Takes away what a user's key replaces: defaults that conflict, or that would hide it. */
static void make_way(struct bindings *bindings, const struct binding *binding)
{
	for (size_t i = bindings->n; i-- > 0;) {
		const struct binding *other = &bindings->items[i];
		bool hides = binding->command->where == 0 && other->command != binding->command &&
			     one_begins_the_other(other, binding);

		if (!other->user && (hides || conflict(other, binding)))
			drop(bindings, i);
	}
}

static enum err no_such_command(const struct ui_commands *commands,
				const struct conf_section *section, struct error *err)
{
	struct str nearest = STR_INIT;
	enum err code;

	ui_command_nearest(commands, conf_title(section), &nearest);
	code = nearest.len > 0 ? conf_error(section, NULL, err,
					    _("%s: no such command; nearest: %s"),
					    conf_title(section), nearest.s)
			       : conf_error(section, NULL, err,
					    _("%s: no such command; F1 lists them"),
					    conf_title(section));
	str_release(&nearest);
	return code;
}

static enum err rebind_command(struct bindings *bindings, const struct ui_commands *commands,
			       const struct conf_section *section, struct error *err)
{
	const struct ui_command *command = ui_command_find(commands, conf_title(section));
	struct error why = ERROR_INIT;

	if (command == NULL)
		return no_such_command(commands, section, err);
	for (size_t i = bindings->n; i-- > 0;)
		if (bindings->items[i].command == command)
			drop(bindings, i);
	for (size_t i = 0; i < conf_count(section, "keys"); i++) {
		const char *word = conf_item(section, "keys", i);
		struct binding binding = { .command = command, .user = true };
		const struct binding *other;

		if (parse_sequence(word, strlen(word), &binding, &why) != ERR_OK)
			return conf_error(section, "keys", err, "%s", why.text);
		make_way(bindings, &binding);
		other = find_conflict(bindings, &binding);
		if (other != NULL)
			return conf_error(section, "keys", err,
					  _("%s: %s has this key already, given above"), word,
					  other->command->name);
		add(bindings, &binding);
	}
	return ERR_OK;
}

enum err keymap_rebind(struct keymap *keymap, const char *name, const char *text, size_t len,
		       struct error *err)
{
	struct bindings bindings = { 0 };
	const struct conf_section *root;
	struct conf *conf;
	enum err code = conf_parse(name, text, len, keys_spec, &conf, err);

	if (code != ERR_OK)
		return code;
	code = defaults(keymap->commands, &bindings, err);
	root = conf_root(conf);
	for (size_t i = 0; i < conf_count(root, "command") && code == ERR_OK; i++)
		code = rebind_command(&bindings, keymap->commands, conf_child(root, "command", i),
				      err);
	conf_free(conf);
	if (code == ERR_OK) {
		free(keymap->bindings.items);
		keymap->bindings = bindings;
	} else {
		free(bindings.items);
	}
	return code;
}

void keymap_lost(const struct keymap *keymap, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < keymap->commands->n; i++) {
		const struct ui_command *command = &keymap->commands->items[i];
		struct str keys = STR_INIT;

		keymap_first_key(keymap, command, &keys);
		if (*command->keys != '\0' && keys.len == 0)
			str_addf(out, "%s%s", n++ > 0 ? ", " : "", command->name);
		str_release(&keys);
	}
}

/* Whether the binding works in the contexts and begins with the keys of the state. */
static bool begins(const struct binding *binding, const struct keymap_state *state, unsigned where)
{
	if (binding->command->where != 0 && (binding->command->where & where) == 0)
		return false;
	if (binding->n < state->n)
		return false;
	for (int i = 0; i < state->n; i++)
		if (!key_eq(binding->keys[i], state->keys[i]))
			return false;
	return true;
}

enum keymap_match keymap_feed(const struct keymap *keymap, struct keymap_state *state,
			      struct key key, unsigned where,
			      const struct ui_command **ret_command)
{
	/* Best first: a whole sequence of a command with contexts, the beginning of one, then the
	 * same for commands that work everywhere. */
	const struct ui_command *whole[2] = { NULL, NULL };
	bool part[2] = { false, false };

	key = key_narrow(key);
	if (state->n == KEYMAP_DEPTH || (state->n > 0 && key.code == UIKEY_ESC)) {
		state->n = 0;
		return KEYMAP_NONE;
	}
	state->keys[state->n++] = key;
	for (size_t i = 0; i < keymap->bindings.n; i++) {
		const struct binding *binding = &keymap->bindings.items[i];
		int everywhere = binding->command->where == 0;

		if (!begins(binding, state, where))
			continue;
		if (binding->n == state->n)
			whole[everywhere] = binding->command;
		else
			part[everywhere] = true;
	}
	for (int i = 0; i < 2; i++) {
		if (whole[i] != NULL) {
			*ret_command = whole[i];
			state->n = 0;
			return KEYMAP_FOUND;
		}
		if (part[i])
			return KEYMAP_MORE;
	}
	state->n = 0;
	return KEYMAP_NONE;
}

void keymap_which(const struct keymap *keymap, const struct keymap_state *state, unsigned where,
		  void (*each)(void *ctx, const char *key, const struct ui_command *command),
		  void *ctx)
{
	struct str name = STR_INIT;

	for (size_t i = 0; i < keymap->bindings.n; i++) {
		const struct binding *binding = &keymap->bindings.items[i];
		bool seen = false;

		if (!begins(binding, state, where) || binding->n == state->n)
			continue;
		for (size_t k = 0; k < i && !seen; k++) {
			const struct binding *before = &keymap->bindings.items[k];

			seen = begins(before, state, where) && before->n > state->n &&
			       key_eq(before->keys[state->n], binding->keys[state->n]);
		}
		if (seen)
			continue;
		str_clear(&name);
		key_add_name(binding->keys[state->n], &name);
		each(ctx, str_get(&name), binding->n == state->n + 1 ? binding->command : NULL);
	}
	str_release(&name);
}

static void add_binding_name(const struct binding *binding, struct str *out)
{
	bool single = true;

	for (int i = 0; i < binding->n; i++)
		single &= binding->keys[i].mods == 0 && binding->keys[i].code > ' ' &&
			  binding->keys[i].code < 0x7F;
	for (int i = 0; i < binding->n; i++) {
		if (i > 0 && !single)
			str_add_char(out, ' ');
		if (single && binding->n > 1) /* ",1" */
			str_add_char(out, (char)binding->keys[i].code);
		else
			key_add_name(binding->keys[i], out);
	}
}

static void add_keys(const struct keymap *keymap, const struct ui_command *command, bool all,
		     struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < keymap->bindings.n && (all || n == 0); i++)
		if (keymap->bindings.items[i].command == command) {
			if (n++ > 0)
				str_add_char(out, ' ');
			add_binding_name(&keymap->bindings.items[i], out);
		}
}

void keymap_keys(const struct keymap *keymap, const struct ui_command *command, struct str *out)
{
	add_keys(keymap, command, true, out);
}

void keymap_first_key(const struct keymap *keymap, const struct ui_command *command,
		      struct str *out)
{
	add_keys(keymap, command, false, out);
}
