/// Under which names the attachments of a packet reach the Codable machinery.
///
/// A key can be made of any text; that its initialiser may fail is a matter of its protocol only.
enum CodingUserInfoKeys {
    static let attachmentSource = CodingUserInfoKey(rawValue: "socketio.attachments.source")
    static let attachmentSink = CodingUserInfoKey(rawValue: "socketio.attachments.sink")
}
