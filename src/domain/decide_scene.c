/* On the scene: figures, forces sent, arrived and gone, files by name, size and hash. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "speaking.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* A count given with an act; nobody sends a million boats, and a slip of the finger is said. */
static enum err count_given(const struct act *act, const char *name, int64_t most,
			    int64_t *ret_num, struct error *err)
{
	const struct value value = act_value(act, name, 0);

	if (value.num < 0 || value.num > most)
		return error_set(err, ERR_INPUT, _("%s: %lld cannot be; 0 to %lld"),
				 _(act_arg_field(act->desc, name)->title),
				 (long long)value.num, (long long)most);
	*ret_num = value.num;
	return ERR_OK;
}

/* --- forces ---------------------------------------------------------------------------------- */

static struct force *force_add(struct draft *draft, const char *unit)
{
	struct uuid id = uuid_child(&draft->act->id, "force", 0);
	struct force *force = children_add(&draft->after->forces, child_desc(CHILD_FORCE), &id,
					   draft->arena);

	force->unit = unit;
	return force;
}

enum err apply_dispatch(struct draft *draft, struct error *err)
{
	int64_t people, vehicles, boats;
	enum err code = count_given(draft->act, "people", 100000, &people, err);
	struct force *force;

	if (code == ERR_OK)
		code = count_given(draft->act, "vehicles", 10000, &vehicles, err);
	if (code == ERR_OK)
		code = count_given(draft->act, "boats", 10000, &boats, err);
	if (code != ERR_OK)
		return code;
	force = force_add(draft, act_text(draft->act, "unit"));
	force->people = people;
	force->vehicles = vehicles;
	force->boats = boats;
	force->chief = act_text(draft->act, "chief_name");
	force->phone = act_text(draft->act, "chief_phone");
	force->sent_at = draft->eff;
	return ERR_OK;
}

/* The latest force of a unit (NULL: the only one) that has not arrived, or not left. */
static struct force *force_of(const struct incident *incident, const char *unit, bool arrived)
{
	struct force *forces = incident->forces.items, *found = NULL;

	for (size_t i = 0; i < incident->forces.n; i++) {
		if (forces[i].left_at != 0 || (!arrived && forces[i].arrived_at != 0))
			continue;
		if (unit == NULL && found != NULL)
			return NULL;
		if (unit == NULL || str_eq(forces[i].unit, unit))
			found = &forces[i];
	}
	return found;
}

/* One that nobody had announced is there too, once it has arrived. */
enum err apply_arrive_force(struct draft *draft, struct error *err)
{
	const char *unit = act_text(draft->act, "unit");
	struct force *force = force_of(draft->after, unit, false);

	(void)err;
	if (force == NULL && unit != NULL)
		force = force_add(draft, unit);
	if (force != NULL)
		force->arrived_at = draft->eff;
	return ERR_OK;
}

/* The latest of a unit, gone or not. */
static const struct force *any_force(const struct incident *incident, const char *unit)
{
	const struct force *forces = incident->forces.items;

	for (size_t i = incident->forces.n; i-- > 0;)
		if (str_eq(forces[i].unit, unit))
			return &forces[i];
	return NULL;
}

static void list_forces(const struct incident *incident, struct str *out)
{
	const struct force *forces = incident->forces.items;

	for (size_t i = 0; i < incident->forces.n; i++)
		if (forces[i].left_at == 0)
			str_addf(out, "%s%s", out->len > 0 ? _(", ") : "", forces[i].unit);
}

enum err apply_depart(struct draft *draft, struct error *err)
{
	const char *unit = act_text(draft->act, "unit");
	struct force *force = force_of(draft->after, unit, true);
	const struct force *gone = any_force(draft->after, unit);
	struct str there = STR_INIT;
	char when[CIVIL_TEXT];

	if (force != NULL) {
		force->left_at = draft->eff;
		return ERR_OK;
	}
	if (gone != NULL) {
		civil_format(gone->left_at, draft->rules->offset_min, "m-d H:M", when, sizeof when);
		draft->note = arena_printf(draft->arena, _("%s had left already, %s"), unit, when);
		return ERR_OK;
	}
	list_forces(draft->after, &there);
	error_set(err, ERR_REFUSED, _("%.80s was not sent; there are: %.300s"), unit,
		  there.len > 0 ? str_get(&there) : "-");
	str_release(&there);
	return ERR_REFUSED;
}

/* --- figures --------------------------------------------------------------------------------- */

