/// Why an archive is not taken, in a sentence for the person at the console.
public struct ArchiveProblem: Error, CustomStringConvertible, Equatable {
    /// The sentence.
    public let description: String

    /// A problem.
    public init(_ description: String) {
        self.description = description
    }
}
