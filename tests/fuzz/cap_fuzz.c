/* Any bytes as a warning: read or refused with a sentence, and what rules make of it is an act that
 * passes its own check, twice the same. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/notice.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/cap_act.h"

static const struct org orgs[] = {
	{ .code = "zx", .name = "centre", .tier = "district" },
	{ .code = "320402003", .name = "street", .tier = "street", .parent = "zx" },
};
static const struct warning_area areas[] = { { "320402", "district" } };
static const char *const reds[] = { "red", NULL };
static const char *const to[] = { "area", "all", "tier street", NULL };
static const struct warning_rule warnings[] = {
	{ .id = "red", .levels = reds, .makes = WARNING_INCIDENT, .anywhere = true },
	{ .id = "all", .makes = WARNING_NOTICE, .anywhere = true, .to = to },
};

/* Every second message is known. */
static bool known(void *ctx, const char *sender, const char *identifier, struct target *ret_target)
{
	struct uuid id = notice_id(sender, identifier);

	(void)ctx;
	*ret_target = (struct target){ id.b[1] & 1 ? KIND_NOTICE : KIND_INCIDENT, id, 1 };
	return (id.b[0] & 1) != 0;
}

static void check_alert(const struct cap_alert *alert)
{
	static const struct rules rules = { .offset_min = 480, .centre = "zx", .orgs = orgs,
					    .n_orgs = 2,
					    .warnings = { warnings, 2, areas, 1, NULL } };
	const struct cap_ctx ctx = { .rules = &rules, .actor = { "system", "zx", "system" },
				     .now = 1, .known = known };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct str a = STR_INIT, b = STR_INIT;
	struct cap_verdict verdict, again;
	struct act decoded;
	enum err code = cap_act(&ctx, alert, &arena, &verdict, &err);

	CHECK(code == ERR_OK || code == ERR_INPUT);
	if (code == ERR_OK && verdict.outcome >= CAP_POST) {
		CHECK(act_check(&verdict.act, &err) == ERR_OK);
		CHECK(cap_act(&ctx, alert, &arena, &again, &err) == ERR_OK);
		act_encode(&verdict.act, &a);
		act_encode(&again.act, &b);
		CHECK(strcmp(str_get(&a), str_get(&b)) == 0);
		CHECK(act_decode(a.s, a.len, &arena, &decoded, NULL) == ERR_OK);
	} else if (code == ERR_OK) {
		CHECK(verdict.outcome != CAP_NOTHING || *verdict.why != '\0');
	} else {
		CHECK(err.text[0] != '\0' && text_valid(err.text, strlen(err.text)));
	}
	str_release(&a);
	str_release(&b);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct cap_alert alert;
	struct cap_table table = { .n = 0 };
	enum err code;

	if (cap_is_message(bytes, size)) {
		code = cap_decode(bytes, size, 480, &arena, &alert, &err);
		if (code == ERR_OK)
			check_alert(&alert);
	} else {
		code = cap_table(bytes, size, 480, &arena, &table, &err);
		for (size_t i = 0; code == ERR_OK && i < table.n; i++)
			check_alert(&table.alerts[i]);
	}
	CHECK(code == ERR_OK || code == ERR_INPUT || code == ERR_CORRUPT);
	CHECK(code == ERR_OK || (err.text[0] != '\0' && text_valid(err.text, strlen(err.text))));
	arena_release(&arena);
	return 0;
}
