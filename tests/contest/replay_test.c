#include "contest/replay.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/contest_command.h"
#include "contest_store.h"

static const int64_t branches[] = {10, 20};
static const int64_t none[3] = {0};

/* What the server hands out, and its own standings. */
struct handed_out {
    const char *rules;
    const char *events;
    size_t size;
    const char *document;
};

static struct handed_out hand_out(void)
{
    struct standings standings = compute(stand_state(), STANDINGS_ALL);
    struct text lines;

    text_init(&lines, arena, 1024 * 1024);
    assert_fine(journal_lines(stand.reader, stand.contest, &lines));
    return (struct handed_out){
        .rules = arena_copy(arena, stand_state()->rules->canonical),
        .events = lines.bytes,
        .size = lines.size,
        .document = standings_document(arena, &standings),
    };
}

static struct error *
replay(struct arena *scratch, const struct handed_out *files, const char **document)
{
    const struct contest_state *state;
    struct standings standings;

    TRY(replay_read(
        scratch, files->rules, strlen(files->rules), files->events, files->size,
        &state));
    TRY(standings_compute(scratch, state, STANDINGS_ALL, &standings));
    *document = standings_document(scratch, &standings);
    return NULL;
}

static struct handed_out whole_contest(void)
{
    stand_begin((struct rule_parts){0}, (struct cast){branches, 2, none, 3});
    stand_drawn();
    for (int64_t contestant = 1; contestant <= 2; contestant++) {
        STEP("call", contestant);
        for (int64_t judge = 1; judge <= 3; judge++) {
            struct scoring mark = scoring_by(judge, contestant, "70.5");
            assert_fine(send_mark(&mark));
            hand_in(judge, contestant, judge == 2 ? "88.8" : "90");
        }
        STEP("deduct", contestant);
        STEP("close", contestant);
        STEP("release", contestant);
    }
    STEP("absent", 2);
    STEP("show", 0);
    struct handed_out files = hand_out();
    stand_end();
    return files;
}

static void the_files_alone_give_the_servers_standings(void **unused)
{
    struct handed_out files = whole_contest();
    const char *document;

    (void)unused;
    assert_fine(replay(arena, &files, &document));
    assert_string_equal(document, files.document);
    /* The rules may be written in another way, as long as they are the same rules. */
    files.rules = arena_format(arena, " %s\n", files.rules);
    assert_fine(replay(arena, &files, &document));
    assert_string_equal(document, files.document);
}

/* A short contest, since every byte of it is changed in turn. */
static struct handed_out short_contest(void)
{
    stand_begin(
        (struct rule_parts){.panel = PANEL(0, 0, "mean", "wait", "total")},
        (struct cast){branches, 1, none, 1});
    stand_drawn();
    STEP("call", 1);
    hand_in(1, 1, "90");
    STEP("close", 1);
    STEP("release", 1);
    struct handed_out files = hand_out();
    stand_end();
    return files;
}

static void assert_detected(
    struct arena *scratch, const struct handed_out *files, const char *what, size_t at)
{
    const char *document;
    const struct error *error = replay(scratch, files, &document);

    if (!error)
        fail_msg("a change of byte %zu of %s was not noticed", at, what);
    arena_reset(scratch);
}

static void every_changed_byte_is_noticed(void **unused)
{
    static const char changes[] = {1, 0x20};
    struct handed_out files = short_contest();
    struct arena *scratch = arena_new();
    char *events = arena_copy_bytes(arena, files.events, files.size);
    char *rules = arena_copy(arena, files.rules);
    struct handed_out forged = {rules, events, files.size, NULL};

    (void)unused;
    for (size_t i = 0; i < files.size; i++) {
        for (size_t c = 0; c < sizeof changes; c++) {
            events[i] = (char)(files.events[i] ^ changes[c]);
            assert_detected(scratch, &forged, "events.ndjson", i);
        }
        events[i] = files.events[i];
    }
    for (size_t i = 0; rules[i]; i++) {
        rules[i] = (char)(files.rules[i] ^ 1);
        assert_detected(scratch, &forged, "rules.json", i);
        rules[i] = files.rules[i];
    }
    const char *document;
    assert_fine(replay(scratch, &forged, &document));
    arena_free(scratch);
}

static const char *line_of(const char *events, size_t number)
{
    while (number--)
        events = strchr(events, '\n') + 1;
    return events;
}

