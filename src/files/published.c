#include "files/published.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/input.h"
#include "people/person.h"

enum { PART_ROOM = 64 };

/* ---- The body ---- */

static void
add_part(struct arena *arena, struct published *published, struct publication_part part)
{
    size_t count = published->person_count;

    /* Powers of two from PART_ROOM on. */
    if (count == 0 || (count >= PART_ROOM && (count & (count - 1)) == 0)) {
        size_t room = count ? 2 * count : PART_ROOM;
        struct publication_part *more = arena_alloc(arena, room * sizeof *more);
        if (count)
            memcpy(more, published->people, count * sizeof *more);
        published->people = more;
    }
    published->people[published->person_count++] = part;
}

static struct error *
split_body(struct arena *arena, const char *body, struct published *published)
{
    struct error *broken =
        error_new(arena, ERROR_BROKEN, "publication_body", "the body of a publication");
    const char *at = publication_parts(body, "people");
    struct publication_part part;
    json_t *head;

    if (!at)
        return broken;
    const char *before = arena_copy_bytes(arena, body, (size_t)(at - body));
    while (publication_part_next(&at, &part))
        add_part(arena, published, part);
    const char *rest = arena_format(arena, "%s%s", before, at);
    if (input_parse(arena, rest, strlen(rest), &head))
        return broken;
    published->head = head;
    return NULL;
}

const json_t *
published_person(const struct published *published, size_t index, struct arena *scratch)
{
    const struct publication_part *part = &published->people[index];
    json_t *json = NULL;

    return input_parse(scratch, part->at, part->size, &json) ? NULL : json;
}

/* ---- Names ---- */

static struct error *read_names(struct db *db, struct published *published)
{
    static const char count_sql[] =
        "SELECT count(*) FROM publication_name WHERE publication = $1";
    static const char sql[] = "SELECT person, name FROM publication_name "
                              "WHERE publication = $1 ORDER BY person";
    int64_t room;
    bool found;

    TRY(db_number(db, &found, &room, count_sql, INT(published->id)));
    published->names =
        arena_alloc(db_arena(db), ((size_t)room + 1) * sizeof *published->names);
    SCOPED_ROWS rows = db_query(db, sql, INT(published->id));
    while (published->name_count < (size_t)room && rows_next(&rows))
        published->names[published->name_count++] =
            (struct published_name){rows_int(&rows, 0), rows_text(&rows, 1)};
    return rows_error(&rows);
}

static int by_person(const void *left, const void *right)
{
    int64_t a = ((const struct published_name *)left)->person;
    int64_t b = ((const struct published_name *)right)->person;

    return a < b ? -1 : a > b;
}

const char *published_name(const struct published *published, int64_t person)
{
    const struct published_name key = {person, NULL};
    const struct published_name *found = bsearch(
        &key, published->names, published->name_count, sizeof *published->names,
        by_person);

    return found && *found->name ? found->name : "（姓名已隐去）";
}

/* ---- Loading ---- */

static struct error *
read_row(struct db *db, int64_t id, struct published *published, const char **body)
{
    static const char sql[] =
        "SELECT p.version, coalesce(old.version, 0), p.title, p.digest, p.reason, "
        "p.decided_at, p.body, coalesce((SELECT max(n.version) FROM publication AS n "
        "WHERE n.kind = p.kind AND n.subject = p.subject AND n.version > p.version "
        "AND n.state = 'published'), 0) FROM publication AS p "
        "LEFT JOIN publication AS old ON old.id = p.supersedes "
        "WHERE p.id = $1 AND p.state = 'published'";
    SCOPED_ROWS rows = db_query(db, sql, INT(id));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "publication_unknown", "没有这份排名。");
    }
    *published = (struct published){
        .id = id,
        .version = rows_int(&rows, 0),
        .supersedes = rows_int(&rows, 1),
        .title = rows_text(&rows, 2),
        .digest = rows_text(&rows, 3),
        .reason = rows_text(&rows, 4),
        .decided_at = rows_int(&rows, 5),
        .superseded_by = rows_int(&rows, 7),
    };
    *body = rows_text(&rows, 6);
    return NULL;
}

struct error *published_load(struct db *db, int64_t id, struct published *published)
{
    struct arena *arena = db_arena(db);
    const char *body = NULL;
    const char *demonstration;
    const char *base;

    TRY(read_row(db, id, published, &body));
    TRY(read_names(db, published));
    TRY(person_setting(db, "district", &published->district));
    TRY(person_setting(db, "demonstration", &demonstration));
    TRY(person_setting(db, "public_address", &base));
    published->demonstration = strcmp(demonstration, "1") == 0;
    size_t length = strlen(base);
    while (length && base[length - 1] == '/')
        length--;
    published->address =
        arena_format(arena, "%.*s/published/#/%" PRId64, (int)length, base, id);
    return split_body(arena, body, published);
}

/* ---- Members ---- */

const json_t *published_member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

const char *published_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

int64_t published_number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

const char *published_rank(struct arena *arena, const json_t *object, const char *key)
{
    const json_t *rank = json_object_get(object, key);

    return json_is_number(rank) ? input_canonical(arena, rank) : NULL;
}

const char *published_day(struct arena *arena, int64_t at)
{
    return arena_format(arena, "%.10s", clock_beijing(arena, at));
}
