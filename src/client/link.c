#include <config.h>

#include "zhiban/client/link.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

#include "client_priv.h"

/* One text for other processes: numbers, then the lines of address and reason. */
enum { WHY = 16 };
#define LINK_FORMAT                                                                            \
	"%d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n%s\n%s"

void link_words(const struct client_link *link, struct str *out)
{
	int state = (int)link->state + WHY * (int)link->why;

	str_addf(out, LINK_FORMAT, state, link->since, link->bytes_in, link->bytes_out,
		 link->bytes_minute, link->offset, link->left, link->server, link->reason);
}

static void link_parse(char *words, struct client_link *link)
{
	int state;
	char *line = strchr(words, '\n'), *next;

	if (line == NULL ||
	    sscanf(words, "%d %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64,
		   &state, &link->since, &link->bytes_in, &link->bytes_out, &link->bytes_minute,
		   &link->offset, &link->left) != 7)
		return;
	if (state >= 0 && state % WHY <= LINK_TROUBLE && state / WHY <= LINK_UNABLE) {
		link->state = (enum link_state)(state % WHY);
		link->why = (enum link_why)(state / WHY);
	}
	next = strchr(++line, '\n');
	if (next == NULL)
		return;
	*next++ = '\0';
	if (!str_copy(link->server, sizeof link->server, line) ||
	    !str_copy(link->reason, sizeof link->reason, next))
		link->reason[0] = '\0';
}

/* Whether some process holds the folder's lock.  A shared try, so that it disturbs nobody for long.
 * */
static bool worker_there(const char *dir)
{
	char path[4096];
	bool there = false;
	int fd;

	if (snprintf(path, sizeof path, "%s/lock", dir) >= (int)sizeof path)
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	there = flock(fd, LOCK_SH | LOCK_NB) != 0;
	close(fd);
	return there;
}

static void link_of_cache(struct client *client)
{
	char words[1024];
	struct client_link *link = &client->link;

	if (client->cache == NULL)
		return;
	if (!client->link_told && store_meta_text(client->cache, "link", words, sizeof words))
		link_parse(words, link);
	link->data_at = store_meta_int(client->cache, "data_at");
	link->cursor = store_meta_int(client->cache, "cursor");
	link->usable = store_meta_int(client->cache, "usable") != 0;
	store_meta_text(client->cache, "epoch", link->epoch, sizeof link->epoch);
}

void link_load(struct client *client)
{
	struct client_link *link = &client->link;

	link_of_cache(client);
	waiting_count(client, link);
	link->worker = client->link_told || worker_there(client->dir);
	if (!link->worker) {
		if (link->state != LINK_OFFLINE)
			link->since = 0; /* of a worker that is gone */
		link->state = LINK_OFFLINE; /* nobody keeps it up */
		link->bytes_minute = 0;
	}
	if (!client->enrolled)
		link->state = LINK_NONE;
}

void client_link(const struct client *client, struct client_link *ret_link)
{
	*ret_link = client->link;
}

void client_link_set(struct client *client, const struct client_link *link)
{
	struct client_link own = client->link;

	client->link_told = true;
	client->link = *link;
	client->link.pending = own.pending;
	client->link.unsent = own.unsent;
	client->link.sent = own.sent;
	client->link.refused = own.refused;
	client->link.merged = own.merged;
	client->link.data_at = own.data_at > link->data_at ? own.data_at : link->data_at;
	client->link.worker = true;
}

/* ---- in words ---- */

/* A parked read is answered within a minute, be it with nothing. */
enum { OLD_MS = 2 * 60 * 1000, LONG_AGO_MS = 18 * 3600 * 1000 };

int64_t link_age(const struct client_link *link, int64_t now)
{
	if (link->data_at == 0)
		return -1;
	return now > link->data_at ? now - link->data_at : 0;
}

bool link_is_old(const struct client_link *link, int64_t now)
{
	return link_age(link, now) >= OLD_MS;
}

void link_age_words(int64_t ms, struct str *out)
{
	int64_t minutes = ms / MINUTE_MS;

	if (minutes < 120)
		str_addf(out, _("%lld min"), (long long)minutes);
	else if (minutes < 48 * 60)
		str_addf(out, _("%lld h"), (long long)(minutes / 60));
	else
		str_addf(out, _("%lld days"), (long long)(minutes / (24 * 60)));
}

void link_when(const struct client_link *link, int64_t at, int64_t now, int offset_min,
	       char text[LINK_WHEN])
{
	civil_format(at + link->offset, offset_min, now - at < LONG_AGO_MS ? "H:M" : "m-d H:M",
		     text, LINK_WHEN);
}

void link_state_words(const struct client_link *link, int64_t now, int offset_min, bool enrolled,
		      struct str *out)
{
	static const char *const offline[] = { /* by why */
		N_("-cut"), N_("-wrong server"), N_("-server fault")
	};
	char since[LINK_WHEN];

	switch (link->state) {
	case LINK_ONLINE:
		str_add(out, _("*online"));
		return;
	case LINK_THIN:
		str_add(out, _("~thin line"));
		return;
	case LINK_OFFLINE:
		link_when(link, link->since, now, offset_min, since);
		str_add(out, _(offline[link->why]));
		if (link->since)
			str_addf(out, _(" since %s"), since);
		return;
	case LINK_LOGIN:
		str_add(out, _("-log in again"));
		return;
	case LINK_TROUBLE:
		str_add(out, _("!disk trouble"));
		return;
	case LINK_NONE:
		break;
	}
	str_add(out, enrolled ? _("-connecting") : _("-no link"));
}
