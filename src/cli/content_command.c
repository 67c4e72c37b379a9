#include "cli/content_command.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/content_check.h"
#include "cli/content_lint.h"
#include "courses/course.h"
#include "courses/handbook.h"
#include "format/sandbox.h"
#include "format/slug.h"
#include "quiz/paper.h"
#include "practice/practice_bank.h"

enum { MOST_READABLE = 500 };

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

/* What the child may read. */
struct readable {
    const char *directories[MOST_READABLE];
    size_t count;
};

/* A folder that a paper can name as a bank: the walls are built before the paper is
 * read, so all of them are let in. */
static bool is_bank(struct arena *arena, const char *parent, const struct dirent *entry)
{
    struct stat status;
    const char *folder = arena_format(arena, "%s/%s", parent, entry->d_name);
    const char *questions = arena_format(arena, "%s/questions.xml", folder);

    return slug_is_valid(entry->d_name) && lstat(folder, &status) == 0 &&
           S_ISDIR(status.st_mode) && lstat(questions, &status) == 0 &&
           S_ISREG(status.st_mode);
}

static void
add_banks(struct arena *arena, const char *parent, struct readable *readable)
{
    struct dirent **entries;
    int found = scandir(parent, &entries, NULL, alphasort);

    if (found < 0)
        return;
    for (int i = 0; i < found; i++) {
        if (readable->count < MOST_READABLE && is_bank(arena, parent, entries[i]))
            readable->directories[readable->count++] =
                arena_format(arena, "%s/%s", parent, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static struct readable readable_for(
    struct arena *arena, const char *directory, bool is_paper, bool is_practice)
{
    struct readable readable = {.directories = {directory}, .count = 1};

    if (is_paper || is_practice)
        readable.directories[readable.count++] =
            arena_format(arena, "%s/../schema", directory);
    if (is_paper)
        add_banks(arena, arena_format(arena, "%s/..", directory), &readable);
    return readable;
}

int parse_content_command(int argc, char **argv)
{
    bool is_paper = argc == 3 && strcmp(argv[1], "paper") == 0;
    bool is_course = argc == 3 && strcmp(argv[1], "course") == 0;
    bool is_handbook = argc == 3 && strcmp(argv[1], "handbook") == 0;
    bool is_practice = argc == 3 && strcmp(argv[1], "practice") == 0;

    if (!is_paper && !is_course && !is_handbook && !is_practice)
        return 2;
    const char *directory = argv[2];
    struct arena *arena = arena_new();
    struct findings findings;
    struct readable readable = readable_for(arena, directory, is_paper, is_practice);
    struct error *error = sandbox_enter(arena, readable.directories, readable.count);
    if (error) {
        (void)fprintf(stderr, "xunsai: %s\n", error->message);
        return 2;
    }

    findings_init(&findings, arena);
    const char *json = is_paper      ? paper_build(arena, directory, &findings)
                       : is_practice ? practice_build(arena, directory, &findings)
                       : is_course   ? course_build(arena, directory, &findings)
                                     : handbook_build(arena, directory, &findings);
    if (!json)
        json = findings_document(arena, &findings);
    /* Ends here without tidying up: this process holds nothing that needs it, and
     * whatever runs at exit might want more than the walls allow. */
    _exit(write_all(json, strlen(json)) ? 0 : 2);
}

enum { MOST_PRINTED = 10000 };

static int compare_findings(const void *a, const void *b)
{
    const struct finding *left = *(const struct finding *const *)a;
    const struct finding *right = *(const struct finding *const *)b;
    int files = strcmp(left->file, right->file);

    if (files != 0)
        return files;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    return strcmp(left->message, right->message);
}

/* Prints what was found, the same only once: the reader of a file and a rule may both
 * say it. Returns how many problems there are. */
static size_t print_findings(struct arena *arena, const struct findings *findings)
{
    size_t kept = 0;
    size_t printed = 0;

    for (const struct finding *f = findings->first; f; f = f->next)
        kept++;
    const struct finding **sorted =
        arena_alloc(arena, (kept + 1) * sizeof(struct finding *));
    kept = 0;
    for (const struct finding *f = findings->first; f; f = f->next)
        sorted[kept++] = f;
    qsort(sorted, kept, sizeof(struct finding *), compare_findings);
    for (size_t i = 0; i < kept; i++) {
        if (i > 0 && compare_findings(&sorted[i - 1], &sorted[i]) == 0)
            continue;
        (void)printf("%s\n", findings_line(arena, sorted[i]));
        printed++;
    }
    return printed + (findings->count - kept);
}

static int
check(struct arena *arena, const char *courses, const char *quizzes, bool partial)
{
    struct findings findings;
    struct content_counts counts = {0};

    findings_init(&findings, arena);
    findings.most = MOST_PRINTED;
    struct error *error = content_check(arena, courses, quizzes, &findings, &counts);
    if (!error)
        error = content_lint(&findings, courses, quizzes, partial);
    size_t problems = print_findings(arena, &findings);
    if (error)
        (void)printf("%s\n", error->message);
    (void)printf(
        "%zu 门课程，%zu 课，%zu 份试卷（共 %zu 题）；%zu 处问题\n", counts.courses,
        counts.lessons, counts.papers, counts.questions, problems);
    return !error && problems == 0 ? 0 : 1;
}

int check_command(int argc, char **argv)
{
    bool partial = argc > 1 && strcmp(argv[1], "--partial") == 0;

    if (argc - partial != 3) {
        (void)fprintf(stderr, "usage: xunsai check [--partial] COURSES QUIZZES\n");
        return 2;
    }
    struct arena *arena = arena_new();
    int status = check(arena, argv[1 + partial], argv[2 + partial], partial);
    arena_free(arena);
    return status;
}
