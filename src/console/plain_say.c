#include <config.h>

#include "plain_priv.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "zhiban/base/text.h"
#include "zhiban/model/left.h"
#include "zhiban/ui/term.h"

static void send(const char *text, size_t len)
{
	struct str out = STR_INIT;

	term_encode(text, len, &out);
	fwrite(str_get(&out), 1, out.len, stdout);
	str_release(&out);
}

/* News that come while a question stands begin a line of their own. */
void plain_say(struct plain *plain, const char *text)
{
	struct str clean = STR_INIT;

	if (plain->prompted && isatty(STDOUT_FILENO))
		putchar('\n');
	plain->prompted = false;
	text_clean(&clean, text, strlen(text), true);
	str_add_char(&clean, '\n');
	send(clean.s, clean.len);
	fflush(stdout);
	str_release(&clean);
}

void plain_prompt(struct plain *plain)
{
	struct incident *incident;
	struct str clean = STR_INIT;
	char mark[48];

	if (plain->asking) {
		plain_ask_again(plain);
	} else {
		if (plain->any && client_get(plain->client, &plain->focus, &plain->arena, &incident,
					     NULL) == ERR_OK)
			text_clean(&clean, client_mark(plain->client, incident, mark),
				   strlen(client_mark(plain->client, incident, mark)), false);
		str_add(&clean, "> ");
		send(clean.s, clean.len);
	}
	plain->prompted = true;
	fflush(stdout);
	str_release(&clean);
}

const char *plain_row(struct plain *plain, const struct incident *incident)
{
	const struct rules *rules = client_rules(plain->client);
	const struct step *step = rules_step(rules, incident->step);
	const struct org *holder = rules_org(rules, incident->holder);
	size_t urgency = (size_t)incident->urgency;
	char mark[48], left[LEFT_TEXT];
	int64_t due = incident->open ? incident->due : 0;

	left_text(due, left_moment(due, client_now(plain->client)), left);
	return arena_printf(&plain->arena, "%s %s %s %s %s %s",
			    client_mark(plain->client, incident, mark),
			    urgency > 0 && urgency <= rules->urgencies.n
				    ? rules->urgencies.items[urgency - 1].label
				    : "",
			    left, incident->title ? incident->title : "",
			    holder ? holder->brief ? holder->brief : holder->name : "",
			    step ? step->waiting : "");
}

void plain_echo(bool on)
{
	struct termios tty;

	if (tcgetattr(STDIN_FILENO, &tty) != 0)
		return;
	if (on)
		tty.c_lflag |= ECHO;
	else
		tty.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &tty);
}
