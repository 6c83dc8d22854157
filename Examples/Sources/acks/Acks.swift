import SocketIO

/// Questions and answers, both ways.
///
///     swift run --package-path Examples acks
///
/// A client:
/// `socket.on("ready?", (round, answer) => answer(true)); socket.emit("start", 1, (ready) => console.log(ready))`
@main
struct Acks {
    // An event that is answered: the argument's type, then the answer's.
    static let start = Event<Int>("start").returning(Bool.self)
    static let half = Event<Int>("half").returning(Int.self)
    static let ready = Event<Int>("ready?").returning(Bool.self)
    static let vote = Event<String>("vote").returning(Bool.self)
    static let poll = Event<String>("poll").returning([Int].self)

    struct Failure: Codable, Sendable {
        let error: String
    }

    struct OddNumber: Error {}

    static func main() async throws {
        let io = SocketIO()
        let game = io.namespace()

        // What the handler returns is the ack.
        game.on(half) { _, number in
            guard number.isMultiple(of: 2) else { throw OddNumber() }
            return number / 2
        }
        // What a client gets whose request failed; without this it gets no ack and runs into its timeout.
        game.ackErrors { error in try? EncodedArguments(Failure(error: "\(type(of: error))")) }

        // The other direction: the server asks a client, and waits.
        game.on(start) { socket, round in
            do {
                return try await socket.call(ready, round, timeout: .seconds(2))
            } catch CallError.timeout {
                return false
            }
        }
        // And to many at once: the report says who answered what, who did not in time, and who is gone.
        game.on(poll) { _, question in
            let report = try await game.everyone.timeout(.seconds(2)).call(vote, question)
            return [report.replies.values.count { $0 }, report.missing.count]
        }
        try await io.serve(port: 3000)
    }
}
