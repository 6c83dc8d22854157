internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

/// The columns of a row, read from left to right. Values that this program cannot have written throw; they never trap.
struct Columns {
    private let row: Row
    private var index = 0

    init(_ row: Row) {
        self.row = row
    }

    mutating func int() throws -> Int64 {
        try value(Int64.self)
    }

    mutating func count() throws -> Int {
        Int(try int())
    }

    mutating func text() throws -> String {
        try value(String.self)
    }

    mutating func optionalText() throws -> String? {
        try optional(String.self)
    }

    mutating func optionalInt() throws -> Int64? {
        try optional(Int64.self)
    }

    mutating func time() throws -> Timestamp {
        Timestamp(milliseconds: try int())
    }

    mutating func seq() throws -> MessageSeq {
        let number = try int()
        return try require(MessageSeq(exactly: number), number)
    }

    mutating func userID() throws -> UserID {
        let text = try text()
        return try require(UserID(text), text)
    }

    mutating func conversationID() throws -> ConversationID {
        let text = try text()
        return try require(ConversationID(text), text)
    }

    mutating func sessionID() throws -> SessionID {
        let text = try text()
        return try require(SessionID(text), text)
    }

    mutating func optionalFileID() throws -> FileID? {
        guard let text = try optionalText() else { return nil }
        return try require(FileID(text), text)
    }

    mutating func fileID() throws -> FileID {
        let text = try text()
        return try require(FileID(text), text)
    }

    mutating func userKey() throws -> UserKey {
        UserKey(try int())
    }

    mutating func conversationKey() throws -> ConversationKey {
        ConversationKey(try int())
    }

    mutating func conversationKind() throws -> ConversationKind {
        let number = try int()
        return try require(ConversationKind(stored: number), number)
    }

    mutating func messageKind() throws -> MessageKind {
        let number = try int()
        return try require(MessageKind(stored: number), number)
    }

    mutating func role() throws -> Role {
        let number = try int()
        return try require(Role(stored: number), number)
    }

    mutating func notifyLevel() throws -> NotifyLevel {
        let number = try int()
        return try require(NotifyLevel(stored: number), number)
    }

    mutating func optionalClientID() throws -> ClientMessageID? {
        guard let bytes = try optional(Data.self) else { return nil }
        return try require(ClientMessageID(stored: bytes), bytes.count)
    }

    /// The columns of `Transaction.userColumns`.
    mutating func user() throws -> User {
        User(
            id: try userID(), username: try text(), name: try text(), role: try accountRole(),
            state: try accountState(), status: try text(), avatar: try optionalFileID(),
            isBot: try int() != 0)
    }

    private mutating func accountRole() throws -> AccountRole {
        let number = try int()
        return try require(AccountRole(stored: number), number)
    }

    private mutating func accountState() throws -> AccountState {
        let number = try int()
        return try require(AccountState(stored: number), number)
    }

    mutating func optionalTime() throws -> Timestamp? {
        try optional(Int64.self).map { Timestamp(milliseconds: $0) }
    }

    mutating func bytes() throws -> [UInt8] {
        Array(try value(Data.self))
    }

    /// Empty where there is none.
    mutating func optionalBytes() throws -> [UInt8] {
        try optional(Data.self).map { Array($0) } ?? []
    }

    /// Skips columns that another case of the row would use.
    mutating func skip(_ count: Int) {
        index += count
    }

    /// Whether the next column is NULL; does not pass it.
    var isNull: Bool {
        row.hasNull(atIndex: index)
    }

    private mutating func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ type: Value.Type
    ) throws -> Value {
        defer { index += 1 }
        return try row.decode(type, atIndex: index)
    }

    private mutating func optional<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ type: Value.Type
    ) throws -> Value? {
        defer { index += 1 }
        return row.hasNull(atIndex: index) ? nil : try row.decode(type, atIndex: index)
    }

    private func require<Value>(_ value: Value?, _ stored: some CustomStringConvertible) throws -> Value {
        guard let value else {
            throw CorruptRow(column: Array(row.columnNames)[index - 1], value: stored.description)
        }
        return value
    }
}
