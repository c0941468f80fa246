/* Who is on duty, as rows for lists and programs. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/oncall.h"

#define FIELD(name, type, title) \
	FIELD_DESC(offsetof(struct oncall_row, name), name, type, #name, #name, title, 0, PUBLIC, 0)

static const struct field fields[] = {
	FIELD(org, ORG, N_("Organisation")),
	FIELD(when, TEXT, N_("When")),
	FIELD(post, TEXT, N_("Post")),
	FIELD(name, PERSON, N_("Full name")),
	FIELD(title, TEXT, N_("Position")),
	FIELD(unit, ORG, N_("Unit")),
	FIELD(phone, TEXT, N_("Duty phone")),
	FIELD(phone2, TEXT, N_("Second phone")),
	FIELD(shift, TEXT, N_("Shift")),
	FIELD(starts, TIME, N_("Begins")),
	FIELD(ends, TIME, N_("Ends")),
	FIELD(how, TEXT, N_("How")),
	FIELD(note, TEXT, N_("Note")),
};

const struct kind_desc *oncall_desc(void)
{
	static const struct kind_desc desc = {
		.kind = KIND_COUNT,
		.name = "oncall",
		.plural = "oncall",
		.fields = fields,
		.n_fields = ARRAY_LEN(fields),
		.size = sizeof(struct oncall_row),
	};

	return &desc;
}

static const char *outing_words(const struct record *outing, struct arena *arena)
{
	if (outing == NULL)
		return NULL;
	return arena_printf(arena, _("out of reach, %s stands in %s"),
			    outing->deputy != NULL ? outing->deputy : "-",
			    outing->deputy_phone != NULL ? outing->deputy_phone : "");
}

/* A duty that changed hands is never told without whose it was. */
static const char *duty_note(const struct on_duty *duty, struct arena *arena)
{
	const char *out = outing_words(duty->outing, arena);
	const char *was = duty->turn->was;

	if (was == NULL || str_eq(was, duty->turn->name))
		return out;
	was = arena_printf(arena, _("instead of %s"), was);
	return out == NULL ? was : arena_printf(arena, "%s; %s", was, out);
}

struct filling {
	struct arena *arena;
	struct oncall_row *rows;
	size_t n;
	bool words;
};

static const char *when_of(const struct filling *fill, bool now)
{
	if (!fill->words)
		return now ? "now" : "next";
	return now ? _("now") : _("then");
}

static void add_duties(struct filling *fill, const char *org, const struct on_duty *duties, size_t n,
		       bool now)
{
	for (size_t i = 0; i < n; i++) {
		const struct on_duty *duty = &duties[i];
		const struct turn *turn = duty->turn;

		fill->rows[fill->n++] = (struct oncall_row){
			.id = turn->id,
			.org = org,
			.when = when_of(fill, now),
			.shift = duty->shift != NULL ? duty->shift->label : turn->shift,
			.post = duty->post != NULL ? duty->post->label : turn->post,
			.name = turn->name,
			.title = duty->staff != NULL ? duty->staff->title : NULL,
			.unit = turn->unit,
			.phone = duty->phone,
			.phone2 = duty->staff != NULL ? duty->staff->phone2 : NULL,
			.how = turn->how,
			.note = duty_note(duty, fill->arena),
			.starts = turn->starts,
			.ends = turn->ends,
		};
	}
}

static void add_org(struct filling *fill, const struct duty_now *duty)
{
	struct oncall_page page = { .duty = *duty };

	add_duties(fill, duty->org, duty->now, duty->n_now, true);
	if (duty->n_now == 0 || duty->gap)
		fill->rows[fill->n++] = (struct oncall_row){
			.id = uuid_named(arena_printf(fill->arena, "oncall %s", duty->org)),
			.org = duty->org,
			.when = when_of(fill, true),
			.phone = duty->phone,
			.ends = duty->ends,
			.note = oncall_why(&page),
		};
	add_duties(fill, duty->org, duty->next, duty->n_next, false);
}

enum err oncall_rows(struct client *client, const char *org, int64_t at, bool words,
		     struct arena *arena, struct oncall_row **ret_rows, size_t *ret_n,
		     struct error *err)
{
	struct filling fill = { .arena = arena, .words = words };
	struct duty_now *duties = arena_array(arena, 1, sizeof *duties);
	size_t n = 1, most = 0;
	enum err code = org != NULL ? client_on_duty(client, org, at, arena, duties, err)
				    : client_all_on_duty(client, at, arena, &duties, &n, err);

	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		most += duties[i].n_now + duties[i].n_next + 1;
	fill.rows = arena_array(arena, most + 1, sizeof *fill.rows);
	for (size_t i = 0; i < n; i++)
		add_org(&fill, &duties[i]);
	*ret_rows = fill.rows;
	*ret_n = fill.n;
	return ERR_OK;
}
