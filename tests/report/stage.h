/* stage.h - a small contest on top of the district: three contestants, four judges, and
 * whatever events a test wants in its record. Names and street are chosen to hurt. */
#ifndef TESTS_REPORT_STAGE_H
#define TESTS_REPORT_STAGE_H

#include "report/district.h"

#include "contest/create.h"
#include "contest/draw.h"
#include "contest/rules.h"
#include "store/chain.h"

/* Contestants get the ids 1, 2, 3 and are the people 11, 12, 13; judges are 21..24, the
 * last of them of the first contestant's street. */
static const char stage_rules_format[] =
    "{\"version\":1,\"title\":\"技能大赛\",\"rounds\":["
    "{\"id\":\"written\",\"kind\":\"written\",\"title\":\"理论测验\","
    "\"weight\":\"0.30\",\"full\":\"100\",\"quiz\":1},"
    "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"现场评审\","
    "\"weight\":\"0.70\",\"full\":\"100\",\"criteria\":["
    "{\"id\":\"c1\",\"title\":\"政策理解\",\"maximum\":\"40\",\"step\":\"0.5\"},"
    "{\"id\":\"c2\",\"title\":\"情景处置\",\"maximum\":\"60\",\"step\":\"0.5\"}],"
    "\"panel\":{\"drop_low\":1,\"drop_high\":1,\"mode\":\"mean\",\"dp\":2,"
    "\"rounding\":\"half_up\",\"missing\":\"wait\",\"trim\":\"%s\"}}],"
    "\"missing_round\":\"absent_as_zero\",\"total\":{\"dp\":2,\"rounding\":\"half_up\"}"
    ","
    "\"ties\":[{\"key\":\"total\",\"direction\":\"desc\"},"
    "{\"key\":\"round:judged\",\"direction\":\"desc\"}],\"rank_style\":\"1224\","
    "\"branch\":{\"formula\":\"mean_registered\",\"dp\":2,\"rounding\":\"half_up\"}}";

/* Where the extremes are dropped; a test may change it before stage_new(). */
static const char *stage_trim = "total";

static const char *stage_rules(struct arena *arena)
{
    return arena_format(arena, stage_rules_format, stage_trim);
}

#define STAGE_SEED "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

struct stage_event {
    const char *kind;
    int64_t actor;
    json_t *body; /* taken over */
};

static struct error *stage_append(struct db *db, void *context)
{
    struct stage_event *said = context;
    struct chain_event event = {
        .subject = "contest/1",
        .at = 1600000000000,
        .actor = said->actor,
        .role = "test",
        .device = "",
        .kind = said->kind,
        .body = said->body,
    };
    bool repeated;
    struct error *error = chain_append(db, &event, &repeated);

    json_decref(said->body);
    return error;
}

__attribute__((unused)) static void
stage_say(struct district *district, const char *kind, int64_t actor, json_t *body)
{
    struct stage_event event = {kind, actor, body};

    assert_non_null(body);
    check_write(district->store, district->arena, stage_append, &event);
}

/* A judge's whole sheet. */
__attribute__((unused)) static void stage_sheet(
    struct district *district, int64_t judge, int64_t contestant, const char *c1,
    const char *c2, const char *total)
{
    stage_say(
        district, "sheet", judge,
        json_pack(
            "{s:I, s:s, s:{s:s, s:s}, s:s}", "contestant", (json_int_t)contestant,
            "round", "judged", "marks", "c1", c1, "c2", c2, "total", total));
}

/* called, closed, released, absent */
__attribute__((unused)) static void
stage_step(struct district *district, const char *kind, int64_t contestant)
{
    stage_say(
        district, kind, 0,
        strcmp(kind, "absent") == 0
            ? json_pack("{s:I}", "contestant", (json_int_t)contestant)
            : json_pack(
                  "{s:I, s:s}", "contestant", (json_int_t)contestant, "round",
                  "judged"));
}

__attribute__((unused)) static void
stage_written(struct district *district, int64_t contestant, const char *grade)
{
    stage_say(
        district, "written", 0,
        json_pack(
            "{s:I, s:s, s:s?, s:s, s:n, s:n}", "contestant", (json_int_t)contestant,
            "round", "written", "grade", grade, "full", "100", "attempt", "receipt"));
}

