#include "check/references.h"

#include <stdlib.h>
#include <string.h>

/* What links may lead to, and whether one does. */
struct target {
    const char *path;        /* below courses: "01-a/figures/x.svg" */
    const struct page *page; /* NULL for a figure */
    bool is_used;            /* from any page; a handbook entry: from a lesson */
};

struct targets {
    struct target *all;
    size_t count;
};

struct link {
    const struct page *page;
    const char *address; /* as written */
    int line;
};

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static void add_target(
    struct arena *arena, struct targets *targets, const char *path,
    const struct page *page)
{
    targets->all[targets->count++] =
        (struct target){.path = arena_copy(arena, path), .page = page};
}

static void
add_page(struct arena *arena, struct targets *targets, const struct page *page)
{
    add_target(
        arena, targets, arena_format(arena, "%s/%s", page->folder, page->name), page);
}

static struct targets
list_targets(struct arena *arena, const struct curriculum *curriculum)
{
    struct targets targets = {0};
    size_t most = curriculum->handbook_count;

    for (size_t i = 0; i < curriculum->course_count; i++)
        most += curriculum->courses[i].lesson_count +
                curriculum->courses[i].figure_count + 1;
    targets.all = arena_alloc(arena, (most + 1) * sizeof targets.all[0]);
    for (size_t i = 0; i < curriculum->course_count; i++) {
        const struct curriculum_course *course = &curriculum->courses[i];
        for (size_t j = 0; j < course->lesson_count; j++)
            add_page(arena, &targets, &course->lessons[j]);
        if (course->summary)
            add_page(arena, &targets, course->summary);
        for (size_t j = 0; j < course->figure_count; j++)
            add_target(
                arena, &targets,
                arena_format(arena, "%s/figures/%s", course->slug, course->figures[j]),
                NULL);
    }
    for (size_t i = 0; i < curriculum->handbook_count; i++)
        add_page(arena, &targets, &curriculum->handbook[i]);
    return targets;
}

/* "01-a" and "../handbook/./x.md" become "handbook/x.md"; NULL above the top. */
static const char *resolve(struct arena *arena, const char *folder, const char *address)
{
    const char *from = arena_format(arena, "%s/%s", folder, address);
    char *path = arena_alloc(arena, strlen(from) + 2);
    size_t length = 0; /* of what is kept, each part with a slash behind it */

    while (*from) {
        size_t size = strcspn(from, "/");
        bool is_up = size == 2 && begins_with(from, "..");
        bool is_here = size == 0 || (size == 1 && *from == '.');
        if (is_up && length == 0)
            return NULL;
        if (is_up) {
            for (length--; length > 0 && path[length - 1] != '/'; length--)
                ;
        } else if (!is_here) {
            memcpy(path + length, from, size);
            path[length + size] = '/';
            length += size + 1;
        }
        from += size + (from[size] == '/');
    }
    path[length > 0 ? length - 1 : 0] = '\0';
    return path;
}

static struct target *find_target(const struct targets *targets, const char *path)
{
    for (size_t i = 0; path && i < targets->count; i++) {
        if (strcmp(targets->all[i].path, path) == 0)
            return &targets->all[i];
    }
    return NULL;
}

/* Pages number their sections: s1 is the first ## heading. */
static size_t count_sections(struct arena *arena, const struct page *page)
{
    size_t count = 0;
    int level = 0;

    for (size_t i = 0; i < page->line_count; i++)
        count += page_heading(arena, &page->lines[i], &level) && level == 2;
    return count;
}

static void check_anchor(
    struct findings *findings, const struct link *link, const struct page *page,
    const char *anchor)
{
    size_t sections = count_sections(findings->arena, page);
    size_t digits = anchor[0] == 's' ? strspn(anchor + 1, "0123456789") : 0;
    bool is_section = digits > 0 && digits < 6 && anchor[1 + digits] == '\0' &&
                      anchor[1] != '0' && strtoul(anchor + 1, NULL, 10) <= sections;

    if (is_section)
        return;
    if (sections == 0)
        findings_add_rule(
            findings, "link-anchor", link->page->file, link->line,
            "“#%.60s”指不到任何小节，请去掉。", anchor);
    else
        findings_add_rule(
            findings, "link-anchor", link->page->file, link->line,
            "没有小节“#%.60s”，请写成 #s1 到 #s%zu（第几个 ## 标题）。", anchor,
            sections);
}

