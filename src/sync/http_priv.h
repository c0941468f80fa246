#ifndef ZHIBAN_SYNC_HTTP_PRIV_H
#define ZHIBAN_SYNC_HTTP_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/error.h"

/* SHA-256 of the SubjectPublicKeyInfo in a certificate in PEM.  Outside bytes: ERR_INPUT when they
 * are no certificate. */
enum err key_of_certificate(const char *pem, uint8_t ret_hash[SHA256_LEN]) MUST_CHECK;

struct http;
const char *http_url(const struct http *http);

/* http_watch.c: a connection that is being made */
struct watch {
	int fd;	       /* -1: none yet */
	int64_t since; /* ms of a clock that only runs on */
};
void watch_begin(struct watch *watch);
int watch_socket(struct watch *watch, int family, int type, int protocol); /* as socket() */
void watch_closed(struct watch *watch, int fd);
/* How many ms until nothing has come for limit_ms; 0: that is so. */
int watch_left(const struct watch *watch, int limit_ms);

#endif
