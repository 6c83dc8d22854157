public import SocketIOProtocol
internal import Synchronization

/// Collects the answers to one event that many sockets were asked to answer, from however many servers.
///
/// ```
///   expect(nodes:)      which servers are asked                      once
///   asked(_:by:)        a server says who got the event              once a server
///   answered(_:by:)     a socket's answer; only its first counts
///   lost(_:)            a socket that is gone and will not answer
///   lost(node:)         a server that is gone, and with it its sockets
///   end()               the time is up, or nobody wants to know any more
/// ```
///
/// The words may come in any order and from any thread. It ends by itself when every server has spoken and every
/// socket has answered or is gone. What it makes of them it tells its owner, one report after the other, the end last.
public final class AnswerCollector: Sendable {
    private struct State {
        var tally = AnswerTally()
        var unreported: [AnswerReport] = []
        var isReporting = false
        var hasDeadline = false
        var atEnd: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let report: @Sendable (AnswerReport) -> Void

    /// A collector that tells `report`, on the thread of whoever has something to say.
    public init(_ report: @escaping @Sendable (AnswerReport) -> Void) {
        self.report = report
    }

    /// The servers that are asked, by name.
    public func expect(nodes: Set<NodeID>) { tell { $0.expect(nodes: nodes) } }

    /// How many servers are asked, where their names are unknown.
    public func expect(nodeCount: Int) { tell { $0.expect(nodeCount: nodeCount) } }

    /// A server has given the event to these sockets.
    ///
    /// - Parameters:
    ///   - receivers: the sockets, or how many.
    ///   - node: nil when the protocol does not tell, see ``expect(nodeCount:)``.
    public func asked(_ receivers: AnswerReport.Receivers, by node: NodeID?) {
        tell { $0.asked(receivers, by: node) }
    }

    /// A socket has answered.
    ///
    /// - Parameters:
    ///   - arguments: what it answered.
    ///   - socket: nil when the protocol does not tell which.
    public func answered(_ arguments: EncodedArguments, by socket: SocketID?) {
        tell { $0.answered(arguments, by: socket) }
    }

    /// A socket is gone without an answer.
    public func lost(_ socket: SocketID) { tell { $0.lost(socket) } }

    /// A server is gone, and with it those of its sockets that have not answered.
    public func lost(node: NodeID) { tell { $0.lost(node: node) } }

    /// Ends the collection; who has not answered is missing.
    public func end() { tell { $0.end() } }

    /// Whether the collection has ended.
    public var hasEnded: Bool { state.withLock { $0.tally.hasEnded } }

    /// Calls `work` when the collection has ended, before its owner hears of that; at once when it has already.
    public func whenEnded(_ work: @escaping @Sendable () -> Void) {
        let hasEnded = state.withLock { state in
            if !state.tally.hasEnded { state.atEnd.append(work) }
            return state.tally.hasEnded
        }
        if hasEnded { work() }
    }

    /// Whether the caller is the first to ask, and so the one to set the timer that ends the collection.
    public func takeDeadline() -> Bool {
        state.withLock { state in
            defer { state.hasDeadline = true }
            return !state.hasDeadline
        }
    }

    /// Counts under the lock; reports outside of it, in order, on one thread at a time.
    private func tell(_ change: (inout AnswerTally) -> [AnswerReport]) {
        let isMine = state.withLock { state in
            state.unreported += change(&state.tally)
            guard !state.isReporting, !state.unreported.isEmpty else { return false }
            state.isReporting = true
            return true
        }
        guard isMine else { return }
        while let next = takeReports() {
            // First what belongs to the collection: who hears of its end finds nothing of it left.
            for work in next.atEnd { work() }
            for report in next.reports { self.report(report) }
        }
    }

    private func takeReports() -> (reports: [AnswerReport], atEnd: [@Sendable () -> Void])? {
        state.withLock { state in
            guard !state.unreported.isEmpty else {
                state.isReporting = false
                return nil
            }
            let reports = state.unreported
            state.unreported = []
            guard state.tally.hasEnded else { return (reports, []) }
            defer { state.atEnd = [] }
            return (reports, state.atEnd)
        }
    }
}
