/// Under which names the attachments of a packet reach the Codable machinery.
enum CodingUserInfoKeys {
    // The initialiser fails for no text at all on this platform; the empty key is never looked up then.
    static let attachmentSource = make("socketio.attachments.source")
    static let attachmentSink = make("socketio.attachments.sink")

    private static func make(_ name: String) -> CodingUserInfoKey {
        guard let key = CodingUserInfoKey(rawValue: name) else {
            preconditionFailure("a user info key can be made of any text")
        }
        return key
    }
}
