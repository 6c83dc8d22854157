// The parts that are not in the first bundle, with the texts that they need.
import { loadArea } from "../i18n/language";

/** What is before an account: setting up, links to join and to reset. */
export async function loadEntrance() {
  const [setup, join, reset] = await Promise.all([
    import("../session/SetupScreen"),
    import("../session/JoinScreen"),
    import("../session/ResetScreen"),
  ]);
  return { ...setup, ...join, ...reset };
}

export function loadWelcome() {
  return import("../session/WelcomeScreen");
}

/** Its rows of devices and its recovery of accounts speak with the settings' texts. */
export async function loadAdmin() {
  const [part] = await Promise.all([import("../admin/AdminScreen"), loadArea("admin"), loadArea("settings")]);
  return part;
}

export async function loadSettings() {
  const [part] = await Promise.all([import("../settings/SettingsScreen"), loadArea("settings")]);
  return part;
}

export async function loadSearch() {
  const [search, mentions] = await Promise.all([import("../search/SearchPane"), import("../search/MentionsPane")]);
  return { ...search, ...mentions };
}

export function loadDetails() {
  return import("../details/DetailsPanel");
}

export function loadSwitcher() {
  return import("../switcher/Switcher");
}

/** The ways to begin something. */
export async function loadNew() {
  const [conversation, group, room, browse] = await Promise.all([
    import("../people/NewConversationDialog"),
    import("../people/NewGroupDialog"),
    import("../rooms/NewRoomDialog"),
    import("../rooms/BrowseRoomsDialog"),
  ]);
  return { ...conversation, ...group, ...room, ...browse };
}

export function loadKeys() {
  return import("./ShortcutsDialog");
}
