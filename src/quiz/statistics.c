#include "quiz/statistics.h"

/* Sums over persons of x, y, x*x, y*y, x*y. With the bounds in the header the largest,
 * rows * sum of squared totals, stays below 10^34. */
struct sums {
    __int128 n;
    __int128 x;
    __int128 y;
    __int128 xx;
    __int128 yy;
    __int128 xy;
};

static void add_pair(struct sums *sums, int64_t x, int64_t y)
{
    sums->n++;
    sums->x += x;
    sums->y += y;
    sums->xx += (__int128)x * x;
    sums->yy += (__int128)y * y;
    sums->xy += (__int128)x * y;
}

/* n * n times the (population) variance of x and of y. */
static __int128 spread_of_x(const struct sums *sums)
{
    return sums->n * sums->xx - sums->x * sums->x;
}

static __int128 spread_of_y(const struct sums *sums)
{
    return sums->n * sums->yy - sums->y * sums->y;
}

static struct statistics_number known(long double value)
{
    return (struct statistics_number){.known = true, .value = (double)value};
}

/* Newton's method from above, until it no longer falls. `value` is 1 or more. One root
 * is not worth linking the mathematics library for. */
static long double square_root(long double value)
{
    long double root = value;
    long double next = (root + 1) / 2;

    while (next < root) {
        root = next;
        next = (root + value / root) / 2;
    }
    return root;
}

static struct statistics_number correlation(const struct sums *sums)
{
    __int128 x = spread_of_x(sums);
    __int128 y = spread_of_y(sums);
    __int128 both = sums->n * sums->xy - sums->x * sums->y;

    if (x <= 0 || y <= 0)
        return (struct statistics_number){0};
    return known(
        (long double)both /
        (square_root((long double)x) * square_root((long double)y)));
}

static struct error *check(struct arena *arena, const struct statistics_input *input)
{
    static const char code[] = "statistics_range";

    if (!input->item_count || input->item_count > STATISTICS_ITEMS ||
        input->row_count > STATISTICS_ROWS)
        return error_make(
            arena, ERROR_INVALID, code, "题目应为 1 到 %d 道，人数不超过 %d。",
            STATISTICS_ITEMS, STATISTICS_ROWS);
    for (size_t i = 0; i < input->item_count; i++)
        if (input->maximum[i] < 1 || input->maximum[i] > STATISTICS_POINTS)
            return error_make(
                arena, ERROR_INVALID, code, "第 %zu 题的满分超出范围。", i + 1);
    for (size_t row = 0; row < input->row_count; row++)
        for (size_t i = 0; i < input->item_count; i++) {
            int64_t points = input->points[row * input->item_count + i];
            if (points < STATISTICS_ABSENT || points > input->maximum[i])
                return error_make(
                    arena, ERROR_INVALID, code, "第 %zu 行第 %zu 题的得分超出范围。",
                    row + 1, i + 1);
        }
    return NULL;
}

/* By row, the points of all received items; says whether every item was received. */
static int64_t *
add_totals(struct arena *arena, const struct statistics_input *input, bool *complete)
{
    int64_t *totals = arena_alloc(arena, (input->row_count + 1) * sizeof *totals);

    *complete = true;
    for (size_t row = 0; row < input->row_count; row++)
        for (size_t i = 0; i < input->item_count; i++) {
            int64_t points = input->points[row * input->item_count + i];
            if (points == STATISTICS_ABSENT)
                *complete = false;
            else
                totals[row] += points;
        }
    return totals;
}

/* x: the item; y: the total, without the item or with it. */
static struct sums item_sums(
    const struct statistics_input *input, const int64_t *totals, size_t item,
    bool with_item)
{
    struct sums sums = {0};

    for (size_t row = 0; row < input->row_count; row++) {
        int64_t points = input->points[row * input->item_count + item];
        if (points != STATISTICS_ABSENT)
            add_pair(&sums, points, with_item ? totals[row] : totals[row] - points);
    }
    return sums;
}

/* k/(k-1) * (1 - sum of item variances / variance of totals). The divisors n and n-1
 * of the variances cancel out. */
static struct statistics_number
alpha(const struct statistics_input *input, const int64_t *totals)
{
    __int128 items = 0;
    __int128 total = 0;
    long double k = (long double)input->item_count;

    for (size_t i = 0; i < input->item_count; i++) {
        struct sums sums = item_sums(input, totals, i, true);
        items += spread_of_x(&sums);
        total = spread_of_y(&sums);
    }
    if (input->item_count < 2 || total <= 0)
        return (struct statistics_number){0};
    return known(k * (long double)(total - items) / ((k - 1) * (long double)total));
}

struct error *statistics_compute(
    struct arena *arena, const struct statistics_input *input,
    struct statistics_result *result)
{
    size_t size = input->item_count * sizeof *result->facility;
    bool complete;

    TRY(check(arena, input));
    int64_t *totals = add_totals(arena, input, &complete);
    *result = (struct statistics_result){
        .facility = arena_alloc(arena, size),
        .discrimination = arena_alloc(arena, size),
    };
    for (size_t i = 0; i < input->item_count; i++) {
        struct sums sums = item_sums(input, totals, i, false);
        if (sums.n)
            result->facility[i] = known(
                (long double)sums.x /
                ((long double)sums.n * (long double)input->maximum[i]));
        result->discrimination[i] = correlation(&sums);
    }
    if (complete)
        result->alpha = alpha(input, totals);
    return NULL;
}

unsigned statistics_flags(const struct statistics_result *result, size_t item)
{
    struct statistics_number facility = result->facility[item];
    struct statistics_number discrimination = result->discrimination[item];
    unsigned flags = 0;

    if (facility.known && facility.value > 0.95)
        flags |= STATISTICS_EASY;
    if (facility.known && facility.value < 0.20)
        flags |= STATISTICS_HARD;
    if (discrimination.known && discrimination.value < 0)
        flags |= STATISTICS_REVERSED;
    else if (discrimination.known && discrimination.value < 0.15)
        flags |= STATISTICS_WEAK;
    return flags;
}

const char *statistics_text(struct arena *arena, struct statistics_number number)
{
    return number.known ? arena_format(arena, "%.3f", number.value) : NULL;
}
