internal import FoundationEssentials

/// A file that a server's TLS cannot begin, or go on, with.
public struct TLSFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Its path, as it was given.
    public let file: String
    /// What is wrong with it, and what to do.
    public let problem: String

    /// Both.
    public var description: String { "\(file): \(problem)" }

    init(_ file: String, _ problem: String) {
        self.file = file
        self.problem = problem
    }

    /// The file could not be read.
    init(_ file: String, reading error: any Error) {
        let problem =
            switch (error as? CocoaError)?.code {
            case CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile:
                "there is no such file; check the path, which is taken from the working directory unless it begins with /"
            case CocoaError.fileReadNoPermission:
                "may not be read by the user that the server runs as; change its owner, group or mode"
            default: "cannot be read: \(error)"
            }
        self.init(file, problem)
    }
}
