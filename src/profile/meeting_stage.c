/* The stages of a resolution (四议两公开): who sits, the votes it needs, and what is made public.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* "60%", "2/3", or "more than" these: ">1/2". */
static enum err build_share(const struct conf_section *section, const char *name,
			    struct share *ret_share, struct error *err)
{
	enum { WHOLE_MAX = 100 };
	const char *text = conf_str(section, name), *s = text;
	struct share share = {.whole = WHOLE_MAX, .more = *text == '>'};
	char *end;
	bool ok;

	if (!*text)
		return ERR_OK;
	s += share.more;
	ok = *s >= '1' && *s <= '9' && strlen(s) <= strlen("100/100");
	share.part = ok ? (int)strtol(s, &end, 10) : 0;
	if (ok && *end == '/' && end[1] >= '1' && end[1] <= '9')
		share.whole = (int)strtol(end + 1, &end, 10);
	else
		ok = ok && *end++ == '%';
	if (!ok || *end || share.whole > WHOLE_MAX || share.part + share.more > share.whole)
		return conf_error(
		    section, name, err,
		    _("%s: \"%s\": a share such as 60%%, 2/3 or >1/2 (more than half)"), name,
		    text);
	*ret_share = share;
	return ERR_OK;
}

/* A publication is a dated record: nobody votes. */
static enum err check_published(const struct conf_section *section,
				const struct meeting_stage *stages, size_t n, struct error *err)
{
	static const char *const votes[] = {"quorum", "pass"};
	const struct meeting_stage *stage = &stages[n];

	for (size_t i = 0; stage->published && i < ARRAY_LEN(votes); i++)
		if (conf_given(section, votes[i]))
			return conf_error(
			    section, votes[i], err,
			    _("%s: stage \"%s\" is a publication: nobody votes there"), votes[i],
			    stage->code);
	if (stage->published && n == 0)
		return conf_error(section, "published", err,
				  _("stage \"%s\": something is resolved before it is made public"),
				  stage->code);
	if (!stage->published && n > 0 && stages[n - 1].published)
		return conf_error(section, NULL, err,
				  _("stage \"%s\": it stands behind the publication \"%s\": those "
				    "come last"),
				  stage->code, stages[n - 1].code);
	return ERR_OK;
}

/* From the stage before: the first has none. */
static enum err build_within(const struct conf_section *section, const struct limit *usual,
			     size_t n, struct limit *ret_within, struct error *err)
{
	*ret_within = (struct limit){.unit = LIMIT_NONE, .from_clock = -1};
	if (!*conf_str(section, "within")) {
		if (n > 0)
			*ret_within = *usual;
		return ERR_OK;
	}
	if (n == 0)
		return conf_error(section, "within", err,
				  _("within: stage \"%s\" is the first: none stands before it"),
				  conf_title(section));
	return build_limit(section, "within", ret_within, err);
}

static enum err build_stage(struct build *build, const struct conf_section *section,
			    const struct meeting_series *series, struct meeting_stage *stages,
			    size_t n, struct error *err)
{
	struct meeting_stage *stage = &stages[n];
	enum err code = build_id(section, "stage", err);

	if (code)
		return code;
	stage->code = arena_strdup(&build->profile->arena, conf_title(section));
	stage->label = build_str(build, section, "label");
	stage->who = build_opt(build, section, "who");
	stage->published = conf_bool(section, "published");
	code = check_published(section, stages, n, err);
	if (!code)
		code = build_share(section, "quorum", &stage->quorum, err);
	if (!code)
		code = build_percent(section, "pass", &stage->pass_percent, err);
	if (!code && stage->pass_percent > 99)
		code = conf_error(section, "pass", err,
				  _("pass: \"%s\": more than so many are for it: 99%% at the most"),
				  conf_str(section, "pass"));
	return code ? code
		    : build_within(section, &series->limits[MEETING_STAGE], n, &stage->within, err);
}

enum err build_stages(struct build *build, const struct conf_section *section,
		      struct meeting_series *series, struct error *err)
{
	size_t n = conf_count(section, "stage");
	struct meeting_stage *stages = arena_array(&build->profile->arena, n + 1, sizeof *stages);

	if (n > STAGES_MAX)
		return conf_error(conf_child(section, "stage", STAGES_MAX), NULL, err,
				  _("meeting \"%s\": at most %d stages"), series->code, STAGES_MAX);
	for (size_t i = 0; i < n; i++) {
		enum err code =
		    build_stage(build, conf_child(section, "stage", i), series, stages, i, err);

		if (code)
			return code;
	}
	series->stages = n ? stages : NULL;
	series->n_stages = n;
	return ERR_OK;
}
