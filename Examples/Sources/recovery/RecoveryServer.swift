import SocketIO

/// A client that was away for a moment goes on where it was: same id, same rooms, and everything that it missed.
///
///     swift run --package-path Examples recovery
///
/// A client: `socket.on("tick", console.log)`. Take its network away for ten seconds (the browser's developer tools can):
/// no number is missing afterwards, and `socket.recovered` is true.
@main
struct RecoveryServer {
    static let tick = Event<Int>("tick")

    static func main() async throws {
        var configuration = Configuration()
        // Two minutes, and bounds on what is kept meanwhile, for each namespace.
        configuration.recovery = Recovery(maxDisconnection: .seconds(120), maxPackets: 10_000)
        let io = SocketIO(configuration)
        let news = io.namespace()

        news.onConnect { socket in
            // One that came back is in its rooms already.
            guard !socket.recovered else { return }
            socket.join("ticker")
        }
        news.onDisconnect { socket, reason in print("\(socket.id) is away or gone: \(reason)") }

        let ticking = Task {
            for number in 1... {
                try await Task.sleep(for: .seconds(1))
                news.to("ticker").emit(tick, number)
            }
        }
        try await io.serve(port: 3000)
        ticking.cancel()
    }
}
