/* Heads of requests, through the HTTP library and our check of what it makes of them: what is let pass
 * is a head that a strict reader of the same bytes reads alike. */
#include <config.h>

#include <microhttpd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "src/server/head_priv.h"

enum { INPUT_MAX = 3000, TURNS = 200 };

struct probe { /* one input, and what became of it */
	char *uri;
	bool passed;
	struct head head;
	unsigned long long length;
	char address[HEAD_ADDRESS];
	bool judged;
	const uint8_t *data;
	size_t size;
};

/* --- a strict reader ------------------------------------------------------------------------- */

struct strict {
	size_t lines, hosts, lengths, encodings;
	size_t end; /* of the head; 0: there is none */
	bool bad;
};

static bool is_named(const uint8_t *line, size_t len, const char *name)
{
	return len == strlen(name) && strncasecmp((const char *)line, name, len) == 0;
}

static void read_line(struct strict *strict, const uint8_t *line, size_t len)
{
	const uint8_t *colon = memchr(line, ':', len);
	size_t name = colon != NULL ? (size_t)(colon - line) : 0;

	strict->bad = strict->bad || name == 0 || memchr(line, '\0', len) != NULL ||
		      line[0] == ' ' || line[0] == '\t' || memchr(line, '\r', len) != NULL ||
		      memchr(line, '\n', len) != NULL || line[name - 1] == ' ';
	strict->lines++;
	strict->hosts += is_named(line, name, "host");
	strict->lengths += is_named(line, name, "content-length");
	strict->encodings += is_named(line, name, "transfer-encoding");
}

/* Lines that end with CR LF and nothing else. */
static struct strict read_strictly(uint8_t *data, size_t size)
{
	struct strict strict = { .lines = 0 };
	size_t from = 0;
	bool first = true;

	/* Empty lines before a request are to be overlooked (RFC 9112 2.2); to the library a line that
	 * begins with NUL is empty, and what it overlooks is in no count. */
	while (from < size && (data[from] == '\r' || data[from] == '\n' || data[from] == '\0')) {
		if (data[from] == '\0')
			while (from + 1 < size && data[from] != '\n')
				from++;
		from++;
	}
	while (from < size) {
		const uint8_t *end = memmem(data + from, size - from, "\r\n", 2);
		size_t len;

		if (end == NULL)
			break;
		len = (size_t)(end - (data + from));
		if (len == 0 && !first) {
			strict.end = from + 2;
			return strict;
		}
		if (first)
			strict.bad = memchr(data + from, '\0', len) != NULL ||
				     memchr(data + from, '\n', len) != NULL || len == 0;
		else
			read_line(&strict, data + from, len);
		first = false;
		from += len + 2;
	}
	return strict;
}

static bool is_end(const uint8_t *data, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		if (data[i] != '\0' && data[i] != '\r' && data[i] != '\n' &&
		    (data[i] != ':' || i == 0 || data[i - 1] != '\n'))
			return false;
	return data[at + n - 1] == '\n';
}

/* The library leaves NULs where ends were; whether it was a NUL that stood there, or the colon of a
 * name without letters, cannot be seen, and it hides nothing. */
static void forgive(uint8_t *data, size_t size)
{
	for (size_t i = 0; i + 3 < size; i++) {
		if (!is_end(data, i, 4))
			continue;
		memcpy(data + i, "\r\n\r\n", 4);
		i += 3;
	}
	for (size_t i = 0; i + 1 < size; i++)
		if (is_end(data, i, 2) && data[i] != '\n')
			data[i] = '\r';
}

static void judge(const struct probe *probe)
{
	uint8_t data[INPUT_MAX];
	struct strict strict;
	const struct head *head = &probe->head;

	memcpy(data, probe->data, probe->size);
	forgive(data, probe->size);
	strict = read_strictly(data, probe->size);
	CHECK(strict.end != 0 && !strict.bad);
	CHECK(strict.lines == head->n);
	CHECK(strict.hosts <= 1 && strict.lengths <= 1 && strict.encodings <= 1);
	CHECK(strict.lengths + strict.encodings <= 1);
	CHECK(strict.hosts == 1 || strcmp(head->version, "HTTP/1.0") == 0);
	CHECK(head->uri[0] == '/' && strstr(head->uri, "%00") == NULL);
	CHECK(strict.lengths == 1 || probe->length == 0);
}

/* --- the library ----------------------------------------------------------------------------- */

static enum MHD_Result head_line(void *ctx, enum MHD_ValueKind kind, const char *key,
				 size_t key_size, const char *value, size_t value_size)
{
	struct head *head = ctx;

	(void)kind;
	if (head->n < HEAD_LINES)
		head->lines[head->n] = (struct head_line){ key, value != NULL ? value : "",
							   key_size, value != NULL ? value_size : 0 };
	head->n++;
	return MHD_YES;
}

static void *on_uri(void *ctx, const char *uri, struct MHD_Connection *connection)
{
	struct probe *probe = ctx;

	(void)connection;
	if (probe->uri == NULL)
		probe->uri = strdup(uri);
	return NULL;
}

/* As httpd_take_head does it. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *path,
				  const char *method, const char *version, const char *upload,
				  size_t *upload_len, void **con_cls)
{
	struct probe *probe = ctx;
	struct head *head = &probe->head;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	(void)path;
	(void)upload;
	(void)upload_len;
	(void)con_cls;
	if (probe->judged || probe->uri == NULL) /* the first head alone */
		return MHD_NO;
	probe->judged = true;
	*head = (struct head){ .method = method, .uri = probe->uri, .version = version };
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, head_line, head);
	head->size = info != NULL ? info->header_size : 0;
	if (head_is_forwarded(head) &&
	    head_forwarded_for(head, probe->address, NULL) == ERR_OK)
		CHECK(strspn(probe->address, "0123456789abcdefABCDEF.:") ==
		      strlen(probe->address));
	if (head_check(head, NULL) == ERR_OK && head_length(head, &probe->length) == ERR_OK)
		judge(probe);
	return MHD_NO;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct probe probe = { .data = data, .size = size };
	struct sockaddr address = { .sa_family = AF_UNIX };
	struct MHD_Daemon *daemon;
	int fds[2];

	if (size == 0 || size > INPUT_MAX)
		return 0;
	daemon = MHD_start_daemon(MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, on_request, &probe,
				  MHD_OPTION_URI_LOG_CALLBACK, on_uri, &probe,
				  MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)8192,
				  MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_END);
	CHECK(daemon != NULL);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) == 0);
	CHECK(write(fds[1], data, size) == (ssize_t)size);
	shutdown(fds[1], SHUT_WR);
	if (MHD_add_connection(daemon, fds[0], &address, sizeof address) == MHD_YES)
		for (int i = 0; i < TURNS && !probe.judged; i++) {
			char byte;

			(void)MHD_run(daemon);
			if (recv(fds[1], &byte, 1, MSG_PEEK) >= 0)
				break; /* answered by the library, or cut */
		}
	MHD_stop_daemon(daemon);
	close(fds[1]);
	free(probe.uri);
	return 0;
}
