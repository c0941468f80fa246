#include <config.h>

#include "zhiban/base/pinyin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { LINE = 256 };

static enum pinyin_fit fit(const char *name, const char *text)
{
	struct pinyin_typed typed;

	return pinyin_type(&typed, text) ? pinyin_fit(&typed, name) : PINYIN_NOT;
}

/* What is typed, apart by "|", fits the name. */
static const struct {
	const char *name, *typed;
} fits[] = {
	{ "兰陵街道", "lanling|lljd|lanlingjiedao|lanljd|lljiedao|l|lan|la|jd|jiedao|lingjie|ll jd|"
		      "lan ling|lanlin j|兰陵|兰ling|兰l街d|LLJD|ｌｌｊｄ|lanlingjied|l l j d|lan'ling" },
	{ "天宁区", "tnq|tianning|tianningqu|tian ning|tn区" },
	{ "水务局", "swj|shuiwu|shuiwuju|shwj|shuiwj|shui'wu'ju|sw" },
	{ "市场监督管理局", "scjdglj|shichangjianduguanliju|jdgl|scjdg" },
	{ "常州市天宁区茶山街道", "cs|chashan|csjd|tnqcs|czs|茶山" },
	{ "西安", "xi'an|xian|xa|xi an|xi’an" },
	{ "县", "xian|x" },
	{ "先锋路", "xianfeng|xfl|xianf" },
	/* several readings */
	{ "长江路", "changjiang|cjl|chjl|changjl" },
	{ "市长信箱", "shizhang|szxx|shizhangxinxiang" },
	{ "常州市长江中路", "changzhoushichangjiang|changjiangzhonglu|czscj|cjzl" },
	{ "重庆路", "chongqing|cql" },
	{ "重点项目", "zhongdian|zdxm" },
	{ "都市路", "dushi|dsl" },
	{ "成都路", "chengdu|cdl" },
	{ "银行", "yinhang|yh" },
	{ "行政审批局", "xingzheng|xzspj|xingzhengshenpiju" },
	{ "音乐厅", "yinyueting|yyt" },
	{ "快乐社区", "kuailesq|klsq" },
	{ "藏书楼", "cangshulou|csl" },
	{ "西藏路", "xizang|xzl" },
	{ "弄堂", "longtang|nongtang|lt|nt" },
	/* known names */
	{ "厦门路", "xiamen|xml|xiamenlu" },
	{ "大厦", "dasha|ds|daxia" },
	{ "六安", "luan|la|liuan|lu'an" },
	{ "六合区", "luhe|lhq|liuhe" },
	{ "番禺", "panyu|py" },
	{ "铅山县", "yanshan|ysx|qianshan" },
	{ "浒墅关", "xushuguan|xsg" },
	{ "东阿", "dong'e|donge|de" },
	{ "乐清", "yueqing|leqing|yq|lq" },
	{ "台州", "taizhou|tz" },
	{ "洪洞县", "hongtong|htx" },
	{ "蚌埠", "bengbu|bb" },
	{ "大城县", "daichengxian|dachengxian" },
	/* surnames, where a name begins */
	{ "单小明", "shanxiaoming|sxm|danxiaoming" },
	{ "仇和", "qiuhe|qh|chouhe" },
	{ "区志强", "ouzhiqiang|ozq" },
	{ "解晓东", "xiexiaodong|xxd" },
	{ "曾国强", "zengguoqiang|zgq" },
	{ "查良镛", "zhaliangyong|zly" },
	{ "朴正浩", "piaozhenghao|pzh" },
	{ "盖文", "gewen|gw|gaiwen" },
	{ "尉迟恭", "yuchigong|ycg" },
	{ "万俟卨", "moqixie|mqx" },
	{ "长孙无忌", "zhangsunwuji|zswj" },
	{ "值班员 单小明", "shanxiaoming|sxm" },
	{ "覃海洋", "qinhaiyang|tanhaiyang" },
	{ "吕布", "lvbu|lyubu|lübu|lb" },
	{ "绿地", "lvdi|lyudi|ld" },
	{ "略阳", "lveyang|lueyang|ly" },
	{ "女子", "nvzi|nyuzi|nz" },
	/* other signs in the name */
	{ "3网格", "3wg|3wangge|3网格|3" },
	{ "12345热线", "12345rx|rexian|2345" },
	{ "清凉新村（东区）", "qlxcdq|qingliangxincundong|清凉新村东|qlxc(dq" },
	{ "阿·买买提", "amaimaiti|ammt|a·mai" },
	{ "城管局 三中队", "cgjszd|cgj szd|chengguanju san" },
	{ "APP 上报", "appsb|app|APP shangbao|sb" },
	{ "𬭎达路", "hongda|hdl" }, /* beyond the basic block */
	{ "〇五社区", "lingwu|lwsq" },
};

