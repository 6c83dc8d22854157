internal import NIOCore
internal import NIOHTTP1
internal import Testing

@testable internal import EngineIO
@testable internal import SocketIO

/// `GET /metrics` on the server's own port, over a real socket.
@Suite("The metrics' address", .timeLimit(.minutes(1)))
struct PrometheusResponderTests {
    /// Says 418, so that it can be told from 404.
    private struct Teapot: PlainRequestResponder {
        func respond(to request: PlainRequest, writer: PlainResponseWriter) async throws {
            try await writer.write(
                head: .init(version: .http1_1, status: .imATeapot, headers: ["Content-Length": "0"]))
            try await writer.writeEnd()
        }
    }

    private func ask(_ request: String, other: Bool = false) async throws -> String {
        let io = SocketIO(threads: 1)
        _ = io.namespace()
        let listener = try await io.listen(
            port: 0, plain: PrometheusResponder(io, other: other ? Teapot() : nil))
        let port = try #require(listener.localAddress?.port)
        let answer = try await RawRequest.send(request, port: port)
        try await listener.shutdown(timeout: .milliseconds(100))
        return answer
    }

    @Test("the text, its type and length")
    func get() async throws {
        let answer = try await ask("GET /metrics?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.lowercased().contains("content-type: text/plain; version=0.0.4; charset=utf-8\r\n"))
        #expect(
            answer.contains("\n# TYPE engineio_sessions gauge\nengineio_sessions{transport=\"polling\"} 0\n"))
        #expect(answer.contains("\nsocketio_handler_duration_seconds_bucket{le=\"+Inf\"} 0\n"))
    }

    @Test("metrics of the application's own follow the server's")
    func added() async throws {
        let io = SocketIO(threads: 1)
        let responder = PrometheusResponder(io) {
            [
                MetricFamily("app_users", .gauge, "People.", [.init(3, ("kind", "all"))]),
                MetricFamily(
                    "app_seconds", "Time.",
                    .init(bounds: [1_000_000_000], counts: [2, 1], sum: 4_500_000_000)),
            ]
        }
        let listener = try await io.listen(port: 0, plain: responder)
        let port = try #require(listener.localAddress?.port)
        let answer = try await RawRequest.send(
            "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", port: port)
        try await listener.shutdown(timeout: .milliseconds(100))
        #expect(answer.contains("\n# TYPE engineio_sessions gauge\n"))
        #expect(
            answer.hasSuffix(
                """
                # HELP app_users People.
                # TYPE app_users gauge
                app_users{kind="all"} 3
                # HELP app_seconds Time.
                # TYPE app_seconds histogram
                app_seconds_bucket{le="1.0"} 2
                app_seconds_bucket{le="+Inf"} 3
                app_seconds_sum 4.5
                app_seconds_count 3

                """))
    }

    @Test(
        "other methods and other paths",
        arguments: [
            ("HEAD /metrics", false, "200 OK"), ("POST /metrics", false, "405 Method Not Allowed"),
            ("GET /metricsx", false, "404 Not Found"), ("GET /other", true, "418 I'm a teapot"),
        ])
    func others(_ line: String, _ other: Bool, _ status: String) async throws {
        let answer = try await ask(
            "\(line) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", other: other)
        #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
    }
}
