/* The head of a request: whether it may be read at all, where it comes from, whether it is too much. */
#include <config.h>

#include "httpd_priv.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "head_priv.h"
#include "zhiban/base/i18n.h"

enum { HTTP_HEAD_TOO_LARGE = 431 };

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

static void read_head(struct pass *pass, const char *method, const char *version, struct head *head)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		pass->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	*head = (struct head){ .method = method, .uri = pass->uri, .version = version };
	MHD_get_connection_values_n(pass->connection, MHD_HEADER_KIND, head_line, head);
	head->size = info != NULL && pass->httpd->shows_buffer ? info->header_size : 0;
}

/* --- where it comes from ----------------------------------------------------------------------- */

static void peer_address(struct pass *pass, char text[HEAD_ADDRESS])
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		pass->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	memcpy(text, "?", 2);
	if (pass->admin)
		memcpy(text, "admin", sizeof "admin");
	else if (info != NULL && info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((struct sockaddr_in *)info->client_addr)->sin_addr, text,
			  HEAD_ADDRESS);
	else if (info != NULL && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((struct sockaddr_in6 *)info->client_addr)->sin6_addr, text,
			  HEAD_ADDRESS);
}

/* On the plain listener a proxy may stand between: what it says counts if we are to believe it, and
 * whatever came through one is not of this machine. */
static enum err note_address(struct pass *pass, const struct head *head, struct error *err)
{
	char text[HEAD_ADDRESS];
	bool forwarded = head_is_forwarded(head);
	enum err code = ERR_OK;

	peer_address(pass, text);
	if (pass->plain && pass->httpd->forwarded && forwarded)
		code = head_forwarded_for(head, text, err);
	pass->request.local = pass->plain && !forwarded;
	pass->request.address = arena_strdup(&pass->arena, text);
	return code;
}

/* --- what it asks ------------------------------------------------------------------------------ */

static enum MHD_Result query_arg(void *ctx, enum MHD_ValueKind kind, const char *key,
				 const char *value)
{
	struct request *request = ctx;

	(void)kind;
	if (request->n_args < REQUEST_ARGS)
		request->args[request->n_args] =
			(struct request_arg){ key, value != NULL ? value : "" };
	request->n_args++;
	return MHD_YES;
}

static enum err read_request(struct pass *pass, const char *method, const char *path,
			     struct error *err)
{
	struct request *request = &pass->request;
	const char *bearer = MHD_lookup_connection_value(pass->connection, MHD_HEADER_KIND,
							 MHD_HTTP_HEADER_AUTHORIZATION);

	request->method = arena_strdup(&pass->arena, method);
	request->path = arena_strdup(&pass->arena, path);
	request->admin = pass->admin;
	request->host = MHD_lookup_connection_value(pass->connection, MHD_HEADER_KIND,
						    MHD_HTTP_HEADER_HOST);
	request->known = MHD_lookup_connection_value(pass->connection, MHD_HEADER_KIND,
						     MHD_HTTP_HEADER_IF_NONE_MATCH);
	if (bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0)
		request->token = bearer + 7;
	MHD_get_connection_values(pass->connection, MHD_GET_ARGUMENT_KIND, query_arg, request);
	if (request->n_args <= REQUEST_ARGS)
		return ERR_OK;
	request->n_args = 0;
	return error_set(err, ERR_INPUT, "%s", _("the request has too many arguments"));
}

static enum err check_load(struct pass *pass, struct error *err)
{
	struct httpd *httpd = pass->httpd;
	enum err code;

	if (pass->late) {
		pass->reply.retry_after = 2;
		return error_set(err, ERR_BUSY, "%s",
				 _("the server is stopping: try again soon"));
	}
	if (pass->admin || pass->request.local)
		return ERR_OK;
	code = limits_take(&httpd->limits, pass->request.address, pass->request.token,
			   pass->started, &pass->reply.retry_after, err);
	pass->limited = code != ERR_OK;
	return code;
}

enum err httpd_take_head(struct pass *pass, const char *method, const char *path,
			 const char *version, int *ret_status, struct error *err)
{
	unsigned long long length = 0;
	struct head head;
	enum err code;

	read_head(pass, method, version, &head);
	code = head_check(&head, err);
	if (code == ERR_TOO_LARGE)
		*ret_status = HTTP_HEAD_TOO_LARGE;
	if (code == ERR_OK)
		code = head_length(&head, &length);
	if (code == ERR_OK)
		code = note_address(pass, &head, err);
	if (code == ERR_OK)
		code = read_request(pass, method, path, err);
	if (code == ERR_OK)
		code = check_load(pass, err);
	if (code != ERR_OK)
		return code;
	pass->packed_max = service_body_max(method, path, pass->admin);
	if (length > pass->packed_max)
		return error_set(err, ERR_TOO_LARGE, _("a body may have at most %zu bytes here"),
				 pass->packed_max);
	return ERR_OK;
}
