/* Random contests: in whatever order the judges' marks arrive, the standings are the
 * same, and they are those that a plain computation in whole numbers gives. */
#include <stdlib.h>

#include "contest_fixture.h"

enum { CONTESTS = 60, MOST_JUDGES = 9, MOST_CONTESTANTS = 8, DRAFTS = 2 };

/* One random contest: values in steps of 0.1 of 0..100. */
struct play {
    size_t contestants;
    size_t judges;
    int64_t branches[MOST_CONTESTANTS];
    int64_t judge_branches[MOST_JUDGES];
    int drops;
    const char *trim;
    int64_t grades[MOST_CONTESTANTS]; /* 1/10 point, -1: absent from the quiz */
    int64_t sheets[MOST_CONTESTANTS][MOST_JUDGES];
    bool withdrawn[MOST_CONTESTANTS];
};

static struct play random_play(uint64_t *seed)
{
    struct play play = {
        .contestants = 1 + (size_t)next_random(seed, MOST_CONTESTANTS),
        .judges = 5 + (size_t)next_random(seed, MOST_JUDGES - 4),
        .drops = (int)next_random(seed, 2),
        .trim = next_random(seed, 2) ? "total" : "criterion",
    };

    /* Few different values, so that there are ties. */
    for (size_t i = 0; i < play.contestants; i++) {
        play.branches[i] = next_random(seed, 4) * 10;
        play.grades[i] = next_random(seed, 5) ? 800 + 50 * next_random(seed, 3) : -1;
        play.withdrawn[i] = next_random(seed, 6) == 0;
        for (size_t j = 0; j < play.judges; j++)
            play.sheets[i][j] = 795 + 5 * next_random(seed, 3);
    }
    for (size_t j = 0; j < play.judges; j++)
        play.judge_branches[j] =
            next_random(seed, 6) * 10 - 20; /* some meet, see below */
    for (size_t j = 0; j < play.judges; j++)
        if (play.judge_branches[j] < 0)
            play.judge_branches[j] = 0;
    return play;
}

static bool is_recused(const struct play *play, size_t contestant, size_t judge)
{
    return play->judge_branches[judge] &&
           play->judge_branches[judge] == play->branches[contestant];
}

static const char *tenths(int64_t value)
{
    return arena_format(arena, "%" PRId64 ".%" PRId64, value / 10, value % 10);
}

/* ---- Playing it, with the judges in a random order ---- */

struct card {
    size_t judge;
    int sent; /* drafts, then the sheet, then nothing */
};

static void send_next(
    struct contest_state *state, const struct play *play, size_t contestant,
    struct card *card)
{
    int64_t value = play->sheets[contestant][card->judge];
    int64_t judge = JUDGE + (int64_t)card->judge + 1;

    if (card->sent++ < DRAFTS)
        event(
            state, judge, "mark",
            "{\"contestant\":%zu,\"round\":\"judged\",\"criterion\":\"c1\",\"value\":"
            "\"%s\"}",
            contestant + 1, tenths(value - card->sent));
    else
        event(
            state, judge, "sheet",
            "{\"contestant\":%zu,\"round\":\"judged\",\"marks\":{\"c1\":\"%s\"},"
            "\"total\":\"%s\"}",
            contestant + 1, tenths(value), tenths(value));
}

static void score(
    struct contest_state *state, const struct play *play, size_t contestant,
    uint64_t *seed)
{
    struct card cards[MOST_JUDGES];
    size_t count = 0;

    for (size_t j = 0; j < play->judges; j++)
        if (!is_recused(play, contestant, j))
            cards[count++] = (struct card){j, 0};
    while (count) {
        size_t next = (size_t)next_random(seed, (int64_t)count);
        send_next(state, play, contestant, &cards[next]);
        if (cards[next].sent > DRAFTS)
            cards[next] = cards[--count];
    }
}

static struct contest_state *
play_it(const struct rules *rules, const struct play *play, uint64_t *seed)
{
    struct contest_state *state = begin(
        rules,
        (struct cast){
            play->branches, play->contestants, play->judge_branches, play->judges});

    for (size_t i = 0; i < play->contestants; i++) {
        about(state, "called", (int64_t)i + 1);
        score(state, play, i, seed);
        about(state, "closed", (int64_t)i + 1);
        about(state, "released", (int64_t)i + 1);
        if (play->withdrawn[i])
            absence(state, "absent", (int64_t)i + 1);
        written(
            state, (int64_t)i + 1,
            play->grades[i] < 0 ? NULL : tenths(play->grades[i]));
    }
    return state;
}

