#include "courses/routes.h"

#include <string.h>

#include "base/token.h"
#include "courses/catalogue.h"
#include "courses/finder.h"
#include "courses/progress.h"
#include "courses/reading.h"
#include "live/deferred.h"

enum { SMALL_REPLY = 4 * 1024, LIST_REPLY = 1024 * 1024, ETAG_BYTES = 16 };

/* ---- GET /api/courses ---- */

/* What is the same as last time need not travel again. Personal, so the bytes are made
 * for each request and only compared by their digest. */
static struct error *reply_with_etag(struct request *request, struct writer *writer)
{
    unsigned char digest[TOKEN_DIGEST];

    TRY(reply_json(request, 200, writer));
    token_sha256(writer->text.bytes, writer->text.size, digest);
    reply_bytes(
        request, "application/json", writer->text.bytes, writer->text.size,
        arena_format(
            request->arena, "\"%s\"", token_hex(request->arena, digest, ETAG_BYTES)));
    return NULL;
}

static void write_entry(
    struct writer *writer, const struct catalogue_course *entry,
    const struct progress_list *progress)
{
    const struct course *course = entry->course;

    writer_object(writer, NULL);
    writer_text(writer, "slug", course->slug);
    writer_text(writer, "title", course->title);
    writer_int(writer, "order", course->order);
    writer_text(writer, "origin", course->origin);
    writer_int(writer, "minutes", course->minutes);
    writer_int(writer, "lessons", (int64_t)course->lesson_count);
    writer_int(writer, "sections", (int64_t)entry->section_count);
    writer_int(writer, "read", (int64_t)reading_count(course, progress));
    writer_end(writer);
}

/* The program serves before it has read the folders: a quiz that is running needs none
 * of them. Whoever wants a text waits a moment. */
static struct error *
take_view(struct request *request, const struct catalogue_view **view)
{
    *view = catalogue_view(request->feature, request->arena);
    if ((*view)->finder)
        return NULL;
    return error_new(
        request->arena, ERROR_UNAVAILABLE, "content_loading",
        "课程内容正在载入，请稍候再试。");
}

static struct error *list_courses(struct request *request)
{
    const struct catalogue_view *view;
    struct progress_list progress;
    struct writer writer;

    TRY(take_view(request, &view));
    TRY(progress_of_person(request->reader, request->person, &progress));
    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    writer_array(&writer, "courses");
    for (size_t i = 0; i < view->count; i++)
        write_entry(&writer, &view->courses[i], &progress);
    writer_end(&writer);
    writer_end(&writer);
    return reply_with_etag(request, &writer);
}

/* ---- GET /api/courses/:name ---- */

/* The course that the address names, NULL if there is none. */
static const struct catalogue_course *find_course(struct request *request)
{
    return catalogue_find(
        catalogue_view(request->feature, request->arena), request->parameters[0]);
}

static struct error *course_unknown(struct request *request)
{
    const struct catalogue_view *view;

    TRY(take_view(request, &view));
    return error_new(
        request->arena, ERROR_NOT_FOUND, "course_unknown", "没有这门课程。");
}

static void write_lesson(
    struct writer *writer, const struct course_lesson *lesson,
    const struct progress_list *progress)
{
    writer_object(writer, NULL);
    writer_text(writer, "slug", lesson->slug);
    writer_text(writer, "title", lesson->text.title);
    writer_int(writer, "characters", lesson->text.characters);
    writer_array(writer, "sections");
    for (size_t i = 0; i < lesson->text.section_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", lesson->text.sections[i].id);
        writer_text(writer, "title", lesson->text.sections[i].title);
        writer_bool(writer, "read", reading_has(lesson, i, progress));
        writer_end(writer);
    }
    writer_end(writer);
    writer_end(writer);
}

static void write_resume(
    struct writer *writer, const struct course *course,
    const struct progress_list *progress)
{
    struct reading_place place = reading_resume(course, progress);

    if (place.lesson < 0) {
        writer_null(writer, "resume");
        return;
    }
    const struct course_lesson *lesson = &course->lessons[place.lesson];
    writer_object(writer, "resume");
    writer_text(writer, "lesson", lesson->slug);
    writer_text(writer, "section", lesson->text.sections[place.section].id);
    writer_end(writer);
}

