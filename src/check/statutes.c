#include "check/statutes.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

enum {
    NAME_LONGEST = 150,  /* bytes between 《 and 》 */
    DATE_WITHIN = 80,    /* characters behind the name */
    REMARK_WITHIN = 80,  /* characters of （…） between name and article */
    YEAR_TO_EFFECT = 12, /* characters between 2021年 and 施行 */
    QUESTION_LIMIT = 1024 * 1024,
};

/* One 《…》 in a text. */
struct mention {
    const char *name; /* without 中华人民共和国 and without remarks in brackets */
    const char *at;   /* 《 */
    const char *end;  /* behind 》 */
};

static const char open_mark[] = "《";
static const char close_mark[] = "》";

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* The next mention from *from on, which moves behind it. */
static bool
next_mention(struct arena *arena, const char **from, struct mention *mention)
{
    static const char state[] = "中华人民共和国";
    const char *open;

    while ((open = strstr(*from, open_mark))) {
        const char *name = open + strlen(open_mark);
        const char *close = strstr(name, close_mark);
        *from = name;
        if (!close || close - name > NAME_LONGEST)
            continue;
        if (begins_with(name, state) && name + strlen(state) < close)
            name += strlen(state);
        char *copy = arena_copy_bytes(arena, name, (size_t)(close - name));
        char *remark = strstr(copy, "（");
        if (remark && remark > copy)
            *remark = '\0';
        *mention = (struct mention){copy, open, close + strlen(close_mark)};
        *from = mention->end;
        return true;
    }
    return false;
}

/* How many bytes of numerals, Arabic or Chinese, stand here. */
static size_t numeral_size(const char *text)
{
    static const char numerals[] = "一二三四五六七八九十百千零〇两"
                                   "0123456789";
    size_t size = 0;
    uint32_t c;
    size_t step;

    while ((step = utf8_decode(text + size, strnlen(text + size, 4), &c)) > 0) {
        char character[5] = "";
        memcpy(character, text + size, step);
        if (!strstr(numerals, character))
            break;
        size += step;
    }
    return size;
}

/* 第278条, 第二百七十八条; `needs_ordinal`: not 278条 alone. */
static bool is_article(const char *text, bool needs_ordinal)
{
    bool is_ordinal = begins_with(text, "第");

    if (is_ordinal)
        text += strlen("第");
    size_t size = numeral_size(text);
    return (is_ordinal || !needs_ordinal) && size > 0 && begins_with(text + size, "条");
}

/* Behind "（2021年1月1日起施行）" and the like, and behind 的. */
static const char *skip_remarks(const char *text)
{
    static const struct {
        const char *open;
        const char *close;
    } brackets[] = {{"（", "）"}, {"(", ")"}};

    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++) {
        if (!begins_with(text, brackets[i].open))
            continue;
        const char *close = strstr(text, brackets[i].close);
        if (close && utf8_length(text, (size_t)(close - text)) <= REMARK_WITHIN)
            text = close + strlen(brackets[i].close);
    }
    if (begins_with(text, "的"))
        text += strlen("的");
    return text + strspn(text, " ");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 2021年, with no digit in front. */
static bool is_year(const char *start, const char *at)
{
    return (at == start || !is_digit(at[-1])) && is_digit(at[0]) && is_digit(at[1]) &&
           is_digit(at[2]) && is_digit(at[3]) && begins_with(at + 4, "年");
}

/* "2021年1月1日起施行" begins and ends between the two. */
static bool holds_date(const char *from, const char *to)
{
    static const char *const words[] = {"施行", "生效", "起实施"};

    for (const char *at = from; at + 4 < to; at++) {
        if (!is_year(from, at))
            continue;
        const char *behind = at + 4 + strlen("年");
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            const char *word = strstr(behind, words[i]);
            if (word && word + strlen(words[i]) <= to &&
                utf8_length(behind, (size_t)(word - behind)) <= YEAR_TO_EFFECT &&
                !memmem(behind, (size_t)(word - behind), "。", strlen("。")))
                return true;
        }
    }
    return false;
}

/* At most so many characters from here, and not into the next name. */
static const char *window_end(const char *from)
{
    const char *next = strstr(from, open_mark);
    const char *to = from;
    uint32_t c;
    size_t step;

    for (int i = 0; i < DATE_WITHIN && (!next || to < next); i++) {
        step = utf8_decode(to, strnlen(to, 4), &c);
        if (step == 0)
            break;
        to += step;
    }
    return to;
}

static bool ends_with(const char *text, const char *end, const char *ending)
{
    size_t size = strlen(ending);

    return (size_t)(end - text) >= size && memcmp(end - size, ending, size) == 0;
}

/* "2021年1月1日起施行的《law》": the date ends right before the name. */
static bool date_precedes(const char *text, const char *at)
{
    const char *from = at - text > 60 ? at - 60 : text;

    return ends_with(text, at, "施行的") && holds_date(from, at - strlen("的"));
}

/* "《law》（…以下称《short》）" and "《short》指《law》": two names that stand next to
 * each other like this are of one law. */
