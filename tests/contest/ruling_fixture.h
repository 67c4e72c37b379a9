/* ruling_fixture.h - rulings on the contest of contest_store.h: chief judge 8,
 * auditor 6.
 */
#ifndef TESTS_RULING_FIXTURE_H
#define TESTS_RULING_FIXTURE_H

#include "contest/ruling.h"
#include "contest_store.h"

enum { CHIEF = 8, AUDITOR = 6 };

static struct ruling ruling_of(const char *action, int64_t contestant)
{
    return (struct ruling){
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .actor = CHIEF,
        .chief_judge = true,
        .at = 7000,
        .action = action,
        .contestant = contestant,
        .round = "judged",
        .judge = 1,
        .reason = "经核实",
        .expected = INT64_MAX,
    };
}

static struct error *rule(struct ruling *ruling)
{
    return store_write(stand.store, arena, ruling_take, ruling);
}

static struct error *try_ruling(const char *action, int64_t contestant)
{
    struct ruling ruling = ruling_of(action, contestant);

    return rule(&ruling);
}

#endif
