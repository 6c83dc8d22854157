import type { Translation } from "../catalogue";
import type { settings as english } from "../en/settings";

export const settings: Translation<typeof english> = {
  "settings.title": "Einstellungen",
  "settings.administrator": "Administrator",
  "settings.appearance": "Aussehen",
  "settings.system": "System",
  "settings.light": "Hell",
  "settings.dark": "Dunkel",
  "settings.language": "Sprache",
  "settings.languageBrowser": "Wie im Browser",
  "settings.signOut": "Abmelden",
  "settings.loseUnsent": {
    one: "{n} Nachricht ist noch nicht gesendet. Abmelden und sie verlieren?",
    other: "{n} Nachrichten sind noch nicht gesendet. Abmelden und sie verlieren?",
  },
};
