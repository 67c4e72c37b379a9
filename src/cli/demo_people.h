/* demo_people.h - the people of the demonstration district. */
#ifndef CLI_DEMO_PEOPLE_H
#define CLI_DEMO_PEOPLE_H

#include "cli/demo_names.h"
#include "store/store.h"

enum { DEMO_SPECIALISTS = 358, DEMO_JUDGES = 7 };

/* What everybody signs in with. The accounts share one stored hash, which is right for
 * invented people only. */
#define DEMO_PASSWORD "xunsai2020"

struct demo_specialist {
    int64_t person;
    const char *staff_number; /* "zy0101": street 01, number 01 */
    size_t branch;            /* 0 .. DEMO_BRANCHES-1 */
    int number;               /* within the street, from 1 */
};

struct demo_people {
    const char *password;       /* stored form, made before */
    struct demo_random *random; /* names come from here */
    /* Filled in: */
    struct demo_specialist specialists[DEMO_SPECIALISTS];
    int64_t judges[DEMO_JUDGES];
};

/* Inside a change: settings, streets, communities, compounds, everybody with an
 * account.
 */
struct error *demo_people_fill(struct db *db, struct demo_people *people) MUST_CHECK;

/* The two of each street who compete: zy0101, zy0110, zy0201, ... */
bool demo_people_competes(const struct demo_specialist *specialist);

/* zy0101 and zy0102: they have neither read nor sat anything yet, so that whoever looks
 * at the demonstration can begin at the beginning. */
bool demo_people_is_kept_fresh(const struct demo_specialist *specialist);

#endif
