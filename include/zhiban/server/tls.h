/* Keys and certificates of the server (GnuTLS lives only behind this header, and in httpd). */
#ifndef ZHIBAN_SERVER_TLS_H
#define ZHIBAN_SERVER_TLS_H

#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/str.h"

struct env;

/* A self-signed certificate and its key as PEM: ECDSA P-256, ten years, for host (a name or an
 * address; NULL: none), this machine's name, localhost and its addresses. */
enum err tls_make(const char *host, const struct env *env, struct str *ret_cert,
		  struct str *ret_key, struct error *err) MUST_CHECK;
/* What a console pins: SHA-256 of the certificate's public key (DER SubjectPublicKeyInfo). */
enum err tls_key_hash(const char *cert_pem, size_t len, uint8_t ret_hash[SHA256_LEN],
		      struct error *err) MUST_CHECK;
/* Until when the certificate is good, ms UTC. */
enum err tls_expiry(const char *cert_pem, size_t len, int64_t *ret_until,
		    struct error *err) MUST_CHECK;
/* Certificate and key belong together and can be read. */
enum err tls_check(const char *cert_pem, size_t cert_len, const char *key_pem, size_t key_len,
		   struct error *err) MUST_CHECK;

#endif
