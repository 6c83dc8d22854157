internal import EngineIO
internal import Foundation
internal import NIOCore
internal import SocketIOEvents
internal import Testing

@testable internal import SocketIO

/// Coders with settings of the application's.
@Suite("JSON settings", .timeLimit(.minutes(5)))
struct CodingTests {
    private struct Meeting: Codable, Sendable {
        let startsAt: Date
    }

    @Test("dates and keys as configured, in events, acks, replies, broadcasts and credentials")
    func dates() async throws {
        let coding = JSONCoding(
            encoder: {
                $0.dateEncodingStrategy = .iso8601
                $0.keyEncodingStrategy = .convertToSnakeCase
            },
            decoder: {
                $0.dateDecodingStrategy = .iso8601
                $0.keyDecodingStrategy = .convertFromSnakeCase
            })
        var configuration = Configuration()
        configuration.json = coding
        let stack = Stack(configuration)
        let root = stack.io.namespace("/m") { try $0.auth(Meeting.self) }
        root.on(Event<Meeting>("later").returning(Meeting.self)) { socket, meeting in
            socket.emit(Event<Meeting>("joined"), socket.state)
            root.emit(Event<Meeting>("all"), meeting)
            return Meeting(startsAt: meeting.startsAt.addingTimeInterval(60))
        }
        let auth = #"{"starts_at":"2026-11-25T12:00:00Z"}"#
        let client = try await stack.client("/m", auth: auth)
        await client.send(#"42/m,1["later",\#(auth)]"#)
        #expect(
            try await client.texts(3) == [
                #"42/m,["joined",\#(auth)]"#, #"42/m,["all",\#(auth)]"#,
                #"43/m,1[{"starts_at":"2026-11-25T12:01:00Z"}]"#,
            ])
    }
}
