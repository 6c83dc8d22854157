import { goTo } from "../app/route";
import type { ShellDialog } from "../app/Shell";
import { t } from "../i18n/translate";
import type { Conv } from "../socket/wire";
import type { IconName } from "../ui/Icon";
import { chooseTheme } from "../ui/theme";

export interface SwitcherActions {
  readonly open: Conv | undefined;
  readonly admin: boolean;
  readonly canSearch: boolean;
  readonly onDialog: (dialog: ShellDialog) => void;
  readonly mute: (conv: Conv, until: number) => void;
  readonly pin: (conv: Conv, on: boolean) => void;
}

export interface Action {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  readonly pick: () => void;
}

const hour = 3_600_000;

/** Everything that can be done from anywhere. */
export function actionsOf({ open, admin, canSearch, onDialog, mute, pin }: SwitcherActions): Action[] {
  const here: Action[] = open && open.kind !== "self"
    ? [
      {
        id: "mute",
        title: t("switcher.mute", { name: open.name }),
        icon: "bellOff",
        pick: () => mute(open, Date.now() + hour),
      },
      {
        id: "pin",
        title: t(open.pinned ? "switcher.unpin" : "switcher.pin", { name: open.name }),
        icon: "pin",
        pick: () => pin(open, !open.pinned),
      },
    ]
    : [];
  const theirs: Action[] = admin
    ? [
      { id: "admin", title: t("switcher.admin"), icon: "gauge", pick: () => goTo("/admin") },
      { id: "invite", title: t("list.invite"), icon: "ticket", pick: () => goTo("/admin/invitations") },
    ]
    : [];
  const finding: Action[] = canSearch
    ? [{ id: "search", title: t("keys.search"), icon: "search", pick: () => goTo("/search") }]
    : [];
  return [
    { id: "new", title: t("list.new"), icon: "compose", pick: () => onDialog("new") },
    { id: "room", title: t("room.new"), icon: "hash", pick: () => onDialog("room") },
    { id: "group", title: t("group.new"), icon: "people", pick: () => onDialog("group") },
    { id: "browse", title: t("room.browse"), icon: "compass", pick: () => onDialog("browse") },
    ...here,
    ...finding,
    { id: "mentions", title: t("tabs.mentions"), icon: "at", pick: () => goTo("/mentions") },
    { id: "settings", title: t("list.settings"), icon: "settings", pick: () => goTo("/settings") },
    {
      id: "notifications",
      title: t("switcher.notifications"),
      icon: "bell",
      pick: () => goTo("/settings/notifications"),
    },
    { id: "dark", title: t("switcher.dark"), icon: "palette", pick: () => chooseTheme("dark") },
    { id: "light", title: t("switcher.light"), icon: "palette", pick: () => chooseTheme("light") },
    { id: "keys", title: t("keys.title"), icon: "keyboard", pick: () => onDialog("keys") },
    ...theirs,
  ];
}
