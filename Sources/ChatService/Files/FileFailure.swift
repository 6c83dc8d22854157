/// Something that the machine could not do with a file: for the log.
public struct FileFailure: Error, Sendable, CustomStringConvertible {
    /// What was to be done.
    public let operation: String
    /// The system's error number.
    public let code: Int32

    public var description: String { "\(operation): error \(code)" }
}
