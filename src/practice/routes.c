#include "practice/routes.h"

#include <string.h>

#include "base/clock.h"
#include "live/deferred.h"
#include "practice/practice_views.h"
#include "quiz/grading.h"

enum {
    SMALL_REPLY = 1024 * 1024,
    SESSION_REPLY = PAPER_LIMIT,
    SHORTEST_DEVICE = 8,
    LONGEST_DEVICE = 64,
    MOST_TYPES = 8,
    MOST_WEAK = 5,
};

static struct error *
know(struct request *request, int64_t now, struct practice_knowledge *knowledge)
{
    const struct practice_feature *feature = request->feature;
    const struct practice_view *view =
        practice_bank_view(feature->questions, request->arena);

    if (!view->loaded)
        return error_new(
            request->arena, ERROR_UNAVAILABLE, "content_loading",
            "题目正在载入，请稍候再试。");
    return practice_know(
        request->reader, feature->papers, view, request->person, now, knowledge);
}

/* ---- GET /api/practice ---- */

static struct error *show_overview(struct request *request)
{
    const struct practice_feature *feature = request->feature;
    int64_t now = clock_now_ms();
    struct practice_knowledge knowledge;
    struct practice_lessons weak;
    struct writer writer;

    TRY(know(request, now, &knowledge));
    TRY(practice_weak_lessons(
        request->reader, feature->papers, request->person, now, &weak));
    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    practice_views_counts(request->arena, &knowledge, practice_day(now), &writer);
    practice_views_weak(&weak, MOST_WEAK, &writer);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* ---- POST /api/practice/sessions ---- */

static struct error *read_types(struct request *request, json_t *names, unsigned *types)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        enum paper_type type;
        if (!name || !paper_type_find(name, &type))
            return error_new(
                request->arena, ERROR_INVALID, "practice_invalid", "没有这种题型。");
        *types |= 1U << type;
    }
    return NULL;
}

static struct error *read_wish(struct request *request, struct practice_wish *wish)
{
    const char *mode;
    json_t *json;
    json_t *types = NULL;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json, {"mode", INPUT_TEXT, false, &mode, 1, 16},
        {"course", INPUT_TEXT, true, &wish->course, 0, 64},
        {"lesson", INPUT_TEXT, true, &wish->lesson, 1, 64},
        {"types", INPUT_ARRAY, true, &types, 0, MOST_TYPES},
        {"difficulty", INPUT_INT, true, &wish->difficulty, 1, 5},
        {"count", INPUT_INT, false, &wish->count, 1, PRACTICE_MOST}));
    if (!practice_mode_find(mode, &wish->mode))
        return error_new(
            request->arena, ERROR_INVALID, "practice_invalid", "没有这种练习方式。");
    if (wish->mode == PRACTICE_LESSON && !wish->course)
        return error_new(
            request->arena, ERROR_INVALID, "practice_invalid",
            "按章节练习要写明课程。");
    return read_types(request, types, &wish->types);
}

/* Nothing is kept of a session: whatever is answered later is looked at anew. */
static struct error *open_session(struct request *request)
{
    int64_t now = clock_now_ms();
    struct practice_wish wish = {.day = practice_day(now)};
    struct practice_knowledge knowledge;
    struct practice_pick pick;
    struct writer writer;

    TRY(read_wish(request, &wish));
    TRY(know(request, now, &knowledge));
    practice_choose(request->arena, &knowledge, &wish, &pick);
    writer_init(&writer, request->arena, SESSION_REPLY);
    writer_object(&writer, NULL);
    practice_views_session(request->arena, &knowledge, &pick, &writer);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* ---- POST /api/practice/answers ---- */

/* The question, if she may practise it now. That it is held back is not told apart from
 * that there is none: an exam's questions are not to be found out by asking. */
static struct error *find_item(
    struct request *request, const char *id, const struct practice_view **view,
    const struct practice_item **item)
{
    struct practice_knowledge knowledge;

    TRY(know(request, clock_now_ms(), &knowledge));
    *view = knowledge.view;
    *item = practice_find(knowledge.view, id);
    if (*item && !knowledge.held_back[*item - knowledge.view->items])
        return NULL;
    return error_new(
        request->arena, ERROR_NOT_FOUND, "practice_unknown",
        "没有这道题，或者它在还没有结束的测验里，现在不能练习。");
}

struct marked {
    struct practice_answer answer;
    const struct practice_view *view;
    const struct practice_item *item;
    bool is_automatic;
};
_Static_assert(
    offsetof(struct marked, answer) == 0, "the change takes it for its own context");

static struct error *reply_marked(struct request *request, const struct marked *marked)
{
    const struct practice_answer *answer = &marked->answer;
    struct writer writer;

