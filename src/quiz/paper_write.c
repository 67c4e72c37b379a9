/* From a paper to its document. */
#include "base/input.h"
#include "base/writer.h"
#include "quiz/paper.h"

static void write_texts(
    struct writer *writer, const char *key, const char *const *texts, size_t count)
{
    writer_array(writer, key);
    for (size_t i = 0; i < count; i++)
        writer_text(writer, NULL, texts[i]);
    writer_end(writer);
}

static void write_options(struct writer *writer, const struct paper_question *question)
{
    writer_array(writer, "options");
    for (size_t i = 0; i < question->option_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", question->options[i].id);
        writer_text(writer, "html", question->options[i].html);
        writer_end(writer);
    }
    writer_end(writer);
    writer_array(writer, "right");
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->type == PAPER_ORDERING)
            writer_text(writer, NULL, question->order[i]->id);
        else if (question->options[i].right)
            writer_text(writer, NULL, question->options[i].id);
    }
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
    write_texts(writer, "units", question->units, question->unit_count);
}

static void write_prompts(struct writer *writer, const struct paper_question *question)
{
    writer_array(writer, "prompts");
    for (size_t i = 0; i < question->prompt_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", question->prompts[i].id);
        writer_text(writer, "html", question->prompts[i].html);
        writer_text(writer, "option", question->prompts[i].option->id);
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_question(struct writer *writer, const struct paper_question *question)
{
    writer_object(writer, NULL);
    writer_text(writer, "id", question->id);
    writer_text(writer, "type", paper_type_name(question->type));
    writer_text(writer, "stem_html", question->stem_html);
    writer_int(writer, "points", question->points);
    writer_bool(writer, "fixed_order", question->fixed_order);
    write_options(writer, question);
    write_texts(
        writer, "alternatives", question->alternatives, question->alternative_count);
    writer_bool(writer, "case_sensitive", question->case_sensitive);
    write_values(writer, question);
    write_prompts(writer, question);
    writer_text(writer, "grading", paper_grading_name(question->grading));
    writer_text(writer, "guide_html", question->guide_html);
    writer_text(writer, "case", question->case_id);
    writer_text(writer, "course", question->course);
    writer_text(writer, "explanation_html", question->explanation_html);
    writer_text(writer, "lesson", question->lesson);
    write_texts(writer, "facts", question->facts, question->fact_count);
    writer_int(writer, "difficulty", question->difficulty);
    writer_text(writer, "point", question->point);
    writer_end(writer);
}

static void write_parts(struct writer *writer, const struct paper *paper)
{
    writer_array(writer, "parts");
    for (size_t p = 0; p < paper->part_count; p++) {
        const struct paper_part *part = &paper->parts[p];
        writer_object(writer, NULL);
        writer_text(writer, "title", part->title);
        writer_array(writer, "questions");
        for (size_t q = 0; q < part->question_count; q++)
            write_question(writer, &part->questions[q]);
        writer_end(writer);
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_case(struct writer *writer, const struct paper_case *one)
{
    writer_array(writer, "calls");
    for (size_t i = 0; i < one->call_count; i++)
        writer_text(writer, NULL, one->calls[i]);
    writer_end(writer);
    writer_text(writer, "html", one->html);
    writer_text(writer, "id", one->id);
    writer_text(writer, "solution_html", one->solution_html);
    writer_int(writer, "within_minutes", one->within_minutes);
}

static void write_cases(struct writer *writer, const struct paper *paper)
{
    writer_array(writer, "cases");
    for (size_t i = 0; i < paper->case_count; i++) {
        writer_object(writer, NULL);
        write_case(writer, &paper->cases[i]);
        writer_end(writer);
    }
    writer_end(writer);
}

const char *paper_write(struct arena *arena, const struct paper *paper)
{
    struct writer writer;
    json_t *document;

    writer_init(&writer, arena, PAPER_LIMIT);
    writer_object(&writer, NULL);
    writer_text(&writer, "slug", paper->slug);
    writer_text(&writer, "title", paper->title);
    writer_text(&writer, "kind", paper->kind == PAPER_BUZZER ? "buzzer" : "quiz");
    writer_text(&writer, "course", paper->course);
    writer_int(&writer, "minutes", paper->minutes);
    writer_int(&writer, "pass_percent", paper->pass_percent);
    writer_bool(&writer, "shuffle_questions", paper->shuffle_questions);
    writer_bool(&writer, "shuffle_options", paper->shuffle_options);
    writer_text(&writer, "policy", response_policy_name(paper->policy));
    writer_int(&writer, "policy_fixed", paper->policy_fixed);
    writer_text(&writer, "instructions", paper->instructions);
    writer_text(&writer, "seed", paper->seed);
    writer_int(&writer, "points", paper->points);
    write_cases(&writer, paper);
    write_parts(&writer, paper);
    writer_end(&writer);
    if (writer.text.overflowed ||
        input_parse(arena, writer.text.bytes, writer.text.size, &document) != NULL)
        return NULL;
    return input_canonical(arena, document);
}
