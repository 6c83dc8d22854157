internal import ArgumentParser
internal import Logging
internal import SocketIOClient

/// Many clients against one server: who connects, who stays, how long answers take.
@main
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Connects clients to any Socket.IO server, lets them talk, and says what they saw.",
        discussion: "Ends with 1 when a client could not connect, was disconnected, or got no answer.")

    @Argument(help: "The server, such as http://127.0.0.1:3000 or https://chat.example.")
    var url: String

    @Option(help: "How many clients.")
    var clients = 100

    @Option(help: "How many of them connect a second.")
    var perSecond = 100

    @Option(help: "Seconds from the first connect to the end.")
    var seconds = 10

    @Option(help: "An event that the server acknowledges. Without one the clients only stay connected.")
    var event: String?

    @Option(help: "Milliseconds between two events of a client.")
    var interval = 1_000

    @Option(help: "Bytes of text that an event carries.")
    var payload = 64

    @Option(help: "The namespace.")
    var namespace = "/"

    @Option(help: "The `token` of the credentials.")
    var token: String?

    @Flag(help: "Poll, and never upgrade.")
    var polling = false

    func validate() throws {
        guard clients > 0, perSecond > 0, seconds > 0, interval > 0, payload >= 0 else {
            throw ValidationError("every number is positive")
        }
        // A wrong address is said before anybody connects.
        do {
            _ = try SocketClient(url)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() async throws {
        let tally = Tally()
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<clients {
                let time = start + .seconds(1) * number / perSecond
                guard time < end else { break }
                try? await clock.sleep(until: time)
                group.addTask { await visit(tally, until: end) }
            }
        }
        let report = tally.report(wanted: clients, seconds: Double(seconds))
        print(report.text)
        if report.hasFailures { throw ExitCode.failure }
    }

    /// One client's life.
    private func visit(_ tally: Tally, until end: ContinuousClock.Instant) async {
        let clock = ContinuousClock()
        do {
            let quiet = Logger(label: "load", factory: { _ in SwiftLogNoOpLogHandler() })
            let client = try SocketClient(url, clientConfiguration, logger: quiet)
            let socket = client.socket(namespace, auth: token.map { Auth(["token": $0]) } ?? Auth.none)
            socket.onDisconnect { reason in if reason != .clientDisconnect { tally.lost("\(reason)") } }
            let start = clock.now
            try await socket.connect()
            tally.connected(after: clock.now - start)
            defer { client.disconnect() }
            guard let event else {
                try await clock.sleep(until: end)
                return
            }
            await talk(socket, event, tally, until: end)
        } catch {
            tally.refused("\(error)")
        }
    }

    private var clientConfiguration: SocketClient.Configuration {
        var configuration = SocketClient.Configuration()
        configuration.transports = polling ? [.polling] : [.websocket]
        configuration.reconnects = false
        return configuration
    }

    private func talk(
        _ socket: ClientSocket, _ event: String, _ tally: Tally, until end: ContinuousClock.Instant
    ) async {
        let clock = ContinuousClock()
        let text = String(repeating: "x", count: payload)
        // Not all in the same moment.
        var next = clock.now + .milliseconds(Int.random(in: 0..<interval))
        while next < end, socket.isConnected {
            try? await clock.sleep(until: next)
            let start = clock.now
            do {
                _ = try await socket.call(event, EncodedArguments(text))
                tally.answered(after: clock.now - start)
            } catch {
                tally.unanswered("\(error)")
            }
            next = max(next + .milliseconds(interval), clock.now)
        }
    }
}
