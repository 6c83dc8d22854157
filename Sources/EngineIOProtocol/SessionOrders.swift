/// What the driver of a ``SessionStateMachine`` has to do after it reported something.
/// Each enum belongs to the machine's method of the same name.
public enum SessionOrder {
    /// After a packet was put into the outbox, and at the end of a loop tick.
    public enum OnFlush: Equatable, Sendable {
        /// Write everything in the outbox to the WebSocket.
        case writeWebSocket
        /// Answer the held poll with everything in the outbox.
        case answerPoll
        /// Answer the held poll with everything in the outbox and a close packet, then forget the session.
        case answerPollAndClose
        /// Keep the packets; nothing can take them now.
        case keep
        /// The session is over: drop the packets.
        case drop
    }

    /// After a polling GET arrived.
    public enum OnPoll: Equatable, Sendable {
        /// Answer it with what the outbox holds, or hold it while the outbox is empty.
        case hold
        /// Two polls at once: answer the held one with a close packet, this one with "bad request", close.
        case overlap
        /// The session does not poll any more: "bad request".
        case mismatch
    }

    /// After the head of a polling POST arrived.
    public enum OnPostBegan: Equatable, Sendable {
        /// Read the body.
        case accept
        /// Two bodies at once: answer "bad request" and close.
        case overlap
        /// The session does not poll any more: "bad request".
        case mismatch
    }

    /// After a packet arrived on the current transport.
    public enum OnPacket: Equatable, Sendable {
        /// Hand the data to the layer above.
        case deliver
        /// Nothing to do.
        case ignore
        /// The heartbeat was answered; the next deadline changed.
        case alive
        /// Send a pong packet without data; the next deadline changed.
        case answerPing
        /// The session ends for this reason.
        case close(CloseReason)
    }

    /// After a WebSocket asked for an existing session.
    public enum OnProbe: Equatable, Sendable {
        /// Let it probe.
        case accept
        /// Close this WebSocket; the session goes on as it was.
        case refuse
    }

    /// After a packet arrived on a probing WebSocket.
    public enum OnProbePacket: Equatable, Sendable {
        /// Send `3probe` on it.
        case answerProbe
        /// The client moved: release a held poll with a noop, write the outbox to the WebSocket.
        case completeUpgrade
        /// Close the probing WebSocket; the session goes on polling.
        case closeProbe
    }

    /// After the time of ``SessionStateMachine/nextDeadline`` came.
    public enum OnTimer: Equatable, Sendable {
        /// Too early, or nothing is due.
        case none
        /// Send a ping packet.
        case sendPing
        /// Release a held poll with a noop, if there is one.
        case releasePoll
        /// Close the probing WebSocket; the session goes on polling.
        case closeProbe
        /// The session ends for this reason.
        case close(CloseReason)
    }

    /// After somebody wants the session to end.
    public enum OnClose: Equatable, Sendable {
        /// Write the outbox and a close frame to the WebSocket; the session is over.
        case closeWebSocket
        /// Answer the held poll with the outbox and a close packet; the session is over.
        case answerPollAndClose
        /// Keep the outbox for the next poll; the session is over for the layer above.
        case awaitPoll
        /// Nothing to do: it was over already.
        case none
    }
}
