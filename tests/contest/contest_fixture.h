/* contest_fixture.h - contests for tests: a rule set with exchangeable parts, and a way
 * to play events into a state without a database. */
#ifndef TESTS_CONTEST_FIXTURE_H
#define TESTS_CONTEST_FIXTURE_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "arena_fixture.h"
#include "base/input.h"
#include "base/text.h"
#include "base/token.h"
#include "contest/draw.h"
#include "contest/fold.h"
#include "contest/standings.h"

/* No test needs all of this. */
#pragma GCC diagnostic ignored "-Wunused-function"

/* Parts of the rule set that tests exchange; NULL: as below. */
struct rule_parts {
    const char *judged; /* the judged round's "full" and "criteria" */
    const char *panel;
    const char *missing;
    const char *total;
    const char *ties;
    const char *style;
    const char *branch;
    const char *rounds; /* all rounds */
};

#define PANEL(low, high, mode, missing, trim)                                          \
    "{\"drop_low\":" #low ",\"drop_high\":" #high ",\"mode\":\"" mode                  \
    "\",\"dp\":2,\"rounding\":\"half_up\",\"missing\":\"" missing                      \
    "\",\"trim\":\"" trim "\"}"
/* A panel that drops by the number of judges, one that raises flags. */
#define PANEL_WITH(mode, missing, more)                                                \
    "{\"drop_low\":1,\"drop_high\":1,\"mode\":\"" mode                                 \
    "\",\"dp\":2,\"rounding\":\"half_up\",\"missing\":\"" missing                      \
    "\",\"trim\":\"total\"," more "}"
#define TABLE(mode, rows) PANEL_WITH(mode, "present", "\"table\":[" rows "]")
#define SPREAD(spread) PANEL_WITH("mean", "present", "\"spread\":" spread)
#define TIME(more) ONE_CRITERION ",\"time\":{\"limit_s\":480," more "}"
#define ROUNDING2 "{\"dp\":2,\"rounding\":\"half_up\"}"
#define WRITTEN                                                                        \
    "{\"id\":\"written\",\"kind\":\"written\",\"title\":\"理论测验\",\"weight\":"  \
    "\"0.30\",\"full\":\"100\",\"quiz\":1}"
#define ONE_CRITERION                                                                  \
    "\"full\":\"100\",\"criteria\":[{\"id\":\"c1\",\"title\":\"表现\",\"maximum\":"  \
    "\"100\",\"step\":\"0.1\"}]"
#define TWO_CRITERIA                                                                    \
    "\"full\":\"100\",\"criteria\":[{\"id\":\"c1\",\"title\":\"内容\",\"maximum\":"   \
    "\"60\",\"step\":\"0.5\"},{\"id\":\"c2\",\"title\":\"表达\",\"hint\":\"清楚\"," \
    "\"maximum\":\"40\",\"step\":\"0.5\"}]"

#define PART(given, otherwise) ((given) ? (given) : (otherwise))

static const char *rules_text(struct rule_parts parts)
{
    const char *rounds =
        parts.rounds ? parts.rounds
                     : arena_format(
                           arena,
                           WRITTEN ",{\"id\":\"judged\",\"kind\":\"judged\",\"title\":"
                                   "\"现场评审\",\"weight\":\"0.70\",%s,\"panel\":%s}",
                           PART(parts.judged, ONE_CRITERION),
                           PART(parts.panel, PANEL(1, 1, "mean", "wait", "total")));

    return arena_format(
        arena,
        "{\"version\":1,\"title\":\"技能大赛\",\"rounds\":[%s],\"missing_round\":"
        "\"%s\",\"total\":%s,\"ties\":[%s],\"rank_style\":\"%s\",\"branch\":%s}",
        rounds, PART(parts.missing, "absent_as_zero"), PART(parts.total, ROUNDING2),
        PART(
            parts.ties, "{\"key\":\"total\",\"direction\":\"desc\"},"
                        "{\"key\":\"round:judged\",\"direction\":\"desc\"},"
                        "{\"key\":\"round:written\",\"direction\":\"desc\"}"),
        PART(parts.style, "1224"),
        PART(
            parts.branch,
            "{\"formula\":\"mean_registered\",\"dp\":2,\"rounding\":\"half_up\"}"));
}

static const struct rules *rules_of(struct rule_parts parts)
{
    const char *text = rules_text(parts);
    const struct rules *rules;

    assert_fine(rules_read(arena, text, strlen(text), &rules));
    return rules;
}

/* ---- Playing ---- */

/* A judge's person is 100 + number, so that nobody is confused with a contestant. */
enum { HOST = 7, JUDGE = 100 };

