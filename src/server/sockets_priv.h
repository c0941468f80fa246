/* Sockets to listen on. */
#ifndef ZHIBAN_SERVER_SOCKETS_PRIV_H
#define ZHIBAN_SERVER_SOCKETS_PRIV_H

#include "zhiban/base/error.h"

/* port 0: the system's choice, in *ret_port.  ERR_BUSY when it is taken. */
enum err socket_tcp(const char *host, int port, int *ret_fd, int *ret_port,
		    struct error *err) MUST_CHECK;
/* Mode 0600; takes the place of one that a killed program left. */
enum err socket_unix(const char *path, int *ret_fd, struct error *err) MUST_CHECK;
/* How many connections the system lets us have; asks for as many as it may. */
unsigned socket_limit(void);

#endif
