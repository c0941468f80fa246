/* Acts of which most was chosen on the screen: done at once, or asked for the few words that are
 * left. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "zhiban/base/mem.h"

struct preset {
	const struct act_desc *act;
	struct arena arena;
	struct given *given;
	size_t n, cap;
	const char *what, *hint, *without;
};

void act_preset_drop(struct app *app)
{
	if (!app->preset)
		return;
	free(app->preset->given);
	arena_release(&app->preset->arena);
	free(app->preset);
	app->preset = NULL;
}

void act_preset_begin(struct app *app, const struct act_desc *act, const struct selection *target)
{
	act_preset_drop(app);
	app->preset = mem_alloc(sizeof *app->preset);
	app->preset->act = act;
	if (target)
		acts_target(app, act, &target->id);
	else
		app->n_targets = 0;
	if (target && app->n_targets)
		app->targets[0] = *target;
}

static void give(struct app *app, const char *arg, struct value value)
{
	struct preset *preset = app->preset;
	const struct field *field = act_arg_field(preset->act, arg);

	if (!field)
		return;
	MEM_GROW(preset->given, preset->n, preset->cap);
	preset->given[preset->n++] = (struct given){ field, value };
}

void act_preset_text(struct app *app, const char *arg, const char *text)
{
	if (text && *text)
		give(app, arg, (struct value){ .is_text = true,
					       .text = arena_strdup(&app->preset->arena, text) });
}

void act_preset_num(struct app *app, const char *arg, int64_t num)
{
	give(app, arg, (struct value){ .num = num });
}

void act_preset_without(struct app *app, const char *arg)
{
	app->preset->without = arg;
}

void act_preset_what(struct app *app, const char *what)
{
	app->preset->what = arena_strdup(&app->preset->arena, what);
}

static bool is_of(const struct app *app, const struct act_desc *act)
{
	return app->preset && app->preset->act == act;
}

const struct given *act_preset_of(const struct app *app, const struct act_desc *act, size_t *ret_n)
{
	*ret_n = is_of(app, act) ? app->preset->n : 0;
	return *ret_n ? app->preset->given : NULL;
}

bool act_preset_has(const struct app *app, const struct act_desc *act, const char *arg)
{
	if (is_of(app, act) && str_eq(app->preset->without, arg))
		return true;
	for (size_t i = 0; is_of(app, act) && i < app->preset->n; i++)
		if (strcmp(app->preset->given[i].field->name, arg) == 0)
			return true;
	return false;
}

const char *act_preset_line(const struct app *app, const struct act_desc *act)
{
	return is_of(app, act) ? app->preset->what : NULL;
}

const char *act_preset_hint(const struct app *app, const struct act_desc *act)
{
	return is_of(app, act) ? app->preset->hint : NULL;
}

unsigned act_preset_go(struct app *app, bool form)
{
	struct question question = { .act = app->preset->act, .fresh = true };
	struct deed deed = { .act = app->preset->act };
	struct error err = ERROR_INIT;
	unsigned flags;

	if (!form && acts_do(app, &deed, &flags, &err) == ERR_OK)
		return flags;
	if (!form && err.code != ERR_REFUSED && err.code != ERR_INPUT) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	if (!form)
		app->preset->hint = arena_strdup(&app->preset->arena, err.text);
	return ui_open(app->ui, &form_view, &question, sizeof question);
}
