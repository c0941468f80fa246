#include <config.h>

#include "zhiban/wire/enroll.h"

#include <ctype.h>
#include <string.h>

#include "zhiban/base/i18n.h"

enum { SECRET_CHARS = 12, PIN_CHARS = ENROLL_PIN - 1, GROUP = 4 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void put_secret(const char chars[SECRET_CHARS], char secret[ENROLL_SECRET])
{
	size_t at = 0;

	for (size_t i = 0; i < SECRET_CHARS; i++) {
		if (i > 0 && i % GROUP == 0)
			secret[at++] = '-';
		secret[at++] = chars[i];
	}
	secret[at] = '\0';
}

void enroll_code_make(const struct env *env, const uint8_t key_hash[SHA256_LEN],
		      struct enroll_code *ret_code)
{
	uint8_t random[SECRET_CHARS];
	char chars[SECRET_CHARS];

	env_random(env, random, sizeof random);
	for (size_t i = 0; i < SECRET_CHARS; i++)
		chars[i] = alphabet[random[i] % (sizeof alphabet - 1)]; /* 32 divides 256 */
	put_secret(chars, ret_code->secret);
	ret_code->pin[0] = '\0';
	if (key_hash != NULL)
		crypto_hex(key_hash, PIN_CHARS / 2, ret_code->pin);
	crypto_wipe(random, sizeof random);
}

void enroll_code_text(const struct enroll_code *code, char text[ENROLL_TEXT])
{
	size_t len = strlen(code->secret);

	memcpy(text, code->secret, len + 1);
	if (code->pin[0] == '\0')
		return;
	text[len] = '-';
	memcpy(text + len + 1, code->pin, strlen(code->pin) + 1);
}

/* The character of the alphabet that was meant, or NUL. */
static char meant(char c)
{
	char upper = (char)toupper((unsigned char)c);

	if (upper == 'O')
		return '0';
	if (upper == 'I' || upper == 'L')
		return '1';
	return upper != '\0' && strchr(alphabet, upper) != NULL ? upper : '\0';
}

enum err enroll_code_parse(const char *words, struct enroll_code *ret_code, struct error *err)
{
	struct enroll_code code;
	char chars[SECRET_CHARS];
	size_t n = 0;

	for (; *words != '\0'; words++) {
		char c = *words;

		if (c == '-' || isspace((unsigned char)c))
			continue;
		if (n < SECRET_CHARS)
			chars[n] = meant(c);
		else if (n < SECRET_CHARS + PIN_CHARS)
			code.pin[n - SECRET_CHARS] = (char)tolower((unsigned char)c);
		if (n >= SECRET_CHARS + PIN_CHARS || (n < SECRET_CHARS && chars[n] == '\0') ||
		    (n >= SECRET_CHARS && !isxdigit((unsigned char)c)))
			goto bad;
		n++;
	}
	if (n != SECRET_CHARS && n != SECRET_CHARS + PIN_CHARS)
		goto bad;
	code.pin[n - SECRET_CHARS] = '\0';
	put_secret(chars, code.secret);
	*ret_code = code;
	return ERR_OK;
bad:
	return error_set(err, ERR_INPUT,
			 _("this is no enrolment code; it looks like 7K3M-Q2XD-90AF-ab34cd56ef"));
}

bool enroll_code_fits(const struct enroll_code *code, const uint8_t key_hash[SHA256_LEN])
{
	char pin[ENROLL_PIN];

	if (code->pin[0] == '\0')
		return true;
	crypto_hex(key_hash, PIN_CHARS / 2, pin);
	return strcmp(pin, code->pin) == 0;
}
