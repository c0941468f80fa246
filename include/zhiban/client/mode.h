/* The mode in force (平时, 战时) as a console shows it, with acts of ours on it that wait. */
#ifndef ZHIBAN_CLIENT_MODE_H
#define ZHIBAN_CLIENT_MODE_H

#include "zhiban/client/client.h"

/* NULL: none was ever declared, so it is peacetime; its code, as the rules take it; ROW_PENDING and
 * ROW_REFUSED as of a row.  Valid until the next client_poll or act. */
const struct mode *client_mode(const struct client *client);
const char *client_mode_code(const struct client *client);
unsigned client_mode_marks(const struct client *client);

#endif
