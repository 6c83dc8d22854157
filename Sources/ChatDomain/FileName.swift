/// What a file is called: 1...255 characters on one line, no folder.
public struct FileName: Hashable, Sendable {
    /// The name, without the folders before it.
    public let text: String

    /// Checks a name; of a path only what stands behind the last `/` or `\` counts. Throws `InvalidValue` of the field
    /// `fileName`.
    public init(_ text: String) throws(InvalidValue) {
        let folder = text.lastIndex { $0 == "/" || $0 == "\\" }
        let last = folder.map { String(text[text.index(after: $0)...]) } ?? text
        self.text = try SingleLineText.checked(last, field: .fileName, length: Limits.fileName)
    }
}