/* What does not fit, though it looks like it. */
static const struct {
	const char *name, *typed;
} others[] = {
	{ "兰陵街道", "lanlign|laljd x|jld|lld|nl|lanlingj d x|ilng|anling|an|ing|lalijd" },
	{ "天宁区", "tianningou|tno|tianq|tinq" }, /* ou is a surname only */
	{ "西安", "xain|xiana|xi'a'n" },
	{ "县", "xi'an|xa" }, /* the border says two characters */
	{ "长江路", "zhangjiang|zj" },
	{ "市长信箱", "shichang|scxx" },
	{ "常州市长江中路", "shizhang|zhangjiang" },
	{ "重庆路", "zhongqing|zql" },
	{ "重点项目", "chongdian|cdxm" },
	{ "银行", "yinxing|yx" },
	{ "行政审批局", "hangzheng|hzspj" },
	{ "厦门路", "shamen|sml" },
	{ "音乐厅", "yinle" },
	{ "成都路", "chengdou" },
	{ "广场", "anchang|ac" }, /* what only a dictionary of old words knows */
	{ "厂房", "anfang|af" },
	{ "小单位", "xiaoshan|xsw" },
	{ "红旗区", "hongqiou|hqo" },
	{ "水务局", "suiwu|shw j x|huiwu|swjj|wsj" },
	{ "绿地", "ludi x|lyd|liudi" },
	{ "3网格", "sanwangge|swg" }, /* a digit is typed as one */
	{ "APP 上报", "aappsb|ppsbx" },
	{ "", "a|1|兰" },
};

/* How many are not as they should be: all of them are told. */
static int each(const char *list, const char *name, bool want)
{
	char line[LINE];
	char *at = line;
	int wrong = 0;

	assert_true(strlen(list) < sizeof line);
	memcpy(line, list, strlen(list) + 1);
	while (at != NULL) {
		char *bar = strchr(at, '|');

		if (bar != NULL)
			*bar = '\0';
		if (pinyin_fits(name, at) != want) {
			print_error("%s: \"%s\" should%s fit\n", name, at, want ? "" : " not");
			wrong++;
		}
		at = bar != NULL ? bar + 1 : NULL;
	}
	return wrong;
}

static void what_fits(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fits); i++)
		wrong += each(fits[i].typed, fits[i].name, true);
	assert_int_equal(wrong, 0);
}

static void what_does_not(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		wrong += each(others[i].typed, others[i].name, false);
	assert_int_equal(wrong, 0);
}

