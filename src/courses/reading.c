#include "courses/reading.h"

#include <string.h>

#include "courses/catalogue.h"

size_t reading_count(const struct course *course, const struct progress_list *progress)
{
    size_t count = 0;

    for (size_t i = 0; i < progress->count; i++) {
        const struct progress *entry = &progress->entries[i];
        if (strcmp(entry->course, course->slug) != 0)
            continue;
        int lesson = catalogue_lesson(course, entry->lesson);
        count += lesson >= 0 &&
                 catalogue_section(&course->lessons[lesson], entry->section) >= 0;
    }
    return count;
}

bool reading_has(
    const struct course_lesson *lesson, size_t section,
    const struct progress_list *progress)
{
    for (size_t i = 0; i < progress->count; i++) {
        const struct progress *entry = &progress->entries[i];
        if (strcmp(entry->lesson, lesson->slug) == 0 &&
            strcmp(entry->section, lesson->text.sections[section].id) == 0)
            return true;
    }
    return false;
}

static bool is_before(struct reading_place a, struct reading_place b)
{
    return a.lesson < b.lesson || (a.lesson == b.lesson && a.section < b.section);
}

/* The place read last that still exists; of several at the same moment the furthest. */
static struct reading_place
last_read(const struct course *course, const struct progress_list *progress)
{
    struct reading_place last = {-1, -1};
    int64_t last_at = 0;

    for (size_t i = 0; i < progress->count; i++) {
        const struct progress *entry = &progress->entries[i];
        struct reading_place place = {catalogue_lesson(course, entry->lesson), -1};
        if (place.lesson >= 0)
            place.section =
                catalogue_section(&course->lessons[place.lesson], entry->section);
        if (place.section < 0)
            continue;
        if (last.lesson < 0 || entry->at > last_at ||
            (entry->at == last_at && is_before(last, place))) {
            last = place;
            last_at = entry->at;
        }
    }
    return last;
}

/* The next section of the course; after the last one comes the first. */
static struct reading_place
following(const struct course *course, struct reading_place place)
{
    place.section++;
    if ((size_t)place.section < course->lessons[place.lesson].text.section_count)
        return place;
    place.lesson = (place.lesson + 1) % (int)course->lesson_count;
    place.section = 0;
    return place;
}

struct reading_place
reading_resume(const struct course *course, const struct progress_list *progress)
{
    struct reading_place last = last_read(course, progress);

    if (last.lesson < 0)
        return last;
    for (struct reading_place place = following(course, last);
         place.lesson != last.lesson || place.section != last.section;
         place = following(course, place)) {
        if (!reading_has(
                &course->lessons[place.lesson], (size_t)place.section, progress))
            return place;
    }
    return (struct reading_place){-1, -1};
}
