/* Personal values (SENS_PERSONAL: who reported, from which phone): who may hold them, how many an
 * officer may have shown to him, and how long they are kept. */
#ifndef ZHIBAN_DOMAIN_PRIVACY_H
#define ZHIBAN_DOMAIN_PRIVACY_H

#include <stdint.h>

enum { CALLERS_MS = 60 * 60 * 1000 };

enum holds { /* whose consoles hold the values of an open incident in clear */
	HOLDS_HOLDER, /* its holder's; before there is one, where it was registered */
	HOLDS_SHARES, /* also those of the departments with a live share in it */
	HOLDS_NONE,
};
enum keep {
	KEEP_PERSONAL, /* values, after the incident was closed */
	KEEP_AUDIT,    /* lines of the log of what was done to accounts and data */
	KEEP_ANSWERS,  /* what a refused act's author was shown of the incident */
	KEEP_COUNT
};
struct privacy {
	enum holds holds;
	int reveals;	   /* that an officer may have in so many ms; 0: no limit */
	int64_t reveals_ms;
	int callers; /* numbers he may ask about an hour: who called before; 0: no limit */
	int keep_days[KEEP_COUNT]; /* 0: for ever */
};

#endif