static void write_about(struct writer *writer, const struct course *course)
{
    writer_text(writer, "slug", course->slug);
    writer_text(writer, "title", course->title);
    writer_int(writer, "order", course->order);
    writer_text(writer, "origin", course->origin);
    writer_text(writer, "lecturer", course->lecturer);
    writer_int(writer, "minutes", course->minutes);
    writer_text(writer, "why", course->why);
    writer_text(writer, "what", course->what);
    writer_text(writer, "how", course->how);
    writer_array(writer, "objectives");
    for (size_t i = 0; i < course->objective_count; i++)
        writer_text(writer, NULL, course->objectives[i]);
    writer_end(writer);
}

static struct error *show_course(struct request *request)
{
    const struct catalogue_course *found = find_course(request);
    struct progress_list progress;
    struct writer writer;

    if (!found)
        return course_unknown(request);
    const struct course *course = found->course;
    TRY(progress_of_course(request->reader, request->person, course->slug, &progress));
    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    write_about(&writer, course);
    writer_array(&writer, "lessons");
    for (size_t i = 0; i < course->lesson_count; i++)
        write_lesson(&writer, &course->lessons[i], &progress);
    writer_end(&writer);
    writer_bool(&writer, "summary", course->summary != NULL);
    write_resume(&writer, course, &progress);
    writer_end(&writer);
    return reply_with_etag(request, &writer);
}

static void reply_page(struct request *request, const struct catalogue_page *page)
{
    reply_bytes(request, "application/json", page->bytes, page->size, page->etag);
}

/* ---- GET /api/courses/:name/lessons/:name ---- */

static struct error *lesson_unknown(struct request *request)
{
    return error_new(request->arena, ERROR_NOT_FOUND, "lesson_unknown", "没有这一课。");
}

static struct error *show_lesson(struct request *request)
{
    const struct catalogue_course *found = find_course(request);

    if (!found)
        return course_unknown(request);
    int lesson = catalogue_lesson(found->course, request->parameters[1]);
    if (lesson < 0)
        return lesson_unknown(request);
    reply_page(request, &found->pages[lesson]);
    return NULL;
}

/* ---- GET /api/courses/:name/summary ---- */

static struct error *show_summary(struct request *request)
{
    const struct catalogue_course *found = find_course(request);

    if (!found)
        return course_unknown(request);
    if (!found->course->summary)
        return error_new(
            request->arena, ERROR_NOT_FOUND, "summary_unknown",
            "这门课程还没有一页纸。");
    reply_page(request, &found->summary);
    return NULL;
}

/* ---- GET /api/courses/:name/figures/:name.svg?v= ---- */

static const struct course_figure *
find_figure(const struct course *course, const char *name)
{
    for (size_t i = 0; i < course->figure_count; i++) {
        if (strcmp(course->figures[i].name, name) == 0)
            return &course->figures[i];
    }
    return NULL;
}

/* Opened by itself a drawing is a document of this site: it may load and run nothing.
 * The address in a lesson names the bytes, so they can be kept for good; without that
 * name, or with an old one, the reader's copy is asked about. */
static struct error *show_figure(struct request *request)
{
    static const char policy[] = "default-src 'none'; base-uri 'none'; "
                                 "form-action 'none'; frame-ancestors 'none'; sandbox";
    const struct catalogue_course *found = find_course(request);
    const struct course_figure *figure =
        found ? find_figure(found->course, request->parameters[1]) : NULL;

    if (!found)
        return course_unknown(request);
    if (!figure)
        return error_new(
            request->arena, ERROR_NOT_FOUND, "figure_unknown", "没有这张图。");
    const char *version = request_query(request, "v");
    reply_bytes(
        request, "image/svg+xml", figure->svg, strlen(figure->svg),
        arena_format(request->arena, "\"%s\"", figure->hash));
    request->reply.policy = policy;
    if (version && strcmp(version, figure->hash) == 0)
        request->reply.cache_control = "private, max-age=31536000, immutable";
    return NULL;
}

/* ---- GET /api/handbook, /api/handbook/:name ---- */

static struct error *list_handbook(struct request *request)
{
    const struct catalogue_view *view;

    TRY(take_view(request, &view));
    reply_page(request, &view->handbook_list);
    return NULL;
}

static struct error *show_entry(struct request *request)
{
    const struct catalogue_view *view;

    TRY(take_view(request, &view));
    int entry = handbook_find(view->handbook, request->parameters[0]);
    if (entry < 0)
        return error_new(
            request->arena, ERROR_NOT_FOUND, "entry_unknown", "手册里没有这一条。");
    reply_page(request, &view->handbook_pages[entry]);
    return NULL;
}

/* ---- GET /api/search?q= ---- */

