/* Sockets to listen on. */
#ifndef ZHIBAN_SERVER_SOCKETS_PRIV_H
#define ZHIBAN_SERVER_SOCKETS_PRIV_H

#include <stdbool.h>

#include "zhiban/base/error.h"

/* port 0: the system's choice, in *ret_port.  ERR_BUSY when it is taken.  own: ERR_INPUT unless it is
 * an address that only this machine reaches. */
enum err socket_tcp(const char *host, int port, bool own, int *ret_fd, int *ret_port,
		    struct error *err) MUST_CHECK;
/* A connection whose other side is gone for about a minute ends, whether we send or wait. */
void socket_tend(int fd);
/* Mode 0600; takes the place of one that a killed program left. */
enum err socket_unix(const char *path, int *ret_fd, struct error *err) MUST_CHECK;
/* How many connections the system lets us have; asks for as many as it may. */
unsigned socket_limit(void);

#endif
