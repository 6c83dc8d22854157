internal import WebSocketProtocol

/// `Sec-WebSocket-Extensions` of a client, one line of the input a line of the field: what is agreed on is within the
/// policy, and the client that made the offer confirms it.
enum FuzzExtensions {
    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let lines = input.dropFirst().split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        var policy = DeflatePolicy()
        policy.serverMaxWindowBits = 8 + Int(choice & 7)
        policy.clientMaxWindowBits = 8 + Int(choice >> 3 & 7)
        policy.serverContextTakeover = choice & 64 == 0
        policy.clientContextTakeover = choice & 128 == 0
        guard let agreement = try? DeflateAgreement.accept(lines, policy: policy) else {
            _ = try? DeflateAgreement.confirm(lines, of: DeflateOffer())
            return
        }
        let server = agreement.serverMaxWindowBits ?? 15
        let client = agreement.clientMaxWindowBits ?? 15
        precondition((8...policy.serverMaxWindowBits).contains(server), "a window beyond the policy")
        precondition((8...policy.clientMaxWindowBits).contains(client), "a window beyond the policy")
        precondition(policy.serverContextTakeover || agreement.serverNoContextTakeover)
        precondition(policy.clientContextTakeover || agreement.clientNoContextTakeover)
        guard var list = try? ExtensionList(lines) else { return }
        while let element = try? list.next() {
            guard let offer = DeflateOffer(element),
                let taken = DeflateAgreement(accepting: offer, policy: policy)
            else { continue }
            precondition(taken == agreement, "not the first offer that can be taken")
            let confirmed = try? DeflateAgreement.confirm([taken.headerValue], of: offer)
            precondition(confirmed == taken, "an answer that the client refuses")
            return
        }
        preconditionFailure("an agreement without an offer")
    }
}
