#include "courses/excerpt.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum { LONGEST = 80, BEFORE_HIT = 20 }; /* characters */

/* The longest term that stands here; 0 for none. Only ASCII letters are folded: in the
 * C locale strncasecmp() leaves all other bytes alone. */
static size_t hit_size(const char *at, const char *const *terms, size_t term_count)
{
    size_t longest = 0;

    for (size_t i = 0; i < term_count; i++) {
        size_t size = strlen(terms[i]);
        if (size > longest && strncasecmp(at, terms[i], size) == 0)
            longest = size;
    }
    return longest;
}

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* Where so many characters before `at` begin, not before `start`. */
static const char *go_back(const char *start, const char *at, int characters)
{
    while (at > start && characters > 0) {
        at--;
        characters -= begins_character(*at);
    }
    return at;
}

static const char *go_on(const char *at, int characters)
{
    while (*at && characters > 0) {
        at++;
        while (!begins_character(*at))
            at++;
        characters--;
    }
    return at;
}

/* From where to where, so that the first occurrence is in it. */
static const char *
choose_start(const char *body, const char *const *terms, size_t term_count)
{
    const char *hit = body;

    while (*hit && hit_size(hit, terms, term_count) == 0)
        hit = go_on(hit, 1);
    return *hit ? go_back(body, hit, BEFORE_HIT) : body;
}

/* Parts while they are gathered. */
struct parts {
    struct arena *arena;
    struct finder_part *list;
    size_t count;
};

static void add(struct parts *parts, const char *text, size_t size, bool is_hit)
{
    if (size > 0)
        parts->list[parts->count++] =
            (struct finder_part){arena_copy_bytes(parts->arena, text, size), is_hit};
}

const struct finder_part *excerpt_make(
    struct arena *arena, const char *body, const char *const *terms, size_t term_count,
    size_t *part_count)
{
    static const char dots[] = "…";
    const char *start = choose_start(body, terms, term_count);
    const char *end = go_on(start, LONGEST);
    /* A hit and what stands before it for each character, and the dots. */
    struct parts parts = {
        arena, arena_alloc(arena, (2 * LONGEST + 3) * sizeof(struct finder_part)), 0};
    const char *plain = start;

    if (start > body)
        add(&parts, dots, strlen(dots), false);
    for (const char *c = start; c < end;) {
        size_t size = hit_size(c, terms, term_count);
        if (size == 0) {
            c = go_on(c, 1);
            continue;
        }
        add(&parts, plain, (size_t)(c - plain), false);
        add(&parts, c, size, true);
        c += size;
        plain = c;
    }
    if (plain < end)
        add(&parts, plain, (size_t)(end - plain), false);
    if (*(plain > end ? plain : end) != '\0')
        add(&parts, dots, strlen(dots), false);
    *part_count = parts.count;
    return parts.list;
}
