internal import SocketIOProtocol

/// The counting behind an ``AnswerCollector``: who was asked, who has answered, who is still waited for.
///
/// A pure value. Every method returns what is to be reported; after the end that is nothing.
struct AnswerTally {
    private enum Expected {
        case unknown
        case nodes(Set<NodeID>)
        case count(Int)
    }

    private var expected = Expected.unknown
    private var reportedNodes: [NodeID: [SocketID]] = [:]
    private var reportCount = 0
    private var outstanding: Set<SocketID> = []
    /// Who has answered or is gone; some of them before their server said that they were asked.
    private var settled: Set<SocketID> = []
    private var unnamedAsked = 0
    private var unnamedAnswered = 0
    private var missing = AnswerReport.Missing()
    private(set) var hasEnded = false

    mutating func expect(nodes: Set<NodeID>) -> [AnswerReport] {
        guard !hasEnded else { return [] }
        expected = .nodes(nodes)
        return endIfComplete()
    }

    mutating func expect(nodeCount: Int) -> [AnswerReport] {
        guard !hasEnded else { return [] }
        expected = .count(nodeCount)
        return endIfComplete()
    }

    mutating func asked(_ receivers: AnswerReport.Receivers, by node: NodeID?) -> [AnswerReport] {
        guard !hasEnded else { return [] }
        var ids: [SocketID] = []
        switch receivers {
        case .sockets(let named): ids = named
        case .count(let count): unnamedAsked = unnamedAsked.saturatingAdding(max(0, count))
        }
        if let node {
            guard !missing.nodes.contains(node), reportedNodes.updateValue(ids, forKey: node) == nil else {
                return []
            }
        }
        reportCount = reportCount.saturatingAdding(1)
        for id in ids where !settled.contains(id) { outstanding.insert(id) }
        return [.asked(receivers)] + endIfComplete()
    }

    mutating func answered(_ arguments: EncodedArguments, by socket: SocketID?) -> [AnswerReport] {
        guard !hasEnded else { return [] }
        if let socket {
            guard settle(socket) else { return [] }
        } else {
            unnamedAnswered = unnamedAnswered.saturatingAdding(1)
        }
        return [.answered(arguments, socket)] + endIfComplete()
    }

    mutating func lost(_ socket: SocketID) -> [AnswerReport] {
        guard !hasEnded, settle(socket) else { return [] }
        missing.sockets.insert(socket)
        missing.lost.insert(socket)
        return [.lost(socket)] + endIfComplete()
    }

    mutating func lost(node: NodeID) -> [AnswerReport] {
        guard !hasEnded, case .nodes(var nodes) = expected, nodes.remove(node) != nil else { return [] }
        expected = .nodes(nodes)
        missing.nodes.insert(node)
        var reports: [AnswerReport] = []
        for socket in reportedNodes.removeValue(forKey: node) ?? [] where outstanding.contains(socket) {
            _ = settle(socket)
            missing.sockets.insert(socket)
            missing.lost.insert(socket)
            reports.append(.lost(socket))
        }
        return reports + endIfComplete()
    }

    mutating func end() -> [AnswerReport] {
        guard !hasEnded else { return [] }
        hasEnded = true
        missing.sockets.formUnion(outstanding)
        missing.unnamedSockets = max(0, unnamedAsked - unnamedAnswered)
        switch expected {
        case .unknown: break
        case .nodes(let nodes): missing.nodes.formUnion(nodes.subtracting(reportedNodes.keys))
        case .count(let count): missing.unnamedNodes = count > reportCount ? count - reportCount : 0
        }
        outstanding = []
        settled = []
        reportedNodes = [:]
        return [.ended(missing)]
    }

    /// Only the first word about a socket counts.
    private mutating func settle(_ socket: SocketID) -> Bool {
        guard settled.insert(socket).inserted else { return false }
        outstanding.remove(socket)
        return true
    }

    private mutating func endIfComplete() -> [AnswerReport] {
        let haveAllReported =
            switch expected {
            case .unknown: false
            case .nodes(let nodes): nodes.allSatisfy { reportedNodes[$0] != nil }
            case .count(let count): reportCount >= count
            }
        guard haveAllReported, outstanding.isEmpty, unnamedAnswered >= unnamedAsked else { return [] }
        return end()
    }
}

extension Int {
    /// For counts, which are never below 0.
    fileprivate func saturatingAdding(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
