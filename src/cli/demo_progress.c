#include "cli/demo_progress.h"

#include "courses/progress.h"

enum {
    BEGUN_PERCENT = 92, /* of the people have begun the first course, */
    FEWER_PERCENT = 10, /* and so many fewer each of the next */
    FINISHED_PERCENT = 55,
    READING_MS = 4 * 60 * 1000, /* a section takes */
    DAYS = 10,
};

#define DAY_MS INT64_C(86400000)

/* The first `sections` sections of a course, one after the other from `at` on. */
static struct error *read_sections(
    struct db *db, int64_t person, const struct course *course, int64_t sections,
    int64_t at)
{
    for (size_t l = 0; l < course->lesson_count; l++) {
        const struct course_lesson *lesson = &course->lessons[l];
        for (size_t s = 0; s < lesson->text.section_count && sections > 0; s++) {
            struct progress progress = {
                .person = person,
                .course = course->slug,
                .lesson = lesson->slug,
                .section = lesson->text.sections[s].id,
                .at = at += READING_MS,
            };
            TRY(progress_record(db, &progress));
            sections--;
        }
    }
    return NULL;
}

static struct error *read_courses(
    struct db *db, const struct catalogue_view *courses,
    const struct demo_specialist *specialist, struct demo_random *random, int64_t now)
{
    for (size_t c = 0; c < courses->count; c++) {
        const struct catalogue_course *course = &courses->courses[c];
        int64_t sections = (int64_t)course->section_count;
        int64_t at = now - DAY_MS - demo_random_below(random, DAYS * DAY_MS);
        bool begun =
            demo_random_chance(random, BEGUN_PERCENT - FEWER_PERCENT * (int64_t)c);
        bool finished = demo_random_chance(random, FINISHED_PERCENT);
        if (!begun || !sections)
            continue;
        if (!finished)
            sections = 1 + demo_random_below(random, sections);
        TRY(read_sections(db, specialist->person, course->course, sections, at));
    }
    return NULL;
}

struct error *demo_progress_fill(
    struct db *db, const struct catalogue_view *courses, struct demo_people *people,
    int64_t now)
{
    for (size_t i = 0; i < DEMO_SPECIALISTS; i++) {
        const struct demo_specialist *specialist = &people->specialists[i];
        struct demo_random random =
            demo_random_of(people->random, specialist->staff_number);
        if (!demo_people_is_kept_fresh(specialist))
            TRY(read_courses(db, courses, specialist, &random, now));
    }
    return NULL;
}
