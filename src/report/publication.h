/* publication.h - a ranking as it was published: proposed by one person, released by
 * another, and never changed afterwards. A correction is a new version that names the
 * one before it and says why.
 *
 * The body is the ranking document for the public (ranking_write(): numbers, streets
 * and ids, no names of people); its SHA-256 is the digest that the record of events
 * holds. The names stand beside it and can be removed without touching body or digest.
 */
#ifndef REPORT_PUBLICATION_H
#define REPORT_PUBLICATION_H

#include "base/writer.h"
#include "report/ranking.h"

enum { PUBLICATION_REASON = 600 /* bytes */ };

/* Stands where the name of somebody stood who wants to be named no more. */
#define PUBLICATION_HIDDEN "（应本人要求不显示）"

/* A change: proposes the ranking as it is now. The event "publication_proposed" of the
 * subject holds version and digest.
 * Errors: ranking_load()'s; ERROR_CONFLICT "ranking_not_final", "publication_open"
 * (one waits for its decision), "publication_unchanged" (it says the same as the last
 * one); ERROR_INVALID "reason_needed" for a correction without a reason. */
struct publication_proposal {
    enum ranking_kind kind;
    int64_t subject;
    const char *reason; /* "" for a first version */
    int64_t actor;
    const char *role;
    int64_t at;
    int64_t id; /* set: of the publication */
};
store_change publication_propose;

/* A change: releases or rejects a proposal. The event "publication_published" or
 * "publication_rejected" follows. Who is told of publications by webhook is put on the
 * list of deliveries.
 * Errors: ERROR_NOT_FOUND "publication_unknown"; ERROR_CONFLICT
 * "publication_decided", "publication_same_person" (the proposer cannot release),
 * "publication_outdated" (the results have changed since the proposal). */
struct publication_decision {
    int64_t id;
    bool release;
    int64_t actor;
    const char *role;
    int64_t at;
};
store_change publication_decide;

/* Puts the ranks of the publication that the formula compares with, or of the newest
 * one of the same subject, beside those of the ranking. */
struct error *publication_compare(struct db *db, struct ranking *ranking) MUST_CHECK;

/* The body of a ranking, in the arena. Errors: ERROR_BROKEN "ranking_too_large". */
struct error *publication_body(
    struct arena *arena, const struct ranking *ranking, const char **body) MUST_CHECK;

/* Which publications a list shows. */
enum publication_eyes { PUBLICATION_ALL, PUBLICATION_PUBLIC };

/* Writes the array "publications", the newest first:
 *   [{"id", "kind", "subject", "version", "supersedes": id | null, "superseded_by": id
 * | null, "title", "digest", "reason", "state", "proposed_at", "proposed_by": name,
 *     "decided_at" | null, "decided_by": name | null}]
 * The public sees what was published, without the names of who decided. */
struct error *publication_write_list(
    struct db *db, struct writer *writer, enum publication_eyes eyes) MUST_CHECK;

/* Writes "publication" (as above), "names": {"PERSON": name} and "ranking": the body.
 * Errors: ERROR_NOT_FOUND "publication_unknown", for the public also what was not
 * published. */
struct error *publication_write(
    struct db *db, struct writer *writer, int64_t id,
    enum publication_eyes eyes) MUST_CHECK;

/* The body as it was hashed. Errors: as above. */
struct error *publication_read_body(
    struct db *db, int64_t id, const char **body, const char **digest) MUST_CHECK;

#endif
