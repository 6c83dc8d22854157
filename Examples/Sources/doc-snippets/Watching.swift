import SocketIO

/// The code of the articles about watching a server.
enum Watching {
    static func metrics(_ io: SocketIO) async throws {
        let listener = try await io.listen(port: 3000, plain: PrometheusResponder(io))
        let snapshot = await io.metrics.snapshot()
        for family in snapshot.families { print("\(family.name): \(family.help)") }
        try await listener.closed()
    }

    static func admin(_ io: SocketIO, _ secret: String) {
        io.instrument(Admin(authentication: .credentials(username: "admin", password: secret)))
    }
}