static void stage_seal(struct district *district)
{
    const char *json = stage_rules(district->arena);
    const struct rules *rules;

    assert_fine(rules_read(district->arena, json, strlen(json), &rules));
    stage_say(
        district, "sealed", 0,
        json_pack(
            "{s:s, s:[{s:i, s:i}, {s:i, s:i}, {s:i, s:i}], "
            "s:[{s:i, s:i, s:n}, {s:i, s:i, s:n}, {s:i, s:i, s:n}, {s:i, s:i, s:i}]}",
            "rules", rules->hash, "contestants", "id", 1, "branch", 1, "id", 2,
            "branch", 2, "id", 3, "branch", 2, "judges", "id", 21, "number", 1,
            "branch", "id", 22, "number", 2, "branch", "id", 23, "number", 3, "branch",
            "id", 24, "number", 4, "branch", 1));
}

static void stage_draw(struct district *district)
{
    int64_t order[] = {1, 2, 3};
    const char *commit;

    assert_true(draw_commit(district->arena, STAGE_SEED, &commit));
    assert_true(draw_order(district->arena, STAGE_SEED, "7", order, 3));
    stage_say(district, "draw_committed", 0, json_pack("{s:s}", "commit", commit));
    stage_say(
        district, "drawn", 0,
        json_pack(
            "{s:s, s:s, s:[I, I, I]}", "seed", STAGE_SEED, "spoken", "7", "order",
            (json_int_t)order[0], (json_int_t)order[1], (json_int_t)order[2]));
}

static struct error *stage_create(struct db *db, void *unused)
{
    static const int64_t contestants[] = {11, 12, 13};
    static const int64_t judges[] = {21, 22, 23, 24};
    struct contest_creation creation = {
        .title = "技能大赛",
        .rules = stage_rules(db_arena(db)),
        .judges = judges,
        .judge_count = 4,
        .contestants = contestants,
        .contestant_count = 3,
        .at = 1,
    };

    (void)unused;
    return contest_create(db, &creation);
}

/* A district with the contest prepared; stage_play() plays it. */
__attribute__((unused)) static struct district *stage_new(void)
{
    static const char *const branches[] = {"米市巷街道", "=湖墅街道", NULL};
    static const struct district_person people[] = {
        {11, "zy0101", "=1+1", 1, DISTRICT_LEARNER, "submitted", 9500, 60000},
        {12, "zy0201", "李,\"小\"\n明", 2, DISTRICT_LEARNER, NULL, 0, 0},
        {13, "zy0202", "＋cmd", 2, DISTRICT_LEARNER, "submitted", 5000, 90500},
        {14, "zy0203", "-2", 2, DISTRICT_LEARNER, "submitted", 5000, 1000},
        {15, "zy0204", "@x", 2, DISTRICT_LEARNER, "in_progress", 0, 0},
        {21, "pw01", "王一", 0, DISTRICT_JUDGE, NULL, 0, 0},
        {22, "pw02", "王二", 0, DISTRICT_JUDGE, NULL, 0, 0},
        {23, "pw03", "王三", 0, DISTRICT_JUDGE, NULL, 0, 0},
        {24, "pw04", "王四", 1, DISTRICT_JUDGE, NULL, 0, 0},
    };
    struct district *district = district_new(branches);

    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        district_add(district, people[i]);
    check_write(district->store, district->arena, stage_create, NULL);
    return district;
}

/* 1: judged 80, 90.5, 85 (4 recused) less 0.5; written 95.
 * 2: judged 70, 70, 88, 92.5; no written grade. 3: does not come. */
__attribute__((unused)) static void stage_play(struct district *district)
{
    stage_seal(district);
    stage_draw(district);
    stage_step(district, "called", 1);
    stage_sheet(district, 21, 1, "30", "50", "80");
    stage_sheet(district, 22, 1, "35.5", "55", "90.5");
    stage_sheet(district, 23, 1, "35", "50", "85");
    stage_say(
        district, "deducted", 0,
        json_pack(
            "{s:i, s:s, s:s, s:s}", "contestant", 1, "round", "judged", "points",
            "0.50", "reason", "超时"));
    stage_step(district, "closed", 1);
    stage_step(district, "released", 1);
    stage_step(district, "called", 2);
    stage_sheet(district, 21, 2, "30", "40", "70");
    stage_sheet(district, 22, 2, "20", "50", "70");
    stage_sheet(district, 23, 2, "38", "50", "88");
    stage_sheet(district, 24, 2, "40", "52.5", "92.5");
    stage_step(district, "closed", 2);
    stage_step(district, "released", 2);
    stage_step(district, "absent", 3);
    stage_written(district, 1, "95");
    stage_written(district, 2, NULL);
}

#endif
