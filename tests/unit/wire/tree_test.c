/* The JSON reader beside jansson: both take and refuse the same, and read the same. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "../../../src/wire/json_priv.h"
#include "random_help.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

static void assert_same(const struct json *mine, const json_t *theirs, struct arena *arena)
{
	size_t i = 0;

	switch ((enum tree_type)mine->type) {
	case TREE_NULL:
		assert_true(json_is_null(theirs));
		break;
	case TREE_TRUE:
	case TREE_FALSE:
		assert_true(json_is_boolean(theirs) &&
			    json_is_true(theirs) == (mine->type == TREE_TRUE));
		break;
	case TREE_INT:
		assert_true(json_is_integer(theirs) && json_integer_value(theirs) == mine->num);
		break;
	case TREE_REAL:
		assert_true(json_is_real(theirs));
		break;
	case TREE_TEXT:
		assert_true(json_is_string(theirs));
		assert_string_equal(json_text_in(mine, arena), json_string_value(theirs));
		break;
	case TREE_LIST:
		assert_true(json_is_array(theirs));
		assert_int_equal(json_array_size(theirs), mine->n);
		json_each (item, mine)
			assert_same(item, json_array_get(theirs, i++), arena);
		break;
	case TREE_OBJECT:
		assert_true(json_is_object(theirs));
		assert_int_equal(json_object_size(theirs), mine->n);
		json_each (item, mine) {
			const char *key = arena_strndup(arena, item->key, item->key_len);

			assert_non_null(json_object_get(theirs, key));
			assert_ptr_equal(json_member(mine, key), item);
			assert_same(item, json_object_get(theirs, key), arena);
		}
		break;
	}
}

static void both(const char *text, size_t len)
{
	json_error_t why;
	json_t *theirs = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
	struct error err = ERROR_INIT;
	struct json_doc doc;
	struct arena arena = ARENA_INIT;
	bool taken = !json_read(text, len, &doc, &err);
	bool wanted = json_is_object(theirs);

	if (!theirs && strstr(why.text, "real number overflow"))
		wanted = taken; /* ours keeps a real as it stands */
	if (taken != wanted)
		fail_msg("%.*s: %s, jansson: %s", (int)len, text, taken ? "taken" : err.text,
			 theirs ? "taken" : why.text);
	if (taken && theirs)
		assert_same(doc.root, theirs, &arena);
	if (taken)
		json_release(&doc);
	json_decref(theirs);
	arena_release(&arena);
}

static const char *const documents[] = {
	"", " ", "{", "}", "{}", " { } ", "{}x", "{} {}", "[]", "7", "null", "\"\"",
	"{\"a\":1}", "{\"a\":1,}", "{,}", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\" : 1 , \"b\":2}",
	"{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1}", "{\"a\":[]}", "{\"a\":[1,]}",
	"{\"a\":[1 2]}", "{\"a\":[1,2}", "{\"a\":0}", "{\"a\":-0}", "{\"a\":01}", "{\"a\":-}",
	"{\"a\":+1}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1.5}", "{\"a\":1e5}", "{\"a\":1E-5}",
	"{\"a\":1e}", "{\"a\":1e+}", "{\"a\":0x1}", "{\"a\":9223372036854775807}",
	"{\"a\":9223372036854775808}", "{\"a\":-9223372036854775808}", "{\"a\":-9223372036854775809}",
	"{\"a\":true,\"b\":false,\"c\":null}", "{\"a\":tru}", "{\"a\":True}", "{\"a\":nullx}",
	"{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":'x'}", "{\"a\":\"x}", "{\"a\":\"\\\"}",
	"{\"a\":\"\\\"\"}", "{\"a\":\"\\/\\b\\f\\n\\r\\t\\\\\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}",
	"{\"a\":\"\\u12G4\"}", "{\"a\":\"\\u6C34\\u6c34\"}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\u0001\"}",
	"{\"a\":\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"}", "{\"a\":\"\\ud83d\\ude00\"}",
	"{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ud83dx\"}", "{\"a\":\"\\ud83d\\u0041\"}", "{\"a\":\"\\ude00\"}",
	"{\"a\":\"\n\"}", "{\"a\":\"\t\"}", "{\"a\":\"\x7f\"}", "{\"a\":\"水😀é\"}", "{\"a\":\"\x80\"}",
	"{\"a\":\"\xc0\xaf\"}", "{\"a\":\"\xc1\xbf\"}", "{\"a\":\"\xc2\"}", "{\"a\":\"\xe0\x80\xaf\"}",
	"{\"a\":\"\xe0\xa0\x80\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\xed\x9f\xbf\"}",
	"{\"a\":\"\xf0\x80\x80\x80\"}", "{\"a\":\"\xf0\x90\x80\x80\"}", "{\"a\":\"\xf4\x8f\xbf\xbf\"}",
	"{\"a\":\"\xf4\x90\x80\x80\"}", "{\"a\":\"\xf5\x80\x80\x80\"}", "{\"a\":\"\xff\"}",
	"{\"a\":\"\xe6\xb0\"}", "{\"\xff\":1}", "\xef\xbb\xbf{}", "{\"a\":1}\xff", "{\"a\":1}//x",
	"{\"a\":{\"b\":{\"c\":[[1],[2,[3]]]}}}", "{\"a\":1\v}", "\f{}",
};

