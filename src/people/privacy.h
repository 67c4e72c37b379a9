/* privacy.h - which facts about a person may be shown to whom: the one place that says
 * so. Names are for everybody who may see the list they stand in; beyond them
 *
 *                  staff number   phone    community, cohort
 *   herself            yes         yes           yes
 *   organiser          yes         yes           yes
 *   auditor            yes         no            yes
 *   proctor, own street only  yes  yes           yes
 *   token              yes         no            yes
 *   anybody else       no          no            no
 *
 * A person without a street is nobody's own. */
#ifndef PEOPLE_PRIVACY_H
#define PEOPLE_PRIVACY_H

#include <stdbool.h>
#include <stdint.h>

/* Who looks. */
struct privacy_viewer {
    unsigned roles; /* enum role */
    int64_t person; /* 0: nobody, or a machine */
    int64_t branch; /* 0: of none */
};

/* What the viewer may see of a person. */
struct privacy_view {
    bool staff_number;
    bool phone;
    bool service; /* community, compound, cohort */
};

/* `branch`: the street of the person who is looked at, 0 for none. */
struct privacy_view
privacy_of(const struct privacy_viewer *viewer, int64_t person, int64_t branch);

#endif
