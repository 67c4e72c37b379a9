#include "history/reorganise.h"

#include <inttypes.h>
#include <string.h>

#include "base/input.h"
#include "store/chain.h"

struct work {
    struct db *db;
    struct reorganisation *plan;
    json_t *moved; /* of the event: [{"person", "from", "to"}] */
};

static struct error *invalid(struct work *work, const char *code, const char *message)
{
    return error_new(db_arena(work->db), ERROR_INVALID, code, message);
}

static bool ends(const struct reorganisation *plan, int64_t branch)
{
    for (size_t i = 0; i < plan->end_count; i++)
        if (plan->ends[i] == branch)
            return true;
    return false;
}

/* ---- Streets ---- */

static struct error *begin_one(struct work *work, struct reorganise_begin *begin)
{
    static const char taken_sql[] = "SELECT count(*) FROM branch WHERE name = $1";
    static const char sql[] =
        "INSERT INTO branch (name, position, valid_from) VALUES ($1, $2, $3) "
        "RETURNING id";
    int64_t taken;
    bool found;

    TRY(db_number(work->db, &found, &taken, taken_sql, TEXT(begin->name)));
    if (taken)
        return error_make(
            db_arena(work->db), ERROR_INVALID, "branch_name_taken",
            "“%s”已经用过：街道的名称不重复使用，以免新旧成绩混淆。", begin->name);
    return db_number(
        work->db, &found, &begin->id, sql, TEXT(begin->name), INT(begin->position),
        INT(work->plan->at));
}

/* The street that is meant; one that ends is no place to go. */
static struct error *
resolve(struct work *work, const struct reorganise_branch *branch, int64_t *id)
{
    const struct reorganisation *plan = work->plan;

    *id = branch->id;
    for (size_t i = 0; !branch->id && i < plan->begin_count; i++)
        if (strcmp(plan->begins[i].name, branch->name) == 0)
            *id = plan->begins[i].id;
    if (!*id || ends(plan, *id))
        return invalid(work, "branch_unknown", "去向应为现有的或新设的街道。");
    return moves_check_branch(work->db, *id);
}

static struct error *add_successors(struct work *work)
{
    static const char sql[] = "INSERT INTO branch_successor (branch, successor) "
                              "VALUES ($1, $2) ON CONFLICT DO NOTHING";
    const struct reorganisation *plan = work->plan;

    for (size_t i = 0; i < plan->successor_count; i++) {
        int64_t to;
        TRY(moves_check_branch(work->db, plan->successors[i].from));
        TRY(resolve(work, &plan->successors[i].to, &to));
        if (to == plan->successors[i].from)
            return invalid(work, "branch_unknown", "街道不能是自己的后继。");
        TRY(db_run(work->db, sql, INT(plan->successors[i].from), INT(to)));
    }
    return NULL;
}

static struct error *end_one(struct work *work, int64_t branch)
{
    static const char sql[] = "UPDATE branch SET valid_to = $2 WHERE id = $1 "
                              "AND valid_to IS NULL AND valid_from < $2";
    static const char left_sql[] = "SELECT count(*) FROM person WHERE branch = $1 "
                                   "AND left_at IS NULL";
    static const char successor_sql[] =
        "SELECT count(*) FROM branch_successor WHERE branch = $1";
    struct db *db = work->db;
    int64_t count;
    bool found;

    TRY(db_run(db, sql, INT(branch), INT(work->plan->at)));
    if (!db_changed_rows(db))
        return invalid(
            work, "branch_unknown", "要撤销的街道不存在，或在那之前还没有设立。");
    TRY(db_number(db, &found, &count, successor_sql, INT(branch)));
    if (!count)
        return invalid(
            work, "successor_missing", "撤销的街道要写明并入或改为哪个街道。");
    TRY(db_number(db, &found, &count, left_sql, INT(branch)));
    return count ? error_make(
                       db_arena(db), ERROR_CONFLICT, "people_left_behind",
                       "撤销的街道里还有 %" PRId64 " 人没有安排去向。", count)
                 : NULL;
}

/* ---- People ---- */

static struct error *move_one(struct work *work, int64_t person, int64_t to)
{
    int64_t from;

    TRY(moves_apply(work->db, person, to, work->plan->at, &from));
    work->plan->moved++;
    (void)json_array_append_new(
        work->moved, json_pack(
                         "{s:I, s:I, s:I}", "person", (json_int_t)person, "from",
                         (json_int_t)from, "to", (json_int_t)to));
    return NULL;
}

/* The ids of a query are read whole before the first of them is changed. */
static struct error *move_all(
    struct work *work, const char *count_sql, const char *sql, int64_t of, int64_t to)
{
    struct db *db = work->db;
    int64_t room;
    bool found;
    size_t count = 0;
    const struct value values[] = {INT(of), INT(to)};