    writer_init(&writer, request->arena, SESSION_REPLY);
    writer_object(&writer, NULL);
    writer_text(&writer, "item", answer->item);
    writer_int(&writer, "seq", answer->seq);
    writer_int(&writer, "points", answer->points);
    writer_int(&writer, "of", marked->is_automatic ? PRACTICE_POINTS : 0);
    writer_bool(&writer, "repeated", answer->outcome == PRACTICE_REPEATED);
    practice_views_state(&answer->after, practice_day(answer->at), &writer);
    writer_object(&writer, "key");
    practice_views_key(marked->view, marked->item, &writer);
    writer_end(&writer);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *noted(struct request *request)
{
    const struct marked *marked = request->context;

    if (marked->answer.outcome == PRACTICE_CONFLICT)
        return error_new(
            request->arena, ERROR_CONFLICT, "answer_conflict",
            "同一序号先后发来不同的答案，未作更改。");
    return reply_marked(request, marked);
}

static struct error *read_answer(struct request *request, struct marked *marked)
{
    struct practice_answer *answer = &marked->answer;
    const char *canonical;
    json_t *json;
    json_t *given;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json, {"item", INPUT_TEXT, false, &answer->item, 1, 64},
        {"answer", INPUT_ANY, false, &given, 0, 0},
        {"device", INPUT_TEXT, false, &answer->device, SHORTEST_DEVICE, LONGEST_DEVICE},
        {"seq", INPUT_INT, false, &answer->seq, 1, INT64_C(1) << 40}));
    TRY(find_item(request, answer->item, &marked->view, &marked->item));
    const struct practice_item *item = marked->item;
    TRY(grading_canonical(request->arena, item->question, given, &canonical));
    TRY(grading_points(
        request->arena, item->paper, item->question, canonical, &answer->points));
    answer->right = answer->points == item->question->points;
    marked->is_automatic = paper_type_is_automatic(item->question->type);
    return NULL;
}

static struct error *take_answer(struct request *request)
{
    struct marked *marked = arena_alloc(request->arena, sizeof *marked);

    marked->answer.person = request->person;
    marked->answer.at = request->received_at;
    TRY(read_answer(request, marked));
    if (marked->is_automatic)
        return deferred_write(request, practice_note_answer, marked, noted);
    /* She judges an essay herself, by the guide: nothing is noted. */
    return reply_marked(request, marked);
}

/* ---- POST /api/practice/bookmarks ---- */

static struct error *bookmarked(struct request *request)
{
    const struct practice_bookmark *bookmark = request->context;
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_text(&writer, "item", bookmark->item);
    writer_bool(&writer, "on", bookmark->on);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *set_bookmark(struct request *request)
{
    struct practice_bookmark *bookmark = arena_alloc(request->arena, sizeof *bookmark);
    const struct practice_view *view;
    const struct practice_item *item;
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json, {"item", INPUT_TEXT, false, &bookmark->item, 1, 64},
        {"on", INPUT_BOOL, false, &bookmark->on, 0, 0}));
    TRY(find_item(request, bookmark->item, &view, &item));
    bookmark->person = request->person;
    return deferred_write(request, practice_set_bookmark, bookmark, bookmarked);
}

/* clang-format off */
const struct route practice_routes[] = {
    {"GET",  "/api/practice",           ROLE_LEARNER, show_overview},
    {"POST", "/api/practice/sessions",  ROLE_LEARNER, open_session},
    {"POST", "/api/practice/answers",   ROLE_LEARNER, take_answer},
    {"POST", "/api/practice/bookmarks", ROLE_LEARNER, set_bookmark},
};
/* clang-format on */
const size_t practice_route_count = sizeof practice_routes / sizeof practice_routes[0];