static const struct {
	const char *name; /* argument, and field of the incident */
	int64_t most;
} figures[] = {
	{ "trapped", 1000000 }, { "moved", 10000000 }, { "injured", 1000000 },
	{ "dead", 1000000 },	{ "missing", 1000000 }, { "water_cm", 10000 },
	{ "rain_mm", 5000 },
};

/* The latest report wins, and of a figure that says nothing any more (0 trapped) too.  What comes
 * late, from before the figures that stand, only fills in what nobody had said. */
enum err apply_scene(struct draft *draft, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	bool late = draft->eff < draft->before->scene_at, any = false;
	char when[CIVIL_TEXT];

	for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
		const struct field *field =
			field_find(kind->fields, kind->n_fields, figures[i].name);
		struct value value = { 0 };
		enum err code = count_given(draft->act, figures[i].name, figures[i].most,
					    &value.num, err);

		if (code != ERR_OK)
			return code;
		if (!act_gives(draft->act, field->name))
			continue;
		any = true;
		if (!late || !value_is_set(field_get(field, draft->before)))
			field_set(field, draft->after, value, draft->arena);
	}
	if (!any)
		return error_set(err, ERR_INPUT, _("say one figure at least"));
	if (!late) {
		draft->after->scene_at = draft->eff;
		return ERR_OK;
	}
	civil_format(draft->before->scene_at, draft->rules->offset_min, "m-d H:M", when,
		     sizeof when);
	draft->note =
	    arena_printf(draft->arena, _("figures of %s are there already and stay"), when);
	return ERR_OK;
}

/* --- files ----------------------------------------------------------------------------------- */

enum { HASH_DIGITS = 64 };
#define FILE_MOST (INT64_C(1) << 40)

/* A SHA-256 in small letters, or NULL. */
static const char *hash_of(const char *text, struct arena *arena)
{
	char *hash = arena_strdup(arena, text);

	if (strlen(text) != HASH_DIGITS || strspn(text, "0123456789abcdefABCDEF") != HASH_DIGITS)
		return NULL;
	for (char *s = hash; *s != '\0'; s++)
		if (*s >= 'A' && *s <= 'F')
			*s = (char)(*s - 'A' + 'a');
	return hash;
}

static const struct file *file_with(const struct incident *incident, const char *hash)
{
	const struct file *files = incident->files.items;

	for (size_t i = 0; i < incident->files.n; i++)
		if (str_eq(files[i].hash, hash))
			return &files[i];
	return NULL;
}

enum err file_given(const struct act *act, struct arena *arena, const char **ret_hash,
		    struct error *err)
{
	const char *name = act_text(act, "file_name"), *words = act_text(act, "file_hash");
	const char *hash = words != NULL ? hash_of(words, arena) : NULL;
	int64_t size;
	enum err code = count_given(act, "file_size", FILE_MOST, &size, err);

	if (code != ERR_OK)
		return code;
	if (strchr(name, '/') != NULL || strchr(name, '\\') != NULL)
		return error_set(err, ERR_INPUT, _("\"%.80s\" is a path: give the file's name"),
				 name);
	if (hash == NULL)
		return error_set(err, ERR_INPUT,
				 _("a SHA-256 has 64 digits 0-9 a-f; this is none"));
	*ret_hash = hash;
	return ERR_OK;
}

enum err apply_attach(struct draft *draft, struct error *err)
{
	const struct act *act = draft->act;
	const char *shows = act_text(act, "file_kind"), *hash = NULL;
	const struct file *same;
	struct uuid id = uuid_child(&act->id, "file", 0);
	struct file *file;
	enum err code = file_given(act, draft->arena, &hash, err);

	if (shows == NULL)
		shows = "other";
	if (code == ERR_OK && !str_eq(shows, "before") && !str_eq(shows, "after") &&
	    !str_eq(shows, "other"))
		code = error_set(err, ERR_INPUT,
				 _("\"%.40s\" is nothing that a file shows; there are before, after, "
				   "other"),
				 shows);
	if (code != ERR_OK)
		return code;
	same = file_with(draft->after, hash);
	if (same != NULL && str_eq(same->shows, shows)) {
		draft->note =
		    arena_printf(draft->arena, _("it is attached already, as %s"), same->name);
		return ERR_OK;
	}
	file = children_add(&draft->after->files, child_desc(CHILD_FILE), &id, draft->arena);
	file->name = act_text(act, "file_name");
	file->size = act_value(act, "file_size", 0).num;
	file->hash = hash;
	file->shows = shows;
	file->by = act->actor.officer;
	file->at = draft->eff;
	return ERR_OK;
}
