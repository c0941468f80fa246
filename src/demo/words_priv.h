/* Reading the words of the demo: what its files share. */
#ifndef DEMO_WORDS_PRIV_H
#define DEMO_WORDS_PRIV_H

#include "zhiban/base/conf.h"
#include "zhiban/demo/words.h"

/* A list of a section, none of it empty. */
enum err demo_list_take(const struct conf_section *section, const char *name, struct arena *arena,
			struct demo_list *list, struct error *err) MUST_CHECK;

/* Of rosters, handovers and the duty log (words_duty.c). */
extern const struct conf_spec demo_duty_spec[], demo_record_spec[];
enum err demo_duty_take(const struct conf_section *root, struct arena *arena,
			struct demo_words *words, struct error *err) MUST_CHECK;

/* Of joint meetings (words_meeting.c). */
extern const struct conf_spec demo_meeting_spec[];
enum err demo_meeting_take(const struct conf_section *root, struct arena *arena,
			   struct demo_words *words, struct error *err) MUST_CHECK;
enum err demo_cause_take(const struct conf_section *section, struct arena *arena,
			 struct demo_cause *cause, struct error *err) MUST_CHECK;

#endif
