/* Figures, supervisions and prints, line by line: plain_paper.c. */
#ifndef ZHIBAN_CONSOLE_PLAIN_PAPER_PRIV_H
#define ZHIBAN_CONSOLE_PLAIN_PAPER_PRIV_H

struct plain;

void plain_stats(struct plain *plain, const char *args); /* "street", "-1" for the month before */
void plain_supervisions(struct plain *plain, const char *args);
void plain_print(struct plain *plain, const char *args); /* of a whistle, by its number */

#endif
