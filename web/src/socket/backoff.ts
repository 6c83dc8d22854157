const shortest = 1_000;
const longest = 30_000;

/**
 * How long to wait before attempt number `tries` (1 is the first repetition), in milliseconds: 1 s, 2 s, 4 s ... 30 s,
 * each plus up to a half of itself, so that many clients of a restarted server do not come back in the same moment.
 * `random` is in 0..<1.
 */
export function backoff(tries: number, random: number): number {
  const base = Math.min(longest, shortest * 2 ** Math.min(Math.max(tries - 1, 0), 10));
  return Math.round(base + (base / 2) * random);
}