static const char *summary(const struct standings *standings)
{
    struct text text;

    text_init(&text, arena, 64 * 1024);
    for (size_t i = 0; i < standings->row_count; i++) {
        const struct standings_row *row = &standings->rows[i];
        text_add_format(
            &text, "%" PRId64 " %s %s %s %s:", row->contestant->id,
            row->rank ? row->rank : "-", row->total ? row->total : "-",
            row->tie_key ? row->tie_key : "-", row->rounds[1].score);
        for (size_t j = 0; j < row->rounds[1].mark_count; j++)
            text_add_format(
                &text, " %d%d", (int)row->rounds[1].marks[j].dropped,
                row->rounds[1].marks[j].criteria
                    ? (int)row->rounds[1].marks[j].criteria[0]
                    : 9);
        text_add(&text, "\n");
    }
    for (size_t i = 0; i < standings->branch_count; i++)
        text_add_format(
            &text, "%" PRId64 " %s %s\n", standings->branches[i].branch,
            standings->branches[i].rank ? standings->branches[i].rank : "-",
            standings->branches[i].mean_registered);
    return text.bytes;
}

/* ---- The same in whole numbers ---- */

static int by_value(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

/* The panel's score in 1/100 point, half up. */
static int64_t plain_score(const struct play *play, size_t contestant)
{
    int64_t kept[MOST_JUDGES];
    size_t count = 0;
    int64_t sum = 0;

    for (size_t j = 0; j < play->judges; j++)
        if (!is_recused(play, contestant, j))
            kept[count++] = play->sheets[contestant][j] * 10;
    qsort(kept, count, sizeof *kept, by_value);
    size_t drops = (size_t)play->drops;
    for (size_t i = drops; i < count - drops; i++)
        sum += kept[i];
    int64_t n = (int64_t)(count - 2 * drops);
    return (2 * sum + n) / (2 * n);
}

static int64_t plain_total(const struct play *play, size_t contestant)
{
    int64_t grade = play->grades[contestant] < 0 ? 0 : play->grades[contestant] * 10;

    return (30 * grade + 70 * plain_score(play, contestant) + 50) / 100;
}

/* total, judged, written: as a number that orders like the chain of ties. */
static int64_t plain_key(const struct play *play, size_t contestant)
{
    int64_t grade = play->grades[contestant] < 0 ? 0 : play->grades[contestant] * 10;

    return (plain_total(play, contestant) * 100000 + plain_score(play, contestant)) *
               100000 +
           grade;
}

static void assert_plain(const struct play *play, const struct standings *standings)
{
    for (size_t i = 0; i < play->contestants; i++) {
        const struct standings_row *row = row_of(standings, (int64_t)i + 1);
        int64_t rank = 1;
        assert_string_equal(
            row->rounds[1].score, decimal_text(arena, plain_score(play, i), 2));
        if (play->withdrawn[i]) {
            assert_null(row->total);
            continue;
        }
        assert_string_equal(row->total, decimal_text(arena, plain_total(play, i), 2));
        for (size_t j = 0; j < play->contestants; j++)
            rank += !play->withdrawn[j] && plain_key(play, j) > plain_key(play, i);
        assert_string_equal(row->rank, arena_format(arena, "%" PRId64, rank));
    }
}

static void the_order_of_arrival_does_not_matter(void **unused)
{
    uint64_t seed = 20201117;

    (void)unused;
    for (int i = 0; i < CONTESTS; i++) {
        struct play play = random_play(&seed);
        const struct rules *rules = rules_of((struct rule_parts){
            .panel = arena_format(
                arena,
                "{\"drop_low\":%d,\"drop_high\":%d,\"mode\":\"mean\",\"dp\":2,"
                "\"rounding\":\"half_up\",\"missing\":\"wait\",\"trim\":\"%s\"}",
                play.drops, play.drops, play.trim)});
        struct standings first = compute(play_it(rules, &play, &seed), STANDINGS_ALL);
        struct standings second = compute(play_it(rules, &play, &seed), STANDINGS_ALL);
        assert_string_equal(summary(&first), summary(&second));
        assert_plain(&play, &first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_arrival_does_not_matter),
    };

    return RUN_GROUP("order", tests);
}
