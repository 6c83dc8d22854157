import { Store } from "../ui/Store";

export type DetailsTab = "about" | "members" | "files" | "pins";

/** Which page of the details is open beside the conversation; undefined while they are closed. */
export const detailsTab = new Store<DetailsTab | undefined>(undefined);

export function toggleDetails(tab: DetailsTab = "about"): void {
  detailsTab.set(detailsTab.get() === undefined ? tab : undefined);
}
