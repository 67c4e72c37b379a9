#include "practice/practice_views.h"

#include <string.h>

#include "base/token.h"
#include "quiz/views_question.h"

/* ---- Counting ---- */

struct counts {
    int64_t questions;
    int64_t answered; /* ever */
    int64_t wrong;    /* in the wrong book */
    int64_t bookmarked;
    int64_t due;
};

struct lesson_counts {
    const char *course;
    const char *lesson;
    struct counts counts;
};

static void
count_item(struct counts *counts, const struct practice_state *state, int64_t day)
{
    counts->questions++;
    counts->answered += state->last_at > 0;
    counts->wrong += practice_in_wrong_book(state);
    counts->bookmarked += state->bookmarked;
    counts->due += practice_is_due(state, day);
}

static struct lesson_counts *find_lesson(
    struct lesson_counts *lessons, size_t *count, const struct paper_question *question)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(lessons[i].course, question->course) == 0 &&
            strcmp(lessons[i].lesson, question->lesson) == 0)
            return &lessons[i];
    struct lesson_counts *made = &lessons[(*count)++];
    *made = (struct lesson_counts){question->course, question->lesson, {0}};
    return made;
}

static void write_counts(struct writer *writer, const struct counts *counts)
{
    writer_int(writer, "questions", counts->questions);
    writer_int(writer, "answered", counts->answered);
    writer_int(writer, "wrong", counts->wrong);
    writer_int(writer, "bookmarked", counts->bookmarked);
    writer_int(writer, "due", counts->due);
}

static bool is_new_course(const struct lesson_counts *lessons, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(lessons[i].course, lessons[index].course) == 0)
            return false;
    return true;
}

static void write_course(
    struct writer *writer, const struct lesson_counts *lessons, size_t count,
    const char *course)
{
    writer_object(writer, NULL);
    writer_text(writer, "course", course);
    writer_array(writer, "lessons");
    for (size_t i = 0; i < count; i++) {
        if (strcmp(lessons[i].course, course) != 0)
            continue;
        writer_object(writer, NULL);
        writer_text(writer, "lesson", lessons[i].lesson);
        write_counts(writer, &lessons[i].counts);
        writer_end(writer);
    }
    writer_end(writer);
    writer_end(writer);
}

void practice_views_counts(
    struct arena *arena, const struct practice_knowledge *knowledge, int64_t day,
    struct writer *writer)
{
    const struct practice_view *view = knowledge->view;
    struct lesson_counts *lessons =
        arena_alloc(arena, (view->count + 1) * sizeof lessons[0]);
    struct counts all = {0};
    size_t count = 0;
    int64_t held_back = 0;

    for (size_t i = 0; i < view->count; i++) {
        const struct practice_state *state = &knowledge->states[i];
        held_back += knowledge->held_back[i];
        if (knowledge->held_back[i])
            continue;
        count_item(&all, state, day);
        count_item(
            &find_lesson(lessons, &count, view->items[i].question)->counts, state, day);
    }
    write_counts(writer, &all);
    writer_int(writer, "held_back", held_back);
    writer_array(writer, "courses");
    for (size_t i = 0; i < count; i++)
        if (is_new_course(lessons, i))
            write_course(writer, lessons, count, lessons[i].course);
    writer_end(writer);
}

void practice_views_weak(
    const struct practice_lessons *lessons, size_t most, struct writer *writer)
{
    writer_array(writer, "weak");
    for (size_t i = 0; i < lessons->count && i < most; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "course", lessons->entries[i].course);
        writer_text(writer, "lesson", lessons->entries[i].lesson);
        writer_int(writer, "earned", lessons->entries[i].earned);
        writer_int(writer, "points", lessons->entries[i].points);
        writer_end(writer);
    }
    writer_end(writer);
}

/* ---- A session ---- */

static void write_cases(struct writer *writer, const struct practice_pick *pick)
{
    const struct paper_case *before = NULL;

    writer_array(writer, "cases");
    for (size_t i = 0; i < pick->count; i++) {
        const struct paper_case *owner = pick->items[i]->owner;
        if (owner && owner != before) {
            writer_object(writer, NULL);
            writer_text(writer, "id", owner->id);
            writer_text(writer, "html", owner->html);
            writer_end(writer);
        }
        before = owner;
    }
    writer_end(writer);
}

void practice_views_session(
    struct arena *arena, const struct practice_knowledge *knowledge,
    const struct practice_pick *pick, struct writer *writer)
{
    const char *name = token_random(arena);

    writer_array(writer, "questions");
    for (size_t i = 0; i < pick->count; i++) {
        const struct practice_item *item = pick->items[i];
        const struct practice_state *state =
            &knowledge->states[item - knowledge->view->items];
        struct layout_question placed;
        layout_one(arena, item->paper, item->question, name, &placed);
        writer_object(writer, NULL);
        views_question(writer, &placed, i + 1);
        writer_text(writer, "course", item->question->course);
        writer_text(writer, "lesson", item->question->lesson);
        writer_int(writer, "difficulty", item->question->difficulty);
        writer_bool(writer, "bookmarked", state->bookmarked);
        writer_bool(writer, "in_wrong_book", practice_in_wrong_book(state));
        writer_end(writer);
    }
    writer_end(writer);
    write_cases(writer, pick);
    writer_int(writer, "available", (int64_t)pick->available);
}

/* ---- A marked answer ---- */

void practice_views_key(
    const struct practice_view *view, const struct practice_item *item,
    struct writer *writer)
{
    const struct practice_unit *unit = &view->units[item->unit];
    size_t last = unit->first + unit->count - 1;
    bool ends_case = item->owner && item == &view->items[last];

    views_key(writer, item->question);
    writer_text_or_null(
        writer, "case_solution_html", ends_case ? item->owner->solution_html : NULL);
}

void practice_views_state(
    const struct practice_state *state, int64_t day, struct writer *writer)
{
    writer_int(writer, "streak", state->streak);
    writer_int(writer, "box", state->box);
    writer_int(writer, "due_in_days", state->box ? state->due_day - day : 0);
    writer_bool(writer, "in_wrong_book", practice_in_wrong_book(state));
    writer_bool(writer, "bookmarked", state->bookmarked);
}
