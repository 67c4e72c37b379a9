/* Which sections were read. Kept on the device until the server has noted them, so that
 * reading in a venue without a network counts too. */
import { shallowRef, triggerRef } from "vue";
import { post, Problem } from "../../shared/api";
import { Halted, Queue, type Outcome, type QueueEntry } from "../../shared/queue";
import { me } from "../../shared/session";

interface ReadSection {
  course: string;
  lesson: string;
  section: string;
}

const waiting = shallowRef(new Set<string>());
let queue: Queue<ReadSection, true> | null = null;
let opening: Promise<void> | null = null;

const nameOf = ({ course, lesson, section }: ReadSection): string => `${course}/${lesson}/${section}`;

async function send(entries: QueueEntry<ReadSection>[]): Promise<Outcome<true>[]> {
  const [entry] = entries;
  if (!entry) return [];
  const { course: slug, lesson, section } = entry.payload;
  try {
    const reply = await post(
      "/api/courses/{slug}/lessons/{lesson}/progress",
      { section },
      { path: { slug, lesson } },
    );
    if (reply.section !== section) throw new Error("another section was noted");
    return [{ kind: "saved", receipt: true }];
  } catch (error) {
    if (!(error instanceof Problem) || error.later) throw error;
    if (error.code === "login_needed") throw new Halted(error.code, error.detail);
    // The section may be gone from an edited lesson.
    return [{ kind: "refused", code: error.code, detail: error.detail }];
  }
}

/** Begins to send what an earlier visit left. */
export function openReading(): Promise<void> {
  opening ??= (async () => {
    const own = new Queue<ReadSection, true>({ stream: `reading-${me.value?.person.id ?? 0}`, send, batch: 1 });
    queue = own;
    own.onChange(() => {
      waiting.value = new Set(own.waiting.map(({ payload }) => nameOf(payload)));
      triggerRef(waiting);
    });
    await own.open();
    own.resume();
  })();
  return opening;
}

export async function noteRead(section: ReadSection): Promise<void> {
  await openReading();
  await queue?.add(nameOf(section), section);
}

/** Sections of a lesson that are read but not yet noted by the server; reactive. */
export function waitingSections(course: string, lesson: string): Set<string> {
  const prefix = `${course}/${lesson}/`;
  return new Set(
    [...waiting.value].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
  );
}
