/* Drawing a meeting up: of which series, then its form. */
#include <config.h>

#include <stdio.h>

#include "choose_priv.h"
#include "meetings_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"

enum { SERIES_MOST = 32 };

struct convening {
	struct choose choose; /* the first: see choose_priv.h */
	const struct meeting_series *series[SERIES_MOST];
	size_t n;
};

static unsigned begin(struct app *app, const struct meeting_series *series)
{
	snprintf(app->convene_series, sizeof app->convene_series, "%s", series ? series->code : "");
	return acts_begin(app, act_desc_of(KIND_MEETING, "convene"));
}

static unsigned chosen(void *state, size_t at)
{
	struct convening *convening = state;

	return begin(convening->choose.app, convening->series[at]);
}

static size_t own_series(const struct app *app, const struct meeting_series *series[SERIES_MOST])
{
	const struct actor *actor = client_actor(app->client);
	size_t n = 0;

	while (actor && n < SERIES_MOST &&
	       (series[n] = rules_series_of(client_rules(app->client), actor->org, n)) != NULL)
		n++;
	return n;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct convening *convening = choose_new(ui, sizeof *convening, chosen);
	struct picker_item items[SERIES_MOST] = { 0 };

	(void)arg;
	(void)err;
	convening->n = own_series(convening->choose.app, convening->series);
	for (size_t i = 0; i < convening->n; i++) {
		items[i].label = convening->series[i]->label;
		items[i].help = convening->series[i]->n_stages ? _("stage by stage")
				: convening->series[i]->when
				    ? _("of a rhythm: the next date is proposed")
				    : _("as needed");
	}
	convening->choose.picker =
		picker_new(_("Which meeting?"), items, convening->n, PICKER_NUMBERS);
	*ret_state = convening;
	return ERR_OK;
}

const struct view_ops convene_view = {
	.name = "convene",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};

unsigned convene_command(struct app *app)
{
	const struct meeting_series *series[SERIES_MOST];
	size_t n = own_series(app, series);

	if (!meetings_may_convene(app)) {
		app_notice(app, ROLE_HINT, _("your organisation convenes no meetings"));
		return UI_FRAME;
	}
	return n > 1 ? ui_open(app->ui, &convene_view, NULL, 0) : begin(app, n ? series[0] : NULL);
}
