import type { Conv, User } from "../socket/wire";
import type { ChatState } from "./chatState";
import { changedMap, changedMe } from "./chatState";

/** Somebody has another name, picture, status or role: everywhere they are shown. */
export function withUser(state: ChatState, user: User): Partial<ChatState> {
  let { convs } = state;
  for (const conv of convs.values()) {
    const changed = withPeer(conv, user);
    if (changed !== conv) convs = changedMap(convs, conv.c, changed);
  }
  const me = user.u === state.me.u
    ? { me: changedMe(state.me, { ...user, avatar: user.avatar, status: user.status }) }
    : {};
  return { ...me, convs, people: changedMap(state.people, user.u, user) };
}

function withPeer(conv: Conv, user: User): Conv {
  if (conv.peer?.u === user.u) {
    // A conversation of two has the name of the other one.
    return { ...conv, peer: user, name: conv.kind === "direct" ? user.name : conv.name };
  }
  if (!conv.peers?.some(({ u }) => u === user.u)) return conv;
  const peers = conv.peers.map((peer) => (peer.u === user.u ? user : peer));
  const unnamed = conv.name === conv.peers.map(({ name }) => name).join(", ");
  return { ...conv, peers, name: unnamed ? peers.map(({ name }) => name).join(", ") : conv.name };
}
