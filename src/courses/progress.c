#include "courses/progress.h"

#include <string.h>

enum { FIRST_ROOM = 64 };

struct error *progress_record(struct db *db, void *context)
{
    static const char sql[] =
        "INSERT INTO progress (person, course, lesson, section, at) "
        "VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (person, course, lesson, section) DO NOTHING";
    const struct progress *progress = context;

    return db_run(
        db, sql, INT(progress->person), TEXT(progress->course), TEXT(progress->lesson),
        TEXT(progress->section), INT(progress->at));
}

struct error *
progress_find(struct db *reader, const struct progress *wanted, int64_t *at)
{
    static const char sql[] = "SELECT at FROM progress WHERE person = $1 "
                              "AND course = $2 AND lesson = $3 AND section = $4";
    bool found;

    TRY(db_number(
        reader, &found, at, sql, INT(wanted->person), TEXT(wanted->course),
        TEXT(wanted->lesson), TEXT(wanted->section)));
    if (!found)
        return error_new(
            db_arena(reader), ERROR_NOT_FOUND, "progress_unknown",
            "没有这条学习记录。");
    return NULL;
}

static struct error *
take_rows(struct db *reader, struct rows *rows, struct progress_list *result)
{
    struct arena *arena = db_arena(reader);
    size_t room = FIRST_ROOM;
    struct progress *entries = arena_alloc(arena, room * sizeof entries[0]);
    size_t count = 0;

    while (rows_next(rows)) {
        if (count == room) {
            struct progress *more = arena_alloc(arena, 2 * room * sizeof more[0]);
            memcpy(more, entries, count * sizeof entries[0]);
            entries = more;
            room *= 2;
        }
        entries[count++] = (struct progress){
            .person = rows_int(rows, 0),
            .course = rows_text(rows, 1),
            .lesson = rows_text(rows, 2),
            .section = rows_text(rows, 3),
            .at = rows_int(rows, 4),
        };
    }
    *result = (struct progress_list){entries, count};
    return rows_error(rows);
}

struct error *progress_of_course(
    struct db *reader, int64_t person, const char *course, struct progress_list *result)
{
    static const char sql[] = "SELECT person, course, lesson, section, at "
                              "FROM progress WHERE person = $1 AND course = $2 "
                              "ORDER BY at, lesson, section";
    SCOPED_ROWS rows = db_query(reader, sql, INT(person), TEXT(course));

    return take_rows(reader, &rows, result);
}

struct error *
progress_of_person(struct db *reader, int64_t person, struct progress_list *result)
{
    static const char sql[] = "SELECT person, course, lesson, section, at "
                              "FROM progress WHERE person = $1 "
                              "ORDER BY at, course, lesson, section";
    SCOPED_ROWS rows = db_query(reader, sql, INT(person));

    return take_rows(reader, &rows, result);
}
