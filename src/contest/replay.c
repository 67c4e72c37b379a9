#include "contest/replay.h"

#include <string.h>

static struct error *broken(struct arena *arena, size_t number, const char *why)
{
    return error_make(
        arena, ERROR_INVALID, "chain_broken", "记录链在第 %zu 行断开：%s", number, why);
}

/* `line` ends with a zero byte. */
static struct error *take_line(
    struct arena *arena, struct contest_state *state, const char *line, size_t number)
{
    struct chain_event event;
    struct error *error = chain_parse_line(arena, line, state->hash, &event);

    if (error)
        return broken(arena, number, error->message);
    /* The hash covers the values; the same values in other bytes (an escape, a space)
     * are not the line that was handed out. */
    if (strcmp(chain_line(arena, &event), line) != 0)
        return broken(arena, number, "这一行的写法被改动过。");
    return contest_apply(arena, state, &event);
}

struct error *replay_read(
    struct arena *arena, const char *rules, size_t rules_size, const char *events,
    size_t events_size, const struct contest_state **result)
{
    const struct rules *rule_set;
    const char *end = events + events_size;
    size_t number = 0;

    TRY(rules_read(arena, rules, rules_size, &rule_set));
    struct contest_state *state = contest_new(arena, rule_set);
    while (events < end) {
        const char *newline = memchr(events, '\n', (size_t)(end - events));
        number++;
        if (!newline)
            return broken(arena, number, "最后一行不完整。");
        size_t size = (size_t)(newline - events);
        if (memchr(events, '\0', size))
            return broken(arena, number, "含有不应出现的字节。");
        TRY(take_line(arena, state, arena_copy_bytes(arena, events, size), number));
        events = newline + 1;
    }
    if (!number)
        return error_new(
            arena, ERROR_INVALID, "journal_empty", "记录链是空的，没有成绩可算。");
    *result = state;
    return NULL;
}
