internal import ArgumentParser
internal import ChatDomain
internal import ChatService

/// `parley admin promote`.
struct AdminPromote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote",
        abstract: "Makes somebody an administrator, and opens the account if it was closed.")

    @Argument(help: "The name to sign in with.")
    var username: String

    @Flag(help: "Take the role away instead; the last administrator keeps it.")
    var demote = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        try await Console.run(options) { console in
            let user = try await console.person(username)
            var change = PersonChange()
            change.role = demote ? .member : .admin
            if !demote { change.state = .active }
            let changed = try await console.chat.changePerson(user.id, change, by: Console.actor)
            print("\(changed.user.username) is \(demote ? "a member" : "an administrator") now.")
        }
    }
}
