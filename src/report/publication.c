#include "report/publication.h"

#include <inttypes.h>
#include <string.h>

#include "base/decimal.h"
#include "base/token.h"
#include "store/chain.h"

enum { BRANCH_LIMIT = 64 * 1024 };

static const char *digest_of(struct arena *arena, const char *body)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(body, strlen(body), digest);
    return token_hex(arena, digest, sizeof digest);
}

/* What is recorded of a publication. */
struct recorded {
    enum ranking_kind kind;
    int64_t subject;
    int64_t version;
    const char *digest;
    const char *results;    /* digest of the results alone */
    const char *supersedes; /* digest; NULL for the first version */
    const char *reason;
    const char *event; /* "publication_proposed" */
    int64_t actor;
    const char *role;
    int64_t at;
};

static struct error *record(struct db *db, const struct recorded *recorded)
{
    struct arena *arena = db_arena(db);

    return chain_record(
        db, &(struct chain_event){
                .subject = arena_format(
                    arena, "%s/%" PRId64, ranking_kind_name(recorded->kind),
                    recorded->subject),
                .at = recorded->at,
                .actor = recorded->actor,
                .role = recorded->role,
                .kind = recorded->event,
                .body = json_pack(
                    "{s:I, s:s, s:s?, s:s}", "version", (json_int_t)recorded->version,
                    "digest", recorded->digest, "supersedes", recorded->supersedes,
                    "reason", recorded->reason),
            });
}

struct error *
publication_body(struct arena *arena, const struct ranking *ranking, const char **body)
{
    struct writer writer;

    writer_init(&writer, arena, RANKING_LIMIT);
    writer_object(&writer, NULL);
    ranking_write(&writer, ranking, RANKING_PUBLIC);
    writer_end(&writer);
    if (writer.text.overflowed)
        return error_new(
            arena, ERROR_BROKEN, "ranking_too_large", "排名太大，不能发布。");
    *body = writer.text.bytes;
    return NULL;
}

/* ---- Proposing ---- */

/* The newest version of a subject that was not rejected. */
struct newest {
    int64_t id; /* 0: none */
    int64_t version;
    const char *digest;
    const char *results;
    bool open;
};

static struct error *read_newest(
    struct db *db, enum ranking_kind kind, int64_t subject, struct newest *newest)
{
    static const char sql[] =
        "SELECT id, version, digest, state, results FROM publication "
        "WHERE kind = $1 AND subject = $2 AND state <> 'rejected' "
        "ORDER BY version DESC LIMIT 1";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(ranking_kind_name(kind)), INT(subject));

    *newest = (struct newest){0};
    if (rows_next(&rows))
        *newest = (struct newest){
            .id = rows_int(&rows, 0),
            .version = rows_int(&rows, 1),
            .digest = rows_text(&rows, 2),
            .results = rows_text(&rows, 4),
            .open = strcmp(rows_text(&rows, 3), "proposed") == 0,
        };
    return rows_error(&rows);
}

/* Rejected versions keep their number. */
static struct error *next_version(
    struct db *db, const struct publication_proposal *proposal, int64_t *version)
{
    static const char sql[] = "SELECT coalesce(max(version), 0) + 1 FROM publication "
                              "WHERE kind = $1 AND subject = $2";
    bool found;

    return db_number(
        db, &found, version, sql, TEXT(ranking_kind_name(proposal->kind)),
        INT(proposal->subject));
}

static struct error *refuse_unless(
    struct arena *arena, const struct ranking *ranking, const struct newest *newest,
    const struct publication_proposal *proposal)
{
    if (newest->open)
        return error_new(
            arena, ERROR_CONFLICT, "publication_open",
            "已有一份提请发布的排名在等另一人确认。");
    if (!ranking->final)
        return error_new(
            arena, ERROR_CONFLICT, "ranking_not_final",
            "尚未结束，还不是最终成绩，不能提请发布。");
    if (newest->id && !*proposal->reason)
        return error_new(
            arena, ERROR_INVALID, "reason_needed",
            "这是对已发布排名的更正，请写明更正原因。");
    return NULL;
}

