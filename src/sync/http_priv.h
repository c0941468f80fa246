#ifndef ZHIBAN_SYNC_HTTP_PRIV_H
#define ZHIBAN_SYNC_HTTP_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/error.h"

/* SHA-256 of the SubjectPublicKeyInfo in a certificate in PEM.  Outside bytes: ERR_INPUT when they
 * are no certificate. */
enum err key_of_certificate(const char *pem, uint8_t ret_hash[SHA256_LEN]) MUST_CHECK;

#endif
