/// A text or number of a person or client that breaks a rule, with the field that it was meant for.
public struct InvalidValue: Error, Hashable, Sendable {
    /// Where the value was meant to go.
    public enum Field: String, Sendable, CaseIterable {
        case username, name, password, body, topic, cid, mid, emoji, rr, hours, uses, members, limit, list,
            reason, until
        case prefs, locale, status, rooms, role, state, uploadMax, editMinutes, retentionDays
        case roomName = "room name"
        case fileName = "file name"
        case files
        case url, match, word
        case push = "push subscription"
        case idempotencyKey = "idempotency key"
        case serverName = "server name"
        case search = "search text"
        case invite = "invitation code"
        case conversation = "conversation id"
        case user = "user id"
        case seq
        case token = "session token"
    }

    /// What is wrong with it.
    public enum Problem: Hashable, Sendable {
        /// Shorter than so many characters.
        case tooShort(minimum: Int)
        /// Longer than so many characters.
        case tooLong(maximum: Int)
        /// A number outside the range.
        case outOfRange(ClosedRange<Int>)
        /// More entries than so many.
        case tooMany(maximum: Int)
        /// Holds a character that the field does not allow.
        case forbiddenCharacter
        /// Does not have the form of the field.
        case malformed
        /// So common, or so close to the username, that it would be guessed.
        case guessable
    }

    /// Where the value was meant to go.
    public let field: Field
    /// What is wrong with it.
    public let problem: Problem

    /// A broken rule.
    public init(_ field: Field, _ problem: Problem) {
        self.field = field
        self.problem = problem
    }

    /// One sentence for a person that names the field.
    public var message: String {
        let subject = "The \(field.rawValue)"
        switch problem {
        case .tooShort(let minimum):
            return minimum == 1 ? "\(subject) is empty." : "\(subject) needs at least \(minimum) characters."
        case .tooLong(let maximum):
            return "\(subject) has more than \(maximum) characters."
        case .outOfRange(let range):
            return "\(subject) must lie between \(range.lowerBound) and \(range.upperBound)."
        case .tooMany(let maximum):
            return "\(subject) has more than \(maximum) entries."
        case .forbiddenCharacter:
            return "\(subject) holds a character that is not allowed there."
        case .malformed:
            return "\(subject) does not have the right form."
        case .guessable:
            return "\(subject) is too easy to guess."
        }
    }
}
