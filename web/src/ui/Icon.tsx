const paths = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  compose: "M4 20h4L19.5 8.5a2.1 2.1 0 0 0-3-3L5 17v3zM14 7.5l3 3",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  down: "M12 5v14M5.5 12.5L12 19l6.5-6.5",
  up: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  hash: "M9.5 4L7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  people:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 5a3.3 3.3 0 0 1 0 6.3M18 15c2 .7 3.2 2.4 3.5 5",
  addPeople:
    "M10 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 20c.4-3.6 3-5.5 6.5-5.5 2.3 0 4.2.8 5.3 2.4M18.5 14v6M15.5 17h6",
  compass: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.5 8.5l-2 5-5 2 2-5z",
  note: "M6 4h12v16l-6-4-6 4z",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  leave: "M14 4H6v16h8M10 12h11M17.5 8.5L21 12l-3.5 3.5",
  retry: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4h-4",
  edit: "M4 20h4L19.5 8.5a2.1 2.1 0 0 0-3-3L5 17v3z",
  bin: "M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  eyeOff:
    "M4 4l16 16M9.5 6A9.6 9.6 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.6M6.2 7.8A16 16 0 0 0 2.5 12S6 18.5 12 18.5c1.5 0 2.9-.4 4.1-1",
  next: "M9 5l7 7-7 7",
  menu: "M5 12h.1M12 12h.1M19 12h.1",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
  key: "M8 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM11.2 11.3L19.5 3M16 6.5l3 3M13.5 9l2 2",
  shield: "M12 3l8 3v5.5c0 4.6-3.3 8-8 9.5-4.7-1.5-8-4.9-8-9.5V6zM8.5 12l2.5 2.5 4.5-5",
  bot: "M5 9h14v10H5zM12 9V5M10 4h4M9.5 13v2M14.5 13v2M2.5 12v4M21.5 12v4",
  devices: "M3 5h13v9H3zM1.5 17.5h11M15.5 9.5h6v10h-6zM18.5 17h.1",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4",
  bellOff: "M4 4l16 16M8 6.5A6 6 0 0 1 18 11v4M6 9.5v7l-1.5 2H17M10 21h4",
  palette:
    "M12 3a9 9 0 1 0 0 18c1.5 0 2-1 1.6-2.2-.5-1.6.4-2.8 2-2.8H18c2 0 3-1.6 3-3.5C21 7 17 3 12 3zM7.5 11.5h.1M10.5 7.5h.1M15 7.5h.1",
  globe: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3.5 9.5h17M3.5 14.5h17M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18",
  keyboard: "M3 6h18v12H3zM7 10h.1M11 10h.1M15 10h.1M18 10h.1M7 14h10",
  gauge: "M4.5 18a9 9 0 1 1 15 0M12 14l4-5",
  ticket: "M3 7h18v3.5a1.5 1.5 0 0 0 0 3V17H3v-3.5a1.5 1.5 0 0 0 0-3zM14 7v2M14 11v2M14 15v2",
  settings: "M4 7h10M18 7h2M14 4.5v5M4 12h3M11 12h9M7 9.5v5M4 17h8M16 17h4M12 14.5v5",
  list: "M4 6.5h16M4 12h16M4 17.5h10",
  chats: "M4 5h16v11h-9l-4 3.5V16H4z",
  at: "M16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  pin: "M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V21",
  hide:
    "M4 4l16 16M9.5 6A9.6 9.6 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.6M6.2 7.8A16 16 0 0 0 2.5 12S6 18.5 12 18.5",
  file: "M6 3.5h8l4 4V20.5H6zM14 3.5v4h4",
  archive: "M3.5 5h17v4h-17zM5 9v10.5h14V9M10 13h4",
  ban: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.8 5.8l12.4 12.4",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.6v.1",
  plus: "M12 5v14M5 12h14",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14",
  warning: "M12 4L2.5 20h19zM12 10v4.5M12 17.2v.1",
  reply: "M9.5 7L4 12l5.5 5M4.5 12H14c4 0 6 2.2 6 6.5",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c.8 1.2 2 1.8 3.5 1.8s2.7-.6 3.5-1.800M9 9.500v.1M15 9.500v.1",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.500l3.5 2",
  unread: "M20 7v9a2 2 0 0 1-2 2h-6l-4.5 3.500V18H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h8M19.5 4.500h.01",
  attach:
    "M19 11.500l-7.5 7.500a4.6 4.6 0 0 1-6.5-6.500L13 4.500a3 3 0 0 1 4.3 4.300l-7.8 7.800a1.5 1.5 0 0 1-2.1-2.100l7-7",
  thread: "M4 5h16v11h-8l-4.5 4v-4H4zM8 9h8M8 12.500h5",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
} as const;

export type IconName = keyof typeof paths;

/** A line drawing in the colour of the text around it. It says nothing to a screen reader: label the button. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
