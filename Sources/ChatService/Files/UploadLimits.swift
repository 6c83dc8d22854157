/// How much people may store.
public struct UploadLimits: Hashable, Sendable {
    /// Bytes of one file, whatever the administrators allow.
    public var bytes: Int64
    /// Bytes of all files of one person.
    public var bytesPerPerson: Int64
    /// Uploads that are going on at a time, of everybody.
    public var concurrent: Int

    /// Limits; without a word 1 GiB a file and 5 GiB a person.
    public init(bytes: Int64 = 1 << 30, bytesPerPerson: Int64 = 5 << 30, concurrent: Int = 64) {
        self.bytes = bytes
        self.bytesPerPerson = bytesPerPerson
        self.concurrent = concurrent
    }
}
