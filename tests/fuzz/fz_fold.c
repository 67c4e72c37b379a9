/* A contest as a fold over its events: any sequence of events is refused at some point
 * or adds up to a state whose standings can be computed, are within the scale, and come
 * out the same a second time. The bytes are a small program: a kind of event and what
 * it is about, again and again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "contest/draw.h"
#include "contest/standings.h"
#include "fuzz/fuzz.h"

enum { PEOPLE = 4, JUDGES = 3, MOST_EVENTS = 300 };

#define JUDGED(id, panel)                                                              \
    "{\"id\":\"" id "\",\"kind\":\"judged\",\"title\":\"j\",\"weight\":\"0.35\","      \
    "\"full\":\"100\",\"criteria\":["                                                  \
    "{\"id\":\"c1\",\"title\":\"x\",\"maximum\":\"60\",\"step\":\"0.5\"},"             \
    "{\"id\":\"c2\",\"title\":\"y\",\"maximum\":\"40\",\"step\":\"0.125\"}],"          \
    "\"panel\":{\"mode\":\"mean\",\"dp\":2,\"rounding\":\"half_up\"," panel "}}"
#define RULES(panel, rest)                                                             \
    "{\"version\":1,\"title\":\"t\",\"rounds\":[{\"id\":\"written\",\"kind\":"         \
    "\"written\",\"title\":\"w\",\"weight\":\"0.30\",\"full\":\"100\",\"quiz\":1}"     \
    "," JUDGED("one", panel) "," JUDGED(                                               \
        "two", panel) "],"                                                             \
                      "\"total\":{\"dp\":2,\"rounding\":\"half_up\"},\"ties\":[{"      \
                      "\"key\":\"total\","                                             \
                      "\"direction\":\"desc\"},{\"key\":\"round:one\",\"direction\":"  \
                      "\"desc\"},"                                                     \
                      "{\"key\":\"untrimmed:two\",\"direction\":\"asc\"},"             \
                      "{\"key\":\"highest:one\",\"direction\":\"desc\"}]," rest "}"

static const char *const rule_sets[] = {
    RULES(
        "\"drop_low\":0,\"drop_high\":0,\"missing\":\"wait\",\"trim\":\"total\"",
        "\"missing_round\":\"absent_as_zero\",\"rank_style\":\"1224\",\"branch\":"
        "{\"formula\":\"mean_registered\",\"dp\":2,\"rounding\":\"half_up\"}"),
    RULES(
        "\"drop_low\":1,\"drop_high\":1,\"missing\":\"present\",\"trim\":\"criterion\"",
        "\"missing_round\":\"not_ranked\",\"rank_style\":\"fractional\",\"branch\":"
        "{\"formula\":\"mean_present\",\"dp\":1,\"rounding\":\"half_even\"}"),
    RULES(
        "\"drop_low\":1,\"drop_high\":0,\"missing\":\"impute\",\"trim\":\"total\"",
        "\"missing_round\":\"absent_as_zero\",\"rank_style\":\"ordinal\",\"branch\":"
        "{\"formula\":\"mean_registered\",\"dp\":3,\"rounding\":\"truncate\"}"),
};

static const char seed[] =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
static const char *const rounds[] = {"one", "two", "written", "none"};

struct folding {
    struct arena *arena;
    struct contest_state *state;
    struct fuzz_input input;
    int64_t number;
};

static char *points(struct folding *folding)
{
    size_t eighths = fuzz_choice(&folding->input, 60 * 8 + 1);

    switch (fuzz_byte(&folding->input) % 8) {
    case 0:
        return arena_format(folding->arena, "-%zu.5", eighths / 8);
    case 1:
        return fuzz_text(folding->arena, &folding->input, 6);
    case 2:
        return arena_format(folding->arena, "%zu", eighths / 4);
    default:
        return arena_format(
            folding->arena, "%zu.%03zu", eighths / 8, eighths % 8 * 125);
    }
}

/* A sheet: both marks and their sum. */
static char *sheet(struct folding *folding, size_t person, const char *round)
{
    size_t first = fuzz_choice(&folding->input, 121) * 4; /* eighths */
    size_t second = fuzz_choice(&folding->input, 321);
    size_t sum = first + second;

    return arena_format(
        folding->arena,
        "{\"contestant\":%zu,\"round\":\"%s\",\"marks\":{\"c1\":\"%zu.%03zu\","
        "\"c2\":\"%zu.%03zu\"},\"total\":\"%zu.%03zu\"}",
        person, round, first / 8, first % 8 * 125, second / 8, second % 8 * 125,
        sum / 8, sum % 8 * 125);
}

static char *order(struct arena *arena, const char *spoken)
{
    int64_t ids[PEOPLE];
    char *text = arena_copy(arena, "");

    for (int i = 0; i < PEOPLE; i++)
        ids[i] = i + 1;
    if (!draw_order(arena, seed, spoken, ids, PEOPLE))
        abort();
    for (int i = 0; i < PEOPLE; i++)
        text = arena_format(arena, "%s%s%d", text, i ? "," : "", (int)ids[i]);
    return text;
}

