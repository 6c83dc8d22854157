// The parts that are not in the first bundle, with the texts that they need.
import { loadArea } from "../i18n/language";

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
