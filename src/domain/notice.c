#include <config.h>

#include "zhiban/domain/notice.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/mem.h"

int64_t notice_next(const struct notice *notice)
{
	const struct receipt *receipts = notice->receipts.items;
	int64_t next = notice->expires_at;

	if (!notice->open)
		return 0;
	for (size_t i = 0; i < notice->receipts.n; i++) {
		if (receipts[i].signed_at != 0 || receipts[i].due <= notice->counted_at)
			continue;
		if (next == 0 || receipts[i].due < next)
			next = receipts[i].due;
	}
	return next;
}

void notice_message(const char *sender, const char *number, char key[NOTICE_KEY])
{
	uint8_t hash[SHA256_LEN];
	char hex[SHA256_HEX];
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, sender, strlen(sender) + 1);
	sha256_add(&h, number, strlen(number) + 1);
	sha256_end(&h, hash);
	crypto_hex(hash, sizeof hash, hex);
	snprintf(key, NOTICE_KEY, "%.40s", hex);
}

struct uuid notice_id(const char *sender, const char *number)
{
	char key[NOTICE_KEY], words[NOTICE_KEY + 8];

	notice_message(sender, number, key);
	snprintf(words, sizeof words, "notice %s", key);
	return uuid_named(words);
}

int notice_rank(const char *level)
{
	static const char *const levels[] = { "blue", "yellow", "orange", "red" };

	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		if (str_eq(levels[i], level))
			return (int)i + 1;
	return 0;
}

const char *notice_short_number(const struct notice *notice, char buf[24])
{
	const char *number = notice->number;

	buf[0] = '\0';
	if (number == NULL)
		return buf;
	if (strlen(number) > 9 && number[8] == '-')
		number += 6; /* year and month are said only where they are in doubt */
	snprintf(buf, 24, "%s", number);
	return buf;
}
