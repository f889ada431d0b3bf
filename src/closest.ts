/** Finds what somebody may have meant. */
import { distance } from 'fastest-levenshtein';

/** The words that are a few letters from the given one, or continue it; the nearest first. */
export function closest(given: string, words: readonly string[]): string[] {
  const typed = given.toLowerCase();
  const near = (word: string) => distance(typed, word);
  return words
    .filter((word) => near(word) <= 2 || (typed.length > 2 && word.startsWith(typed.slice(0, 3))))
    .sort((a, b) => near(a) - near(b))
    .slice(0, 3);
}
