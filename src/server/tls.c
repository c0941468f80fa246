#include <config.h>

#include "zhiban/server/tls.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/env.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { YEARS = 10, SERIAL_LEN = 16 };

static enum err tls_fail(int rc, struct error *err)
{
	return error_set(err, ERR_IO, _("the TLS library: %s"), gnutls_strerror(rc));
}

/* A name for the certificate: an address if it reads as one. */
static int add_name(gnutls_x509_crt_t cert, const char *name)
{
	struct in6_addr six;
	struct in_addr four;

	if (name == NULL || *name == '\0' || strcmp(name, "*") == 0)
		return 0;
	if (inet_pton(AF_INET, name, &four) == 1)
		return gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_IPADDRESS, &four,
							    sizeof four, GNUTLS_FSAN_APPEND);
	if (inet_pton(AF_INET6, name, &six) == 1)
		return gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_IPADDRESS, &six,
							    sizeof six, GNUTLS_FSAN_APPEND);
	return gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_DNSNAME, name,
						    (unsigned)strlen(name), GNUTLS_FSAN_APPEND);
}

static int add_names(gnutls_x509_crt_t cert, const char *host)
{
	static const char *const local[] = { "localhost", "127.0.0.1", "::1" };
	char machine[256] = "";
	int rc = add_name(cert, host);

	if (gethostname(machine, sizeof machine - 1) != 0)
		machine[0] = '\0';
	if (rc >= 0)
		rc = add_name(cert, machine);
	for (size_t i = 0; rc >= 0 && i < ARRAY_LEN(local); i++)
		rc = add_name(cert, local[i]);
	return rc;
}

static int fill(gnutls_x509_crt_t cert, gnutls_x509_privkey_t key, const char *host,
		const struct env *env)
{
	static const char name[] = "zhiband";
	uint8_t serial[SERIAL_LEN];
	time_t now = (time_t)(env_now(env) / 1000);
	int rc;

	env_random(env, serial, sizeof serial);
	serial[0] = (serial[0] & 0x3f) | 0x40; /* positive, and never a leading zero */
	rc = gnutls_x509_crt_set_version(cert, 3);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_serial(cert, serial, sizeof serial);
	if (rc >= 0) /* a day back, for clocks that are behind */
		rc = gnutls_x509_crt_set_activation_time(cert, now - 86400);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_expiration_time(cert, now + YEARS * 31557600L);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_dn_by_oid(cert, GNUTLS_OID_X520_COMMON_NAME, 0, name,
						   sizeof name - 1);
	if (rc >= 0)
		rc = add_names(cert, host);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_basic_constraints(cert, 0, -1);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_key_usage(cert, GNUTLS_KEY_DIGITAL_SIGNATURE);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_key_purpose_oid(cert, GNUTLS_KP_TLS_WWW_SERVER, 0);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_key(cert, key);
	if (rc >= 0)
		rc = gnutls_x509_crt_sign2(cert, cert, key, GNUTLS_DIG_SHA256, 0);
	return rc;
}

static void take_pem(gnutls_datum_t *pem, struct str *out)
{
	str_add_bytes(out, pem->data, pem->size);
	crypto_wipe(pem->data, pem->size);
	gnutls_free(pem->data);
}

enum err tls_make(const char *host, const struct env *env, struct str *ret_cert,
		  struct str *ret_key, struct error *err)
{
	gnutls_x509_crt_t cert = NULL;
	gnutls_x509_privkey_t key = NULL;
	gnutls_datum_t cert_pem = { NULL, 0 }, key_pem = { NULL, 0 };
	int rc = gnutls_x509_privkey_init(&key);

	if (rc >= 0)
		rc = gnutls_x509_crt_init(&cert);
	if (rc >= 0)
		rc = gnutls_x509_privkey_generate(
			key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (rc >= 0)
		rc = fill(cert, key, host, env);
	if (rc >= 0)
		rc = gnutls_x509_crt_export2(cert, GNUTLS_X509_FMT_PEM, &cert_pem);
	if (rc >= 0)
		rc = gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, 0, &key_pem);
	if (rc >= 0) {
		take_pem(&cert_pem, ret_cert);
		take_pem(&key_pem, ret_key);
	}
	gnutls_x509_crt_deinit(cert);
	gnutls_x509_privkey_deinit(key);
	return rc >= 0 ? ERR_OK : tls_fail(rc, err);
}

/* The public key as DER, to be freed by gnutls_free. */
static int public_key(const char *cert_pem, size_t len, gnutls_datum_t *ret_der)
{
	gnutls_datum_t pem = { (unsigned char *)(uintptr_t)cert_pem, (unsigned)len };
	gnutls_x509_crt_t cert = NULL;
	gnutls_pubkey_t key = NULL;
	int rc = gnutls_x509_crt_init(&cert);

	if (rc >= 0)
		rc = gnutls_pubkey_init(&key);
	if (rc >= 0) /* the first of a chain is the server's own */
		rc = gnutls_x509_crt_import(cert, &pem, GNUTLS_X509_FMT_PEM);
	if (rc >= 0)
		rc = gnutls_pubkey_import_x509(key, cert, 0);
	if (rc >= 0)
		rc = gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, ret_der);
	gnutls_pubkey_deinit(key);
	gnutls_x509_crt_deinit(cert);
	return rc;
}

enum err tls_key_hash(const char *cert_pem, size_t len, uint8_t ret_hash[SHA256_LEN],
		      struct error *err)
{
	gnutls_datum_t der = { NULL, 0 };
	int rc = public_key(cert_pem, len, &der);

	if (rc < 0)
		return tls_fail(rc, err);
	sha256(der.data, der.size, ret_hash);
	gnutls_free(der.data);
	return ERR_OK;
}

enum err tls_expiry(const char *cert_pem, size_t len, int64_t *ret_until, struct error *err)
{
	gnutls_datum_t pem = { (unsigned char *)(uintptr_t)cert_pem, (unsigned)len };
	gnutls_x509_crt_t cert = NULL;
	int rc = gnutls_x509_crt_init(&cert);

	if (rc >= 0)
		rc = gnutls_x509_crt_import(cert, &pem, GNUTLS_X509_FMT_PEM);
	if (rc >= 0)
		*ret_until = (int64_t)gnutls_x509_crt_get_expiration_time(cert) * 1000;
	gnutls_x509_crt_deinit(cert);
	return rc >= 0 ? ERR_OK : tls_fail(rc, err);
}

enum err tls_check(const char *cert_pem, size_t cert_len, const char *key_pem, size_t key_len,
		   struct error *err)
{
	gnutls_datum_t cert = { (unsigned char *)(uintptr_t)cert_pem, (unsigned)cert_len };
	gnutls_datum_t key = { (unsigned char *)(uintptr_t)key_pem, (unsigned)key_len };
	gnutls_certificate_credentials_t both = NULL;
	int rc = gnutls_certificate_allocate_credentials(&both);

	if (rc >= 0)
		rc = gnutls_certificate_set_x509_key_mem(both, &cert, &key, GNUTLS_X509_FMT_PEM);
	gnutls_certificate_free_credentials(both);
	return rc >= 0 ? ERR_OK : tls_fail(rc, err);
}
