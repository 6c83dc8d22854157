internal import ChatGateway
internal import ChatService
internal import EngineIO
internal import SocketIO
internal import Testing

/// What Prometheus is told of a running chat, on a port of its own.
@Suite("Metrics of the chat", .timeLimit(.minutes(5)))
struct MetricsTests {
    private func metrics(of server: ChatServer, _ test: (Int) async throws -> Void) async throws {
        let listener = try await server.gateway.listenForMetrics(host: "127.0.0.1", port: 0)
        try await test(#require(listener.localAddress?.port))
        try await listener.shutdown(timeout: .milliseconds(100))
    }

    private func ask(_ path: String, _ port: Int) async throws -> HTTPAnswer {
        try await HTTPAnswer.of("GET", path, nil, headers: [], port: port)
    }

    @Test("People, rooms, messages, writes and their time, beside what the server of sockets counts")
    func families() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let client = try await server.connect(anna)
            _ = try await client.done("room.create", #"{"name":"R","public":true}"#)
            _ = try await client.done("sync", #"{"why":"tick"}"#)
            _ = try await client.done("sync", "{}")
            try await metrics(of: server) { port in
                let lines = Set(try await ask("/metrics", port).text.split(separator: "\n"))
                for line in [
                    "parley_people_connected 1", "parley_people 1", "parley_rooms 1", "parley_messages 1",
                    "parley_digest_mismatches_total 1", "parley_write_queue 0", "parley_files_bytes 0",
                    "parley_waiting{kind=\"deliveries\"} 0", "parley_commits_total{result=\"failed\"} 0",
                    "# TYPE parley_write_seconds histogram", "# TYPE engineio_sessions gauge",
                ] {
                    #expect(lines.contains(line[...]), "\(line)")
                }
                let writes = server.store.activity.writes
                #expect(writes > 2 && lines.contains("parley_writes_total{result=\"kept\"} \(writes)"))
                #expect(lines.contains("parley_write_seconds_count \(writes)"))
            }
            let health = try await server.http("GET", "/api/admin/health", as: anna).json
            #expect(health["online"] == .integer(1) && health["sockets"] == .integer(1))
            #expect(health["filesBytes"] == .integer(0) && health["ackP99"] != nil)
            await client.close()
        }
    }

    @Test("The port answers nothing else, and the port of the chat tells nobody")
    func ports() async throws {
        try await ChatServer.run { server in
            try await metrics(of: server) { port in
                for path in ["/", "/api/state", "/socket.io/?EIO=4&transport=polling"] {
                    let answer = try await ask(path, port)
                    #expect(answer.status == 404, "\(path)")
                }
            }
            let page = try await server.http("GET", "/metrics")
            #expect(!page.text.contains("parley_"))
        }
    }
}