static void how_well(void **state)
{
	static const struct {
		const char *name, *typed;
		enum pinyin_fit fit;
	} cases[] = {
		{ "兰陵街道", "lljd", PINYIN_WHOLE },
		{ "兰陵街道", "lanlingjiedao", PINYIN_WHOLE },
		{ "兰陵街道", "兰陵街道", PINYIN_WHOLE },
		{ "兰陵街道", "ll", PINYIN_BEGINS },
		{ "兰陵街道", "lan", PINYIN_BEGINS },
		{ "兰陵街道", "jd", PINYIN_WITHIN },
		{ "兰陵街道", "", PINYIN_BEGINS },
		{ "兰陵", "ll", PINYIN_WHOLE },
		{ "兰兰兰", "lll", PINYIN_WHOLE },
		{ "兰兰兰", "ll", PINYIN_BEGINS },
		{ "新村（东）", "xcd", PINYIN_WHOLE },
		{ "（东）新村", "xc", PINYIN_WITHIN },
		{ "（东）新村", "dx", PINYIN_BEGINS },
		{ "西安", "xian", PINYIN_WHOLE },
		{ "安西安", "xian", PINYIN_WITHIN },
		{ "兰陵街道", "zz", PINYIN_NOT },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (fit(cases[i].name, cases[i].typed) != cases[i].fit)
			fail_msg("%s: \"%s\" is %d, not %d", cases[i].name, cases[i].typed,
				 (int)fit(cases[i].name, cases[i].typed), (int)cases[i].fit);
	assert_int_equal(fit(NULL, ""), PINYIN_NOT);
}

static void spelled(void **state)
{
	static const struct {
		const char *text, *typed;
		bool want;
	} cases[] = {
		{ "清凉新村自来水发黄有异味", "zilaishui", true },
		{ "清凉新村自来水发黄有异味", "zilaish", true },
		{ "清凉新村自来水发黄有异味", "shuifahu", true },
		{ "清凉新村自来水发黄有异味", "自来shui", true },
		{ "清凉新村自来水发黄有异味", "zls", false },	/* initials are everywhere */
		{ "清凉新村自来水发黄有异味", "shui", false },  /* one character too */
		{ "清凉新村自来水发黄有异味", "zila", true },
		{ "清凉新村自来水发黄有异味", "zil", false }, /* LED, KTV */
		{ "清凉新村自来水发黄有异味", "zlaishui", false },
		{ "停电", "tingdian", true },
		{ "停车，电动车", "chedian", false }, /* across a sign */
		{ "停电", "tingd ian", false },
		{ "停电", "ting dian", true },
		{ "", "ting", false },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct pinyin_typed typed;

		assert_true(pinyin_type(&typed, cases[i].typed));
		if (pinyin_spelled(&typed, cases[i].text) != cases[i].want)
			fail_msg("%s: \"%s\"", cases[i].text, cases[i].typed);
	}
}

static void for_sorting(void **state)
{
	static const struct {
		const char *name, *spelled;
	} cases[] = {
		{ "兰陵街道", "lan ling jie dao" },
		{ "单小明", "shan xiao ming" },
		{ "区志强", "ou zhi qiang" },
		{ "厦门路", "xia men lu" },
		{ "六安", "lu an" },
		{ "常州市长江路", "chang zhou shi chang jiang lu" },
		{ "3网格", "3 wang ge" },
		{ "网格3", "wang ge 3" },
		{ "APP上报", "app shang bao" },
		{ "解先生", "xie xian sheng" },
		{ "王解放", "wang jie fang" },
		{ "南长街", "nan chang jie" },
		{ "名都社区", "ming du she qu" },
		{ "太行路", "tai hang lu" },
		{ "地坛社区", "di tan she qu" },
		{ "", "" },
	};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&out);
		pinyin_spell(&out, cases[i].name);
		assert_string_equal(str_get(&out), cases[i].spelled);
	}
	str_release(&out);
}

static void too_long(void **state)
{
	char text[4 * PINYIN_TYPED];
	struct pinyin_typed typed;

	(void)state;
	memset(text, 'l', sizeof text);
	text[PINYIN_TYPED] = '\0';
	assert_true(pinyin_type(&typed, text));
	assert_int_equal(typed.n, PINYIN_TYPED);
	assert_int_equal(pinyin_fit(&typed, "兰"), PINYIN_NOT);
	text[PINYIN_TYPED] = 'l';
	text[PINYIN_TYPED + 1] = '\0';
	assert_false(pinyin_type(&typed, text));
	assert_true(pinyin_type(&typed, "x'"));
	assert_false(pinyin_type(&typed, "''"));
	assert_true(pinyin_type(&typed, ""));
}

