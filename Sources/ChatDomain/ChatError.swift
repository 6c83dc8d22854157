/// Why a request of a person or client was not done: the error of every use case, ready for an acknowledgement
/// (`{"ok":false,"code","message","retry","after"}`) or an HTTP answer; see `docs/realtime-api.md`.
public struct ChatError: Error, Hashable, Sendable {
    /// The codes of `docs/realtime-api.md`. The raw value is the code on the wire.
    public enum Code: String, Sendable, CaseIterable {
        /// A value breaks a rule; the message names the field.
        case invalid
        /// The body of a message is too long.
        case tooLong = "too_long"
        /// There is no such thing, or nothing that this person may know of.
        case notFound = "not_found"
        /// The thing is known to the person, who may not do this to it.
        case forbidden
        /// The `cid` already names a message with other content or in another conversation.
        case cidReused = "cid_reused"
        /// Too many requests of this person or address; `after` says when the next one may succeed.
        case rate
        /// The server has too much to do; the same request may succeed later.
        case busy
        /// The store cannot write or read now (disk full, I/O error, closing); the same request may succeed later.
        case unavailable
        /// The first account exists already.
        case alreadySetUp = "already_set_up"
        /// Accounts are made by invitation only.
        case inviteRequired = "invite_required"
        /// The invitation is unknown, used up, or too old.
        case inviteInvalid = "invite_invalid"
        /// Somebody else has this username.
        case usernameTaken = "username_taken"
        /// Username and password do not belong together.
        case credentials
        /// There is no valid session.
        case unauthorized
        /// The message was changed meanwhile.
        case conflict
        /// The room can only be read.
        case archived
        /// A moderator lets the person write nothing; `after` says for how long.
        case silenced
        /// The person may not come into this room, or the account was banned from the server.
        case banned
        /// The account was closed.
        case deactivated
        /// The password is right; a code of the authenticator is wanted too.
        case totpRequired = "totp_required"
        /// The code of the authenticator is wrong, too old, or was used before.
        case totp
        /// The last administrator must stay one.
        case lastAdmin = "last_admin"
        /// It is so already.
        case already
        /// A file is larger than this server takes, or a picture has too many pixels.
        case tooLarge = "too_large"
        /// The bytes are not what they have to be here.
        case type
        /// The person has stored as much as this server keeps for one.
        case quota
    }

    /// What a program decides by.
    public let code: Code
    /// One sentence for a person.
    public let message: String
    /// Whether the same request may succeed later.
    public let retryable: Bool
    /// Milliseconds until a repetition makes sense, where that is known.
    public let after: Int64?

    /// An error with everything said.
    public init(code: Code, message: String, retryable: Bool, after: Int64? = nil) {
        self.code = code
        self.message = message
        self.retryable = retryable
        self.after = after
    }

    /// The error that a broken rule becomes: `too_long` for an overlong body, `invalid` for everything else.
    public init(_ value: InvalidValue) {
        let tooLong =
            switch value.problem {
            case .tooLong: value.field == .body
            default: false
            }
        self.init(code: tooLong ? .tooLong : .invalid, message: value.message, retryable: false)
    }
}

extension ChatError {
    /// A value that breaks a rule of its field.
    public static func invalid(_ field: InvalidValue.Field, _ problem: InvalidValue.Problem) -> ChatError {
        ChatError(InvalidValue(field, problem))
    }

    /// No such conversation, or none that this person may know of.
    public static let conversationNotFound = ChatError(
        code: .notFound, message: "There is no such conversation.", retryable: false)

    /// No such message, or none that is kept.
    public static let messageNotFound = ChatError(
        code: .notFound, message: "There is no such message.", retryable: false)

    /// Somebody changed the message meanwhile.
    public static let conflict = ChatError(
        code: .conflict, message: "The message was changed meanwhile.", retryable: false)

    /// No such person.
    public static let personNotFound = ChatError(
        code: .notFound, message: "There is no such person.", retryable: false)

    /// The person may not do this; `reason` is one sentence for a person.
    public static func forbidden(_ reason: String) -> ChatError {
        ChatError(code: .forbidden, message: reason, retryable: false)
    }

    /// The `cid` was used before for something else.
    public static let cidReused = ChatError(
        code: .cidReused, message: "This message id was used before for another message.", retryable: false)

