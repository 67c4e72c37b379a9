/* findings_fixture.h - what tests of readers of foreign files share. */
#ifndef TESTS_FORMAT_FINDINGS_FIXTURE_H
#define TESTS_FORMAT_FINDINGS_FIXTURE_H

#include "arena_fixture.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "format/findings.h"
#include "format/source.h"

static struct findings findings;

/* For each test: no findings yet. */
__attribute__((unused)) static int findings_begin(void **state)
{
    (void)state;
    findings_init(&findings, arena);
    return 0;
}

__attribute__((unused)) static struct source source_of(const char *text)
{
    struct source source;

    assert_true(source_check(&findings, "a.txt", text, strlen(text), &source));
    return source;
}

/* Processor time of this process: a busy machine does not make a test fail. */
__attribute__((unused)) static int64_t processor_ms(void)
{
    struct timespec now;

    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

__attribute__((unused)) static void print_findings(void)
{
    for (const struct finding *f = findings.first; f; f = f->next)
        print_message("  %s\n", findings_line(arena, f));
}

/* Some finding is at this line and has these words in its sentence. */
__attribute__((unused)) static bool found(int line, const char *words)
{
    for (const struct finding *f = findings.first; f; f = f->next) {
        if (f->line == line && strstr(f->message, words))
            return true;
    }
    print_message("nothing at line %d with \"%s\" among:\n", line, words);
    print_findings();
    return false;
}

#define WITH_FINDINGS(test) cmocka_unit_test_setup(test, findings_begin)

#endif
