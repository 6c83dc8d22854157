internal import FoundationEssentials
internal import SocketIOCore

/// What a CONNECT says about a session that went before.
enum RecoveryRequest {
    case none
    /// It is not of the form that clients send.
    case malformed
    case claim(RecoveryClaim)

    private struct Fields: Decodable {
        let pid: String?
        let offset: String?
    }

    /// Reads the CONNECT's payload, in which the official client puts `pid`, and `offset` once it has one.
    init(_ handshake: Handshake) {
        guard handshake.authJSON.count > 2 else {
            self = .none
            return
        }
        do {
            let fields = try handshake.auth(Fields.self)
            guard let pid = fields.pid else {
                self = .none
                return
            }
            self = RecoveryClaim(pid: pid, offset: fields.offset).map { .claim($0) } ?? .malformed
        } catch {
            self = .malformed
        }
    }
}
