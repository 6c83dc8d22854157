public import SocketIOCore

/// What the sockets that were asked have answered. Partial answers are never thrown away.
public struct AckReport<Reply: Sendable>: Sendable {
    /// Who answered what.
    public internal(set) var replies: [SocketID: Reply] = [:]
    /// The answers whose sockets are unknown: another server's protocol does not tell.
    public internal(set) var unnamedReplies: [Reply] = []
    /// Who was asked and did not answer: in time, or because it is gone.
    public internal(set) var missing: Set<SocketID> = []
    /// Those of the ``missing`` that are gone.
    public internal(set) var disconnected: Set<SocketID> = []
    /// Those who answered, but not what was expected.
    public internal(set) var unexpected: [SocketID: EventArguments] = [:]
    /// How many further sockets did not answer as expected, whose names are unknown.
    public internal(set) var unnamedMissing = 0
    /// The servers that are gone or did not say whom they asked.
    public internal(set) var missingNodes: Set<NodeID> = []
    /// How many further servers did not say whom they asked.
    public internal(set) var unnamedMissingNodes = 0

    /// Whether everybody has answered as expected.
    public var isComplete: Bool {
        missing.isEmpty && unexpected.isEmpty && unnamedMissing == 0 && missingNodes.isEmpty
            && unnamedMissingNodes == 0
    }

    mutating func add(
        _ arguments: EventArguments, from socket: SocketID?, _ decode: (EventArguments) throws -> Reply
    ) {
        switch (try? decode(arguments), socket) {
        case (let reply?, let socket?): replies[socket] = reply
        case (let reply?, nil): unnamedReplies.append(reply)
        case (nil, let socket?): unexpected[socket] = arguments
        case (nil, nil): unnamedMissing += 1
        }
    }

    mutating func end(_ missing: AnswerReport.Missing) {
        self.missing = missing.sockets
        unnamedMissing += missing.unnamedSockets
        missingNodes = missing.nodes
        unnamedMissingNodes = missing.unnamedNodes
    }
}