static void test_documents(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(documents); i++)
		both(documents[i], strlen(documents[i]));
	both("{\"a\":\"x\0y\"}", 12);
	both("{}\0", 3);
	both("{\"a\0\":1}", 8);
}

/* Real messages with bytes changed, left out and doubled. */
static void test_mutations(void **state)
{
	static const char bytes[] = "{}[]\",:\\u0123456789eE+-.ntf \n\xff\x80\xe6\xd8";

	(void)state;
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct str text = STR_INIT, other = STR_INIT;
		struct entry entry;
		struct random r;

		random_init(&r, seed);
		random_entry(&r, &entry);
		entry.n_effects = entry.n_effects > 1 ? 1 : entry.n_effects;
		entry_canonical(&entry, &text);
		both(text.s, text.len);
		for (int i = 0; i < 60; i++) {
			size_t at = random_below(&r, text.len);
			char byte = bytes[random_below(&r, sizeof bytes - 1)];

			str_clear(&other);
			str_add_bytes(&other, text.s, text.len);
			switch (random_below(&r, 4)) {
			case 0:
				other.s[at] = byte;
				break;
			case 1:
				str_remove(&other, at, 1);
				break;
			case 2:
				str_insert(&other, at, &byte, 1);
				break;
			default:
				str_cut(&other, at);
			}
			both(other.s, other.len);
		}
		str_release(&text);
		str_release(&other);
		random_release(&r);
	}
}

/* What is ours alone: limits on depth, members and values. */
static void test_limits(void **state)
{
	static const struct {
		const char *open, *close;
		size_t most;
	} cases[] = {
		{ "[", "]", JSON_DEPTH - 1 },
		{ "", "", JSON_MEMBERS },
	};

	(void)state;
	for (size_t c = 0; c < ARRAY_LEN(cases); c++)
		for (size_t extra = 0; extra <= 1; extra++) {
			struct str text = STR_INIT;
			struct json_doc doc;
			enum err code;

			str_add(&text, c ? "{" : "{\"a\":");
			for (size_t i = 0; i < cases[c].most + extra; i++) {
				str_add(&text, cases[c].open);
				if (c)
					str_addf(&text, "%s\"k%zu\":1", i ? "," : "", i);
			}
			for (size_t i = 0; i < cases[c].most + extra; i++)
				str_add(&text, cases[c].close);
			str_add(&text, "}");
			code = json_read(text.s, text.len, &doc, NULL);
			assert_int_equal(code, extra ? ERR_INPUT : ERR_OK);
			if (!code)
				json_release(&doc);
			str_release(&text);
		}
}

static void test_too_many_values(void **state)
{
	struct str text = STR_INIT;
	struct json_doc doc;

	(void)state;
	str_add(&text, "{\"a\":[0");
	for (size_t i = 0; i < JSON_NODES; i++)
		str_add_bytes(&text, ",0", 2);
	str_add(&text, "]}");
	assert_int_equal(json_read(text.s, text.len, &doc, NULL), ERR_INPUT);
	str_release(&text);
}

static void test_place(void **state)
{
	struct error err = ERROR_INIT;
	struct json_doc doc;

	(void)state;
	assert_int_equal(json_read("{\"a\":\n?}", 8, &doc, &err), ERR_INPUT);
	assert_string_equal(err.text, "JSON: byte 7: a value is expected");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents),	cmocka_unit_test(test_mutations),
		cmocka_unit_test(test_limits),		cmocka_unit_test(test_too_many_values),
		cmocka_unit_test(test_place),
	};

	return cmocka_run_group_tests_name("wire/tree", tests, NULL, NULL);
}
