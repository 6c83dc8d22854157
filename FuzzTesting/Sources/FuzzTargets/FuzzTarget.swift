/// What the fuzzer can be given, by the names that `dev/fuzz` takes.
public enum FuzzTarget: String, CaseIterable, Sendable {
    case frames
    case openingHandshake = "opening-handshake"
    case extensions
    case inflater
    case enginePayload = "engine-payload"
    case engineRequest = "engine-request"
    case jsonp
    case session
    case socketPacket = "socket-packet"
    case json
    case messagePack = "msgpack"
    case namespaces
    case recovery

    /// Gives one input to the decoder; a broken expectation ends the process.
    public func test(_ input: [UInt8]) {
        switch self {
        case .frames: FuzzFrames.test(input)
        case .openingHandshake: FuzzOpeningHandshake.test(input)
        case .extensions: FuzzExtensions.test(input)
        case .inflater: FuzzInflater.test(input)
        case .enginePayload: FuzzEnginePayload.test(input)
        case .engineRequest: FuzzEngineRequest.test(input)
        case .jsonp: FuzzJSONP.test(input)
        case .session: FuzzSession.test(input)
        case .socketPacket: FuzzSocketPacket.test(input)
        case .json: FuzzJSON.test(input)
        case .messagePack: FuzzMessagePack.test(input)
        case .namespaces: FuzzNamespaces.test(input)
        case .recovery: FuzzRecovery.test(input)
        }
    }
}
