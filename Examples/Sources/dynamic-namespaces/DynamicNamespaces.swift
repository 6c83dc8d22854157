import SocketIO

/// A namespace for each team, made when its first member comes.
///
///     swift run --package-path Examples dynamic-namespaces
///
/// A client: `const team = io("http://127.0.0.1:3000/team/red", { auth: { name: "Ada" } })`
@main
struct DynamicNamespaces {
    struct Card: Codable, Sendable {
        let name: String
    }

    static let say = Event<String>("say")
    static let said = Event<String, String>("said")
    static let notice = Event<String>("notice")
    static let teams: Set<String> = ["/team/red", "/team/blue"]

    static func main() async throws {
        let io = SocketIO()

        // Nil: this name is none of the family's, the next family is asked. What is returned becomes the state.
        let family = io.namespaces { name, handshake in
            teams.contains(name) ? try handshake.auth(Card.self) : nil
        }
        // Registered for the family, called in each of its namespaces.
        family.on(say) { socket, text in
            // `broadcast` and `to` mean this team only.
            socket.broadcast.emit(said, socket.state.name, text)
        }
        family.onNewChild { team in print("\(team.name) is there") }
        family.onConnect { socket in
            // The family itself means all teams.
            family.emit(notice, "\(socket.state.name) joined \(socket.namespaceName)")
        }
        try await io.serve(port: 3000)
    }
}
