#include "courses/links.h"

#include <string.h>

/* One run. */
struct checking {
    struct findings *findings;
    const char *directory;
    const struct catalogue_view *view;
    bool (*is_refused)(const void *context, const char *folder);
    const void *context;
};

/* The text a link leads to; NULL when there is none. */
static const struct course_lesson *
find_target(const struct catalogue_view *view, const struct course_link *link)
{
    if (strcmp(link->folder, LESSON_HANDBOOK) == 0) {
        int entry = handbook_find(view->handbook, link->slug);
        return entry < 0 ? NULL : &view->handbook->entries[entry];
    }
    const struct catalogue_course *found = catalogue_find(view, link->folder);
    if (!found)
        return NULL;
    if (strcmp(link->slug, LESSON_SUMMARY) == 0)
        return found->course->summary;
    int lesson = catalogue_lesson(found->course, link->slug);
    return lesson < 0 ? NULL : &found->course->lessons[lesson];
}

static void check_text(
    const struct checking *checking, const char *folder,
    const struct course_lesson *text)
{
    for (size_t i = 0; i < text->link_count; i++) {
        const struct course_link *link = &text->links[i];
        const struct course_lesson *target = find_target(checking->view, link);
        bool is_there = target && (link->section[0] == '\0' ||
                                   catalogue_section(target, link->section) >= 0);
        if (is_there || checking->is_refused(checking->context, link->folder))
            continue;
        const char *file = arena_format(
            checking->findings->arena, "%s/%s/%s.md", checking->directory, folder,
            text->slug);
        findings_add(
            checking->findings, file, link->line, "链接的目标不存在：%s/%s.md%s%s。",
            link->folder, link->slug, link->section[0] ? "#" : "", link->section);
    }
}

void links_check(
    struct findings *findings, const char *directory, const struct catalogue_view *view,
    bool (*is_refused)(const void *context, const char *folder), const void *context)
{
    const struct checking checking = {findings, directory, view, is_refused, context};

    for (size_t i = 0; i < view->count; i++) {
        const struct course *course = view->courses[i].course;
        if (is_refused(context, course->slug))
            continue; /* an older form: its lines are not those of the files */
        for (size_t j = 0; j < course->lesson_count; j++)
            check_text(&checking, course->slug, &course->lessons[j]);
        if (course->summary)
            check_text(&checking, course->slug, course->summary);
    }
    if (is_refused(context, LESSON_HANDBOOK))
        return;
    for (size_t i = 0; i < view->handbook->entry_count; i++)
        check_text(&checking, LESSON_HANDBOOK, &view->handbook->entries[i]);
}

static bool links_to(const struct course_lesson *lesson, const char *slug)
{
    for (size_t i = 0; i < lesson->link_count; i++) {
        if (strcmp(lesson->links[i].folder, LESSON_HANDBOOK) == 0 &&
            strcmp(lesson->links[i].slug, slug) == 0)
            return true;
    }
    return false;
}

const struct links_source *links_to_entry(
    struct arena *arena, const struct catalogue_view *view, const char *slug,
    size_t *count)
{
    size_t lessons = 0;

    for (size_t i = 0; i < view->count; i++)
        lessons += view->courses[i].course->lesson_count;
    struct links_source *sources = arena_alloc(arena, lessons * sizeof sources[0]);
    *count = 0;
    for (size_t i = 0; i < view->count; i++) {
        const struct course *course = view->courses[i].course;
        for (size_t j = 0; j < course->lesson_count; j++) {
            if (links_to(&course->lessons[j], slug))
                sources[(*count)++] =
                    (struct links_source){course, &course->lessons[j]};
        }
    }
    return sources;
}
