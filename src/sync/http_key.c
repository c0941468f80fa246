/* The public key in a certificate, and how a pin of it is written. */
#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/sync/http.h"

#include "http_priv.h"

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void http_pin_text(const uint8_t hash[SHA256_LEN], char text[KEY_PIN_TEXT])
{
	static const char head[] = "sha256//";
	char *to = text + sizeof head - 1;

	memcpy(text, head, sizeof head);
	for (size_t i = 0; i < SHA256_LEN; i += 3) {
		uint32_t three = (uint32_t)hash[i] << 16;

		if (i + 1 < SHA256_LEN)
			three |= (uint32_t)hash[i + 1] << 8;
		if (i + 2 < SHA256_LEN)
			three |= hash[i + 2];
		*to++ = base64[three >> 18];
		*to++ = base64[three >> 12 & 63];
		*to++ = i + 1 < SHA256_LEN ? base64[three >> 6 & 63] : '=';
		*to++ = i + 2 < SHA256_LEN ? base64[three & 63] : '=';
	}
	*to = '\0';
}

/* Decodes what stands between the PEM lines; returns bytes, 0 when it is none. */
static size_t unpem(const char *pem, uint8_t *der, size_t size)
{
	static const char begin[] = "-----BEGIN CERTIFICATE-----";
	const char *c = strstr(pem, begin);
	uint32_t bits = 0;
	unsigned n_bits = 0;
	size_t n = 0;

	if (c == NULL)
		return 0;
	for (c += sizeof begin - 1; *c != '\0' && *c != '-' && *c != '='; c++) {
		const char *at = strchr(base64, *c);

		if (at == NULL)
			continue; /* line ends */
		bits = bits << 6 | (uint32_t)(at - base64);
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			if (n == size)
				return 0;
			der[n++] = (uint8_t)(bits >> n_bits);
		}
	}
	return n;
}

struct der { /* a place in DER bytes */
	const uint8_t *at, *end;
};
struct tlv {
	uint8_t tag;
	const uint8_t *all, *value;
	size_t all_len, len;
};

/* The next element, with its bounds checked. */
static bool next(struct der *der, struct tlv *tlv)
{
	size_t left = (size_t)(der->end - der->at), head = 2;

	if (left < 2)
		return false;
	tlv->tag = der->at[0];
	tlv->len = der->at[1];
	if (tlv->len >= 0x80) {
		size_t n = tlv->len & 0x7f;

		if (n == 0 || n > 3 || left < 2 + n)
			return false;
		tlv->len = 0;
		for (size_t i = 0; i < n; i++)
			tlv->len = tlv->len << 8 | der->at[2 + i];
		head += n;
	}
	if (tlv->len > left - head)
		return false;
	tlv->all = der->at;
	tlv->value = der->at + head;
	tlv->all_len = head + tlv->len;
	der->at += tlv->all_len;
	return true;
}

/* RFC 5280: Certificate { TBSCertificate { [0] version, serial, signature, issuer, validity,
 * subject, subjectPublicKeyInfo … } … } */
static enum err find_key(const uint8_t *bytes, size_t len, uint8_t ret_hash[SHA256_LEN])
{
	enum { SEQUENCE = 0x30, EXPLICIT_0 = 0xa0, BEFORE_KEY = 5 };
	struct der der = { bytes, bytes + len };
	struct tlv tlv;

	for (int depth = 0; depth < 2; depth++) {
		if (!next(&der, &tlv) || tlv.tag != SEQUENCE)
			return ERR_INPUT;
		der = (struct der){ tlv.value, tlv.value + tlv.len };
	}
	if (der.at < der.end && *der.at == EXPLICIT_0 && !next(&der, &tlv))
		return ERR_INPUT;
	for (int i = 0; i <= BEFORE_KEY; i++)
		if (!next(&der, &tlv))
			return ERR_INPUT;
	if (tlv.tag != SEQUENCE)
		return ERR_INPUT;
	sha256(tlv.all, tlv.all_len, ret_hash);
	return ERR_OK;
}

enum err key_of_certificate(const char *pem, uint8_t ret_hash[SHA256_LEN])
{
	size_t size = strlen(pem), len;
	uint8_t *der = mem_alloc(size + 1);
	enum err code;

	len = unpem(pem, der, size);
	code = find_key(der, len, ret_hash);
	free(der);
	return code;
}
