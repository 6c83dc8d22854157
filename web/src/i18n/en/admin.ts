/** Texts of the administration, loaded with it. */
export const admin = {
  "admin.invite": "Invite people",
  "admin.invitation": "Invitation",
  "admin.validFor": "Valid for",
  "admin.for": "For",
  "admin.days": { one: "{n} day", other: "{n} days" },
  "admin.people": { one: "{n} person", other: "{n} people" },
  "admin.createLink": "Create invitation link",
  "admin.link": "Invitation link",
  "admin.linkFor": { one: "For {n} person, until {time}.", other: "For {n} people, until {time}." },
  "admin.server": "Server",
  "admin.signup": "Who can create an account on {server}",
  "admin.signupInvite": "With an invitation",
  "admin.signupInviteText": "Only people with an invitation link.",
  "admin.signupOpen": "Everybody",
  "admin.signupOpenText": "Everybody who can reach this server.",
} as const;
