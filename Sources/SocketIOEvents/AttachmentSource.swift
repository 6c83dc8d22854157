/// The attachments of an incoming packet, for the decoder of its arguments.
final class AttachmentSource: Sendable {
    static let key = CodingUserInfoKeys.attachmentSource

    let all: [[UInt8]]

    init(_ all: [[UInt8]]) { self.all = all }
}

/// The attachments of an outgoing packet, filled by the encoder of its arguments.
/// Used by one encoding at a time.
final class AttachmentSink: @unchecked Sendable {
    static let key = CodingUserInfoKeys.attachmentSink

    private(set) var all: [[UInt8]] = []

    func add(_ bytes: [UInt8]) -> Int {
        all.append(bytes)
        return all.count - 1
    }

    /// Forgets the attachments of a value that could not be written.
    func removeAll(after count: Int) { all.removeLast(all.count - count) }
}
