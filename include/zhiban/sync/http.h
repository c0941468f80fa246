/* Requests of the machine as HTTPS transfers (libcurl lives only behind this header).
 *
 * One request a lane at a time; connections are kept.  The server's key is pinned: with a pin no
 * other trust is asked for, without one the system's authorities decide.  An answer is taken up to
 * 8 MiB, packed and unpacked. */
#ifndef ZHIBAN_SYNC_HTTP_H
#define ZHIBAN_SYNC_HTTP_H

#include "zhiban/base/crypto.h"
#include "zhiban/sync/sync.h"

struct http;

enum err http_new(const char *url, const char *key_pin, struct http **ret_http, struct error *err)
	MUST_CHECK;
void http_free(struct http *http);
void http_send(struct http *http, const struct sync_request *request);
void http_abandon(struct http *http, enum sync_lane lane);
/* Asked when the connection stands, before anything of a lane's request leaves; false: it does
 * not. */
void http_before(struct http *http, bool (*before)(void *ctx, enum sync_lane lane), void *ctx);

/* Waits until something comes, at most timeout_ms; fds: other descriptors that end the wait. */
enum { HTTP_FDS = 4 };
enum err http_wait(struct http *http, const int *fds, size_t n_fds, int timeout_ms,
		   struct error *err) MUST_CHECK;
struct http_done {
	enum sync_lane lane;
	bool failed;
	bool strange; /* failed: something answered that is not the server */
	char reason[256];	       /* failed: in words */
	struct sync_response response; /* else; body borrowed until the next call on this lane */
};
/* The next transfer that has ended. */
bool http_next(struct http *http, struct http_done *ret_done);
void http_bytes(const struct http *http, int64_t *ret_in, int64_t *ret_out); /* since http_new */

/* The same as a table, so that a simulation can carry requests in its own way. */
struct transport {
	void (*send)(void *ctx, const struct sync_request *request);
	void (*abandon)(void *ctx, enum sync_lane lane);
	enum err (*wait)(void *ctx, const int *fds, size_t n_fds, int timeout_ms,
			 struct error *err);
	bool (*next)(void *ctx, struct http_done *ret_done);
	void (*bytes)(void *ctx, int64_t *ret_in, int64_t *ret_out);
	void *ctx;
};
struct transport http_transport(struct http *http);

/* SHA-256 of the public key (DER SubjectPublicKeyInfo) the server at url shows; nothing is sent but
 * the handshake and an empty GET of /healthz. */
enum err http_key(const char *url, uint8_t ret_hash[SHA256_LEN], struct error *err) MUST_CHECK;
enum { KEY_PIN_TEXT = 64 };
void http_pin_text(const uint8_t hash[SHA256_LEN], char text[KEY_PIN_TEXT]); /* sha256//BASE64= */
/* One request, waited for; for enrolment and headless log-in.  token "": none. */
enum err http_once(struct http *http, const struct sync_request *request, int timeout_s,
		   struct http_done *ret_done, struct error *err) MUST_CHECK;

#endif
