/// What a test waited for in vain.
public enum TestFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The test's clock passed the deadline before the event came.
    case notInTime(event: String)
    /// Nothing happened for a long while of real time, and nobody moved the clock.
    case nothingHappens(waitingFor: String)
    /// The server was not made by `SocketIO.forTesting(_:loops:)`: its loops have a clock of their own.
    case serverOnThreads

    /// The failure in words.
    public var description: String {
        switch self {
        case .notInTime(let event): "\"\(event)\" did not come before its deadline"
        case .nothingHappens(let what): "nothing happens while waiting for \(what): advance the clock?"
        case .serverOnThreads: "make the server with SocketIO.forTesting()"
        }
    }
}
