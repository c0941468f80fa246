/* Templates of the profile: a form filled in beforehand, with blanks. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "act_form_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/picker.h"

static const char BLANK[] = "__"; /* and as many more as stand there */

static const struct rules *rules_of(const struct act_form *view)
{
	return client_rules(view->app->client);
}

bool act_template_any(const struct act_form *view)
{
	const struct rules *rules = rules_of(view);

	for (size_t i = 0; i < rules->n_templates; i++)
		if (rules->templates[i].act == view->act)
			return true;
	return false;
}

/* ---- blanks ---- */

static const char *find_blank(const struct act_form *view, const char **ret_field)
{
	for (size_t i = 0; i < view->fields.n_act; i++) {
		const char *name = view->fields.fields[i].name;
		const char *blank = NULL;

		if (view->filled && !view->fields.fields[i].n_choices)
			blank = strstr(form_get(view->form, name), BLANK);
		if (blank) {
			*ret_field = name;
			return blank;
		}
	}
	return NULL;
}

const char *act_template_blank(const struct act_form *view)
{
	const char *field;

	return find_blank(view, &field) ? field : NULL;
}

/* The cursor stands where the blank was. */
static bool go_to_blank(struct act_form *view)
{
	const char *field, *blank = find_blank(view, &field), *text;
	struct str rest = STR_INIT;
	size_t at;

	if (!blank)
		return false;
	text = form_get(view->form, field);
	at = (size_t)(blank - text);
	str_add_bytes(&rest, text, at);
	str_add(&rest, blank + strspn(blank, "_"));
	form_set(view->form, field, str_get(&rest));
	form_error(view->form, field, NULL);
	form_goto(view->form, field, at);
	str_release(&rest);
	return true;
}

/* ---- choosing ---- */

static bool has_field(const struct act_form *view, const char *name)
{
	for (size_t i = 0; i < view->fields.n_act; i++)
		if (strcmp(view->fields.fields[i].name, name) == 0)
			return true;
	return false;
}

/* What the caller is to be asked stands there as long as the form does. */
static void show_ask(struct act_form *view, const char *ask)
{
	struct form_beside line = { .text = ask, .role = ROLE_TEXT, .still = true };

	form_aside(view->form, BESIDE_ASK, ask ? _("To be asked") : NULL, NULL, &line, ask ? 1 : 0);
}

/* What somebody has typed already stays. */
static void apply(struct act_form *view, const struct template *template)
{
	bool left = false;

	for (size_t i = 0; i < template->n_values; i++) {
		const struct template_value *value = &template->values[i];

		if (!has_field(view, value->field))
			continue;
		if (*form_get(view->form, value->field))
			left = true;
		else
			form_set(view->form, value->field, value->value);
	}
	view->filled = view->changed = true;
	show_ask(view, template->ask);
	if (left)
		form_hint(view->form, _("What was typed already was left as it is."));
	(void)go_to_blank(view);
	act_draft_typed(view);
	act_beside_later(view);
}

void act_template_open(struct act_form *view)
{
	const struct rules *rules = rules_of(view);
	struct picker_item *items;
	size_t n = 0;

	if (go_to_blank(view) || !act_template_any(view))
		return;
	items = mem_alloc((rules->n_templates + 1) * sizeof *items);
	for (size_t i = 0; i < rules->n_templates; i++) {
		const struct template *template = &rules->templates[i];

		if (template->act != view->act)
			continue;
		items[n].label = template->label;
		items[n].name = template->code;
		for (size_t v = 0; v < template->n_values && !items[n].help; v++)
			items[n].help = template->values[v].value;
		n++;
	}
	view->templates = picker_new(_("Templates"), items, n, PICKER_NUMBERS);
	free(items);
}

static const struct template *chosen(const struct act_form *view)
{
	const struct rules *rules = rules_of(view);
	size_t at, n = 0;

	if (!picker_current(view->templates, &at))
		return NULL;
	for (size_t i = 0; i < rules->n_templates; i++)
		if (rules->templates[i].act == view->act && n++ == at)
			return &rules->templates[i];
	return NULL;
}

void act_template_key(struct act_form *view, struct key key, const char *pasted)
{
	enum picker_result result = picker_key(view->templates, key, pasted);
	const struct template *template = result == PICKER_DONE ? chosen(view) : NULL;

	if (result != PICKER_DONE && result != PICKER_LEFT)
		return;
	picker_free(view->templates);
	view->templates = NULL;
	if (template)
		apply(view, template);
}

void act_template_draw(struct act_form *view, struct canvas *canvas, struct area area)
{
	struct area box = area_bottom(&area, picker_rows(view->templates));

	picker_draw(view->templates, canvas, box);
}