static struct error *store_person(
    struct db *db, int64_t publication, const struct ranking *ranking,
    const struct ranking_person *person)
{
    static const char name_sql[] =
        "INSERT INTO publication_name (publication, person, name) "
        "SELECT $1, id, CASE WHEN erased_at IS NULL THEN $3 "
        "ELSE '" PUBLICATION_HIDDEN "' END FROM person WHERE id = $2";
    static const char standing_sql[] =
        "INSERT INTO publication_standing (publication, person, branch, status, score, "
        "used_ms, passed, rank) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    bool done = person->status == RANKING_DONE;

    TRY(db_run(db, name_sql, INT(publication), INT(person->id), TEXT(person->name)));
    return db_run(
        db, standing_sql, INT(publication), INT(person->id),
        INT(ranking->branches[person->branch].id),
        TEXT(ranking_status_name(person->status)),
        done ? TEXT(decimal_text(db_arena(db), person->score, ranking->dp)) : NONE,
        done ? INT(person->used_ms) : NONE,
        done && ranking->pass_percent ? INT(person->passed) : NONE, TEXT(person->rank));
}

static struct error *
store_branch(struct db *db, int64_t publication, const struct ranking_branch *branch)
{
    static const char sql[] =
        "INSERT INTO publication_branch (publication, branch, entry) "
        "VALUES ($1, $2, $3)";
    struct writer writer;

    writer_init(&writer, db_arena(db), BRANCH_LIMIT);
    ranking_write_branch(&writer, NULL, branch);
    return db_run(db, sql, INT(publication), INT(branch->id), TEXT(writer.text.bytes));
}

/* The names apart, and the rows of the body so that they are found one by one. */
static struct error *
store_rows(struct db *db, int64_t publication, const struct ranking *ranking)
{
    for (size_t i = 0; i < ranking->person_count; i++)
        TRY(store_person(db, publication, ranking, &ranking->people[i]));
    for (size_t i = 0; i < ranking->branch_count; i++)
        TRY(store_branch(db, publication, &ranking->branches[i]));
    return NULL;
}

static struct error *insert_proposal(
    struct db *db, struct publication_proposal *proposal, const struct ranking *ranking,
    const struct recorded *recorded, const char *body, int64_t supersedes)
{
    static const char sql[] =
        "INSERT INTO publication (kind, subject, version, supersedes, title, body, "
        "digest, results, reason, proposed_by, proposed_at, state) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'proposed') "
        "RETURNING id";
    bool found;

    TRY(db_number(
        db, &found, &proposal->id, sql, TEXT(ranking_kind_name(proposal->kind)),
        INT(proposal->subject), INT(recorded->version),
        supersedes ? INT(supersedes) : NONE, TEXT(ranking->title), TEXT(body),
        TEXT(recorded->digest), TEXT(recorded->results), TEXT(proposal->reason),
        INT(proposal->actor), INT(proposal->at)));
    return store_rows(db, proposal->id, ranking);
}

struct error *publication_propose(struct db *db, void *context)
{
    struct publication_proposal *proposal = context;
    struct arena *arena = db_arena(db);
    struct ranking ranking;
    struct newest newest;
    const char *body;

    TRY(ranking_load(db, proposal->kind, proposal->subject, proposal->at, &ranking));
    TRY(read_newest(db, proposal->kind, proposal->subject, &newest));
    TRY(refuse_unless(arena, &ranking, &newest, proposal));
    TRY(publication_body(arena, &ranking, &body));
    const char *results = digest_of(arena, body);
    TRY(publication_compare(db, &ranking));
    TRY(publication_body(arena, &ranking, &body));
    struct recorded recorded = {
        .kind = proposal->kind,
        .subject = proposal->subject,
        .digest = digest_of(arena, body),
        .results = results,
        .supersedes = newest.id ? newest.digest : NULL,
        .reason = proposal->reason,
        .event = "publication_proposed",
        .actor = proposal->actor,
        .role = proposal->role,
        .at = proposal->at,
    };
    if (newest.id && strcmp(newest.results, results) == 0)
        return error_new(
            arena, ERROR_CONFLICT, "publication_unchanged",
            "与已发布的排名完全相同，不需要更正。");
    TRY(next_version(db, proposal, &recorded.version));
    TRY(insert_proposal(db, proposal, &ranking, &recorded, body, newest.id));
    return record(db, &recorded);
}

