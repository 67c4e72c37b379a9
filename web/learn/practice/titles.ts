/* Titles of courses and lessons by their slugs; asked once for the whole page. */
import { reactive } from "vue";
import { get } from "../../shared/api";

const courses = reactive(new Map<string, string>());
const lessons = reactive(new Map<string, string>());
const asked = new Set<string>();

/** Titles are a comfort: without them the pages show what they have. */
export function loadCourseTitles(): void {
  if (asked.has("")) return;
  asked.add("");
  get("/api/courses").then(
    (list) => list.courses.forEach(({ slug, title }) => courses.set(slug, title)),
    () => asked.delete(""),
  );
}

export function loadLessonTitles(course: string): void {
  if (!course || asked.has(course)) return;
  asked.add(course);
  get("/api/courses/{slug}", { path: { slug: course } }).then(
    (found) => {
      courses.set(course, found.title);
      found.lessons.forEach(({ slug, title }) => lessons.set(`${course}/${slug}`, title));
    },
    () => asked.delete(course),
  );
}

export const courseTitle = (course: string): string => (course ? (courses.get(course) ?? course) : "综合题");
export const lessonTitle = (course: string, lesson: string): string => lessons.get(`${course}/${lesson}`) ?? lesson;
