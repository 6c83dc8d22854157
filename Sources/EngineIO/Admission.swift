internal import EngineIOProtocol
internal import NIOCore
internal import Synchronization

/// Decides whether an engine takes one more session. Asked once a handshake, never by packets.
final class Admission: Sendable {
    /// A live session's place; another may have it when this is let go.
    final class Ticket: Sendable {
        private let admission: Admission
        private let address: AddressKey?

        fileprivate init(admission: Admission, address: AddressKey?) {
            self.admission = admission
            self.address = address
        }

        deinit { admission.release(address) }
    }

    private struct State: ~Copyable {
        var sessions = 0
        var rate: HandshakeRate?
    }

    private let limits: AdmissionLimits
    private let isReady = Atomic<Bool>(true)
    private let state = Mutex<State>(State())
    private let addresses: AddressCounter?

    init(limits: AdmissionLimits) {
        self.limits = limits
        addresses = limits.maxSessionsPerAddress.map(AddressCounter.init(limit:))
    }

    /// Whether new sessions are taken at all.
    var acceptsHandshakes: Bool {
        get { isReady.load(ordering: .relaxed) }
        set { isReady.store(newValue, ordering: .relaxed) }
    }

    /// A place for one more session; nil where none are counted.
    func admit(_ request: HandshakeRequest, now: Int64) throws(RequestError) -> Ticket? {
        guard acceptsHandshakes else { throw refusal(.draining) }
        guard !limits.isUnlimited else { return nil }
        if let refused = enter(now: now) { throw refusal(refused) }
        let address = addresses == nil ? nil : key(of: request)
        if let addresses, let address, !addresses.add(address) {
            state.withLock { $0.sessions -= 1 }
            throw refusal(.address)
        }
        return Ticket(admission: self, address: address)
    }

    private func enter(now: Int64) -> RequestError.Unavailability? {
        state.withLock { state in
            if let max = limits.maxSessions, state.sessions >= max { return .sessions }
            if let perSecond = limits.maxHandshakesPerSecond {
                var rate = state.rate ?? HandshakeRate(perSecond: perSecond, now: now)
                let mayPass = rate.take(now: now)
                state.rate = rate
                if !mayPass { return .handshakes }
            }
            state.sessions += 1
            return nil
        }
    }

    private func release(_ address: AddressKey?) {
        state.withLock { $0.sessions -= 1 }
        if let address { addresses?.remove(address) }
    }

    private func key(of request: HandshakeRequest) -> AddressKey? {
        limits.clientAddress?(request).flatMap(AddressKey.init(text:)) ?? AddressKey(request.remoteAddress)
    }

    private func refusal(_ reason: RequestError.Unavailability) -> RequestError {
        .unavailable(reason, retryAfter: limits.retryAfter)
    }
}
