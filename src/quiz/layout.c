#include "quiz/layout.h"

#include <inttypes.h>
#include <string.h>

#include "base/input.h"
#include "base/writer.h"
#include "store/seal.h"

enum { LAYOUT_LIMIT = 256 * 1024 };

/* A stream of random numbers that belongs to one attempt. */
struct stream {
    struct arena *arena;
    const char *name;
    uint64_t counter;
};

/* 0 .. below-1, each equally likely: numbers from the uneven rest are thrown away. */
static size_t draw(struct stream *stream, size_t below)
{
    uint64_t fair = UINT64_MAX - UINT64_MAX % below;
    uint64_t number;

    do {
        unsigned char digest[TOKEN_DIGEST];
        seal_make(
            arena_format(
                stream->arena, "layout|%s|%" PRIu64, stream->name, stream->counter++),
            digest);
        memcpy(&number, digest, sizeof number);
    } while (number >= fair);
    return (size_t)(number % below);
}

static void shuffle(struct stream *stream, const void **items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = draw(stream, i);
        const void *kept = items[i - 1];
        items[i - 1] = items[j];
        items[j] = kept;
    }
}

static bool
is_right_order(const struct paper_question *question, const void *const *options)
{
    for (size_t i = 0; i < question->option_count; i++)
        if (options[i] != question->order[i])
            return false;
    return true;
}

/* An ordering is a question only in another order than the right one: it is shuffled
 * whatever the paper says, and again when that gave the solution away. */
static void order_options(
    struct stream *stream, const struct paper *paper,
    const struct paper_question *question, const void **options)
{
    bool is_ordering = question->type == PAPER_ORDERING;
    bool shuffled = paper->shuffle_options && !question->fixed_order &&
                    question->type != PAPER_TRUE_FALSE;

    for (size_t i = 0; i < question->option_count; i++)
        options[i] = &question->options[i];
    if (shuffled || is_ordering)
        shuffle(stream, options, question->option_count);
    while (is_ordering && is_right_order(question, options))
        shuffle(stream, options, question->option_count);
}

static void write_question(
    struct writer *writer, struct stream *stream, const struct paper *paper,
    const struct paper_question *question)
{
    const void *options[PAPER_OPTIONS];

    order_options(stream, paper, question, options);
    writer_array(writer, NULL);
    writer_text(writer, NULL, question->id);
    for (size_t i = 0; i < question->option_count; i++)
        writer_text(writer, NULL, ((const struct paper_option *)options[i])->id);
    writer_end(writer);
}

/* Behind `first`, whether the next question belongs to the same case. */
static bool
goes_on(const struct paper_part *part, const struct paper_question *first, size_t next)
{
    return *first->case_id && next < part->question_count &&
           strcmp(part->questions[next].case_id, first->case_id) == 0;
}

/* What moves as one: a question, or all those of a case. `groups` gets the first
 * question of each. */
static size_t find_groups(const struct paper_part *part, const void **groups)
{
    size_t count = 0;

    for (size_t q = 0; q < part->question_count;) {
        const struct paper_question *first = &part->questions[q++];
        groups[count++] = first;
        while (goes_on(part, first, q))
            q++;
    }
    return count;
}

static void write_part(
    struct writer *writer, struct stream *stream, const struct paper *paper,
    const struct paper_part *part)
{
    const void **groups =
        arena_alloc(stream->arena, (part->question_count + 1) * sizeof *groups);
    size_t count = find_groups(part, groups);

    if (paper->shuffle_questions)
        shuffle(stream, groups, count);
    for (size_t g = 0; g < count; g++) {
        const struct paper_question *first = groups[g];
        size_t q = (size_t)(first - part->questions);
        do
            write_question(writer, stream, paper, &part->questions[q++]);
        while (goes_on(part, first, q));
    }
}

void layout_make(
    struct arena *arena, const struct paper *paper, const char *revision,
    int64_t person, const char **json)
{
    struct stream stream = {
        .arena = arena,
        .name = arena_format(arena, "%s|%" PRId64, revision, person),
    };
    struct writer writer;

    writer_init(&writer, arena, LAYOUT_LIMIT);
    writer_array(&writer, NULL);
    for (size_t p = 0; p < paper->part_count; p++)
        write_part(&writer, &stream, paper, &paper->parts[p]);
    writer_end(&writer);
    *json = writer.text.bytes;
}

void layout_one(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question, const char *name,
    struct layout_question *result)
{
    struct stream stream = {
        .arena = arena,
        .name = arena_format(arena, "%s|%s", name, question->id),
    };
    const void *options[PAPER_OPTIONS];

    order_options(&stream, paper, question, options);
    result->question = question;
    for (size_t i = 0; i < question->option_count; i++)
        result->options[i] = options[i];
}

static struct error *broken(struct arena *arena)
{
    return error_new(arena, ERROR_BROKEN, "layout", "a stored layout fits no paper");
}

static struct error *read_question(
    struct arena *arena, const struct paper *paper, const json_t *stored,
    struct layout_question *result)
{
    const char *id = json_string_value(json_array_get(stored, 0));
    const struct paper_question *question = id ? paper_find(paper, id) : NULL;

    if (!question || json_array_size(stored) != question->option_count + 1)
        return broken(arena);
    result->question = question;
    for (size_t i = 0; i < question->option_count; i++) {
        const char *option = json_string_value(json_array_get(stored, i + 1));
        result->options[i] = option ? paper_question_option(question, option) : NULL;
        if (!result->options[i])
            return broken(arena);
    }
    return NULL;
}

struct error *layout_read(
    struct arena *arena, const struct paper *paper, const char *json,
    struct layout *layout)
{
    json_t *stored;

    TRY(input_parse(arena, json, strlen(json), &stored));
    if (json_array_size(stored) != paper->question_count)
        return broken(arena);
    layout->count = paper->question_count;
    layout->questions = arena_alloc(arena, layout->count * sizeof *layout->questions);
    for (size_t i = 0; i < layout->count; i++)
        TRY(read_question(
            arena, paper, json_array_get(stored, i), &layout->questions[i]));
    return NULL;
}
