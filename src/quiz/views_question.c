#include "quiz/views_question.h"

static void write_piece(struct writer *writer, const char *id, const char *html)
{
    writer_object(writer, NULL);
    writer_text(writer, "id", id);
    writer_text(writer, "html", html);
    writer_end(writer);
}

void views_question(
    struct writer *writer, const struct layout_question *placed, size_t number)
{
    const struct paper_question *question = placed->question;

    writer_text(writer, "id", question->id);
    writer_int(writer, "number", (int64_t)number);
    writer_text(writer, "type", paper_type_name(question->type));
    writer_text(writer, "stem_html", question->stem_html);
    writer_int(writer, "points", question->points);
    writer_text(writer, "case_id", question->case_id);
    writer_array(writer, "options");
    for (size_t i = 0; i < question->option_count; i++)
        write_piece(writer, placed->options[i]->id, placed->options[i]->html);
    writer_end(writer);
    writer_array(writer, "prompts");
    for (size_t i = 0; i < question->prompt_count; i++)
        write_piece(writer, question->prompts[i].id, question->prompts[i].html);
    writer_end(writer);
}

void views_cases(struct writer *writer, const struct paper *paper, bool with_solution)
{
    writer_array(writer, "cases");
    for (size_t i = 0; i < paper->case_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", paper->cases[i].id);
        writer_text(writer, "html", paper->cases[i].html);
        if (with_solution)
            writer_text(writer, "solution_html", paper->cases[i].solution_html);
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_texts(
    struct writer *writer, const char *key, const char *const *texts, size_t count)
{
    writer_array(writer, key);
    for (size_t i = 0; i < count; i++)
        writer_text(writer, NULL, texts[i]);
    writer_end(writer);
}

static void write_right(struct writer *writer, const struct paper_question *question)
{
    writer_array(writer, "right");
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->type == PAPER_ORDERING)
            writer_text(writer, NULL, question->order[i]->id);
        else if (question->options[i].right)
            writer_text(writer, NULL, question->options[i].id);
    }
    writer_end(writer);
    writer_object(writer, "pairs");
    for (size_t i = 0; i < question->prompt_count; i++)
        writer_text(writer, question->prompts[i].id, question->prompts[i].option->id);
    writer_end(writer);
}

static void write_values(struct writer *writer, const struct paper_question *question)
{
    writer_array(writer, "values");
    for (size_t i = 0; i < question->value_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "value", question->values[i].value);
        writer_text(writer, "tolerance", question->values[i].tolerance);
        writer_end(writer);
    }
    writer_end(writer);
}

void views_key(struct writer *writer, const struct paper_question *question)
{
    write_right(writer, question);
    write_texts(
        writer, "alternatives", question->alternatives, question->alternative_count);
    write_values(writer, question);
    write_texts(writer, "units", question->units, question->unit_count);
    writer_text(writer, "guide_html", question->guide_html);
    writer_text(writer, "explanation_html", question->explanation_html);
    writer_text(writer, "course", question->course);
    writer_text(writer, "lesson", question->lesson);
}