static struct error *try_event(
    struct contest_state *state, int64_t actor, const char *kind, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

static struct error *try_event(
    struct contest_state *state, int64_t actor, const char *kind, const char *format,
    ...)
{
    char body[16 * 1024];
    struct chain_event event = {
        .subject = "contest/1",
        .number = state->number + 1,
        .at = 1000 + state->number,
        .actor = actor,
        .role = "host",
        .device = "",
        .kind = kind,
        .hash = arena_format(arena, "%064" PRIx64, (uint64_t)state->number + 1),
    };
    va_list arguments;

    va_start(arguments, format);
    assert_true((size_t)vsnprintf(body, sizeof body, format, arguments) < sizeof body);
    va_end(arguments);
    assert_fine(input_parse(arena, body, strlen(body), &event.body));
    return contest_apply(arena, state, &event);
}

#define event(...) assert_fine(try_event(__VA_ARGS__))

/* Contestants 1..n of these branches (0: none), judges 1..m of those. */
struct cast {
    const int64_t *contestants;
    size_t contestant_count;
    const int64_t *judges;
    size_t judge_count;
};

static void write_branch(struct text *text, int64_t branch)
{
    if (branch)
        text_add_format(text, "\"branch\":%" PRId64 "}", branch);
    else
        text_add(text, "\"branch\":null}");
}

static void seal(struct contest_state *state, struct cast cast)
{
    struct text text;

    text_init(&text, arena, 16 * 1024);
    text_add_format(&text, "{\"rules\":\"%s\",\"contestants\":[", state->rules->hash);
    for (size_t i = 0; i < cast.contestant_count; i++) {
        text_add_format(&text, "%s{\"id\":%zu,", i ? "," : "", i + 1);
        write_branch(&text, cast.contestants[i]);
    }
    text_add(&text, "],\"judges\":[");
    for (size_t i = 0; i < cast.judge_count; i++) {
        text_add_format(
            &text, "%s{\"id\":%zu,\"number\":%zu,", i ? "," : "", JUDGE + i + 1, i + 1);
        write_branch(&text, cast.judges[i]);
    }
    text_add(&text, "]}");
    event(state, HOST, "sealed", "%s", text.bytes);
}

#define SEED "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static void draw(struct contest_state *state)
{
    int64_t ids[CONTEST_CONTESTANTS];
    const char *commit;
    struct text text;

    assert_true(draw_commit(arena, SEED, &commit));
    event(state, HOST, "draw_committed", "{\"commit\":\"%s\"}", commit);
    for (size_t i = 0; i < state->contestant_count; i++)
        ids[i] = state->contestants[i].id;
    assert_true(draw_order(arena, SEED, "8", ids, state->contestant_count));
    text_init(&text, arena, 16 * 1024);
    for (size_t i = 0; i < state->contestant_count; i++)
        text_add_format(&text, "%s%" PRId64, i ? "," : "", ids[i]);
    event(
        state, HOST, "drawn", "{\"seed\":\"" SEED "\",\"spoken\":\"8\",\"order\":[%s]}",
        text.bytes);
}

/* Sealed and drawn. */
static struct contest_state *begin(const struct rules *rules, struct cast cast)
{
    struct contest_state *state = contest_new(arena, rules);

    token_start();
    seal(state, cast);
    draw(state);
    return state;
}

static void about(struct contest_state *state, const char *kind, int64_t contestant)
{
    event(
        state, HOST, kind, "{\"contestant\":%" PRId64 ",\"round\":\"judged\"}",
        contestant);
}

static void absence(struct contest_state *state, const char *kind, int64_t contestant)
{
    event(state, HOST, kind, "{\"contestant\":%" PRId64 "}", contestant);
}

/* A sheet in a round with the one criterion "c1". */
static void
sheet(struct contest_state *state, int64_t judge, int64_t contestant, const char *value)
{
    event(
        state, JUDGE + judge, "sheet",
        "{\"contestant\":%" PRId64 ",\"round\":\"judged\",\"marks\":{\"c1\":\"%s\"},"
        "\"total\":\"%s\"}",
        contestant, value, value);
}

/* Called, marked by judges 1, 2, 3... (NULL: no sheet), closed, released. */
static void perform(
    struct contest_state *state, int64_t contestant, const char *const *values,
    size_t count)
{
    about(state, "called", contestant);
    for (size_t i = 0; i < count; i++)
        if (values[i])
            sheet(state, (int64_t)i + 1, contestant, values[i]);
    about(state, "closed", contestant);
    about(state, "released", contestant);
}

#define PERFORM(state, contestant, ...)                                                \
    perform(                                                                           \
        state, contestant, (const char *const[]){__VA_ARGS__},                         \
        COUNT_OF(((const char *const[]){__VA_ARGS__})))

/* `grade` NULL: was not there. */
static void written(struct contest_state *state, int64_t contestant, const char *grade)
{
    if (grade)
        event(
            state, 9, "written",
            "{\"contestant\":%" PRId64 ",\"round\":\"written\",\"grade\":\"%s\","
            "\"full\":\"100\",\"attempt\":%" PRId64 ",\"receipt\":\"R\"}",
            contestant, grade, 50 + contestant);
    else
        event(
            state, 9, "written",
            "{\"contestant\":%" PRId64 ",\"round\":\"written\",\"grade\":null,"
            "\"full\":\"100\",\"attempt\":null,\"receipt\":null}",
            contestant);
}

/* The row of a contestant; NULL when it is not in the list. */
static const struct standings_row *
row_of(const struct standings *standings, int64_t contestant)
{
    for (size_t i = 0; i < standings->row_count; i++)
        if (standings->rows[i].contestant->id == contestant)
            return &standings->rows[i];
    abort(); /* the test itself is wrong */
}

static struct standings
compute(const struct contest_state *state, enum standings_scope scope)
{
    struct standings standings;

    assert_fine(standings_compute(arena, state, scope, &standings));
    return standings;
}

static const int64_t no_branches[5] = {0};
static const int64_t two_branches[] = {10, 10, 20, 20};

/* Judges of no branch. */
static struct cast
cast_of(const int64_t *contestants, size_t contestant_count, size_t judge_count)
{
    return (struct cast){contestants, contestant_count, no_branches, judge_count};
}

/* NULL: there is none. */
static void assert_row(
    const struct standings *standings, int64_t contestant, const char *judged,
    const char *total, const char *rank)
{
    const struct standings_row *row = row_of(standings, contestant);

    assert_non_null(row);
    if (judged)
        assert_string_equal(row->rounds[1].score, judged);
    else
        assert_null(row->rounds[1].score);
    if (total)
        assert_string_equal(row->total, total);
    else
        assert_null(row->total);
    if (rank)
        assert_string_equal(row->rank, rank);
    else
        assert_null(row->rank);
}

#endif
