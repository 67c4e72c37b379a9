/* The people of a published ranking as the public reads them. The names stand beside the
 * document and may have been removed since. */
import type { PublishedRanking, RankedPerson } from "@shared/types";

export const NAMELESS = "（不公开姓名）";

export interface PublicPerson {
  person: RankedPerson;
  name: string;
}

export function publicPeople({ ranking, names }: PublishedRanking): PublicPerson[] {
  return ranking.people.map((person) => ({
    person,
    name: names[String(person.person.id)]?.trim() || NAMELESS,
  }));
}

/** By a part of the name, the street or the community; spaces and · do not matter, or
 * 阿卜杜拉·买买提 would not be found by how most people type it. */
export function findPeople(people: readonly PublicPerson[], text: string, branch: number | null): PublicPerson[] {
  const plain = (value: string): string => value.replace(/[\s·•.．・]/g, "").toLowerCase();
  const wanted = plain(text);
  return people.filter(
    ({ person, name }) =>
      (branch === null || person.branch.id === branch) &&
      (wanted === "" ||
        (name !== NAMELESS && plain(name).includes(wanted)) ||
        plain(person.branch.name).includes(wanted)),
  );
}

/** SHA-256 in hex, where the browser offers it (a secure connection); null otherwise. */
export async function digestOf(bytes: ArrayBuffer): Promise<string | null> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
