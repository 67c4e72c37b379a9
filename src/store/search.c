#include "store/search.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "base/writer.h"
#include "store/sqlite.h"

enum { SHORTEST_INDEXED = 3, WORDS_LIMIT = 64 * 1024 };

struct search {
    /* Guards the connection: a search takes less than a handful of milliseconds, and
     * searching is rare beside reading. */
    pthread_mutex_t lock;
    struct db *db;
};

struct error *search_open(struct arena *arena, struct search **result)
{
    static const char script[] =
        "CREATE VIRTUAL TABLE page USING fts5"
        "(title, heading, body, around, tokenize = 'trigram', detail = 'full');";
    struct search *search = calloc(1, sizeof *search);

    if (!search)
        abort();
    struct error *error = db_open(arena, ":memory:", DB_WRITES, &search->db);
    if (!error)
        error = db_script(search->db, script);
    if (error) {
        if (search->db)
            db_close(search->db);
        free(search);
        return error;
    }
    (void)pthread_mutex_init(&search->lock, NULL);
    *result = search;
    return NULL;
}

void search_close(struct search *search)
{
    db_close(search->db);
    (void)pthread_mutex_destroy(&search->lock);
    free(search);
}

/* ASCII letters small. Other scripts' capitals do not occur in what is searched here,
 * and a copy of another length would be another text. */
static const char *folded(struct arena *arena, const char *text)
{
    char *copy = arena_copy(arena, text);

    for (char *c = copy; *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 'a' - 'A');
    }
    return copy;
}

struct error *search_add(
    struct search *search, struct arena *arena, int64_t number,
    const struct search_text *text)
{
    static const char sql[] = "INSERT INTO page (rowid, title, heading, body, around) "
                              "VALUES ($1, $2, $3, $4, $5)";

    db_use_arena(search->db, arena);
    return db_run(
        search->db, sql, INT(number), TEXT(folded(arena, text->title)),
        TEXT(folded(arena, text->heading)), TEXT(folded(arena, text->body)),
        TEXT(folded(arena, text->around)));
}

/* The terms as SQL sees them. */
struct wanted {
    const char *indexed; /* an FTS5 expression of the longer terms; "" without any */
    const char *all;     /* a JSON array of all terms */
};

/* "the ""term""": a phrase in which nothing is an operator. */
static void add_phrase(struct text *text, const char *term)
{
    text_add(text, text->size > 0 ? " AND \"" : "\"");
    for (const char *c = term; *c; c++)
        text_add_bytes(text, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    text_add(text, "\"");
}

static struct wanted
read_terms(struct arena *arena, const char *const *terms, size_t count)
{
    struct writer all;
    struct text indexed;

    assert(count > 0 && count <= SEARCH_TERMS);
    writer_init(&all, arena, WORDS_LIMIT);
    text_init(&indexed, arena, WORDS_LIMIT);
    writer_array(&all, NULL);
    for (size_t i = 0; i < count; i++) {
        const char *term = folded(arena, terms[i]);
        assert(*term);
        writer_text(&all, NULL, term);
        if (utf8_length(term, strlen(term)) >= SHORTEST_INDEXED)
            add_phrase(&indexed, term);
    }
    writer_end(&all);
    assert(!all.text.overflowed && !indexed.overflowed);
    return (struct wanted){indexed.bytes, all.text.bytes};
}

/* What is the same in both statements: every term somewhere, one of them in the text
 * itself; the order; how many there are. */
#define FOUND                                                                          \
    "SELECT rowid AS number, "                                                         \
    "(SELECT sum(instr(title, value) > 0) FROM json_each($1)) AS in_title, "           \
    "(SELECT sum(instr(heading, value) > 0) FROM json_each($1)) AS in_heading, "       \
    "(SELECT sum((length(body) - length(replace(body, value, ''))) / length(value)) "  \
    "FROM json_each($1)) AS in_body "                                                  \
    "FROM page WHERE NOT EXISTS (SELECT 1 FROM json_each($1) WHERE instr(title "       \
    "|| char(10) || heading || char(10) || body || char(10) || around, value) = 0)"
#define IN_ORDER                                                                       \
    "SELECT number, count(*) OVER () FROM found "                                      \
    "WHERE in_title + in_heading + in_body > 0 "                                       \
    "ORDER BY in_title DESC, in_heading DESC, in_body DESC, number LIMIT $2"

static struct rows
look(struct search *search, const struct wanted *wanted, int64_t most)
{
    static const char everywhere[] = "WITH found AS (" FOUND ") " IN_ORDER;
    static const char by_index[] =
        "WITH found AS (" FOUND " AND page MATCH $3) " IN_ORDER;

    if (wanted->indexed[0] == '\0')
        return db_query(search->db, everywhere, TEXT(wanted->all), INT(most));
    return db_query(
        search->db, by_index, TEXT(wanted->all), INT(most), TEXT(wanted->indexed));
}

static struct error *collect(
    struct search *search, struct arena *arena, const struct wanted *wanted,
    int64_t most, struct search_hits *result)
{
    int64_t *numbers = arena_alloc(arena, (size_t)most * sizeof numbers[0]);
    SCOPED_ROWS rows = look(search, wanted, most);

    *result = (struct search_hits){.numbers = numbers};
    while (rows_next(&rows)) {
        numbers[result->count++] = rows_int(&rows, 0);
        result->total = rows_int(&rows, 1);
    }
    return rows_error(&rows);
}

struct error *search_find(
    struct search *search, struct arena *arena, const char *const *terms,
    size_t term_count, int64_t most, struct search_hits *result)
{
    struct wanted wanted = read_terms(arena, terms, term_count);

    (void)pthread_mutex_lock(&search->lock);
    db_use_arena(search->db, arena);
    struct error *error = collect(search, arena, &wanted, most, result);
    db_use_arena(search->db, NULL);
    (void)pthread_mutex_unlock(&search->lock);
    return error;
}
