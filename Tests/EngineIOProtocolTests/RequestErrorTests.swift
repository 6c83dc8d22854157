internal import EngineIOProtocol
internal import Testing

/// What a refused request is told, case by case.
@Suite("Errors of requests")
struct RequestErrorTests {
    static let table:
        [(RequestError, code: Int, message: String, context: String, status: Int, upgrade: Int)] = [
            (.transportUnknown, 0, "Transport unknown", "UNKNOWN_TRANSPORT", 400, 400),
            (.sessionIDUnknown, 1, "Session ID unknown", "UNKNOWN_SID", 400, 400),
            (.badHandshakeMethod, 2, "Bad handshake method", "BAD_HANDSHAKE_METHOD", 400, 400),
            (.badRequest, 3, "Bad request", "BAD_REQUEST", 400, 400),
            (.invalidOrigin, 3, "Bad request", "INVALID_ORIGIN", 400, 400),
            (.transportMismatch, 3, "Bad request", "TRANSPORT_MISMATCH", 400, 400),
            (.transportHandshakeError, 3, "Bad request", "TRANSPORT_HANDSHAKE_ERROR", 400, 400),
            (.middlewareFailure, 3, "Bad request", "MIDDLEWARE_FAILURE", 400, 400),
            (.idGenerationError, 3, "Bad request", "ID_GENERATION_ERROR", 400, 400),
            (.jsonpDisabled, 3, "Bad request", "JSONP_DISABLED", 400, 400),
            (.forbidden("go away"), 4, "go away", "FORBIDDEN", 403, 400),
            (.defaultForbidden, 4, "Forbidden", "FORBIDDEN", 403, 400),
            (
                .unsupportedProtocolVersion, 5, "Unsupported protocol version",
                "UNSUPPORTED_PROTOCOL_VERSION", 400, 400
            ),
            (.unavailable(.draining, retryAfter: 1), 6, "Server is shutting down", "DRAINING", 503, 503),
            (.unavailable(.sessions, retryAfter: 1), 6, "Too many sessions", "TOO_MANY_SESSIONS", 503, 503),
            (
                .unavailable(.handshakes, retryAfter: 1), 6, "Too many handshakes", "TOO_MANY_HANDSHAKES",
                503, 503
            ),
            (
                .unavailable(.address, retryAfter: 1), 6, "Too many sessions from this address",
                "TOO_MANY_SESSIONS_FROM_ADDRESS", 429, 429
            ),
        ]

    @Test(arguments: 0..<table.count)
    func meaning(row: Int) {
        let (error, code, message, context, status, upgrade) = Self.table[row]
        #expect(error.code == code)
        #expect(error.message == message)
        #expect(error.context == context)
        #expect(error.status == status)
        #expect(error.upgradeStatus == upgrade)
        #expect(
            String(decoding: error.json, as: UTF8.self) == "{\"code\":\(code),\"message\":\"\(message)\"}")
    }

    @Test func originsThatMayRead() {
        #expect(!OriginPolicy.sameOrigin.usesCORS)
        let policies: [OriginPolicy] = [
            .any, .list(["https://a.example"]), .matching { $0.hasSuffix(".example") },
        ]
        for policy in policies {
            #expect(policy.usesCORS)
            #expect(policy.allows(origin: "https://a.example", host: "b.example"))
        }
        #expect(!policies[2].allows(origin: "https://a.evil", host: "b.example"))
        #expect(!policies[1].allows(origin: "https://a.evil", host: nil))
        #expect(OriginPolicy.isLegal("https://a.example") && !OriginPolicy.isLegal("https://ä.example"))
    }

    @Test("An origin that cannot be one is refused before it is compared")
    func illegalOrigin() {
        let verifier = RequestVerifier(transports: [.polling], allowUpgrades: true, origins: .any)
        func intent(_ origin: String) throws -> RequestVerifier.Intent {
            try verifier.verify(
                .init(
                    method: "GET", query: RequestQuery("EIO=4&transport=polling"), isUpgrade: false,
                    origin: origin, host: "b.example"), isLive: { _ in false })
        }
        #expect(throws: RequestError.invalidOrigin) { try intent("https://a.example\u{7F}") }
        #expect(throws: RequestError.invalidOrigin) { try intent("https://ä.example") }
        #expect(throws: Never.self) { try intent("https://a.example") }
    }

    @Test(arguments: [("A_z-9", true), ("", false), ("a b", false), ("a\r\n", false), ("é", false)])
    func idsOfTheApplication(id: String, isUsable: Bool) {
        #expect(SessionID.isUsable(id) == isUsable)
        #expect(!SessionID.isUsable(String(repeating: "a", count: SessionID.maxLength + 1)))
    }
}
