import { Store } from "../ui/Store";

/** Where the person is. The address is the only place where this is kept, so the browser's back button works. */
export type Route =
  | { readonly kind: "home" }
  /** `seq` names one message of it. */
  | { readonly kind: "conversation"; readonly c: string; readonly seq?: number }
  | { readonly kind: "join"; readonly code: string }
  | { readonly kind: "reset"; readonly code: string }
  | { readonly kind: "welcome" }
  | { readonly kind: "mentions" }
  | { readonly kind: "search" }
  /** Without a page: the list of pages. */
  | { readonly kind: "settings"; readonly page?: string }
  | { readonly kind: "admin"; readonly page?: string };

const home: Route = { kind: "home" };

export function routeOf(path: string): Route {
  const conversation = /^\/c\/(cnv_[a-z2-7]{1,64})(?:\/([1-9][0-9]{0,14}))?$/.exec(path);
  if (conversation?.[1]) {
    const c = conversation[1];
    return conversation[2] ? { kind: "conversation", c, seq: Number(conversation[2]) } : { kind: "conversation", c };
  }
  const coded = /^\/(join|reset)\/([A-Za-z0-9_-]{1,128})$/.exec(path);
  if (coded?.[2]) return { kind: coded[1] === "join" ? "join" : "reset", code: coded[2] };
  const paged = /^\/(settings|admin)(?:\/([a-z]{1,32}))?$/.exec(path);
  if (paged) {
    const kind = paged[1] === "admin" ? "admin" : "settings";
    return paged[2] ? { kind, page: paged[2] } : { kind };
  }
  if (path === "/mentions" || path === "/search" || path === "/welcome") {
    return { kind: path.slice(1) as "mentions" | "search" | "welcome" };
  }
  return home;
}

/** The address of a conversation, or of one message in it. */
export function conversationPath(c: string, seq?: number): string {
  return seq === undefined ? `/c/${c}` : `/c/${c}/${seq}`;
}

export const route = new Store<Route>(home);

/** Reads the address once and follows the browser's back and forward from now on. */
export function followHistory(): void {
  const read = () => route.set(routeOf(location.pathname));
  read();
  addEventListener("popstate", read);
}

export function goTo(path: string): void {
  if (location.pathname === path) return;
  history.pushState({ inside: true }, "", path);
  route.set(routeOf(path));
}

export function replaceWith(path: string): void {
  history.replaceState(history.state, "", path);
  route.set(routeOf(path));
}

/** One step back inside the program; to the list when the person came here from outside. */
export function goBack(): void {
  goUp("/");
}

/** One step back inside the program, or to the place above this one when the person came here from outside. */
export function goUp(path: string): void {
  if ((history.state as { inside?: boolean } | null)?.inside) history.back();
  else replaceWith(path);
}
