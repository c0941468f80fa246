#include <config.h>

#include "admin_priv.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/server/db.h"
#include "zhiban/wire/message.h"

struct admin {
	const char *socket; /* NULL: the service is here */
	struct service *service;
	int lock;
};

/* --- opening --------------------------------------------------------------------------------- */

static void no_wake(void *ctx, struct request *request)
{
	(void)ctx;
	(void)request;
}

static enum err open_here(const struct folder *folder, struct admin *admin, struct error *err)
{
	uint8_t key_hash[SHA256_LEN];
	struct service_config config = { .db = db_ops_for(folder->data),
					 .where = folder->data,
					 .env = env_system(NULL),
					 .wake = no_wake,
					 .session_hours = folder->session_hours,
					 .key_hash = key_hash };
	enum err code = folder_key_hash(folder, key_hash, err);

	return code != ERR_OK ? code : service_open(&config, &admin->service, err);
}

enum err admin_open(const struct folder *folder, struct admin **ret_admin, struct error *err)
{
	struct admin *admin = mem_alloc(sizeof *admin);
	enum err code = file_lock(folder->lock, &admin->lock, err);

	if (code == ERR_BUSY) {
		admin->lock = -1;
		admin->socket = folder->socket;
		*ret_admin = admin;
		return ERR_OK;
	}
	if (code == ERR_OK) {
		code = open_here(folder, admin, err);
		if (code != ERR_OK)
			file_unlock(admin->lock);
	}
	if (code != ERR_OK) {
		free(admin);
		return code;
	}
	*ret_admin = admin;
	return ERR_OK;
}

void admin_close(struct admin *admin)
{
	if (admin == NULL)
		return;
	if (admin->service != NULL) {
		service_stop(admin->service);
		service_close(admin->service);
		file_unlock(admin->lock);
	}
	free(admin);
}

bool admin_is_remote(const struct admin *admin)
{
	return admin->socket != NULL;
}

/* --- over the socket: HTTP/1.1, one request a connection --------------------------------------- */

static enum err connect_to(const char *path, int *ret_fd, struct error *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = -1;

	if (!str_copy(address.sun_path, sizeof address.sun_path, path))
		return error_set(err, ERR_INPUT, _("%s is too long a path for a socket"), path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
		*ret_fd = fd;
		return ERR_OK;
	}
	error_errno(err, ERR_OFFLINE, errno, _("%s: the server does not answer"), path);
	if (fd >= 0)
		close(fd);
	return ERR_OFFLINE;
}

static bool send_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static bool receive_all(int fd, struct str *out)
{
	char buf[16 * 1024];

	for (;;) {
		ssize_t n = recv(fd, buf, sizeof buf, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		str_add_bytes(out, buf, (size_t)n);
	}
}

static void percent(struct str *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\n') /* the next argument, if there is one */
			str_add(out, s[1] != '\0' ? "&" : "");
		else if (isalnum((unsigned char)*s) || strchr("-._~=", *s) != NULL)
			str_add_char(out, *s);
		else
			str_addf(out, "%%%02X", (unsigned char)*s);
	}
}

static enum err split_answer(const struct str *answer, int *ret_status, struct str *out,
			     struct error *err)
{
	const char *end = strstr(str_get(answer), "\r\n\r\n");
	char status[4] = "";
	long long number;

	if (end == NULL || !str_starts(answer->s, "HTTP/1.1 "))
		return error_set(err, ERR_OFFLINE, "%s", _("the server's answer was cut off"));
	memcpy(status, answer->s + 9, 3);
	if (!str_int(status, 100, 599, &number))
		return error_set(err, ERR_OFFLINE, "%s", _("the server's answer was cut off"));
	*ret_status = (int)number;
	end += 4;
	str_add_bytes(out, end, answer->len - (size_t)(end - answer->s));
	return ERR_OK;
}

static enum err call_socket(const struct admin *admin, const char *method, const char *path,
			    const char *arg, const void *body, size_t len, int *ret_status,
			    struct str *out, struct error *err)
{
	struct str head = STR_INIT, answer = STR_INIT;
	int fd = -1;
	enum err code = connect_to(admin->socket, &fd, err);

