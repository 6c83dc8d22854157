/// What the audit log keeps. The raw value is the word in the log.
public enum AuditAction: String, Hashable, Sendable, CaseIterable {
    /// The first account was made.
    case setUp = "setup"
    /// Somebody made an account for themselves.
    case signUp = "signup"
    /// Somebody signed in.
    case signIn = "signin"
    /// A password or code was wrong, or the account is closed.
    case signInFailed = "signin.failed"
    /// A session was ended by whoever held it.
    case signOut = "signout"
    /// A password was changed by its owner.
    case passwordChanged = "password"
    /// Sessions were ended from the list of devices, or by an administrator.
    case sessionsRevoked = "sessions.revoked"
    /// Signing in asks for a code from now on.
    case totpOn = "totp.on"
    /// Signing in no longer asks for a code.
    case totpOff = "totp.off"
    /// New recovery codes were made.
    case recoveryCodes = "totp.recovery"
    /// A recovery code was used in place of a code.
    case recoveryUsed = "totp.recovery.used"
    /// An invitation was made.
    case inviteMade = "invite"
    /// An invitation was revoked.
    case inviteRevoked = "invite.revoked"
    /// Somebody came by an invitation.
    case inviteUsed = "invite.used"
    /// An administrator made an account.
    case personMade = "person"
    /// A person's role changed.
    case roleChanged = "role"
    /// A person was banned.
    case banned = "ban"
    /// An account was closed.
    case deactivated = "deactivate"
    /// A banned or closed account was opened again.
    case reactivated = "reactivate"
    /// A name was changed.
    case renamed = "name"
    /// What a person had written was removed.
    case contentRemoved = "content.removed"
    /// A link to set a new password was made.
    case resetMade = "reset"
    /// A new password was set by such a link.
    case resetUsed = "reset.used"
    /// The server's settings changed.
    case settingsChanged = "settings"
    /// A room was archived, or opened again, by an administrator.
    case roomArchived = "room.archive"
    /// A room was deleted with everything in it.
    case roomDeleted = "room.delete"
    /// An administrator made a bot.
    case botMade = "bot"
    /// A bot got a new token; the one before no longer works.
    case botToken = "bot.token"
    /// A bot's token was taken away.
    case botTokenRevoked = "bot.token.revoked"
    /// A room got a webhook.
    case hookMade = "hook"
    /// A webhook was removed.
    case hookDeleted = "hook.deleted"
}
