/* What systemd is told of this program (sd_notify(3), Type=notify), without its library. */
#include <config.h>

#include "serve_priv.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "zhiban/base/str.h"

void notify_systemd(const char *words)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	socklen_t len;
	int fd;

	if (path == NULL || (path[0] != '/' && path[0] != '@') ||
	    !str_copy(address.sun_path, sizeof address.sun_path, path))
		return;
	len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
	if (path[0] == '@') /* an abstract one */
		address.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	/* nobody there is no reason not to serve */
	(void)sendto(fd, words, strlen(words), MSG_NOSIGNAL, (struct sockaddr *)&address, len);
	close(fd);
}