	if (code != ERR_OK)
		return code;
	str_addf(&head, "%s %s%s", method, path, arg != NULL ? "?" : "");
	percent(&head, arg != NULL ? arg : "");
	str_addf(&head, " HTTP/1.1\r\nHost: admin\r\nConnection: close\r\n");
	if (len > 0)
		str_addf(&head, "Content-Length: %zu\r\n", len);
	str_add(&head, "\r\n");
	/* a server that refuses may answer before it has read all */
	(void)(send_all(fd, head.s, head.len) && send_all(fd, body, len));
	if (!receive_all(fd, &answer) && answer.len == 0)
		code = error_set(err, ERR_OFFLINE, "%s", _("the server's answer was cut off"));
	else
		code = split_answer(&answer, ret_status, out, err);
	close(fd);
	str_release(&head);
	str_release(&answer);
	return code;
}

/* --- in this process ------------------------------------------------------------------------- */

static int call_here(struct admin *admin, const char *method, const char *path, const char *arg,
		     const void *body, size_t len, struct str *out)
{
	struct request request = { .method = method, .path = path, .address = "admin",
				   .admin = true, .body = body, .body_len = len };
	struct reply reply;
	char *words = mem_strdup(arg), *rest = words;
	int status;

	while (rest != NULL && request.n_args < REQUEST_ARGS) {
		char *name = strsep(&rest, "\n"), *equals = strchr(name, '=');

		if (equals == NULL)
			continue;
		*equals = '\0';
		request.args[request.n_args++] = (struct request_arg){ name, equals + 1 };
	}
	reply_init(&reply);
	(void)service_handle(admin->service, &request, &reply); /* without threads nothing parks */
	str_add_bytes(out, str_get(&reply.body), reply.body.len);
	status = reply.status;
	reply_release(&reply);
	free(words);
	return status;
}

static enum err error_of(const struct str *answer, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct error_answer said;
	enum err code = error_answer_decode(str_get(answer), answer->len, &arena, &said, err);

	if (code == ERR_OK)
		code = error_set(err, err_from_name(said.error), "%s",
				 said.sentence != NULL ? said.sentence : said.error);
	arena_release(&arena);
	return code;
}

enum err admin_call(struct admin *admin, const char *method, const char *path, const char *arg,
		    const void *body, size_t len, struct str *out, struct error *err)
{
	struct str answer = STR_INIT;
	int status = 0;
	enum err code = ERR_OK;

	if (admin->service != NULL)
		status = call_here(admin, method, path, arg, body, len, &answer);
	else
		code = call_socket(admin, method, path, arg, body, len, &status, &answer, err);
	if (code == ERR_OK && status >= 400)
		code = error_of(&answer, err);
	else if (code == ERR_OK)
		str_add_bytes(out, str_get(&answer), answer.len);
	str_release(&answer);
	return code;
}

/* --- forms and their answers ------------------------------------------------------------------- */

const char *admin_value(const char *answer, const char *name, struct arena *arena)
{
	size_t len = strlen(name);

	for (const char *line = answer; *line != '\0'; line += strcspn(line, "\n"),
			line += *line == '\n')
		if (strncmp(line, name, len) == 0 && line[len] == '=')
			return arena_strndup(arena, line + len + 1,
					     strcspn(line + len + 1, "\n"));
	return NULL;
}

enum err admin_form(struct str *form, const char *name, const char *value, struct error *err)
{
	if (value == NULL)
		return ERR_OK;
	if (strpbrk(value, "\r\n") != NULL)
		return error_set(err, ERR_INPUT, _("%s: one line is wanted"), name);
	str_addf(form, "%s=%s\n", name, value);
	return ERR_OK;
}

enum err admin_rules(struct admin *admin, struct jurisdiction **ret_profile, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct str stand = STR_INIT, bundle = STR_INIT;
	enum err code = admin_call(admin, "GET", "/v1/admin/stand", NULL, NULL, 0, &stand, err);

	if (code == ERR_OK) {
		const char *hash = admin_value(str_get(&stand), "profile", &arena);
		const char *path = arena_printf(&arena, "/v1/admin/profile/%s",
						hash != NULL ? hash : "");

		code = admin_call(admin, "GET", path, NULL, NULL, 0, &bundle, err);
	}
	if (code == ERR_OK)
		code = profile_parse(str_get(&bundle), bundle.len, ret_profile, err);
	str_release(&stand);
	str_release(&bundle);
	arena_release(&arena);
	return code;
}
