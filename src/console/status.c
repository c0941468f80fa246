/* zhiban status, doctor. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/sync/http.h"
#include "zhiban/client/mode.h"
#include "zhiban/wire/jsonout.h"

static const char *state_words(const struct client_link *link, enum link_state state)
{
	switch (state) {
	case LINK_NONE:
		return _("nothing tried yet");
	case LINK_ONLINE:
		return _("online");
	case LINK_THIN:
		return _("online, weak line");
	case LINK_OFFLINE:
		if (link->why == LINK_STRANGE)
			return _("offline, something else answers");
		return link->why == LINK_UNABLE ? _("offline, the server is in trouble")
						: _("offline");
	case LINK_LOGIN:
		return _("nobody is logged in");
	case LINK_TROUBLE:
		return _("the disk here is in trouble");
	}
	return "";
}

static const char *state_name(const struct client_link *link)
{
	static const char *const names[] = { "none", "online", "weak", "cut", "login", "disk" };
	static const char *const whys[] = { "cut", "strange", "unable" };

	return link->state == LINK_OFFLINE ? whys[link->why] : names[link->state];
}

static int64_t data_age_s(struct console *console, const struct client_link *link)
{
	int64_t age = link_age(link, env_now(&console->env));

	return age < 0 ? -1 : age / 1000;
}

/* Whether the server answers just now; a worker tells, without one it is tried. */
bool console_online(struct console *console, const struct client_link *link)
{
	enum { PATIENCE_S = 3 };
	struct sync_request request = { .lane = LANE_ASK, .method = "GET", .path = "/healthz" };
	struct http_done done;
	struct http *http;
	bool online;

	if (link->worker || !client_is_enrolled(console->client))
		return link->state == LINK_ONLINE || link->state == LINK_THIN ||
		       link->state == LINK_TROUBLE;
	if (http_new(console->server->url, console->server->key_pin, &http, NULL) != ERR_OK)
		return false;
	online = http_once(http, &request, PATIENCE_S, &done, NULL) == ERR_OK &&
		 done.response.status == 200;
	http_free(http);
	return online;
}

static void put_json(struct console *console, const struct client_link *link, struct str *out)
{
	struct console_status status = {
		.online = console_online(console, link),
		.server = console->server->url,
		.epoch = link->epoch,
		.cursor = link->cursor,
		.pending = link->pending,
		.refused = link->refused,
		.unread = link->merged,
		.link = state_name(link),
		.reason = link->reason,
		.unsent = link->unsent,
		.sent = link->sent,
		.since = link->since,
		.data_age_s = data_age_s(console, link),
		.bytes_in = link->bytes_in,
		.bytes_out = link->bytes_out,
		.console_version = PACKAGE_VERSION,
		.server_version = "",
		.protocol = 1,
	};

	status_json(&status, out);
}

static void put_since(struct console *console, const struct client_link *link, struct str *out)
{
	char since[LINK_WHEN];

	if (link->since == 0 || (link->state != LINK_OFFLINE && link->state != LINK_THIN))
		return;
	link_when(link, link->since, env_now(&console->env),
		  client_rules(console->client)->offset_min, since);
	str_addf(out, _(", since %s"), since);
}

static void put_age(struct console *console, const struct client_link *link, struct str *out)
{
	int64_t now = env_now(&console->env), age = link_age(link, now);
	char at[LINK_WHEN];

	if (age < 0) {
		str_add(out, _("data       none yet\n"));
		return;
	}
	link_when(link, link->data_at, now, client_rules(console->client)->offset_min, at);
	str_add(out, _("data       "));
	if (link_is_old(link, now)) {
		link_age_words(age, out);
		str_addf(out, _(" old, of %s, entry %lld\n"), at, (long long)link->cursor);
	} else {
		str_addf(out, _("of %s, entry %lld\n"), at, (long long)link->cursor);
	}
}

/* Peacetime goes without saying, unless a change of it waits. */
static void put_mode(struct console *console, struct str *out)
{
	const struct rules *rules = client_rules(console->client);
	const struct mode *mode = client_mode(console->client);
	const struct mode_rule *rule = rules_mode(rules, client_mode_code(console->client));
	bool waits = client_mode_marks(console->client) != 0;
	char since[CIVIL_TEXT] = "";

	if (mode == NULL || (!rule->emergency && !waits))
		return;
	civil_format(mode->since, rules->offset_min, "Y-m-d H:M", since, sizeof since);
	str_addf(out, _("mode       %s, since %s%s\n"), rule->label, since,
		 waits ? _(" [pending]") : "");
}

static void put_text(struct console *console, const struct client_link *link, struct str *out)
{
	const struct actor *actor = client_actor(console->client);
	bool answers = link->state == LINK_OFFLINE && console_online(console, link);

	str_addf(out, _("server     %s (%s)\n"), console->server->url, console->server->name);
	str_addf(out, _("link       %s"), state_words(link, answers ? LINK_ONLINE : link->state));
	if (!answers)
		put_since(console, link, out);
	str_add(out, "\n");
	if (link->reason[0] != '\0' && !answers)
		str_addf(out, _("reason     %s\n"), link->reason);
	if (actor != NULL)
		str_addf(out, _("officer    %s, %s\n"), actor->officer, actor->org);
	put_mode(console, out);
	str_addf(out, _("waiting    %u acts, %u refused\n"), link->pending, link->refused);
	if (link->merged != 0)
		str_addf(out, _("notes      %u to be read: `zhiban conflicts`\n"), link->merged);
	if (link->sent != 0)
		str_addf(out, _("sent       %u of them, no answer yet\n"), link->sent);
	put_age(console, link, out);
	str_addf(out, _("traffic    %lld bytes in, %lld out\n"), (long long)link->bytes_in,
		 (long long)link->bytes_out);
}

enum err console_print_clean(struct str *text, struct error *err)
{
	struct str out = STR_INIT;
	enum err rc;

	text_clean(&out, str_get(text), text->len, true);
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

enum err status_command(struct console *console, int argc, char **argv, struct error *err)
{
	bool json = false;
	const struct command_option options[] = { { "json", NULL, &json } };
	struct client_link link;
	struct str out = STR_INIT;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, NULL, 0, &n, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc != ERR_OK)
		return rc;
	client_link(console->client, &link);
	if (json)
		put_json(console, &link, &out);
	else
		put_text(console, &link, &out);
	rc = json ? console_print(&out, err) : console_print_clean(&out, err);
	str_release(&out);
	return rc;
}