static const char *kind_of(const struct finder_hit *hit)
{
    if (!hit->course)
        return "handbook";
    if (!hit->text)
        return "course";
    return hit->text == hit->course->summary ? "summary" : "lesson";
}

/* NULL for what is not of the handbook. */
static const char *kind_of_entry(const struct finder_hit *hit)
{
    if (hit->course || !hit->text)
        return NULL;
    return handbook_kinds[handbook_kind(hit->text->slug)];
}

static void write_hit(struct writer *writer, const struct finder_hit *hit)
{
    writer_object(writer, NULL);
    writer_text(writer, "kind", kind_of(hit));
    writer_text_or_null(writer, "course", hit->course ? hit->course->slug : NULL);
    writer_text_or_null(
        writer, "course_title", hit->course ? hit->course->title : NULL);
    writer_text_or_null(writer, "slug", hit->text ? hit->text->slug : NULL);
    writer_text_or_null(writer, "handbook_kind", kind_of_entry(hit));
    writer_text(
        writer, "title", hit->text ? hit->text->text.title : hit->course->title);
    writer_text_or_null(writer, "section", hit->section ? hit->section->id : NULL);
    writer_text_or_null(
        writer, "section_title", hit->section ? hit->section->title : NULL);
    writer_array(writer, "excerpt");
    for (size_t i = 0; i < hit->part_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "text", hit->excerpt[i].text);
        writer_bool(writer, "hit", hit->excerpt[i].is_hit);
        writer_end(writer);
    }
    writer_end(writer);
    writer_end(writer);
}

static struct error *search_all(struct request *request)
{
    const struct catalogue_view *view;
    const char *query = request_query(request, "q");
    struct finder_result found;
    struct writer writer;

    TRY(take_view(request, &view));
    TRY(finder_search(view->finder, request->arena, query ? query : "", &found));
    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    writer_text(&writer, "query", query);
    writer_int(&writer, "total", found.total);
    writer_array(&writer, "hits");
    for (size_t i = 0; i < found.count; i++)
        write_hit(&writer, &found.hits[i]);
    writer_end(&writer);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* ---- POST /api/courses/:name/lessons/:name/progress ---- */

/* After the commit: the first time may be older than this request. */
static struct error *confirm_progress(struct request *request)
{
    const struct progress *progress = request->context;
    struct writer writer;
    int64_t at;

    TRY(progress_find(request->reader, progress, &at));
    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_text(&writer, "course", progress->course);
    writer_text(&writer, "lesson", progress->lesson);
    writer_text(&writer, "section", progress->section);
    writer_int(&writer, "at", at);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *record_progress(struct request *request)
{
    struct progress *progress = arena_alloc(request->arena, sizeof *progress);
    const struct catalogue_course *found = find_course(request);
    const char *section;
    json_t *body;

    if (!found)
        return course_unknown(request);
    int index = catalogue_lesson(found->course, request->parameters[1]);
    if (index < 0)
        return lesson_unknown(request);
    const struct course_lesson *lesson = &found->course->lessons[index];
    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body, {"section", INPUT_TEXT, false, &section, 1, 16}));
    if (catalogue_section(lesson, section) < 0)
        return error_new(
            request->arena, ERROR_INVALID, "section_unknown", "这一课没有这个小节。");
    *progress = (struct progress){
        .person = request->person,
        .course = found->course->slug,
        .lesson = lesson->slug,
        .section = section,
        .at = request->received_at,
    };
    return deferred_write(request, progress_record, progress, confirm_progress);
}

/* clang-format off */
const struct route courses_routes[] = {
    {"GET",  "/api/courses",                              ROLE_SIGNED_IN, list_courses},
    {"GET",  "/api/courses/:name",                        ROLE_SIGNED_IN, show_course},
    {"GET",  "/api/courses/:name/summary",                ROLE_SIGNED_IN, show_summary},
    {"GET",  "/api/courses/:name/figures/:name.svg",      ROLE_SIGNED_IN, show_figure},
    {"GET",  "/api/courses/:name/lessons/:name",          ROLE_SIGNED_IN, show_lesson},
    {"POST", "/api/courses/:name/lessons/:name/progress", ROLE_SIGNED_IN, record_progress},
    {"GET",  "/api/handbook",                             ROLE_SIGNED_IN, list_handbook},
    {"GET",  "/api/handbook/:name",                       ROLE_SIGNED_IN, show_entry},
    {"GET",  "/api/search",                               ROLE_SIGNED_IN, search_all},
};
/* clang-format on */
const size_t courses_route_count = sizeof courses_routes / sizeof courses_routes[0];
