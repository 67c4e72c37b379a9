#include "cli/rule_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/rule_contest.h"
#include "cli/rule_quiz.h"
#include "cli/rule_ranking.h"

enum {
    LONGEST_LINE = 64 * 1024 * 1024,
    LONGEST_ANSWER = 16 * 1024 * 1024,
    EXIT_REFUSED = 1,
    EXIT_USAGE = 2,
};

typedef struct error *answer_case(struct arena *arena, json_t *in, struct writer *out);

static const struct rule {
    const char *name;
    answer_case *answer;
} rules[] = {
    {"deadline", rule_quiz_deadline},
    {"multiple-response", rule_quiz_multiple_response},
    {"normalise", rule_quiz_normalise},
    {"blanks", rule_quiz_blanks},
    {"panel", rule_contest_panel},
    {"weighted", rule_contest_weighted},
    {"rank", rule_contest_rank},
    {"buzzer", rule_contest_buzzer},
    {"item-statistics", rule_quiz_item_statistics},
    {"ranking", rule_ranking},
};

enum { RULES = sizeof rules / sizeof rules[0] };

static const struct rule *find_rule(const char *name)
{
    for (size_t i = 0; i < RULES; i++)
        if (strcmp(rules[i].name, name) == 0)
            return &rules[i];
    return NULL;
}

static int explain(void)
{
    (void)fputs("用法：xunsai rule 规则名 < 用例.jsonl\n规则名：", stderr);
    for (size_t i = 0; i < RULES; i++)
        (void)fprintf(stderr, "%s%s", i ? "、" : "", rules[i].name);
    (void)fputs("\n每行一个 JSON 对象，每行输出一个结果。\n", stderr);
    return EXIT_USAGE;
}

static struct error *answer_line(
    struct arena *arena, const struct rule *rule, const char *line, size_t size,
    struct writer *out)
{
    json_t *in;

    if (size > LONGEST_LINE)
        return error_new(arena, ERROR_TOO_LARGE, "line_too_long", "这一行过长。");
    /* jansson passes over a zero byte behind null, true and false. */
    if (memchr(line, '\0', size))
        return error_new(
            arena, ERROR_MALFORMED, "json_malformed", "这一行含有空字符。");
    TRY(input_parse(arena, line, size, &in));
    writer_object(out, NULL);
    TRY(rule->answer(arena, in, out));
    writer_end(out);
    if (out->text.overflowed)
        return error_new(arena, ERROR_TOO_LARGE, "answer_too_long", "结果过长。");
    return NULL;
}

/* One line of output for one line of input; false when the case was refused. */
static bool
answer(struct arena *arena, const struct rule *rule, const char *line, size_t size)
{
    struct writer out;

    writer_init(&out, arena, LONGEST_ANSWER);
    struct error *error = answer_line(arena, rule, line, size, &out);
    if (error) {
        writer_init(&out, arena, LONGEST_ANSWER);
        writer_object(&out, NULL);
        writer_text(&out, "error", error->message);
        writer_end(&out);
    }
    (void)puts(out.text.bytes);
    return !error;
}

/* Whether everything was valid, and read and written to the end. */
static bool answer_all(const struct rule *rule)
{
    struct arena *arena = arena_new();
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    bool valid = true;

    /* A line at a time, so that another program can ask and wait for the answer. */
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    while ((length = getline(&line, &room, stdin)) >= 0) {
        if (!answer(arena, rule, line, (size_t)length))
            valid = false;
        arena_reset(arena);
    }
    free(line);
    arena_free(arena);
    return !ferror(stdin) && fflush(stdout) == 0 && !ferror(stdout) && valid;
}

int rule_command(int argc, char **argv)
{
    const struct rule *rule = argc == 2 ? find_rule(argv[1]) : NULL;

    if (!rule)
        return explain();
    return answer_all(rule) ? EXIT_SUCCESS : EXIT_REFUSED;
}
