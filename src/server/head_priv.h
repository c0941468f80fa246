/* What a request's head may not contain, whatever the HTTP library lets pass: all that two programs
 * could read differently (RFC 9112 §3.2, §6.3, §11). */
#ifndef ZHIBAN_SERVER_HEAD_PRIV_H
#define ZHIBAN_SERVER_HEAD_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/error.h"

enum { HEAD_LINES = 64, HEAD_ADDRESS = 46 /* INET6_ADDRSTRLEN */ };
struct head_line {
	const char *name, *value; /* not ended by NUL */
	size_t name_len, value_len;
};
struct head {
	const char *method, *uri, *version; /* as sent; NUL ends them */
	struct head_line lines[HEAD_LINES];
	size_t n; /* all there were; more than HEAD_LINES are refused */
	/* Bytes of the whole head as received; all texts but uri lie in the buffer that it was received
	 * in.  0: not known, or they do not. */
	size_t size;
};
/* ERR_INPUT and why the request is not to be answered; ERR_TOO_LARGE when it has too many lines. */
enum err head_check(const struct head *head, struct error *err) MUST_CHECK;
/* A NUL-free token of digits: Content-Length; *ret_length is 0 when there is none. */
enum err head_length(const struct head *head, unsigned long long *ret_length) MUST_CHECK;
/* Whether it says that it came through a proxy. */
bool head_is_forwarded(const struct head *head);
/* The last address of the last X-Forwarded-For, which the nearest proxy wrote.  ERR_INPUT: there is
 * none or it is no address. */
enum err head_forwarded_for(const struct head *head, char ret_address[HEAD_ADDRESS],
			    struct error *err) MUST_CHECK;

#endif