/* The body of an event; the text is JSON unless the input spoils it. */
static const char *body(struct folding *folding, const char *kind, size_t person)
{
    struct arena *arena = folding->arena;
    const char *round = rounds[fuzz_byte(&folding->input) % 4];
    const char *commit = "";

    if (strcmp(kind, "sealed") == 0)
        return arena_format(
            arena,
            "{\"rules\":\"%s\",\"contestants\":[{\"id\":1,\"branch\":1},{\"id\":3,"
            "\"branch\":2},{\"id\":2,\"branch\":1},{\"id\":4}],\"judges\":[{\"id\":11,"
            "\"number\":1},{\"id\":12,\"number\":2,\"branch\":1},{\"id\":13,"
            "\"number\":3}]}",
            folding->state->rules->hash);
    if (strcmp(kind, "draw_committed") == 0) {
        if (!draw_commit(arena, seed, &commit))
            abort();
        return arena_format(arena, "{\"commit\":\"%s\"}", commit);
    }
    if (strcmp(kind, "drawn") == 0)
        return arena_format(
            arena, "{\"seed\":\"%s\",\"spoken\":\"88\",\"order\":[%s]}", seed,
            order(arena, "88"));
    if (strcmp(kind, "mark") == 0) {
        int criterion = fuzz_byte(&folding->input) % 3;
        return arena_format(
            arena,
            "{\"contestant\":%zu,\"round\":\"%s\",\"criterion\":\"c%d\",\"value\":\"%"
            "s\"}",
            person, round, criterion, points(folding));
    }
    if (strcmp(kind, "sheet") == 0)
        return sheet(folding, person, round);
    if (strcmp(kind, "deducted") == 0)
        return arena_format(
            arena,
            "{\"contestant\":%zu,\"round\":\"%s\",\"points\":\"%s\",\"reason\":\"r\"}",
            person, round, points(folding));
    if (strcmp(kind, "written") == 0)
        return arena_format(
            arena,
            "{\"contestant\":%zu,\"round\":\"written\",\"grade\":\"%s\",\"full\":"
            "\"100\","
            "\"attempt\":%zu,\"receipt\":\"R\"}",
            person, points(folding), person);
    if (strcmp(kind, "shown") == 0)
        return "{\"view\":\"leaderboard\"}";
    if (strcmp(kind, "finished") == 0)
        return "{}";
    if (strcmp(kind, "absent") == 0 || strcmp(kind, "present") == 0)
        return arena_format(arena, "{\"contestant\":%zu}", person);
    return arena_format(arena, "{\"contestant\":%zu,\"round\":\"%s\"}", person, round);
}

static const char *const kinds[] = {
    "called",  "sheet",    "sheet",    "closed",   "released", "mark",
    "written", "deducted", "absent",   "present",  "shown",    "sheet",
    "called",  "closed",   "released", "finished",
};

/* False when the event was refused; the state is then spoilt. */
static bool apply(struct folding *folding, const char *kind, const char *text)
{
    struct arena *arena = folding->arena;
    struct chain_event event = {
        .subject = "contest/1",
        .number = folding->number + 1,
        .at = folding->number * 1000,
        .actor = 11 + fuzz_byte(&folding->input) % (JUDGES + 1),
        .role = "judge",
        .device = "",
        .kind = kind,
        .previous = seed,
        .hash = arena_format(arena, "%064d", (int)folding->number),
    };

    if (input_parse(arena, text, strlen(text), &event.body) ||
        contest_apply(arena, folding->state, &event))
        return false;
    folding->number++;
    return true;
}

/* As many events as are taken; false when one was refused. */
static bool fold(struct folding *folding)
{
    static const char *const opening[] = {"sealed", "draw_committed", "drawn"};

    for (int i = 0; i < 3; i++)
        if (!apply(folding, opening[i], body(folding, opening[i], 1)))
            abort();
    for (int i = 0; i < MOST_EVENTS && folding->input.left; i++) {
        uint8_t what = fuzz_byte(&folding->input);
        size_t person = 1 + what / 16 % (PEOPLE + 1);
        const char *kind = kinds[what % 16];
        if (!apply(folding, kind, body(folding, kind, person)))
            return false;
    }
    return true;
}

static void check_row(const struct standings_row *row, size_t index)
{
    const struct rational nothing = {0, 1};

    FUZZ_REQUIRE(
        (row->status == STANDINGS_RANKED) == (row->rank != NULL) &&
            !row->rank == !row->total,
        "row %zu", index);
    for (size_t i = 0; i < 3; i++) {
        const struct standings_round *round = &row->rounds[i];
        if (round->score)
            FUZZ_REQUIRE(
                rational_compare(round->value, nothing) >= 0 &&
                    rational_compare(round->value, round->full) <= 0,
                "%s of row %zu", round->score, index);
    }
}

static const char *stand(
    struct arena *arena, const struct contest_state *state, enum standings_scope scope)
{
    struct standings standings;
    json_t *document;
    int64_t before = INT64_MAX;

    struct error *error = standings_compute(arena, state, scope, &standings);
    FUZZ_REQUIRE(!error, "%s: %s", error->code, error->message);
    for (size_t i = 0; i < standings.row_count; i++) {
        const struct standings_row *row = &standings.rows[i];
        check_row(row, i);
        if (row->status != STANDINGS_RANKED)
            continue;
        FUZZ_REQUIRE(row->total_units <= before, "row %zu is out of order", i);
        before = row->total_units;
    }
    const char *json = standings_document(arena, &standings);
    error = input_parse(arena, json, strlen(json), &document);
    FUZZ_REQUIRE(!error, "%s", json);
    return json;
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    const char *documents[2];

    if (!size)
        return;
    for (int i = 0; i < 2; i++) {
        struct folding folding = {.arena = arena, .input = {bytes + 1, size - 1}};
        const struct rules *rules;
        const char *text = rule_sets[bytes[0] % 3];
        struct error *error = rules_read(arena, text, strlen(text), &rules);
        FUZZ_REQUIRE(!error, "%s: %s", error->code, error->message);
        folding.state = contest_new(arena, rules);
        if (!fold(&folding))
            return;
        documents[i] = stand(arena, folding.state, STANDINGS_ALL);
        (void)stand(arena, folding.state, STANDINGS_PUBLIC);
    }
    FUZZ_REQUIRE(strcmp(documents[0], documents[1]) == 0, "%s", documents[1]);
}
