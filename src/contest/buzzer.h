/* buzzer.h - who pressed first, with the uncertainty of the clocks stated. Pure.
 *
 * Pads tell when they were pressed on a clock corrected by probes; all times are ms of
 * the server's clock. A claim is believed only as far as the network explains it, and
 * two presses closer than both uncertainties are simultaneous: then the announced rule
 * decides, not this program. */
#ifndef CONTEST_BUZZER_H
#define CONTEST_BUZZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    BUZZER_PADS = 100,
    BUZZER_GRACE_MS = 50,     /* a claim may be older than the pad's RTT by so much */
    BUZZER_REACTION_MS = 100, /* nobody reacts faster */
    BUZZER_WINDOW_LEAST_MS = 150,
    BUZZER_WINDOW_MOST_MS = 400,
};

/* The pad asked at `sent` and heard the answer at `heard`, both on its own clock; the
 * server took the question at `received` and answered at `answered`, on its clock. */
struct buzzer_probe {
    int64_t sent;
    int64_t received;
    int64_t answered;
    int64_t heard;
};

struct buzzer_clock {
    int64_t offset;      /* to add to the pad's clock; ms, towards zero */
    int64_t uncertainty; /* half the least round trip, rounded up */
    int64_t rtt_least;
    int64_t rtt_p95; /* 95 of 100 probes were not slower (nearest rank) */
};

/* The offset is that of the probe with the least round trip, the first of them. Probes
 * that ended before they began say nothing; false: there was no other. */
bool buzzer_measure(
    const struct buzzer_probe *probes, size_t count, struct buzzer_clock *clock);

struct buzzer_press {
    int64_t pad;
    int64_t claimed;     /* when it says it was pressed */
    int64_t uncertainty; /* as those below of its buzzer_clock, not negative */
    int64_t rtt_least;
    int64_t rtt_p95;
    int64_t received; /* when the server took the message */
};

enum buzzer_verdict {
    BUZZER_COUNTS,
    BUZZER_EARLY, /* 抢跑: before the pads were armed */
    BUZZER_LATE,  /* came after the window of the first arrival */
    BUZZER_AGAIN, /* the pad had pressed before */
};

struct buzzer_ruling {
    int64_t time;    /* that counts */
    bool believed;   /* it is the claimed one; otherwise received - rtt_least / 2 */
    bool suspicious; /* faster than anybody reacts, yet not early */
    bool tied;       /* 同时 with the first */
    enum buzzer_verdict verdict;
};

struct buzzer_result {
    struct buzzer_ruling *rulings; /* by press; the caller's room */
    int64_t window_ms;
    int64_t closes_at; /* first arrival + window: nothing is certain before; 0: none */
    size_t first;      /* index; `count` when nobody's press counts */
    size_t tied_count; /* 0, or the number of presses that are simultaneous */
};

/* The claim is believed if it is not later than its arrival and not older than
 * rtt_p95 + 50 ms. Earlier than `armed` is a false start; the window,
 * clamp(greatest rtt_p95, 150, 400), begins with the first arrival that is none; within
 * it the time decides. Of a pad's presses the first to arrive is the one. The result
 * does not depend on the order of the input, but for presses alike in everything. */
void buzzer_arbitrate(
    int64_t armed, const struct buzzer_press *presses, size_t count,
    struct buzzer_result *result);

/* "counts", "early", "late", "again". */
const char *buzzer_verdict_name(enum buzzer_verdict verdict);

#endif