/* ---- what holds of every name ---- */

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* A name of characters of the basic block that have readings. */
static void some_name(uint32_t *seed, struct str *out)
{
	size_t n = 2 + next(seed) % 5;

	str_clear(out);
	while (n > 0) {
		uint32_t cp = 0x4E00 + next(seed) % (0x9FA5 - 0x4E00);
		char utf8[4] = { (char)(0xE0 | cp >> 12), (char)(0x80 | (cp >> 6 & 0x3F)),
				 (char)(0x80 | (cp & 0x3F)), '\0' };
		struct str read = STR_INIT;

		pinyin_spell(&read, utf8);
		if (str_get(&read)[0] >= 'a' && str_get(&read)[0] <= 'z') {
			str_add(out, utf8);
			n--;
		}
		str_release(&read);
	}
}

static void check_name(const char *name)
{
	struct str read = STR_INIT, joined = STR_INIT, initials = STR_INIT;

	pinyin_spell(&read, name);
	for (const char *s = str_get(&read); *s != '\0'; s++) {
		if (s == str_get(&read) || s[-1] == ' ')
			str_add_char(&initials, *s);
		if (*s != ' ')
			str_add_char(&joined, *s);
	}
	assert_int_equal(fit(name, name), PINYIN_WHOLE);
	assert_int_equal(fit(name, str_get(&read)), PINYIN_WHOLE);
	assert_int_equal(fit(name, str_get(&joined)), PINYIN_WHOLE);
	assert_int_equal(fit(name, str_get(&initials)), PINYIN_WHOLE);
	/* each beginning of what fits, fits */
	while (joined.len > 0) {
		assert_int_not_equal(fit(name, str_get(&joined)), PINYIN_NOT);
		str_remove(&joined, joined.len - 1, 1);
	}
	/* and a piece of it, from any character */
	for (const char *s = name; *s != '\0'; s += 3)
		assert_int_not_equal(fit(name, s), PINYIN_NOT);
	str_add(&initials, "#");
	assert_int_equal(fit(name, str_get(&initials)), PINYIN_NOT);
	str_release(&read);
	str_release(&joined);
	str_release(&initials);
}

static void every_name(void **state)
{
	struct str name = STR_INIT;
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		some_name(&seed, &name);
		check_name(str_get(&name));
	}
	str_release(&name);
}

/* Bytes of all kinds: nothing is read beyond the end, whatever they are. */
static void any_bytes(void **state)
{
	uint32_t seed = 3;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char name[16], text[8];
		size_t n = next(&seed) % sizeof name, k = next(&seed) % sizeof text;
		char *a, *b;

		for (size_t j = 0; j < n; j++)
			name[j] = (char)(1 + next(&seed) % 255);
		for (size_t j = 0; j < k; j++)
			text[j] = (char)(1 + next(&seed) % 255);
		name[n < sizeof name ? n : n - 1] = '\0';
		text[k < sizeof text ? k : k - 1] = '\0';
		a = mem_strdup(name);
		b = mem_strdup(text);
		(void)pinyin_fits(a, b);
		free(a);
		free(b);
	}
}

/* Readings of the characters that the standard of names has: none is without. */
static void all_have_readings(void **state)
{
	struct str out = STR_INIT;
	size_t without = 0;

	(void)state;
	for (uint32_t cp = 0x4E00; cp <= 0x9FA5; cp++) {
		char utf8[4] = { (char)(0xE0 | cp >> 12), (char)(0x80 | (cp >> 6 & 0x3F)),
				 (char)(0x80 | (cp & 0x3F)), '\0' };

		str_clear(&out);
		pinyin_spell(&out, utf8);
		without += strcmp(str_get(&out), utf8) == 0;
	}
	str_release(&out);
	assert_true(without < 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fits),	 cmocka_unit_test(what_does_not),
		cmocka_unit_test(how_well),	 cmocka_unit_test(spelled),
		cmocka_unit_test(for_sorting),	 cmocka_unit_test(too_long),
		cmocka_unit_test(every_name),	 cmocka_unit_test(any_bytes),
		cmocka_unit_test(all_have_readings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
