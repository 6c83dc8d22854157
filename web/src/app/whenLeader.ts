/**
 * Runs `work` in one tab at a time: at once in the first, in the next when that one closes. Where the browser has no locks
 * (plain http addresses) every tab runs it. The answer ends it.
 */
export function whenLeader(name: string, work: () => void): () => void {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) {
    work();
    return () => {};
  }
  let release: () => void = () => {};
  const end = new AbortController();
  const held = () => {
    work();
    return new Promise<void>((resolve) => (release = resolve));
  };
  locks.request(name, { signal: end.signal }, held).catch(() => undefined); // the abort of somebody who still waits
  return () => {
    release();
    end.abort();
  };
}
