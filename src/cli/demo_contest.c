#include "cli/demo_contest.h"

#include <inttypes.h>

#include "contest/create.h"

#define TITLE "小区专员技能大赛"

enum { CONTESTANTS = 2 * DEMO_BRANCHES };

static const char rules[] =
    "{\"version\":1,\"title\":\"" TITLE "\",\"rounds\":["
    "{\"id\":\"written\",\"kind\":\"written\",\"title\":\"理论测验\","
    "\"weight\":\"0.30\",\"full\":\"100\",\"quiz\":%" PRId64 "},"
    "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"现场评审\","
    "\"weight\":\"0.70\",\"full\":\"100\",\"criteria\":["
    "{\"id\":\"c1\",\"title\":\"政策理解\",\"hint\":"
    "\"依据准确，程序完整，能说清为什么\","
    "\"maximum\":\"30\",\"step\":\"0.5\"},"
    "{\"id\":\"c2\",\"title\":\"情景处置\",\"hint\":\"先后得当，三方到位，居民听得进\","
    "\"maximum\":\"40\",\"step\":\"0.5\"},"
    "{\"id\":\"c3\",\"title\":\"沟通表达\",\"hint\":\"语言清楚，态度诚恳，时间恰当\","
    "\"maximum\":\"30\",\"step\":\"0.5\"}],"
    "\"panel\":{\"drop_low\":1,\"drop_high\":1,\"mode\":\"mean\",\"dp\":2,"
    "\"rounding\":\"half_up\",\"missing\":\"wait\",\"trim\":\"total\"}}],"
    "\"missing_round\":\"absent_as_zero\","
    "\"total\":{\"dp\":2,\"rounding\":\"half_up\"},"
    "\"ties\":[{\"key\":\"total\",\"direction\":\"desc\"},"
    "{\"key\":\"round:judged\",\"direction\":\"desc\"},"
    "{\"key\":\"round:written\",\"direction\":\"desc\"}],"
    "\"rank_style\":\"1224\","
    "\"branch\":{\"formula\":\"mean_registered\",\"dp\":2,\"rounding\":\"half_up\"}}";

struct error *demo_contest_prepare(
    struct db *db, const struct demo_people *people, int64_t quiz, int64_t now)
{
    int64_t contestants[CONTESTANTS];
    struct contest_creation creation = {
        .title = TITLE,
        .rules = arena_format(db_arena(db), rules, quiz),
        .judges = people->judges,
        .judge_count = DEMO_JUDGES,
        .contestants = contestants,
        .at = now,
    };

    for (size_t i = 0; i < DEMO_SPECIALISTS; i++)
        if (demo_people_competes(&people->specialists[i]))
            contestants[creation.contestant_count++] = people->specialists[i].person;
    return contest_create(db, &creation);
}
