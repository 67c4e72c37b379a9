/* load.h - the parts of the load program. Each prints lines for run.sh. */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include <stddef.h>

#include "http.h"

/* What everybody of the demonstration signs in with. */
#define LOAD_PASSWORD "xunsai2020"

/* Signs in by client 0; the cookie, to be freed. */
char *load_sign_in(struct fleet *fleet, const char *staff_number);

/* The string or number behind "name": in a JSON text, into `value`; false without it.
 */
int load_find(const char *json, const char *name, char *value, size_t room);

/* A static file, by a bare nginx and by ours, and three GETs, one after another,
 * `rounds` times. */
void load_reads(int port, int rounds, double seconds);

/* The saving of answers, and the same request refused before it is stored, at 8, 64 and
 * 256 clients; every receipt is checked, and in the end what the server has. Candidates
 * are bench0001... */
void load_writes(int port, int rounds, double seconds);

/* `followers` wait for contest 1's screen while the host changes it `steps` times. */
void load_live(int port, size_t followers, int steps);

#endif
