internal import ChatDomain

/// Turns a text of the wire into a value of the domain; the error names the field.
enum Parsing {
    /// Ids that are not even well-formed name nothing that exists.
    static func conversation(_ text: String) throws(ChatError) -> ConversationID {
        guard let id = ConversationID(text) else { throw .conversationNotFound }
        return id
    }

    static func user(_ text: String) throws(ChatError) -> UserID {
        guard let id = UserID(text) else { throw .personNotFound }
        return id
    }

    static func users(_ texts: [String]) throws(ChatError) -> [UserID] {
        var users: [UserID] = []
        for text in texts { users.append(try user(text)) }
        return users
    }

    static func files(_ texts: [String]) throws(ChatError) -> [FileID] {
        var files: [FileID] = []
        for text in texts { files.append(try file(text)) }
        return files
    }

    static func file(_ text: String) throws(ChatError) -> FileID {
        guard let id = FileID(text) else { throw .fileNotFound }
        return id
    }

    static func seq(_ number: Int64) throws(ChatError) -> MessageSeq {
        guard let seq = MessageSeq(exactly: number) else {
            throw ChatError(code: .invalid, message: "seq: not a message number.", retryable: false)
        }
        return seq
    }

    static func role(_ word: String) throws(ChatError) -> Role {
        guard let role = Role(rawValue: word) else {
            throw ChatError(code: .invalid, message: "role: owner, moderator or member.", retryable: false)
        }
        return role
    }

    static func notifyLevel(_ word: String) throws(ChatError) -> NotifyLevel {
        guard let level = NotifyLevel(rawValue: word) else {
            throw ChatError(code: .invalid, message: "level: all, mentions or none.", retryable: false)
        }
        return level
    }

    /// A moment in milliseconds, or zero for none; the year 9999 is the end.
    static func moment(_ number: Int64) throws(ChatError) -> Timestamp {
        guard (0...253_402_300_799_000).contains(number) else {
            throw ChatError(code: .invalid, message: "until: not a moment.", retryable: false)
        }
        return Timestamp(milliseconds: number)
    }

    static func body(_ text: String, mayBeEmpty: Bool) throws(ChatError) -> MessageBody {
        if text.isEmpty && mayBeEmpty { return .none }
        return try value { () throws(InvalidValue) in try MessageBody(text) }
    }

    static func changeID(_ text: String) throws(ChatError) -> ChangeID {
        try value { () throws(InvalidValue) in try ChangeID(text) }
    }

    static func value<Value>(_ make: () throws(InvalidValue) -> Value) throws(ChatError) -> Value {
        do {
            return try make()
        } catch {
            throw ChatError(error)
        }
    }
}
