/* Where the questions of a paper come from: its own folder and those beside it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "format/slug.h"
#include "quiz/paper_build.h"

static bool is_missing(const char *file)
{
    int descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (descriptor < 0)
        return errno == ENOENT;
    (void)close(descriptor);
    return false;
}

struct xml_node *building_open(struct building *building, const char *file)
{
    const char *schema =
        arena_format(building->arena, "%s/../schema/paper.rng", building->directory);
    struct source source;

    if (!source_read(building->findings, file, XML_LIMIT, &source))
        return NULL;
    return xml_read(building->findings, &source, schema);
}

static const struct moodle_question *find_before(
    const struct building *building, size_t banks, const char *id, const char **slug)
{
    for (size_t i = 0; i < banks; i++) {
        const struct building_bank *bank = &building->banks[i];
        const struct moodle_question *found = moodle_find(&bank->questions, id);
        *slug = bank->slug;
        if (found)
            return found;
    }
    return NULL;
}

/* An idnumber is the name of one question, whichever paper it stands in. */
static void refuse_shared(struct building *building, const struct building_bank *bank)
{
    size_t before = (size_t)(bank - building->banks);
    const char *slug;

    for (size_t i = 0; i < bank->questions.count; i++) {
        const struct moodle_question *one = &bank->questions.questions[i];
        if (find_before(building, before, one->question.id, &slug))
            findings_add(
                building->findings, bank->file, one->line,
                "题目编号 %s 在题库 %s 里已经用过。", one->question.id, slug);
    }
}

static void set_course(
    struct building *building, const struct building_bank *bank, const char *course)
{
    for (size_t i = 0; i < bank->questions.count; i++) {
        struct moodle_question *one = &bank->questions.questions[i];
        const char *tagged = one->question.course;
        if (*tagged && strcmp(tagged, course) != 0)
            findings_add(
                building->findings, bank->file, one->line,
                "题目 %s：标签 course:%s 与 quiz.xml 的课程 %s 不同。",
                one->question.id, tagged, course);
        one->question.course = course;
    }
}

/* `course`: of the folder; NULL: its questions say it themselves. */
static void open_bank(
    struct building *building, const char *folder, const char *slug, const char *course)
{
    struct building_bank *bank = &building->banks[building->bank_count];
    const char *schema = arena_format(
        building->arena, "%s/../schema/questions.rng", building->directory);
    struct source source;

    *bank = (struct building_bank){
        .slug = slug,
        .file = arena_format(building->arena, "%s/questions.xml", folder),
    };
    if (!source_read(building->findings, bank->file, XML_LIMIT, &source) ||
        !moodle_read(building->findings, &source, schema, &bank->questions))
        return;
    building->bank_count++;
    if (course)
        set_course(building, bank, course);
    refuse_shared(building, bank);
}

static const char *course_of(struct building *building, struct xml_node *root)
{
    struct xml_node *node = root ? xml_child(root, "course") : NULL;

    return node ? xml_token(building->arena, node) : NULL;
}

static bool is_open(const struct building *building, const char *slug)
{
    for (size_t i = 0; i < building->bank_count; i++)
        if (strcmp(building->banks[i].slug, slug) == 0)
            return true;
    return strcmp(building->paper.slug, slug) == 0;
}

static void open_named_bank(struct building *building, struct xml_node *node)
{
    const char *slug = xml_attribute(building->arena, node, "ref");
    const char *folder =
        arena_format(building->arena, "%s/../%s", building->directory, slug);
    const char *file = arena_format(building->arena, "%s/quiz.xml", folder);
    const char *course = NULL;

    if (is_open(building, slug)) {
        building_refuse(building, xml_line(node), "题库 %s 重复。", slug);
        return;
    }
    if (!is_missing(file)) {
        struct xml_node *root = building_open(building, file);
        if (!root)
            return;
        course = course_of(building, root);
    }
    open_bank(building, folder, slug, course);
}

bool building_open_banks(struct building *building, struct xml_node *root)
{
    size_t findings_before = building->findings->count;
    struct xml_node *banks = root ? xml_child(root, "banks") : NULL;
    struct xml_node *first = banks ? xml_child(banks, "bank") : NULL;
    const char *own =
        arena_format(building->arena, "%s/questions.xml", building->directory);
    size_t count = 1;

    for (struct xml_node *node = first; node; node = xml_next(node, "bank"))
        count++;
    if (count > PAPER_BANKS) {
        building_refuse(building, 0, "题库太多：一份试卷最多 %d 个。", PAPER_BANKS - 1);
        return false;
    }
    building->banks = arena_alloc(building->arena, count * sizeof building->banks[0]);
    if (!banks || !is_missing(own))
        open_bank(
            building, building->directory, building->paper.slug,
            course_of(building, root));
    for (struct xml_node *node = first; node; node = xml_next(node, "bank"))
        open_named_bank(building, node);
    return building->findings->count == findings_before;
}

bool building_open_own(struct building *building, struct xml_node *root)
{
    size_t findings_before = building->findings->count;

    building->banks = arena_alloc(building->arena, sizeof building->banks[0]);
    open_bank(
        building, building->directory, building->paper.slug, course_of(building, root));
    return building->findings->count == findings_before;
}

size_t building_count(const struct building *building)
{
    size_t count = 0;

    for (size_t i = 0; i < building->bank_count; i++)
        count += building->banks[i].questions.count;
    return count;
}

const struct moodle_question *building_find(
    const struct building *building, const char *id, const struct building_bank **bank)
{
    for (size_t i = 0; i < building->bank_count; i++) {
        const struct moodle_question *found =
            moodle_find(&building->banks[i].questions, id);
        *bank = &building->banks[i];
        if (found)
            return found;
    }
    return NULL;
}
