import { Store } from "../ui/Store";

/** Where the person is. The address is the only place where this is kept, so the browser's back button works. */
export type Route =
  | { readonly kind: "home" }
  | { readonly kind: "conversation"; readonly c: string }
  | { readonly kind: "join"; readonly code: string };

const home: Route = { kind: "home" };

export function routeOf(path: string): Route {
  const conversation = /^\/c\/(cnv_[a-z2-7]{1,64})$/.exec(path);
  if (conversation?.[1]) return { kind: "conversation", c: conversation[1] };
  const join = /^\/join\/([A-Za-z0-9_-]{1,128})$/.exec(path);
  if (join?.[1]) return { kind: "join", code: join[1] };
  return home;
}

export function conversationPath(c: string): string {
  return `/c/${c}`;
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
  if ((history.state as { inside?: boolean } | null)?.inside) history.back();
  else replaceWith("/");
}
