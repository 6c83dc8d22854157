import type { Key } from "../i18n/translate";

/** `Mod` is Cmd on Apple's keyboards and Ctrl elsewhere. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly text: Key;
}

export interface ShortcutGroup {
  readonly title: Key;
  readonly shortcuts: readonly Shortcut[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: "keys.everywhere",
    shortcuts: [
      { keys: ["Mod+K"], text: "keys.switcher" },
      { keys: ["/"], text: "keys.search" },
      { keys: ["Alt+↑", "Alt+↓"], text: "keys.nextConversation" },
      { keys: ["Alt+Shift+↑", "Alt+Shift+↓"], text: "keys.nextUnread" },
      { keys: ["F6"], text: "keys.panes" },
      { keys: ["Mod+,"], text: "keys.settings" },
      { keys: ["?"], text: "keys.list" },
      { keys: ["Esc"], text: "keys.close" },
    ],
  },
  {
    title: "keys.inList",
    shortcuts: [
      { keys: ["↑", "↓"], text: "keys.rows" },
      { keys: ["Shift+F10"], text: "keys.menu" },
    ],
  },
  {
    title: "keys.inConversation",
    shortcuts: [
      { keys: ["Enter"], text: "keys.send" },
      { keys: ["Shift+Enter"], text: "keys.line" },
      { keys: ["↑"], text: "keys.editLast" },
      { keys: ["R"], text: "keys.reply" },
      { keys: ["E"], text: "keys.edit" },
      { keys: ["+"], text: "keys.react" },
      { keys: ["P"], text: "keys.pin" },
      { keys: ["U"], text: "keys.unread" },
      { keys: ["T"], text: "keys.thread" },
    ],
  },
];

const apple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** "Mod+K" as the keyboard in front of the person has it. */
export function keyNames(keys: string): string[] {
  return keys.split(/\+(?=.)/).map((
    key,
  ) => (key === "Mod" ? (apple ? "⌘" : "Ctrl") : key === "Alt" && apple ? "⌥" : key));
}
