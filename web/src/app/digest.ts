import type { Conv } from "../socket/wire";

const prime = 0x100000001b3n;
const basis = 0xcbf29ce484222325n;
const mixer = 0xff51afd7ed558ccdn;
const all = 0xffffffffffffffffn;

/** Conversations are replaced, never changed, so a hash holds as long as the object. */
const known = new WeakMap<Conv, bigint>();

/**
 * The 64 bits in which the server and this client must agree: over every conversation, how many messages and changes there
 * are and how far I have read (docs/realtime-api.md). 16 hexadecimal digits.
 */
export function digestOf(convs: Iterable<Conv>): string {
  let digest = 0n;
  for (const conv of convs) {
    let hash = known.get(conv);
    if (hash === undefined) known.set(conv, hash = hashOf(`${conv.c}:${conv.seq}:${conv.rev}:${conv.read}`));
    digest ^= hash;
  }
  return digest.toString(16).padStart(16, "0");
}

/** FNV-1a of the ASCII text, and one round that spreads every bit over all of them. */
function hashOf(text: string): bigint {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = ((hash ^ BigInt(text.charCodeAt(i))) * prime) & all;
  hash ^= hash >> 33n;
  hash = (hash * mixer) & all;
  return hash ^ (hash >> 33n);
}
