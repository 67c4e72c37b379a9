#include "quiz/results.h"

struct error *
results_grade(struct db *db, int64_t quiz, int64_t person, struct quiz_grade *grade)
{
    static const char sql[] =
        "SELECT id, grade, points, receipt FROM attempt "
        "WHERE quiz = $1 AND person = $2 AND state <> 'in_progress' "
        "AND coalesce((SELECT status FROM quiz_status WHERE quiz = $1 AND person = $2 "
        "ORDER BY id DESC LIMIT 1), 'normal') <> 'voided'";
    SCOPED_ROWS rows = db_query(db, sql, INT(quiz), INT(person));

    *grade = (struct quiz_grade){.receipt = ""};
    if (rows_next(&rows))
        *grade = (struct quiz_grade){
            .found = true,
            .attempt = rows_int(&rows, 0),
            .grade = rows_int(&rows, 1),
            .points = rows_int(&rows, 2),
            .receipt = rows_text(&rows, 3),
        };
    return rows_error(&rows);
}
