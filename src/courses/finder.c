#include "courses/finder.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "courses/excerpt.h"
#include "format/html_text.h"
#include "format/source.h"
#include "store/search.h"

/* What a number of the index stands for. */
struct place {
    struct finder_hit what;
    const char *body;
};

struct finder {
    struct search *search;
    struct place *places;
    size_t place_count;
};

/* ---- Indexing ---- */

static void release_search(void *search)
{
    search_close(search);
}

static struct error *
add(struct finder *finder, struct arena *arena, struct place place, const char *title,
    const char *heading, const char *around)
{
    struct search_text text = {title, heading, place.body, around};

    finder->places[finder->place_count] = place;
    return search_add(finder->search, arena, (int64_t)finder->place_count++, &text);
}

/* Where the HTML of a section begins: at its heading. The headings stand in order. */
static const char *section_start(struct arena *arena, const char *from, const char *id)
{
    const char *found = strstr(from, arena_format(arena, "<h2 id=\"%s\">", id));

    assert(found); /* format/markdown wrote one for each section */
    return found;
}

static struct error *add_sections(
    struct finder *finder, struct arena *arena, struct finder_hit what,
    const char *around, const char *html)
{
    const struct markdown_lesson *text = &what.text->text;

    for (size_t i = 0; i < text->section_count; i++) {
        const char *end = i + 1 < text->section_count
                              ? section_start(arena, html, text->sections[i + 1].id)
                              : html + strlen(html);
        const char *body = strstr(html, "</h2>");
        assert(body && body < end);
        what.section = &text->sections[i];
        struct place place = {what, html_text(arena, body, (size_t)(end - body))};
        TRY(add(finder, arena, place, "", text->sections[i].title, around));
        html = end;
    }
    return NULL;
}

/* The text as a whole, with what stands before its first section, then each section. */
static struct error *add_text(
    struct finder *finder, struct arena *arena, const struct course *course,
    const struct course_lesson *lesson)
{
    const struct markdown_lesson *text = &lesson->text;
    const char *course_title = course ? course->title : "";
    struct finder_hit what = {.course = course, .text = lesson};
    const char *sections = text->section_count > 0
                               ? section_start(arena, text->html, text->sections[0].id)
                               : text->html + strlen(text->html);
    struct place place = {
        what, html_text(arena, text->html, (size_t)(sections - text->html))};

    TRY(add(finder, arena, place, text->title, "", course_title));
    return add_sections(
        finder, arena, what, arena_format(arena, "%s\n%s", course_title, text->title),
        sections);
}

static struct error *
add_course(struct finder *finder, struct arena *arena, const struct course *course)
{
    struct place place = {
        {.course = course},
        arena_format(arena, "%s %s %s", course->why, course->what, course->how)};

    TRY(add(finder, arena, place, course->title, "", ""));
    for (size_t i = 0; i < course->lesson_count; i++)
        TRY(add_text(finder, arena, course, &course->lessons[i]));
    return course->summary ? add_text(finder, arena, course, course->summary) : NULL;
}

static size_t count_places(const struct catalogue_view *view)
{
    size_t count = 0;

    for (size_t i = 0; i < view->count; i++) {
        const struct course *course = view->courses[i].course;
        count += 1 + course->lesson_count + view->courses[i].section_count;
        if (course->summary)
            count += 1 + course->summary->text.section_count;
    }
    for (size_t i = 0; i < view->handbook->entry_count; i++)
        count += 1 + view->handbook->entries[i].text.section_count;
    return count;
}

struct error *finder_new(
    struct arena *arena, const struct catalogue_view *view, struct finder **result)
{
    struct finder *finder = arena_alloc(arena, sizeof *finder);

    finder->places = arena_alloc(arena, count_places(view) * sizeof finder->places[0]);
    TRY(search_open(arena, &finder->search));
    arena_defer(arena, release_search, finder->search);
    for (size_t i = 0; i < view->count; i++)
        TRY(add_course(finder, arena, view->courses[i].course));
    for (size_t i = 0; i < view->handbook->entry_count; i++)
        TRY(add_text(finder, arena, NULL, &view->handbook->entries[i]));
    *result = finder;
    return NULL;
}

/* ---- Searching ---- */

static struct error *check_query(struct arena *arena, const char *query)
{
    size_t size = strlen(query);
    uint32_t character;
    size_t step;

    for (size_t at = 0; at < size; at += step) {
        step = utf8_decode(query + at, size - at, &character);
        if (step == 0 || source_is_hidden_control(character) || character == '\n')
            return error_new(
                arena, ERROR_INVALID, "search_invalid",
                "搜索词里有不能识别的字符，请重新输入。");
    }
    if (utf8_length(query, size) > FINDER_QUERY)
        return error_make(
            arena, ERROR_INVALID, "search_too_long", "搜索词太长：最多 %d 个字。",
            FINDER_QUERY);
    return NULL;
}

/* Spaces, also the wide one that Chinese keyboards write. */
static size_t space_size(const char *at)
{
    static const char wide[] = "\xE3\x80\x80";

    if (*at == ' ' || *at == '\t')
        return 1;
    return strncmp(at, wide, strlen(wide)) == 0 ? strlen(wide) : 0;
}

/* More words than the index takes at once: the first are enough to find the place. */
static size_t
split(struct arena *arena, const char *query, const char *terms[SEARCH_TERMS])
{
    size_t count = 0;
    size_t space;

    for (const char *c = query; *c && count < SEARCH_TERMS;) {
        if ((space = space_size(c)) > 0) {
            c += space;
            continue;
        }
        const char *start = c;
        while (*c && space_size(c) == 0)
            c++;
        terms[count++] = arena_copy_bytes(arena, start, (size_t)(c - start));
    }
    return count;
}

struct error *finder_search(
    struct finder *finder, struct arena *arena, const char *query,
    struct finder_result *result)
{
    const char *terms[SEARCH_TERMS];
    struct search_hits found;

    TRY(check_query(arena, query));
    size_t term_count = split(arena, query, terms);
    if (term_count == 0)
        return error_new(arena, ERROR_INVALID, "search_empty", "请输入要搜索的词。");
    *result = (struct finder_result){0};
    if (!finder)
        return NULL;
    TRY(search_find(finder->search, arena, terms, term_count, FINDER_HITS, &found));
    struct finder_hit *hits = arena_alloc(arena, found.count * sizeof hits[0]);
    for (size_t i = 0; i < found.count; i++) {
        const struct place *place = &finder->places[found.numbers[i]];
        hits[i] = place->what;
        hits[i].excerpt =
            excerpt_make(arena, place->body, terms, term_count, &hits[i].part_count);
    }
    *result = (struct finder_result){hits, found.count, found.total};
    return NULL;
}
