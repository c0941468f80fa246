/* The acts of a timeline bear the names they had in their steps: a way through a league's flow, followed
 * by what was done alone. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../../src/client/timeline_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"

struct told {
	const char *verb, *org, *label;
};

/* From a grid to its banner, three departments, one of them again; up to the league, back, up again and
 * down to be closed. */
static const struct told banner[] = {
	{ "register", "152201001001001", "发现上报" },
	{ "note", "152201001001001", "备注" },
	{ "escalate", "152201001001001", "上报" },
	{ "accept", "152201", "统一受理" },
	{ "assign", "152201", "指挥派遣" },
	{ "sign", "152201zj", "签收" },
	{ "handle", "152201zj", "处置反馈" },
	{ "handle", "152201cg", "处置反馈" },
	{ "verify_ok", "152201", "核实通过" },
	{ "verify_no", "152201", "核实不通过" },
	{ "handle", "152201cg", "处置反馈" },
	{ "verify_ok", "152201", "核实通过" },
	{ "close", "152201", "办结" },
	{ "reopen", "152201", "重办" },
	{ "escalate", "152201", "提请盟级指挥" },
	{ "return", "zhongxin", "退旗县自办" },
	{ "assign", "152201", "指挥派遣" },
	{ "escalate", "152201", "提请盟级指挥" },
	{ "accept", "zhongxin", "统一受理" },
	{ "assign", "zhongxin", "指挥派遣" },
	{ "handle", "meng_sl", "处置反馈" },
	{ "verify_ok", "zhongxin", "核实通过" },
	{ "feedback", "zhongxin", "反馈旗县" },
	{ "handle", "152201zj", "处置反馈" },
};

static const struct told window[] = {
	{ "register", "tiaochu", "发现上报" },	 { "accept", "tiaochu", "接待登记" },
	{ "assign", "tiaochu", "派单到后台" },	 { "sign", "meng_sf", "签收" },
	{ "handle", "meng_sf", "提出意见" },	 { "accept", "tiaochu", "会商定案" },
	{ "handle", "tiaochu", "达成一致" },	 { "feedback", "tiaochu", "签订协议" },
	{ "verify_no", "tiaochu", "未履行" },	 { "handle", "tiaochu", "达成一致" },
	{ "feedback", "tiaochu", "签订协议" },	 { "callback", "tiaochu", "回访" },
};

static void assert_told(const struct rules *rules, const struct told *told, size_t n)
{
	struct follow follow = { .rules = rules };

	for (size_t i = 0; i < n; i++) {
		const struct act act = { .desc = act_desc_find(told[i].verb),
					 .actor = { "张三", told[i].org, "duty" } };
		const char *label = follow_label(&follow, &act);

		if (!str_eq(label, told[i].label))
			fail_msg("%zu, %s: %s, not %s", i, told[i].verb, label, told[i].label);
	}
}

static void test_names(void **state)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct jurisdiction *j;
	struct workdays *days;

	(void)state;
	if (profile_load(path_join(&arena, top ? top : ".", "profiles/xingan.conf"), &j, &days, &err))
		fail_msg("%s", err.text);
	assert_told(&j->rules, banner, ARRAY_LEN(banner));
	assert_told(&j->rules, window, ARRAY_LEN(window));
	/* what begins in the middle keeps the names that hold everywhere */
	assert_told(&j->rules, banner + 3, 2);
	profile_free(j);
	workdays_free(days);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_names) };

	return cmocka_run_group_tests_name("timeline", tests, NULL, NULL);
}
