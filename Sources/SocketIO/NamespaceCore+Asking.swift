internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

extension NamespaceCore {
    /// Asks all sockets that the options name.
    ///
    /// - Throws: ``EmitError/reservedName(_:)`` or ``CallError/tooManyPending``.
    func ask(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration?,
        _ report: @escaping @Sendable (AnswerReport) -> Void
    ) throws -> AnswerCollector {
        guard !ReservedNames.isReserved(event.name) else { throw EmitError.reservedName(event.name) }
        guard pendingAsks.wrappingAdd(1, ordering: .relaxed).newValue <= settings.maxPendingCalls else {
            pendingAsks.wrappingSubtract(1, ordering: .relaxed)
            throw CallError.tooManyPending
        }
        let answers = AnswerCollector(report)
        answers.whenEnded { [self] in pendingAsks.wrappingSubtract(1, ordering: .relaxed) }
        let timeout = timeout ?? settings.ackTimeout
        end(answers, after: timeout)
        adapter.broadcast(event, options: options, timeout: timeout, answers: answers)
        return answers
    }
}
