/// A cookie that carries the session id, for load balancers that keep a client on one server by it.
///
/// It is set by the answer to a polling handshake and by no other. This server never reads it: a session is named
/// by the query's `sid` alone.
public struct HandshakeCookie: Sendable, Equatable {
    /// To which requests from other sites a browser adds the cookie.
    public enum SameSite: String, Sendable, Equatable, CaseIterable {
        case strict = "Strict"
        case lax = "Lax"
        /// To all. Browsers ask for ``HandshakeCookie/secure`` then.
        case none = "None"
    }

    /// The cookie's name.
    public var name = "io"
    /// The paths that the browser sends it to; nil leaves the attribute out.
    public var path: String? = "/"
    /// The host, and those below it; nil means the very host.
    public var domain: String?
    /// Seconds until the browser forgets it; nil means with the browser's session.
    public var maxAge: Int?
    /// Whether scripts are kept from reading it.
    public var httpOnly = true
    /// Whether it is for encrypted connections only. Set on connections that are encrypted up to this process, whatever
    /// this says; behind a proxy that ends TLS, say true.
    public var secure = false
    /// Which other sites' requests carry it; nil leaves the attribute out.
    public var sameSite: SameSite? = .lax

    /// The reference's defaults: `io=<sid>; Path=/; HttpOnly; SameSite=Lax`.
    public init() {}

    func validate() throws(EngineConfigurationError) {
        guard HTTPField.isToken(name) else {
            throw EngineConfigurationError("cookie.name", "is no cookie name")
        }
        for (option, text) in [("cookie.path", path), ("cookie.domain", domain)] {
            guard let text else { continue }
            // One more attribute could hide behind a semicolon, one more header behind a line's end.
            guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x3B }) else {
                throw EngineConfigurationError(option, "holds a semicolon, a control character or no ASCII")
            }
        }
        if let maxAge, maxAge < 0 { throw EngineConfigurationError("cookie.maxAge", "is negative") }
        if sameSite == HandshakeCookie.SameSite.none, !secure {
            throw EngineConfigurationError(
                "cookie.sameSite", "is none, which browsers accept with secure only")
        }
    }

    /// The value of the `Set-Cookie` header.
    ///
    /// - Parameter isSecure: whether the connection is encrypted.
    func setCookie(sid: String, isSecure: Bool) -> String {
        var text = "\(name)=\(sid)"
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if let domain { text += "; Domain=\(domain)" }
        if let path { text += "; Path=\(path)" }
        if httpOnly { text += "; HttpOnly" }
        if secure || isSecure { text += "; Secure" }
        if let sameSite { text += "; SameSite=\(sameSite.rawValue)" }
        return text
    }
}