/* ---- Deciding ---- */

static struct error *read_proposal(
    struct db *db, const struct publication_decision *decision,
    struct recorded *recorded, int64_t *proposer)
{
    static const char sql[] =
        "SELECT p.kind, p.subject, p.version, p.digest, p.reason, p.state, "
        "p.proposed_by, old.digest FROM publication AS p "
        "LEFT JOIN publication AS old ON old.id = p.supersedes WHERE p.id = $1";
    SCOPED_ROWS rows = db_query(db, sql, INT(decision->id));
    struct arena *arena = db_arena(db);

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            arena, ERROR_NOT_FOUND, "publication_unknown", "没有这份排名。");
    }
    if (strcmp(rows_text(&rows, 5), "proposed") != 0)
        return error_new(
            arena, ERROR_CONFLICT, "publication_decided", "这份排名已有决定。");
    if (!ranking_kind_find(rows_text(&rows, 0), &recorded->kind))
        return error_new(
            arena, ERROR_BROKEN, "publication_kind", "the kind of a publication");
    recorded->subject = rows_int(&rows, 1);
    recorded->version = rows_int(&rows, 2);
    recorded->digest = rows_text(&rows, 3);
    recorded->reason = rows_text(&rows, 4);
    recorded->supersedes = rows_text_or_null(&rows, 7);
    *proposer = rows_int(&rows, 6);
    return NULL;
}

/* What was looked at is what is released: nothing may have changed meanwhile. */
static struct error *check_unchanged(
    struct db *db, const struct publication_decision *decision,
    const struct recorded *recorded)
{
    struct arena *arena = db_arena(db);
    struct ranking ranking;
    const char *body;

    TRY(ranking_load(db, recorded->kind, recorded->subject, decision->at, &ranking));
    TRY(publication_compare(db, &ranking));
    TRY(publication_body(arena, &ranking, &body));
    if (strcmp(digest_of(arena, body), recorded->digest) != 0)
        return error_new(
            arena, ERROR_CONFLICT, "publication_outdated",
            "提请之后成绩有了变化，请退回后重新提请。");
    return NULL;
}

static struct error *
queue_webhooks(struct db *db, const struct publication_decision *decision)
{
    static const char sql[] =
        "INSERT INTO webhook_delivery (webhook, publication, attempts, next_at, "
        "answer) "
        "SELECT id, $1, 0, $2, '' FROM webhook WHERE stopped_at IS NULL";

    return db_run(db, sql, INT(decision->id), INT(decision->at));
}

struct error *publication_decide(struct db *db, void *context)
{
    static const char sql[] =
        "UPDATE publication SET state = $1, decided_by = $2, decided_at = $3 "
        "WHERE id = $4";
    struct publication_decision *decision = context;
    struct recorded recorded = {
        .event = decision->release ? "publication_published" : "publication_rejected",
        .actor = decision->actor,
        .role = decision->role,
        .at = decision->at,
    };
    int64_t proposer = 0;

    TRY(read_proposal(db, decision, &recorded, &proposer));
    if (decision->release && proposer == decision->actor)
        return error_new(
            db_arena(db), ERROR_CONFLICT, "publication_same_person",
            "提请人不能确认自己的提请，请由另一人确认。");
    if (decision->release)
        TRY(check_unchanged(db, decision, &recorded));
    TRY(db_run(
        db, sql, TEXT(decision->release ? "published" : "rejected"),
        INT(decision->actor), INT(decision->at), INT(decision->id)));
    TRY(record(db, &recorded));
    return decision->release ? queue_webhooks(db, decision) : NULL;
}
