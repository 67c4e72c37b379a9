#include "courses/pages.h"

#include <assert.h>

#include "base/token.h"
#include "courses/links.h"

enum { ETAG_BYTES = 16 };

static void finish(struct writer *writer, struct catalogue_page *page)
{
    unsigned char digest[TOKEN_DIGEST];
    struct text *text = &writer->text;

    assert(!text->overflowed); /* it was part of a document of that limit */
    token_sha256(text->bytes, text->size, digest);
    *page = (struct catalogue_page){
        .bytes = text->bytes,
        .size = text->size,
        .etag = arena_format(
            text->arena, "\"%s\"", token_hex(text->arena, digest, ETAG_BYTES)),
    };
}

static void write_sections(struct writer *writer, const struct course_lesson *lesson)
{
    writer_array(writer, "sections");
    for (size_t i = 0; i < lesson->text.section_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", lesson->text.sections[i].id);
        writer_text(writer, "title", lesson->text.sections[i].title);
        writer_end(writer);
    }
    writer_end(writer);
}

static const char *slug_at(const struct course *course, size_t index)
{
    return index < course->lesson_count ? course->lessons[index].slug : NULL;
}

void pages_lesson(
    struct arena *arena, const struct course *course, size_t index,
    struct catalogue_page *page)
{
    const struct course_lesson *lesson = &course->lessons[index];
    struct writer writer;

    writer_init(&writer, arena, COURSE_LIMIT);
    writer_object(&writer, NULL);
    writer_text(&writer, "course", course->slug);
    writer_text(&writer, "slug", lesson->slug);
    writer_text(&writer, "title", lesson->text.title);
    writer_text(&writer, "html", lesson->text.html);
    write_sections(&writer, lesson);
    writer_text_or_null(
        &writer, "previous", index > 0 ? slug_at(course, index - 1) : NULL);
    writer_text_or_null(&writer, "next", slug_at(course, index + 1));
    writer_end(&writer);
    finish(&writer, page);
}

void pages_summary(
    struct arena *arena, const struct course *course, struct catalogue_page *page)
{
    struct writer writer;

    writer_init(&writer, arena, COURSE_LIMIT);
    writer_object(&writer, NULL);
    writer_text(&writer, "course", course->slug);
    writer_text(&writer, "course_title", course->title);
    writer_text(&writer, "title", course->summary->text.title);
    writer_text(&writer, "html", course->summary->text.html);
    writer_end(&writer);
    finish(&writer, page);
}

static void write_sources(
    struct writer *writer, const struct catalogue_view *view, const char *slug)
{
    size_t count;
    const struct links_source *sources =
        links_to_entry(writer->text.arena, view, slug, &count);

    writer_array(writer, "lessons");
    for (size_t i = 0; i < count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "course", sources[i].course->slug);
        writer_text(writer, "course_title", sources[i].course->title);
        writer_text(writer, "lesson", sources[i].lesson->slug);
        writer_text(writer, "title", sources[i].lesson->text.title);
        writer_end(writer);
    }
    writer_end(writer);
}

static void
write_kind(struct writer *writer, const struct catalogue_view *view, int kind)
{
    writer_object(writer, NULL);
    writer_text(writer, "kind", handbook_kinds[kind]);
    writer_array(writer, "entries");
    for (size_t i = 0; i < view->handbook->entry_count; i++) {
        const struct course_lesson *entry = &view->handbook->entries[i];
        if (handbook_kind(entry->slug) != kind)
            continue;
        writer_object(writer, NULL);
        writer_text(writer, "slug", entry->slug);
        writer_text(writer, "title", entry->text.title);
        writer_int(writer, "characters", entry->text.characters);
        write_sources(writer, view, entry->slug);
        writer_end(writer);
    }
    writer_end(writer);
    writer_end(writer);
}

void pages_handbook(
    struct arena *arena, const struct catalogue_view *view, struct catalogue_page *page)
{
    struct writer writer;

    writer_init(&writer, arena, HANDBOOK_LIMIT);
    writer_object(&writer, NULL);
    writer_array(&writer, "kinds");
    for (int kind = 0; kind < HANDBOOK_KINDS; kind++)
        write_kind(&writer, view, kind);
    writer_end(&writer);
    writer_end(&writer);
    finish(&writer, page);
}

void pages_entry(
    struct arena *arena, const struct catalogue_view *view, size_t index,
    struct catalogue_page *page)
{
    const struct course_lesson *entry = &view->handbook->entries[index];
    struct writer writer;

    writer_init(&writer, arena, HANDBOOK_LIMIT);
    writer_object(&writer, NULL);
    writer_text(&writer, "slug", entry->slug);
    writer_text(&writer, "kind", handbook_kinds[handbook_kind(entry->slug)]);
    writer_text(&writer, "title", entry->text.title);
    writer_text(&writer, "html", entry->text.html);
    write_sections(&writer, entry);
    write_sources(&writer, view, entry->slug);
    writer_end(&writer);
    finish(&writer, page);
}
