internal import ArgumentParser
internal import EngineIO
internal import ServerOptions
internal import SocketIO
internal import SocketIOCore

/// The server that the load generator drives: four events, nothing else.
@main
struct BenchApp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-app", abstract: "Answers echo, echo-ack, join and broadcast.")

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let io = SocketIO(try options.socketIO(), threads: options.threads)
        let root = io.namespace()
        root.on(raw: "echo") { socket, arguments in
            socket.emit("echo", arguments.encoded)
            return nil
        }
        root.on(raw: "echo-ack") { _, arguments in arguments.encoded }
        root.on(Event<String>("join")) { socket, room in socket.join(Room(room)) }
        root.on(raw: "broadcast") { [root] _, arguments in
            let room = try arguments.decode(String.self)
            root.to(Room(room)).emit("msg", arguments.dropFirst().encoded)
            return nil
        }
        let tls = try options.tls()
        let listener = try await io.listen(host: options.host, port: options.port, tls: tls)
        try await serveUntilSignal(listener, host: options.host, io, isSecure: tls != nil)
    }
}