    /// Too many requests; the next one may succeed after so many milliseconds.
    public static func rate(after milliseconds: Int64) -> ChatError {
        ChatError(
            code: .rate, message: "Too many requests, wait a moment.", retryable: true, after: milliseconds)
    }

    /// More work is waiting than the server accepts.
    public static let busy = ChatError(
        code: .busy, message: "The server is busy, try again.", retryable: true, after: 1_000)

    /// The store cannot do it now.
    public static let unavailable = ChatError(
        code: .unavailable, message: "The server cannot store anything now, try again later.",
        retryable: true,
        after: 2_000)

    /// The first account exists already.
    public static let alreadySetUp = ChatError(
        code: .alreadySetUp, message: "This server is set up already.", retryable: false)

    /// Sign-up needs an invitation.
    public static let inviteRequired = ChatError(
        code: .inviteRequired, message: "You need an invitation to sign up here.", retryable: false)

    /// The invitation does not work.
    public static let inviteInvalid = ChatError(
        code: .inviteInvalid, message: "This invitation is unknown, used up or expired.", retryable: false)

    /// Somebody else has this username.
    public static let usernameTaken = ChatError(
        code: .usernameTaken, message: "Somebody else has this username.", retryable: false)

    /// Username and password do not belong together; the same sentence whether the username exists or not.
    public static let wrongCredentials = ChatError(
        code: .credentials, message: "Username or password is wrong.", retryable: false)

    /// The account was banned.
    public static let accountBanned = ChatError(
        code: .banned, message: "This account is banned.", retryable: false)

    /// The account was closed.
    public static let accountDeactivated = ChatError(
        code: .deactivated, message: "This account is closed.", retryable: false)

    /// Password right, code missing.
    public static let totpRequired = ChatError(
        code: .totpRequired, message: "Enter the code of your authenticator.", retryable: false)

    /// A wrong code, or one that was used.
    public static let wrongTOTP = ChatError(
        code: .totp, message: "This code is wrong or was used already.", retryable: false)

    /// Nobody would be left to administrate.
    public static let lastAdmin = ChatError(
        code: .lastAdmin, message: "The last administrator has to stay one.", retryable: false)

    /// It is so already; `what` is one sentence for a person.
    public static func already(_ what: String) -> ChatError {
        ChatError(code: .already, message: what, retryable: false)
    }

    /// The password that was to confirm something is wrong.
    public static let wrongPassword = ChatError(
        code: .credentials, message: "The password is wrong.", retryable: false)

    /// No such session of this person.
    public static let sessionNotFound = ChatError(
        code: .notFound, message: "There is no such session.", retryable: false)

    /// The link for a new password does not work.
    public static let resetInvalid = ChatError(
        code: .notFound, message: "This link is unknown, used up or expired.", retryable: false)

    /// No valid session.
    public static let unauthorized = ChatError(
        code: .unauthorized, message: "Sign in first.", retryable: false)

    /// The room can only be read.
    public static let archived = ChatError(
        code: .archived, message: "This room is archived: it can only be read.", retryable: false)

    /// A moderator lets the person write nothing for so many milliseconds.
    public static func silenced(for milliseconds: Int64) -> ChatError {
        ChatError(
            code: .silenced, message: "A moderator has muted you here.", retryable: false, after: milliseconds
        )
    }

    /// The person may not come into this room.
    public static let banned = ChatError(
        code: .banned, message: "You are banned from this room.", retryable: false)

    /// No such file, or none that this person may know of.
    public static let fileNotFound = ChatError(
        code: .notFound, message: "There is no such file.", retryable: false)

    /// A file is larger than this server takes; `reason` is one sentence for a person.
    public static func tooLarge(_ reason: String) -> ChatError {
        ChatError(code: .tooLarge, message: reason, retryable: false)
    }

    /// The bytes are not what they have to be; `reason` is one sentence for a person.
    public static func wrongType(_ reason: String) -> ChatError {
        ChatError(code: .type, message: reason, retryable: false)
    }

    /// The person has stored as much as this server keeps for one.
    public static let quota = ChatError(
        code: .quota, message: "You have stored as many files as this server keeps for one person.",
        retryable: false)
}
