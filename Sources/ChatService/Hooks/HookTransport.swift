public import ChatDomain

/// The answer of another server, or why there was none.
public enum HookTransportAnswer: Sendable {
    /// The server answered with this status and, as far as it was read, this body.
    case answered(status: Int, body: [UInt8])
    /// There was no answer; the reason is a sentence for a person.
    case failed(String)
    /// The address may not be reached from here; the reason is a sentence for a person.
    case refused(String)
}

/// Carries a body to another server: where it may go and how long that may take is its affair.
public protocol HookTransport: Sendable {
    /// POSTs JSON and reads at most ``HookTransport/answerBytes`` of the answer.
    func post(_ json: [UInt8], to url: HookURL, headers: [(name: String, value: String)]) async
        -> HookTransportAnswer
}

extension HookTransport {
    /// Bytes of an answer that are read: more than a message can have.
    public static var answerBytes: Int { 128 << 10 }
}
