#include "courses/reading.h"

#include "arena_fixture.h"

/* Lessons "1", "2", "3" of 2, 1 and 3 sections. */
static struct markdown_section sections[] = {{"s1", "一"}, {"s2", "二"}, {"s3", "三"}};
static struct course_lesson lessons[] = {
    {.slug = "1", .text = {.sections = sections, .section_count = 2}},
    {.slug = "2", .text = {.sections = sections, .section_count = 1}},
    {.slug = "3", .text = {.sections = sections, .section_count = 3}},
};
static const struct course course = {
    .slug = "c", .lessons = lessons, .lesson_count = 3};

/* "1s1 3s2" read at 100, 101, ...; "=1s1" at the same moment as the one before. */
static struct progress_list list_of(const char *places)
{
    struct progress *entries = arena_alloc(arena, 20 * sizeof *entries);
    size_t count = 0;
    int64_t at = 99;

    for (const char *c = places; *c;) {
        at += *c != '=';
        c += *c == '=';
        entries[count++] = (struct progress){
            .person = 1,
            .course = "c",
            .lesson = arena_copy_bytes(arena, c, 1),
            .section = arena_copy_bytes(arena, c + 1, 2),
            .at = at,
        };
        c += 3;
        c += *c == ' ';
    }
    return (struct progress_list){entries, count};
}

static void reading_goes_on_behind_what_was_read_last(void **state)
{
    static const struct {
        const char *read;
        const char *next; /* "" for none */
    } cases[] = {
        {"", ""},
        {"1s1", "1s2"},
        {"1s2", "2s1"},
        {"1s1 1s2 2s1", "3s1"},
        {"3s1", "3s2"},
        {"3s1 1s1", "1s2"},
        /* Behind the end comes the beginning. */
        {"3s3", "1s1"},
        {"1s1 3s3", "1s2"},
        /* What is read already is passed over. */
        {"1s2 2s1 1s1", "3s1"},
        {"3s1 3s2 1s1 1s2 2s1", "3s3"},
        {"1s1 1s2 2s1 3s1 3s2 3s3", ""},
        /* At one moment the furthest place counts, in whatever order it comes. */
        {"2s1 =1s1", "3s1"},
        {"1s1 =2s1", "3s1"},
        /* Lessons and sections that are gone are forgotten. */
        {"1s1 9s1", "1s2"},
        {"1s1 2s9", "1s2"},
        {"9s1", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct progress_list progress = list_of(cases[i].read);
        struct reading_place place = reading_resume(&course, &progress);
        const char *next =
            place.lesson < 0
                ? ""
                : arena_format(arena, "%ds%d", place.lesson + 1, place.section + 1);
        assert_string_equal(next, cases[i].next);
    }
}

static void only_what_exists_is_counted(void **state)
{
    struct progress_list progress = list_of("1s1 2s1 9s1 2s2 3s3");
    struct course other = course;

    (void)state;
    assert_int_equal(reading_count(&course, &progress), 3);
    assert_true(reading_has(&lessons[0], 0, &progress));
    assert_false(reading_has(&lessons[0], 1, &progress));
    assert_true(reading_has(&lessons[2], 2, &progress));
    other.slug = "d";
    assert_int_equal(reading_count(&other, &progress), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_goes_on_behind_what_was_read_last),
        cmocka_unit_test(only_what_exists_is_counted),
    };

    return RUN_GROUP("reading", tests);
}
