/// How often each event or ack goes through: 0 loses it, 2 doubles it. For tests of what the layers above do
/// when a network, or a server, is not as good as it should be.
package struct MessageFaults: Sendable {
    /// Asked for each packet that is sent.
    package var outgoing: @Sendable () -> Int
    /// Asked for each packet that arrives.
    package var incoming: @Sendable () -> Int

    package init(
        outgoing: @escaping @Sendable () -> Int = { 1 }, incoming: @escaping @Sendable () -> Int = { 1 }
    ) {
        self.outgoing = outgoing
        self.incoming = incoming
    }
}
