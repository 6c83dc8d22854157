/** Texts of the settings, loaded with them. */
export const settings = {
  "settings.title": "Settings",
  "settings.administrator": "Administrator",
  "settings.appearance": "Appearance",
  "settings.system": "System",
  "settings.light": "Light",
  "settings.dark": "Dark",
  "settings.language": "Language",
  "settings.languageBrowser": "As in the browser",
  "settings.signOut": "Sign out",
  "settings.loseUnsent": {
    one: "{n} message has not been sent yet. Sign out and lose it?",
    other: "{n} messages have not been sent yet. Sign out and lose them?",
  },
} as const;
