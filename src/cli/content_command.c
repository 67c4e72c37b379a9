#include "cli/content_command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/content_check.h"
#include "courses/course.h"
#include "courses/handbook.h"
#include "format/sandbox.h"
#include "quiz/paper.h"

/* Standard output is a pipe to the server. */
static bool write_all(const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(STDOUT_FILENO, bytes, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        size -= (size_t)done;
    }
    return true;
}

static const char *
findings_document(struct arena *arena, const struct findings *findings)
{
    struct writer writer;

    writer_init(&writer, arena, PAPER_LIMIT);
    findings_write(&writer, findings);
    return writer.text.bytes;
}

int parse_content_command(int argc, char **argv)
{
    bool is_paper = argc == 3 && strcmp(argv[1], "paper") == 0;
    bool is_course = argc == 3 && strcmp(argv[1], "course") == 0;
    bool is_handbook = argc == 3 && strcmp(argv[1], "handbook") == 0;

    if (!is_paper && !is_course && !is_handbook)
        return 2;
    const char *directory = argv[2];
    struct arena *arena = arena_new();
    struct findings findings;
    const char *const readable[] = {
        directory, arena_format(arena, "%s/../schema", directory)};
    struct error *error = sandbox_enter(arena, readable, is_paper ? 2 : 1);
    if (error) {
        (void)fprintf(stderr, "xunsai: %s\n", error->message);
        return 2;
    }

    findings_init(&findings, arena);
    const char *json = is_paper    ? paper_build(arena, directory, &findings)
                       : is_course ? course_build(arena, directory, &findings)
                                   : handbook_build(arena, directory, &findings);
    if (!json)
        json = findings_document(arena, &findings);
    /* Ends here without tidying up: this process holds nothing that needs it, and
     * whatever runs at exit might want more than the walls allow. */
    _exit(write_all(json, strlen(json)) ? 0 : 2);
}

int check_command(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct findings findings;
    struct content_counts counts = {0};

    if (argc != 3) {
        (void)fprintf(stderr, "usage: xunsai check COURSES QUIZZES\n");
        arena_free(arena);
        return 2;
    }
    findings_init(&findings, arena);
    struct error *error = content_check(arena, argv[1], argv[2], &findings, &counts);
    for (const struct finding *f = findings.first; f; f = f->next)
        (void)printf("%s\n", findings_line(arena, f));
    if (error)
        (void)printf("%s\n", error->message);
    (void)printf(
        "%zu 门课程，%zu 课，%zu 份试卷，%zu 道题；%zu 处问题\n", counts.courses,
        counts.lessons, counts.papers, counts.questions, findings.count);
    bool good = !error && findings.count == 0;
    arena_free(arena);
    return good ? 0 : 1;
}
