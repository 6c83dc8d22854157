internal import FoundationEssentials

/// The server's side of the public admin UI (`@socket.io/admin-ui`): who is connected, what happens, and a hand in it.
///
/// ```swift
/// io.instrument(Admin(authentication: .credentials(username: "admin", password: secret), mode: .production))
/// ```
/// Then open the UI (admin.socket.io, or one's own copy) and give it the server's address; a page of another origin must
/// be allowed by `EngineConfiguration.origins`.
///
/// Whoever gets in sees clients' addresses, headers and queries, in development mode every event with its arguments, and
/// may emit to everybody unless the namespace is read only. Session ids, credentials and what clients presented at their CONNECT are
/// never shown; headers that carry credentials are shown as `[redacted]`.
public struct Admin: Sendable {
    /// Who gets in.
    public enum Authentication: Sendable {
        /// Everybody who reaches the server.
        case none
        /// Whom `verify` lets in; the place to ask a password hash. It runs once for each attempt that names no
        /// session and must take its time itself if attempts are to be slow.
        case verify(@Sendable (_ username: String, _ password: String) async -> Bool)

        /// One person with one password, compared in constant time.
        public static func credentials(username: String, password: String) -> Authentication {
            .verify { name, word in
                // Both are compared, whatever the first says.
                let isName = ConstantTime.equal(name, username)
                let isWord = ConstantTime.equal(word, password)
                return isName && isWord
            }
        }
    }

    /// How much the UI is told.
    public enum Mode: String, Sendable {
        /// Every socket, room and event: not for servers with many clients.
        case development
        /// Sums only.
        case production
    }

    /// The namespace that the UI joins.
    public var namespace: String
    public var authentication: Authentication
    /// Whether the UI may only watch.
    public var isReadOnly: Bool
    public var mode: Mode
    /// What the server is called in the UI, one among those of a cluster.
    public var serverID: String
    /// How often sums are sent while somebody watches.
    public var interval: Duration
    /// How many people may be signed in; the one who did so first has to do it again when there are more.
    public var maxSessions: Int
    /// Seconds that somebody stays signed in.
    public var sessionLifetime: Duration

    /// - Parameters:
    ///   - authentication: who gets in.
    ///   - namespace: the namespace that the UI joins.
    ///   - isReadOnly: whether whoever is in can only watch.
    ///   - mode: how much is told.
    ///   - serverID: nil takes the machine's name.
    ///   - interval: how often sums are sent.
    ///   - maxSessions: how many who signed in are remembered.
    ///   - sessionLifetime: how long somebody who signed in is remembered.
    public init(
        authentication: Authentication, namespace: String = "/admin", isReadOnly: Bool = false,
        mode: Mode = .production, serverID: String? = nil, interval: Duration = .seconds(2),
        maxSessions: Int = 1_000, sessionLifetime: Duration = .seconds(86_400)
    ) {
        self.authentication = authentication
        self.namespace = namespace
        self.isReadOnly = isReadOnly
        self.mode = mode
        self.serverID = serverID ?? ProcessInfo.processInfo.hostName
        self.interval = max(interval, .milliseconds(100))
        self.maxSessions = max(1, maxSessions)
        self.sessionLifetime = sessionLifetime
    }

    /// What the UI may offer.
    var features: [String] {
        let changing = ["EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT"]
        return (isReadOnly ? [] : changing) + ["AGGREGATED_EVENTS"]
            + (mode == .development ? ["ALL_EVENTS"] : [])
    }
}