static void missing_moved_half_and_rewritten_lines_are_noticed(void **unused)
{
    struct handed_out files = short_contest();
    const char *end = files.events + files.size;
    const char *document;
    size_t lines = 0;

    (void)unused;
    while (line_of(files.events, lines) < end)
        lines++;
    for (size_t i = 0; i + 1 < lines; i++) {
        const char *line = line_of(files.events, i);
        const char *next = line_of(files.events, i + 1);
        const char *after = line_of(files.events, i + 2);
        int before = (int)(line - files.events);
        const char *const forgeries[] = {
            /* left out, exchanged with the next, twice */
            arena_format(arena, "%.*s%s", before, files.events, next),
            arena_format(
                arena, "%.*s%.*s%.*s%s", before, files.events, (int)(after - next),
                next, (int)(next - line), line, after),
            arena_format(
                arena, "%.*s%s", (int)(next - files.events), files.events, line),
        };
        for (size_t j = 0; j < COUNT_OF(forgeries); j++) {
            struct handed_out forged = {
                files.rules, forgeries[j], strlen(forgeries[j]), NULL};
            assert_non_null(replay(arena, &forged, &document));
        }
    }
    /* The same values in other bytes. */
    const char *colon = strchr(files.events, ':') + 1;
    const char *spaced = arena_format(
        arena, "%.*s %s", (int)(colon - files.events), files.events, colon);
    struct handed_out forged = {files.rules, spaced, strlen(spaced), NULL};
    assert_code(replay(arena, &forged, &document), "chain_broken");
    struct handed_out cut = files;
    cut.size -= 1;
    assert_code(replay(arena, &cut, &document), "chain_broken");
    cut.size = 0;
    assert_code(replay(arena, &cut, &document), "journal_empty");
}

/* Hashes that fit are not enough: the events must make sense as well. */
static void a_chain_made_by_hand_must_make_sense(void **unused)
{
    static const char zeros[] =
        "0000000000000000000000000000000000000000000000000000000000000000";
    struct handed_out files = short_contest();
    const char *document;

    (void)unused;
    stand_begin((struct rule_parts){0}, (struct cast){branches, 1, none, 3});
    STEP("seal", 0);
    struct text lines;
    text_init(&lines, arena, 1024 * 1024);
    assert_fine(journal_lines(stand.reader, stand.contest, &lines));
    stand_end();
    struct chain_event event;
    lines.bytes[lines.size - 1] = '\0';
    assert_fine(chain_parse_line(arena, lines.bytes, zeros, &event));
    /* A right line of another contest, whose rules these are not. */
    struct handed_out other = {
        files.rules, arena_format(arena, "%s\n", lines.bytes), lines.size, NULL};
    assert_code(replay(arena, &other, &document), "event_impossible");
}

/* ---- The command ---- */

static void write_file(const char *folder, const char *name, const char *bytes)
{
    FILE *file = fopen(arena_format(arena, "%s/%s", folder, name), "w");

    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *read_back(const char *folder, const char *name)
{
    static char bytes[64 * 1024];
    FILE *file = fopen(arena_format(arena, "%s/%s", folder, name), "r");

    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes - 1, file);
    bytes[size] = '\0';
    assert_int_equal(fclose(file), 0);
    return arena_copy(arena, bytes);
}

/* Runs it in a process of its own with its output in the folder. */
static int run_command(const char *folder)
{
    char *arguments[] = {
        arena_copy(arena, "contest"), arena_copy(arena, "replay"),
        arena_copy(arena, folder), NULL};
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (!child) {
        const char *out = arena_format(arena, "%s/out", folder);
        const char *err = arena_format(arena, "%s/err", folder);
        if (!freopen(out, "w", stdout) || !freopen(err, "w", stderr))
            _exit(9);
        status = contest_command(3, arguments);
        (void)fflush(NULL);
        _exit(status);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void the_command_prints_the_same_or_one_line(void **unused)
{
    struct handed_out files = whole_contest();
    const char *folder = check_folder_new(arena);

    (void)unused;
    write_file(folder, "rules.json", files.rules);
    write_file(folder, "events.ndjson", files.events);
    assert_int_equal(run_command(folder), 0);
    assert_string_equal(read_back(folder, "out"), files.document);
    assert_string_equal(read_back(folder, "err"), "");

    char *forged = arena_copy(arena, files.events);
    char *mark = strstr(forged, "88.8");
    assert_non_null(mark);
    mark[0] = '9';
    write_file(folder, "events.ndjson", forged);
    assert_int_equal(run_command(folder), 1);
    assert_string_equal(read_back(folder, "out"), "");
    const char *said = read_back(folder, "err");
    assert_non_null(strstr(said, "记录链在第"));
    assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);

    /* A name that would write a line of its own. */
    write_file(folder, "rules.json", "{\"\\u000axunsai: all is well\":1}");
    assert_int_equal(run_command(folder), 1);
    said = read_back(folder, "err");
    assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
    assert_int_equal(unlink(arena_format(arena, "%s/rules.json", folder)), 0);
    assert_int_equal(run_command(folder), 1);
    assert_non_null(strstr(read_back(folder, "err"), "rules.json"));
    check_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_files_alone_give_the_servers_standings),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(missing_moved_half_and_rewritten_lines_are_noticed),
        cmocka_unit_test(a_chain_made_by_hand_must_make_sense),
        cmocka_unit_test(the_command_prints_the_same_or_one_line),
    };

    return RUN_STAND("replay", tests);
}