    TRY(db_number_values(db, &found, &room, count_sql, values, 2));
    int64_t *people = arena_alloc(db_arena(db), ((size_t)room + 1) * sizeof *people);
    {
        SCOPED_ROWS rows = db_query_values(db, sql, values, 2);
        while (count < (size_t)room && rows_next(&rows))
            people[count++] = rows_int(&rows, 0);
        TRY(rows_error(&rows));
    }
    for (size_t i = 0; i < count; i++)
        TRY(move_one(work, people[i], to));
    return NULL;
}

static struct error *move_community(struct work *work, int64_t community, int64_t to)
{
    static const char take_sql[] = "UPDATE community SET branch = $2 WHERE id = $1";
#define STATIONED                                                                      \
    "FROM person JOIN compound ON compound.id = person.compound "                      \
    "WHERE compound.community = $1 AND person.left_at IS NULL AND person.branch <> $2"
    static const char count_sql[] = "SELECT count(*) " STATIONED;
    static const char sql[] = "SELECT person.id " STATIONED " ORDER BY person.id";

    /* First the community, so that its people keep their compounds. */
    TRY(db_run(work->db, take_sql, INT(community), INT(to)));
    if (!db_changed_rows(work->db))
        return invalid(work, "community_unknown", "没有这个社区。");
    return move_all(work, count_sql, sql, community, to);
}

static struct error *move_branch(struct work *work, int64_t branch, int64_t to)
{
    static const char take_sql[] = "UPDATE community SET branch = $2 WHERE branch = $1";
#define LEFT_IN "FROM person WHERE branch = $1 AND branch <> $2 AND left_at IS NULL"
    static const char count_sql[] = "SELECT count(*) " LEFT_IN;
    static const char sql[] = "SELECT id " LEFT_IN " ORDER BY id";

    TRY(db_run(work->db, take_sql, INT(branch), INT(to)));
    return move_all(work, count_sql, sql, branch, to);
}

static struct error *move_people(struct work *work, enum reorganise_who who)
{
    const struct reorganisation *plan = work->plan;

    for (size_t i = 0; i < plan->move_count; i++) {
        const struct reorganise_move *move = &plan->moves[i];
        int64_t to;
        if (move->who != who)
            continue;
        TRY(resolve(work, &move->to, &to));
        if (who == REORGANISE_PERSON)
            TRY(move_one(work, move->id, to));
        else if (who == REORGANISE_COMMUNITY)
            TRY(move_community(work, move->id, to));
        else
            TRY(move_branch(work, move->id, to));
    }
    return NULL;
}

/* ---- The record ---- */

static struct error *record(struct work *work)
{
    const struct reorganisation *plan = work->plan;
    json_t *ended = json_array();
    json_t *begun = json_array();
    json_t *followed = json_array();

    json_t *body = json_pack(
        "{s:I, s:o, s:o, s:o, s:O}", "at", (json_int_t)plan->at, "ends", ended,
        "begins", begun, "successors", followed, "moves", work->moved);
    for (size_t i = 0; i < plan->end_count; i++)
        (void)json_array_append_new(ended, json_integer(plan->ends[i]));
    for (size_t i = 0; i < plan->begin_count; i++)
        (void)json_array_append_new(
            begun, json_pack(
                       "{s:I, s:s}", "id", (json_int_t)plan->begins[i].id, "name",
                       plan->begins[i].name));
    for (size_t i = 0; i < plan->successor_count; i++) {
        int64_t to;
        struct error *error = resolve(work, &plan->successors[i].to, &to);
        if (error) {
            json_decref(body);
            return error;
        }
        (void)json_array_append_new(
            followed, json_pack(
                          "{s:I, s:I}", "from", (json_int_t)plan->successors[i].from,
                          "to", (json_int_t)to));
    }
    return chain_record(
        work->db, &(struct chain_event){
                      .subject = MOVES_SUBJECT,
                      .at = plan->actor.now,
                      .actor = plan->actor.person,
                      .role = plan->actor.role,
                      .kind = "branches_reorganised",
                      .body = body,
                  });
}

static struct error *carry_out(struct work *work)
{
    struct reorganisation *plan = work->plan;

    for (size_t i = 0; i < plan->begin_count; i++)
        TRY(begin_one(work, &plan->begins[i]));
    TRY(add_successors(work));
    TRY(move_people(work, REORGANISE_PERSON));
    TRY(move_people(work, REORGANISE_COMMUNITY));
    TRY(move_people(work, REORGANISE_BRANCH));
    for (size_t i = 0; i < plan->end_count; i++)
        TRY(end_one(work, plan->ends[i]));
    return record(work);
}

struct error *reorganise(struct db *db, void *context)
{
    struct work work = {.db = db, .plan = context};

    work.plan->moved = 0;
    TRY(moves_check_time(db_arena(db), work.plan->at, work.plan->actor.now));
    if (!work.plan->end_count && !work.plan->begin_count && !work.plan->move_count)
        return invalid(&work, "reorganisation_empty", "没有任何变动。");
    work.moved = json_array();
    struct error *error = carry_out(&work);
    json_decref(work.moved);
    return error;
}