static bool
is_alias(const char *text, const struct mention *before, const struct mention *mention)
{
    static const char *const introductions[] = {"以下称", "下称", "简称", "下文称"};
    static const char *const explanations[] = {"指", "是指", "即", "就是", "指的是"};
    size_t between = (size_t)(mention->at - before->end);

    for (size_t i = 0; i < sizeof introductions / sizeof introductions[0]; i++) {
        if (ends_with(text, mention->at, introductions[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof explanations / sizeof explanations[0]; i++) {
        if (strlen(explanations[i]) == between &&
            memcmp(before->end, explanations[i], between) == 0)
            return true;
    }
    return false;
}

/* The other name of a law in this text; NULL: it has one name only. */
static const char *other_name(struct arena *arena, const char *text, const char *name)
{
    const char *from = text;
    struct mention before = {0};
    struct mention mention;

    while (next_mention(arena, &from, &mention)) {
        if (before.name && is_alias(text, &before, &mention)) {
            if (strcmp(mention.name, name) == 0)
                return before.name;
            if (strcmp(before.name, name) == 0)
                return mention.name;
        }
        before = mention;
    }
    return NULL;
}

static bool is_dated(struct arena *arena, const char *text, const char *name)
{
    const char *other = other_name(arena, text, name);
    const char *from = text;
    struct mention mention;

    while (next_mention(arena, &from, &mention)) {
        if (strcmp(mention.name, name) != 0 &&
            (!other || strcmp(mention.name, other) != 0))
            continue;
        if (holds_date(mention.end, window_end(mention.end)) ||
            date_precedes(text, mention.at))
            return true;
    }
    return false;
}

static int line_of(const char *text, const char *at, int first_line)
{
    int line = first_line;

    for (const char *c = text; c < at; c++)
        line += *c == '\n';
    return line;
}

/* Whether the name was cited with an article before `end`. */
static bool
was_cited(struct arena *arena, const char *text, const char *end, const char *name)
{
    const char *from = text;
    struct mention mention;

    while (next_mention(arena, &from, &mention) && mention.at < end) {
        if (strcmp(mention.name, name) == 0 &&
            is_article(skip_remarks(mention.end), false))
            return true;
    }
    return false;
}

/* `dates`: the text in which the date may stand; `line` < 1: count the lines. */
static void check_dates(
    struct findings *findings, const char *file, int line, const char *text,
    const char *dates)
{
    const char *from = text;
    struct mention mention;

    while (next_mention(findings->arena, &from, &mention)) {
        if (!is_article(skip_remarks(mention.end), false) ||
            was_cited(findings->arena, text, mention.at, mention.name) ||
            is_dated(findings->arena, dates, mention.name))
            continue;
        findings_add_rule(
            findings, "statute-date", file,
            line > 0 ? line : line_of(text, mention.at, 1),
            "引用了《%."
            "90s》的条文，请写一次施行日期，例如（某年某月某日起施行）。",
            mention.name);
    }
}

/* A law's usual short name in front of 第N条, NULL for none. */
static const char *bare_name(const char *text, const char *article)
{
    static const char *const names[] = {
        "民法典",     "物业管理条例",   "居民委员会组织法", "居委会组织法",
        "居组法",     "国物条",         "浙物条",           "杭物条",
        "人民调解法", "治安管理处罚法", "个人信息保护法",   "个保法",
        "网络安全法", "网安法",         "数据安全法",       "精神卫生法",
        "刑法",       "民事诉讼法",     "招标投标法",       "劳动法",
        "劳动合同法", "反家庭暴力法",   "信访工作条例",     "突发事件应对法",
        "行政处罚法", "消防法",         "会计法",           "审计法",
        "社会保险法", "精神卫生条例",   "数据安全管理条例", "立法法",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (ends_with(text, article, names[i]))
            return names[i];
    }
    return NULL;
}

static void
check_marks(struct findings *findings, const char *file, int line, const char *text)
{
    for (const char *at = text; (at = strstr(at, "第")); at += strlen("第")) {
        const char *name = is_article(at, true) ? bare_name(text, at) : NULL;
        if (name)
            findings_add_rule(
                findings, "statute-marks", file, line > 0 ? line : line_of(text, at, 1),
                "“%s”后面引了条文，请写全名并加书名号《》。", name);
    }
}

static void
check_page(struct findings *findings, const struct page *page, void *context)
{
    (void)context;
    check_dates(findings, page->file, 0, page->bytes, page->bytes);
    check_marks(findings, page->file, 0, page->bytes);
}

static void check_question(struct findings *findings, const struct question *question)
{
    const char *dates =
        arena_format(findings->arena, "%s\n%s", question->stem, question->explanation);
    struct text all;

    text_init(&all, findings->arena, QUESTION_LIMIT);
    text_add(&all, dates);
    for (size_t i = 0; i < question->option_count; i++) {
        text_add(&all, "\n");
        text_add(&all, question->options[i].text);
    }
    check_dates(findings, question->file, question->line, all.bytes, dates);
    check_marks(findings, question->file, question->line, all.bytes);
}

void statutes_check(struct findings *findings, const struct curriculum *curriculum)
{
    curriculum_pages(findings, curriculum, check_page, NULL);
    for (size_t i = 0; i < curriculum->file_count; i++) {
        const struct question_file *file = &curriculum->files[i];
        for (size_t j = 0; j < file->count; j++)
            check_question(findings, &file->questions[j]);
    }
}
