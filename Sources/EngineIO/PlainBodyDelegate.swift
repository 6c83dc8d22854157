public import NIOCore

/// Carries a body reader's demand back to the connection that the body comes from.
public final class PlainBodyDelegate: NIOAsyncSequenceProducerDelegate, Sendable {
    private let connection: NIOLoopBound<HTTPConnection>
    private let eventLoop: any EventLoop

    init(connection: HTTPConnection) {
        eventLoop = connection.loop.eventLoop
        self.connection = NIOLoopBound(connection, eventLoop: eventLoop)
    }

    /// The reader wants more.
    public func produceMore() {
        eventLoop.execute { self.connection.value.plainReadingResumed() }
    }

    /// The reader is gone; what still comes is thrown away.
    public func didTerminate() {
        eventLoop.execute { self.connection.value.plainReadingResumed() }
    }
}
