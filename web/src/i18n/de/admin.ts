import type { Translation } from "../catalogue";
import type { admin as english } from "../en/admin";

export const admin: Translation<typeof english> = {
  "admin.invite": "Leute einladen",
  "admin.invitation": "Einladung",
  "admin.validFor": "Gültig für",
  "admin.for": "Für",
  "admin.days": { one: "{n} Tag", other: "{n} Tage" },
  "admin.people": { one: "{n} Person", other: "{n} Personen" },
  "admin.createLink": "Einladungslink anlegen",
  "admin.link": "Einladungslink",
  "admin.linkFor": { one: "Für {n} Person, bis {time}.", other: "Für {n} Personen, bis {time}." },
  "admin.server": "Server",
  "admin.signup": "Wer auf {server} ein Konto anlegen kann",
  "admin.signupInvite": "Mit Einladung",
  "admin.signupInviteText": "Nur Leute mit einem Einladungslink.",
  "admin.signupOpen": "Alle",
  "admin.signupOpenText": "Alle, die diesen Server erreichen.",
};
