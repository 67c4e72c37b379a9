/* rules_parts.h - what rules.c (ranking, the whole), rules_rounds.c (rounds, criteria),
 * rules_panel.c and rules_time.c share. Not for others. */
#ifndef CONTEST_RULES_PARTS_H
#define CONTEST_RULES_PARTS_H

#include "base/input.h"
#include "contest/rules.h"

enum {
    RULES_ID = 32,     /* bytes of an id */
    RULES_TITLE = 300, /* bytes of a title */
    RULES_DP = 6,      /* digits a result may be rounded to */
};

/* The same failure, with the place in the rule set before its sentence. */
struct error *rules_in_place(
    struct arena *arena, const char *place, const struct error *error) MUST_CHECK;

/* ERROR_INVALID "rules_invalid" with printf arguments after the place. */
#define rules_refuse(arena, place, ...)                                                \
    error_make(                                                                        \
        arena, ERROR_INVALID, "rules_invalid", "评分规则%s：%s", place,                \
        arena_format(arena, __VA_ARGS__))

/* There is no `what` of that name. */
struct error *rules_unknown(
    struct arena *arena, const char *place, const char *what,
    const char *name) MUST_CHECK;

/* input_object(), with the place in its message. */
#define RULES_FIELDS(arena, place, object, ...)                                        \
    rules_fields(                                                                      \
        arena, place, object, (const struct input_field[]){__VA_ARGS__},               \
        sizeof((const struct input_field[]){__VA_ARGS__}) /                            \
            sizeof(struct input_field))
struct error *rules_fields(
    struct arena *arena, const char *place, json_t *object,
    const struct input_field *fields, size_t count) MUST_CHECK;

struct error *rules_read_rounding(
    struct arena *arena, const char *place, int64_t dp, const char *mode,
    struct rational_rounding *rounding) MUST_CHECK;

/* Fills in all that a judged round says of its panel. */
struct error *rules_read_panel(
    struct arena *arena, const char *place, json_t *json,
    struct rules_round *round) MUST_CHECK;

/* Fills in the time of a judged round; its panel was read. */
struct error *rules_read_time(
    struct arena *arena, const char *place, json_t *json,
    struct rules_round *round) MUST_CHECK;

/* Fills in the rounds and their number. */
struct error *
rules_read_rounds(struct arena *arena, json_t *list, struct rules *rules) MUST_CHECK;

#endif
