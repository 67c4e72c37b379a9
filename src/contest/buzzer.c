#include "contest/buzzer.h"

#include <stdlib.h>

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- The clock ---- */

static int64_t round_trip(const struct buzzer_probe *probe)
{
    return (probe->heard - probe->sent) - (probe->answered - probe->received);
}

static int by_number(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

bool buzzer_measure(
    const struct buzzer_probe *probes, size_t count, struct buzzer_clock *clock)
{
    enum { MOST = 256, PERCENT = 95 };
    int64_t trips[MOST];
    const struct buzzer_probe *best = NULL;
    size_t good = 0;

    for (size_t i = 0; i < count && good < MOST; i++) {
        int64_t trip = round_trip(&probes[i]);
        if (trip < 0 || probes[i].answered < probes[i].received)
            continue;
        if (!best || trip < round_trip(best))
            best = &probes[i];
        trips[good++] = trip;
    }
    if (!best)
        return false;
    qsort(trips, good, sizeof *trips, by_number);
    *clock = (struct buzzer_clock){
        .offset = ((best->received - best->sent) + (best->answered - best->heard)) / 2,
        .uncertainty = (trips[0] + 1) / 2,
        .rtt_least = trips[0],
        .rtt_p95 = trips[(good * PERCENT + 99) / 100 - 1],
    };
    return true;
}

/* ---- One press ---- */

static void settle_time(
    int64_t armed, const struct buzzer_press *press, struct buzzer_ruling *ruling)
{
    int64_t age = press->received - press->claimed;

    *ruling = (struct buzzer_ruling){.time = press->claimed, .believed = true};
    if (age < 0 || age > press->rtt_p95 + BUZZER_GRACE_MS) {
        ruling->time = press->received - press->rtt_least / 2;
        ruling->believed = false;
    }
    if (ruling->time < armed)
        ruling->verdict = BUZZER_EARLY;
    else
        ruling->suspicious = ruling->time < armed + BUZZER_REACTION_MS;
}

/* Of two presses of a pad: did this one come before? */
static bool came_before(const struct buzzer_press *a, const struct buzzer_press *b)
{
    if (a->received != b->received)
        return a->received < b->received;
    return a->claimed < b->claimed;
}

static bool is_repeated(const struct buzzer_press *presses, size_t count, size_t index)
{
    for (size_t i = 0; i < count; i++) {
        if (i == index || presses[i].pad != presses[index].pad)
            continue;
        if (came_before(&presses[i], &presses[index]) ||
            (i < index && !came_before(&presses[index], &presses[i])))
            return true;
    }
    return false;
}

/* ---- All ---- */

/* The greatest RTT of those who press, within bounds. */
static int64_t window_of(const struct buzzer_press *presses, size_t count)
{
    int64_t window = BUZZER_WINDOW_LEAST_MS;

    for (size_t i = 0; i < count; i++)
        if (presses[i].rtt_p95 > window)
            window = presses[i].rtt_p95;
    return smaller(window, BUZZER_WINDOW_MOST_MS);
}

static void find_window(
    const struct buzzer_press *presses, size_t count, struct buzzer_result *result)
{
    bool any = false;
    int64_t first = 0;

    for (size_t i = 0; i < count; i++)
        if (result->rulings[i].verdict == BUZZER_COUNTS) {
            first = any ? smaller(first, presses[i].received) : presses[i].received;
            any = true;
        }
    result->window_ms = window_of(presses, count);
    result->closes_at = any ? first + result->window_ms : 0;
    for (size_t i = 0; i < count; i++)
        if (result->rulings[i].verdict == BUZZER_COUNTS &&
            presses[i].received > result->closes_at)
            result->rulings[i].verdict = BUZZER_LATE;
}

/* Earlier; among equal times the pad with the lower number, which only names the one
 * that the others are tied with. */
static bool is_before(
    const struct buzzer_press *presses, const struct buzzer_ruling *rulings, size_t a,
    size_t b)
{
    if (rulings[a].time != rulings[b].time)
        return rulings[a].time < rulings[b].time;
    return presses[a].pad < presses[b].pad;
}

/* Simultaneity is held against the first only: it does not pass from one to the next.
 */
static void find_ties(
    const struct buzzer_press *presses, size_t count, struct buzzer_result *result)
{
    size_t first = result->first;

    for (size_t i = 0; i < count; i++) {
        struct buzzer_ruling *ruling = &result->rulings[i];
        if (i == first || ruling->verdict != BUZZER_COUNTS)
            continue;
        int64_t gap = ruling->time - result->rulings[first].time;
        /* With exact clocks only the very same time is the same. */
        ruling->tied =
            gap == 0 || gap < presses[i].uncertainty + presses[first].uncertainty;
        result->tied_count += ruling->tied;
    }
    if (result->tied_count) {
        result->rulings[first].tied = true;
        result->tied_count++;
    }
}

void buzzer_arbitrate(
    int64_t armed, const struct buzzer_press *presses, size_t count,
    struct buzzer_result *result)
{
    struct buzzer_ruling *rulings = result->rulings;

    for (size_t i = 0; i < count; i++) {
        settle_time(armed, &presses[i], &rulings[i]);
        if (is_repeated(presses, count, i)) {
            rulings[i].verdict = BUZZER_AGAIN;
            rulings[i].suspicious = false;
        }
    }
    find_window(presses, count, result);
    result->first = count;
    result->tied_count = 0;
    for (size_t i = 0; i < count; i++)
        if (rulings[i].verdict == BUZZER_COUNTS &&
            (result->first == count || is_before(presses, rulings, i, result->first)))
            result->first = i;
    if (result->first < count)
        find_ties(presses, count, result);
}

const char *buzzer_verdict_name(enum buzzer_verdict verdict)
{
    static const char *const names[] = {
        [BUZZER_COUNTS] = "counts",
        [BUZZER_EARLY] = "early",
        [BUZZER_LATE] = "late",
        [BUZZER_AGAIN] = "again",
    };

    return names[verdict];
}
