#include "people/person.h"

#include "http/role.h"

static void write_roles(struct writer *writer, unsigned roles)
{
    writer_array(writer, "roles");
    for (size_t i = 0; i < role_name_count; i++)
        if (roles & role_names[i].role)
            writer_text(writer, NULL, role_names[i].name);
    writer_end(writer);
}

/* Columns 0..6: id, staff number, name, branch id, branch, community, compound. */
static void
write_columns(struct writer *writer, struct rows *rows, const struct privacy_view *may)
{
    writer_int(writer, "id", rows_int(rows, 0));
    if (may->staff_number)
        writer_text(writer, "staff_number", rows_text(rows, 1));
    writer_text(writer, "name", rows_text(rows, 2));
    if (rows_is_null(rows, 3)) {
        writer_null(writer, "branch");
    } else {
        writer_object(writer, "branch");
        writer_int(writer, "id", rows_int(rows, 3));
        writer_text(writer, "name", rows_text(rows, 4));
        writer_end(writer);
    }
    if (!may->service)
        return;
    writer_text_or_null(writer, "community", rows_text_or_null(rows, 5));
    writer_text_or_null(writer, "compound", rows_text_or_null(rows, 6));
}

#define PERSON_COLUMNS                                                                 \
    "person.id, person.staff_number, person.name, branch.id, branch.name, "            \
    "community.name, compound.name "
#define PERSON_TABLES                                                                  \
    "person LEFT JOIN branch ON branch.id = person.branch "                            \
    "LEFT JOIN compound ON compound.id = person.compound "                             \
    "LEFT JOIN community ON community.id = compound.community "

struct error *
person_write(struct db *db, struct writer *writer, const char *key, int64_t person)
{
    static const char sql[] =
        "SELECT " PERSON_COLUMNS ", coalesce(account.roles, 0) FROM " PERSON_TABLES
        "LEFT JOIN account ON account.person = person.id WHERE person.id = $1";
    static const struct privacy_view herself = {true, true, true};
    SCOPED_ROWS rows = db_query(db, sql, INT(person));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "person_unknown", "没有这个人员。");
    }
    writer_object(writer, key);
    write_columns(writer, &rows, &herself);
    write_roles(writer, (unsigned)rows_int(&rows, 7));
    writer_end(writer);
    return NULL;
}

struct error *person_write_list(
    struct db *db, struct writer *writer, int64_t branch,
    const struct privacy_viewer *viewer)
{
    static const char sql[] =
        "SELECT " PERSON_COLUMNS ", person.phone, person.cohort FROM " PERSON_TABLES
        "JOIN account ON account.person = person.id AND account.roles & 1 <> 0 "
        "WHERE person.branch IS NOT NULL AND person.left_at IS NULL "
        "AND ($1 = 0 OR person.branch = $1) "
        "ORDER BY branch.position, person.staff_number";
    SCOPED_ROWS rows = db_query(db, sql, INT(branch));

    writer_array(writer, "people");
    while (rows_next(&rows)) {
        struct privacy_view may =
            privacy_of(viewer, rows_int(&rows, 0), rows_int(&rows, 3));
        writer_object(writer, NULL);
        write_columns(writer, &rows, &may);
        if (may.phone)
            writer_text_or_null(writer, "phone", rows_text_or_null(&rows, 7));
        if (may.service)
            writer_text(writer, "cohort", rows_text(&rows, 8));
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

static struct error *
write_successors(struct db *db, struct writer *writer, int64_t branch)
{
    static const char sql[] =
        "SELECT successor FROM branch_successor WHERE branch = $1 ORDER BY successor";
    SCOPED_ROWS rows = db_query(db, sql, INT(branch));

    writer_array(writer, "successors");
    while (rows_next(&rows))
        writer_int(writer, NULL, rows_int(&rows, 0));
    writer_end(writer);
    return rows_error(&rows);
}

struct error *person_write_branches(struct db *db, struct writer *writer, bool all)
{
    static const char sql[] =
        "SELECT branch.id, branch.name, "
        "(SELECT count(*) FROM person JOIN account ON account.person = person.id "
        " WHERE person.branch = branch.id AND account.roles & 1 <> 0 "
        " AND person.left_at IS NULL), branch.valid_from, branch.valid_to "
        "FROM branch WHERE $1 <> 0 OR branch.valid_to IS NULL "
        "ORDER BY branch.position, branch.id";
    SCOPED_ROWS rows = db_query(db, sql, INT(all));

    writer_array(writer, "branches");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        writer_int(writer, "id", rows_int(&rows, 0));
        writer_text(writer, "name", rows_text(&rows, 1));
        writer_int(writer, "specialists", rows_int(&rows, 2));
        writer_int(writer, "valid_from", rows_int(&rows, 3));
        if (rows_is_null(&rows, 4))
            writer_null(writer, "valid_to");
        else
            writer_int(writer, "valid_to", rows_int(&rows, 4));
        TRY(write_successors(db, writer, rows_int(&rows, 0)));
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

struct error *person_setting(struct db *db, const char *name, const char **value)
{
    static const char sql[] = "SELECT value FROM setting WHERE name = $1";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(name));

    *value = rows_next(&rows) ? rows_text(&rows, 0) : "";
    return rows_error(&rows);
}
