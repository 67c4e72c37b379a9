/* main.c - the one program: finds the command and runs it. */
#include <stdio.h>
#include <string.h>

#include "base/token.h"
#include "cli/content_command.h"
#include "cli/contest_command.h"
#include "cli/demo_command.h"
#include "cli/export_command.h"
#include "cli/retention_command.h"
#include "cli/rule_command.h"
#include "cli/serve_command.h"
#include "cli/setting_command.h"
#include "cli/verify_command.h"

static int version_command(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    (void)printf("xunsai %s\n", XUNSAI_VERSION);
    return 0;
}

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *usage; /* NULL: of no use to a person */
} commands[] = {
    {"serve", serve_command, "serve [--data DIR] [--courses DIR] [--quizzes DIR]"},
    {"demo", demo_command, "demo [--data DIR]: fills an empty database"},
    {"verify", verify_command, "verify [--data DIR]: checks every recorded event"},
    {"check", check_command, "check [--partial] courses quizzes: lints the content"},
    {"retention", retention_command,
     "retention [--before YYYY-MM-DD] [--dry-run]: forgets who left long ago"},
    {"setting", setting_command,
     "setting [NAME [VALUE]] [--data DIR]: facts about this installation"},
    {"export", export_command,
     "export ranking KIND ID --format xlsx|csv|pdf|json -o FILE [--data DIR]"},
    {"rule", rule_command, "rule NAME: the rules, JSON Lines in and out"},
    {"contest", contest_command, "contest replay DIR: standings from a journal"},
    {"routes", routes_command, "routes: what the server answers"},
    {"version", version_command, "version"},
    {"parse-content", parse_content_command, NULL},
};

int main(int argc, char **argv)
{
    const size_t count = sizeof commands / sizeof commands[0];

    token_start();
    for (size_t i = 0; argc > 1 && i < count; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    (void)fprintf(stderr, "xunsai %s\n", XUNSAI_VERSION);
    for (size_t i = 0; i < count; i++)
        if (commands[i].usage)
            (void)fprintf(stderr, "  xunsai %s\n", commands[i].usage);
    return 2;
}
