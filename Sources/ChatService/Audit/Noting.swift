public import ChatDomain
internal import FoundationEssentials

/// Who does something that the audit log keeps.
public struct Actor: Hashable, Sendable {
    /// The person; nobody for the console.
    public let user: UserID?
    /// From where.
    public let source: RequestSource

    /// A person at some place.
    public init(_ user: UserID?, from source: RequestSource) {
        self.user = user
        self.source = source
    }
}

extension AuditWriting {
    /// Adds an entry to the audit log, in the transaction of what it tells of.
    func note(
        _ action: AuditAction, by user: UserID?, from source: RequestSource, target: String? = nil,
        data: [String: String] = [:], at now: Timestamp
    ) throws {
        let text = data.isEmpty ? nil : try Self.json(data)
        try insertAuditRow(
            AuditChain.next(
                after: try lastAuditRow(), at: now, actor: user, ip: source.ip, action: action,
                target: target, data: text))
    }

    /// Adds an entry about what `actor` did.
    func note(
        _ action: AuditAction, by actor: Actor, target: String? = nil, data: [String: String] = [:],
        at now: Timestamp
    ) throws {
        try note(action, by: actor.user, from: actor.source, target: target, data: data, at: now)
    }

    private static func json(_ data: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(data), as: UTF8.self)
    }
}
