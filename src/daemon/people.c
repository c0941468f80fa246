/* Accounts. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"

enum { PIN_TEXT = 300 };

/* --- PINs ------------------------------------------------------------------------------------ */

static enum err pin_from_file(const char *path, char pin[PIN_TEXT], struct error *err)
{
	struct str text = STR_INIT;
	struct stat st;
	enum err code;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077) != 0)
		return error_set(err, ERR_INPUT, _("%s: others can read it; chmod 600 it first"),
				 path);
	code = file_read(path, PIN_TEXT - 1, &text, err);
	if (code == ERR_OK) {
		str_cut(&text, strcspn(str_get(&text), "\r\n"));
		snprintf(pin, PIN_TEXT, "%s", str_get(&text));
	}
	if (text.s != NULL)
		crypto_wipe(text.s, text.len);
	str_release(&text);
	return code;
}

static enum err pin_from_terminal(char pin[PIN_TEXT], struct error *err)
{
	struct termios shown, hidden;
	char *got;

	if (tcgetattr(STDIN_FILENO, &shown) != 0)
		return error_set(err, ERR_USAGE, "%s",
				 _("without a terminal --pin-file is wanted"));
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	fputs(_("PIN: "), stderr);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	got = fgets(pin, PIN_TEXT, stdin);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	if (got == NULL)
		return error_set(err, ERR_INPUT, "%s", _("no PIN was given"));
	pin[strcspn(pin, "\n")] = '\0';
	return ERR_OK;
}

/* --- officer --------------------------------------------------------------------------------- */

static enum err officer_form(const struct args *args, const char *op, struct str *form,
			     struct error *err)
{
	static const char *const passed[] = { "org", "role", "post", "phone", "reason" };
	const char *file = args_value(args, "pin-file");
	char pin[PIN_TEXT] = "";
	enum err code = admin_form(form, "op", op, err);

	if (code == ERR_OK)
		code = admin_form(form, "name", args->words[2], err);
	for (size_t i = 0; code == ERR_OK && i < sizeof passed / sizeof *passed; i++)
		code = admin_form(form, passed[i], args_value(args, passed[i]), err);
	if (code == ERR_OK && file != NULL)
		code = pin_from_file(file, pin, err);
	else if (code == ERR_OK && strcmp(op, "passwd") == 0)
		code = pin_from_terminal(pin, err);
	if (code == ERR_OK && pin[0] != '\0')
		code = admin_form(form, "pin", pin, err);
	crypto_wipe(pin, sizeof pin);
	return code;
}

static bool is_officer_word(const char *word)
{
	static const char *const words[] = { "add",	"move",	  "disable", "enable",
					     "passwd",	"totp",	  "totp-off" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static enum err officer_change(const struct folder *folder, const struct args *args,
			       struct error *err)
{
	struct str form = STR_INIT, out = STR_INIT;
	struct admin *admin = NULL;
	enum err code;

	if (!is_officer_word(args->words[1]))
		return error_set(err, ERR_USAGE, _("use: zhiband %s %s; see zhiband %s --help"),
				 args->command->name, args->command->words, args->command->name);
	if (args->n_words < 3)
		return error_set(err, ERR_USAGE, _("officer %s wants a name"), args->words[1]);
	code = officer_form(args, args->words[1], &form, err);
	if (code == ERR_OK)
		code = admin_open(folder, &admin, err);
	if (code == ERR_OK)
		code = admin_call(admin, "POST", "/v1/admin/officers", NULL, form.s, form.len, &out,
				  err);
	if (code == ERR_OK && strcmp(args->words[1], "totp") == 0) {
		fputs(_("For the officer's telephone; it is shown this once:\n"), stderr);
		fputs(str_get(&out), stdout);
	}
	admin_close(admin);
	if (out.s != NULL)
		crypto_wipe(out.s, out.len);
	if (form.s != NULL)
		crypto_wipe(form.s, form.len);
	str_release(&form);
	str_release(&out);
	return code;
}

enum err run_officer(const struct args *args, struct error *err)
{
	struct folder folder;
	enum err code;

	if (strcmp(args->words[1], "list") == 0)
		return manage_list(args, "/v1/admin/officers", NULL, 0, err);
	if (strcmp(args->words[1], "review") == 0)
		return manage_list(args, "/v1/admin/accounts", NULL, 0, err);
	code = folder_open(&folder, args->words[0], err);
	if (code != ERR_OK)
		return code;
	code = officer_change(&folder, args, err);
	folder_release(&folder);
	return code;
}
