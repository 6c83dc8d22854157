internal import SocketIOProtocol
internal import Testing

/// What broken rules and ended connections are called.
@Suite struct ReasonTests {
    @Test func `the reasons of the reference come first and are spelled as it spells them`() {
        let words = DisconnectReason.allCases.map(\.description)
        #expect(
            words.prefix(9) == [
                "transport error", "transport close", "forced close", "ping timeout", "parse error",
                "server shutting down", "forced server close", "client namespace disconnect",
                "server namespace disconnect",
            ])
        #expect(Set(words).count == words.count)
    }

    @Test func `no two violations share their words`() {
        let words = SocketIOViolation.allCases.map(\.reason)
        #expect(Set(words).count == words.count)
        #expect(words == SocketIOViolation.allCases.map(\.description))
        #expect(words.allSatisfy { !$0.isEmpty })
    }

    @Test(arguments: SocketIOViolation.allCases)
    func `a packet in the wrong place is told apart from a broken one`(violation: SocketIOViolation) {
        let misplaced: [SocketIOViolation] = [
            .alreadyConnected, .notConnected, .connectErrorFromClient, .tooManyNamespaces,
        ]
        #expect(
            violation.disconnectReason == (misplaced.contains(violation) ? .forcedServerClose : .forcedClose))
    }
}
