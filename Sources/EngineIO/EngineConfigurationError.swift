/// An ``EngineConfiguration`` that a server cannot run with. Thrown when a listener starts.
public struct EngineConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The option by its name in the configuration, such as `cookie.path`.
    public let option: String
    /// What is wrong with it.
    public let problem: String

    init(_ option: String, _ problem: String) {
        self.option = option
        self.problem = problem
    }

    /// Both, in a sentence.
    public var description: String { "\(option) \(problem)" }
}
