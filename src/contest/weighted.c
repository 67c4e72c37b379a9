#include "contest/weighted.h"

struct error *weighted_compute(
    struct arena *arena, const struct weighted_part *parts, size_t count,
    struct rational_rounding rounding, struct weighted_result *result)
{
    struct rational product;

    result->exact = (struct rational){0, 1};
    for (size_t i = 0; i < count; i++) {
        TRY(rational_multiply(arena, parts[i].score, parts[i].weight, &product));
        TRY(rational_add(arena, result->exact, product, &result->exact));
    }
    TRY(rational_round(arena, result->exact, rounding, &result->rounded));
    result->score = decimal_text(arena, result->rounded, rounding.dp);
    return NULL;
}
