/* panel.h - one score out of the marks of several judges: drop the extremes, take the
 * mean or the sum of the rest, round once. */
#ifndef CONTEST_PANEL_H
#define CONTEST_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rational.h"

enum { PANEL_JUDGES = 1000 };

enum panel_mode { PANEL_MEAN, PANEL_SUM };

/* What a judge who gave no mark means. Absent is never 0. */
enum panel_missing {
    PANEL_PRESENT, /* only those who marked count; the drops stay as they are */
    PANEL_IMPUTE,  /* the mean of the given marks stands in, then drops as usual */
    PANEL_WAIT,    /* no score until everybody has marked */
};

struct panel_rule {
    int drop_low;
    int drop_high;
    enum panel_mode mode;
    enum panel_missing missing;
    struct rational_rounding rounding;
};

struct panel_mark {
    bool present;
    int64_t units; /* mark * 10^places; magnitude at most 10^15 */
};

struct panel_result {
    bool waiting; /* PANEL_WAIT and a mark is missing: nothing below is set but
                   * dropped_count = 0 */
    struct rational exact;
    int64_t rounded;   /* in units of 10^-dp */
    const char *score; /* the same as text with dp decimals */
    size_t *dropped;   /* indexes of dropped marks, ascending */
    size_t dropped_count;
};

/* marks[i] belongs to judge i; `places` 0..DECIMAL_PLACES is their scale (3: 1/1000
 * point). Exactly drop_high instances of the highest and drop_low of the lowest marks
 * are dropped. Among equals the lowest judge number counts as the highest mark and the
 * highest judge number as the lowest mark, so that no judge is dropped twice. With
 * PANEL_PRESENT and a missing mark, PANEL_SUM is scaled to the full panel (sum of the
 * kept * (planned - drops) / (present - drops)), because a plain sum over fewer judges
 * would punish the contestant for an empty chair.
 * Errors: ERROR_INVALID "panel_too_small" (nothing would be left after the drops),
 * "panel_rule" (negative drops, too many judges), "number_too_large". */
struct error *panel_compute(
    struct arena *arena, const struct panel_rule *rule, const struct panel_mark *marks,
    size_t count, int places, struct panel_result *result) MUST_CHECK;

/* "mean", "sum"; "present", "impute", "wait". False: no such name. */
bool panel_mode_find(const char *name, enum panel_mode *mode);
bool panel_missing_find(const char *name, enum panel_missing *missing);

#endif
