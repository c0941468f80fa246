/* Any bytes as the body of a form: pairs within the bounds that are text, or refused with a sentence;
 * what was read is read again the same from how a browser would write it. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/form.h"
#include "zhiban/wire/open311.h"

static void escape(struct str *out, const char *s)
{
	for (; *s != '\0'; s++)
		str_addf(out, "%%%02X", (unsigned char)*s);
}

static void check_again(const struct form *form)
{
	struct arena arena = ARENA_INIT;
	struct str body = STR_INIT;
	struct form again;

	for (size_t i = 0; i < form->n; i++) {
		escape(&body, form->pairs[i].name);
		str_add_char(&body, '=');
		escape(&body, form->pairs[i].value);
		str_add_char(&body, '&');
	}
	CHECK(form_decode(str_get(&body), body.len, &arena, &again, NULL) == ERR_OK);
	CHECK(again.n == form->n);
	for (size_t i = 0; i < form->n; i++) {
		CHECK(strcmp(again.pairs[i].name, form->pairs[i].name) == 0);
		CHECK(strcmp(again.pairs[i].value, form->pairs[i].value) == 0);
	}
	str_release(&body);
	arena_release(&arena);
}

/* Nothing of a text gets out of its element. */
static void check_xml(const char *text)
{
	struct str out = STR_INIT;
	const char *s;

	open311_errors_begin(&out, OPEN311_XML);
	open311_put_error(&out, OPEN311_XML, 400, text);
	open311_errors_end(&out, OPEN311_XML);
	CHECK(text_valid(out.s, out.len));
	s = strstr(out.s, "<description");
	CHECK(s != NULL);
	s = strchr(s, '>') + 1;
	if (*text != '\0')
		CHECK(strncmp(strchr(s, '<'), "</description></error></errors>", 31) == 0);
	for (; *s != '\0'; s++)
		CHECK((unsigned char)*s >= 0x20 || *s == '\t' || *s == '\n');
	str_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct form form;
	enum err code = form_decode((const char *)data, size, &arena, &form, &err);

	CHECK(code == ERR_OK || code == ERR_INPUT || code == ERR_TOO_LARGE);
	if (code != ERR_OK)
		CHECK(err.text[0] != '\0' && text_valid(err.text, strlen(err.text)));
	for (size_t i = 0; code == ERR_OK && i < form.n; i++) {
		const struct form_pair *pair = &form.pairs[i];

		CHECK(i < FORM_PAIRS);
		CHECK(strlen(pair->name) <= FORM_NAME && strlen(pair->value) <= FORM_VALUE);
		CHECK(text_valid(pair->name, strlen(pair->name)));
		CHECK(text_valid(pair->value, strlen(pair->value)));
		check_xml(pair->value);
	}
	if (code == ERR_OK)
		check_again(&form);
	arena_release(&arena);
	return 0;
}