static void check_outside(struct findings *findings, const struct link *link)
{
    const char *host = strstr(link->address, "//") + 2;
    size_t size = strcspn(host, "/?#:");
    const char *dot = memchr(host, '.', size);
    bool is_good = dot && dot > host && dot + 1 < host + size;

    for (const char *c = link->address; *c; c++)
        is_good &= (unsigned char)*c > ' ' && (unsigned char)*c < 0x7F;
    if (!is_good)
        findings_add_rule(
            findings, "link-form", link->page->file, link->line,
            "网址“%.80s”不完整或夹有中文符号，请核对。", link->address);
}

static void mark_used(struct target *target, const struct link *link)
{
    bool is_entry = target->page && target->page->kind == PAGE_HANDBOOK;

    if (!is_entry || link->page->kind == PAGE_LESSON)
        target->is_used = true;
}

static void check_inside(
    struct findings *findings, const struct link *link, const struct targets *targets)
{
    struct arena *arena = findings->arena;
    size_t size = strcspn(link->address, "?#");
    const char *path = arena_copy_bytes(arena, link->address, size);
    const char *anchor = strchr(link->address, '#');
    const struct page *page = link->page;

    if (size > 0) {
        struct target *target =
            find_target(targets, resolve(arena, link->page->folder, path));
        if (!target || path[0] == '/') {
            findings_add_rule(
                findings, "link-dead", link->page->file, link->line,
                "链接“%.80s”指向的文件不存在，请改成现有的课文、手册条目或图。",
                link->address);
            return;
        }
        mark_used(target, link);
        page = target->page;
    }
    if (anchor && page)
        check_anchor(findings, link, page, anchor + 1);
}

static void check_link(
    struct findings *findings, const struct link *link, const struct targets *targets)
{
    size_t first = strcspn(link->address, ":/?#");

    if (begins_with(link->address, "http://") || begins_with(link->address, "https://"))
        check_outside(findings, link);
    else if (link->address[first] != ':' && !begins_with(link->address, "//"))
        check_inside(findings, link, targets);
    /* Other schemes are refused where Markdown is read. */
}

/* The address of "](…)": up to a space or the bracket that closes it. */
static const char *read_address(struct arena *arena, const char *from)
{
    size_t depth = 0;
    size_t size = 0;

    from += strspn(from, " ");
    if (*from == '<')
        return arena_copy_bytes(arena, from + 1, strcspn(from + 1, ">"));
    for (; from[size] && from[size] != ' '; size++) {
        if (from[size] == '(')
            depth++;
        if (from[size] == ')' && depth-- == 0)
            break;
    }
    return arena_copy_bytes(arena, from, size);
}

static void
check_page_links(struct findings *findings, const struct page *page, void *context)
{
    for (size_t i = 0; i < page->line_count; i++) {
        const struct page_line *line = &page->lines[i];
        if (line->is_code)
            continue;
        const char *text = page_without_code(findings->arena, line->text);
        for (const char *at = text; (at = strstr(at, "](")); at += 2) {
            const struct link link = {
                .page = page,
                .address = read_address(findings->arena, at + 2),
                .line = line->number,
            };
            if (*link.address)
                check_link(findings, &link, context);
        }
    }
}

static void check_used(
    struct findings *findings, const struct curriculum *curriculum,
    const struct targets *targets)
{
    struct arena *arena = findings->arena;

    for (size_t i = 0; i < curriculum->course_count; i++) {
        const struct curriculum_course *course = &curriculum->courses[i];
        for (size_t j = 0; j < course->figure_count; j++) {
            const char *name = arena_format(arena, "figures/%s", course->figures[j]);
            const char *path = arena_format(arena, "%s/%s", course->slug, name);
            const struct target *target = find_target(targets, path);
            if (target && !target->is_used)
                findings_add_rule(
                    findings, "figure-unused",
                    arena_format(arena, "%s/%s", course->folder, name), 0,
                    "没有课文用到这张图，请用 ![图：说明](%s) 插入或删去。", name);
        }
    }
    for (size_t i = 0; i < targets->count; i++) {
        const struct target *target = &targets->all[i];
        if (target->page && target->page->kind == PAGE_HANDBOOK && !target->is_used)
            findings_add_rule(
                findings, "handbook-unlinked", target->page->file, 0,
                "没有课文链接到这个手册条目，请在课文里加上 [标题](../%s)。",
                target->path);
    }
}

void references_check(struct findings *findings, const struct curriculum *curriculum)
{
    struct targets targets = list_targets(findings->arena, curriculum);

    curriculum_pages(findings, curriculum, check_page_links, &targets);
    curriculum_question_texts(findings, curriculum, check_page_links, &targets);
    check_used(findings, curriculum, &targets);
}
