#include "quiz/window.h"

#include <inttypes.h>

#include "quiz/attempt.h"
#include "store/chain.h"

static struct error *refuse_while_running(struct db *db, int64_t quiz)
{
    static const char sql[] =
        "SELECT count(*) FROM attempt WHERE quiz = $1 AND state = 'in_progress'";
    bool found;
    int64_t count;

    TRY(db_number(db, &found, &count, sql, INT(quiz)));
    if (!count)
        return NULL;
    return error_make(
        db_arena(db), ERROR_CONFLICT, "quiz_running",
        "还有 %" PRId64 " 人正在作答，等他们交卷后再结束。", count);
}

struct error *window_close(struct db *db, void *context)
{
    static const char sql[] = "UPDATE quiz SET window_close = $1 WHERE id = $2";
    const struct window_closing *closing = context;
    struct arena *arena = db_arena(db);
    struct quiz quiz;

    TRY(attempt_quiz(db, closing->quiz, &quiz));
    if (quiz.window_close <= closing->at)
        return error_new(arena, ERROR_CONFLICT, "quiz_closed", "这场测验已经结束。");
    TRY(refuse_while_running(db, closing->quiz));
    TRY(db_run(db, sql, INT(closing->at), INT(closing->quiz)));
    return chain_record(
        db, &(struct chain_event){
                .subject = arena_format(arena, "quiz/%" PRId64, closing->quiz),
                .at = closing->at,
                .actor = closing->actor,
                .role = closing->role,
                .kind = "window_closed",
                .body = json_object(),
            });
}
