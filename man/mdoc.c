#include <config.h>

#include "mdoc.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void mdoc_text(const char *s)
{
	bool at_word = true;

	for (; *s; s++) {
		if (at_word && (strchr(".,:;()[]?!'|", *s) || (*s >= 'A' && *s <= 'Z')))
			fputs("\\&", stdout);
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '"')
			fputs("\\(dq", stdout);
		else if (strncmp(s, "%s", 2) == 0) { /* a word that is filled in */
			fputs("\\&..", stdout);
			s++;
		} else if (strncmp(s, "…", 3) == 0) {
			fputs("...", stdout);
			s += 2;
		} else
			putchar(*s);
		at_word = *s == ' ';
	}
}

void mdoc_command(const char *name, const char *words, const char *help, const char *example)
{
	printf(".It Cm %s", name);
	if (*words) {
		putchar(' ');
		mdoc_text(words);
	}
	putchar('\n');
	mdoc_text(help);
	puts(help[strlen(help) - 1] == '.' ? "" : ".");
	fputs(".Dl ", stdout);
	mdoc_text(example);
	putchar('\n');
}

void mdoc_options(const struct conf_spec *spec)
{
	puts(".Bl -tag -width window_days");
	for (; spec->name; spec++) {
		printf(".It Cm %s", spec->name);
		if (spec->type == CONF_SECTION)
			fputs(spec->flags & CONF_TITLED ? " Qo Ar NAME Qc No { ... }" : " No { ... }",
			      stdout);
		else
			fputs(spec->type == CONF_INT	? " = Ar number"
			      : spec->type == CONF_BOOL ? " = Cm true | false"
							: " = Qq Ar text",
			      stdout);
		putchar('\n');
		if (spec->help) {
			mdoc_text(spec->help);
			puts(".");
		}
		if (spec->fallback && *spec->fallback)
			printf("Default:\n.Ql %s .\n", spec->fallback);
		if (spec->type == CONF_SECTION)
			mdoc_options(spec->section);
	}
	puts(".El");
}

int mdoc_main(const struct mdoc_table *tables, int argc, char **argv)
{
	for (; argc == 2 && tables->name; tables++)
		if (strcmp(argv[1], tables->name) == 0) {
			tables->put();
			return ferror(stdout) != 0;
		}
	fputs("there is no such table\n", stderr);
	return 2;
}
