internal import ChatDomain
internal import ChatService
internal import HTTPTypes

/// The cookie that keeps a browser signed in.
struct SessionCookie: Sendable {
    static let name = "parley_session"

    /// Sent over TLS only. Off for a server that is reached by plain HTTP, where the browser would drop it.
    let isSecure: Bool

    /// The `Set-Cookie` value for a new session.
    func setting(_ token: SessionToken, seconds: Int64) -> String {
        "\(Self.name)=\(token.text); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(seconds)" + suffix
    }

    /// The `Set-Cookie` value that takes the cookie away.
    var clearing: String { "\(Self.name)=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0" + suffix }

    private var suffix: String { isSecure ? "; Secure" : "" }

    /// The token that a request carries: by cookie, or by `Authorization: Bearer` for programs.
    static func token(in headers: HTTPFields) -> SessionToken? {
        if let bearer = headers[.authorization], bearer.hasPrefix("Bearer ") {
            return SessionToken(String(bearer.dropFirst(7)))
        }
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let trimmed = pair.drop { $0 == " " }
                guard trimmed.hasPrefix(name + "=") else { continue }
                return SessionToken(String(trimmed.dropFirst(name.count + 1)))
            }
        }
        return nil
    }
}
