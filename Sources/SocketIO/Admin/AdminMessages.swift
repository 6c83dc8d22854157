internal import SocketIOCore

/// The objects of the admin UI's protocol, as they stand on the wire.
enum AdminMessages {
    struct Config: Codable, Sendable {
        var supportedFeatures: [String]
    }

    struct ServerStats: Codable, Sendable {
        struct Namespace: Codable, Sendable {
            var name: String
            var socketsCount: Int
        }

        var serverId: String
        var hostname: String
        var pid: Int
        /// Seconds.
        var uptime: Double
        var clientsCount: Int
        var pollingClientsCount: Int
        var aggregatedEvents: [AdminAggregation.Event]
        var namespaces: [Namespace]
    }

    struct Socket: Codable, Sendable {
        struct Handshake: Codable, Sendable {
            var address: String
            var headers: [String: String]
            var query: [String: String]
            /// Milliseconds since 1970.
            var issued: Int64
            var secure: Bool
            var time: String
            var url: String
            var xdomain: Bool
        }

        var id: String
        /// The same for all sockets of one client, and nothing that a client could use.
        var clientId: String
        var transport: String
        var nsp: String
        var data: JSONValue
        var handshake: Handshake
        var rooms: [String]
    }

    /// A socket whose transport changed.
    struct Update: Codable, Sendable {
        var id: String
        var nsp: String
        var transport: String
    }

    /// What the UI presents.
    struct Auth: Decodable {
        var sessionId: String?
        var username: String?
        var password: String?
    }
}
