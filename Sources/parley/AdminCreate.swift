internal import ArgumentParser
internal import ChatDomain
internal import ChatService

/// `parley admin create`.
struct AdminCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes an account and prints the link that sets its password.",
        discussion:
            "On a new server this replaces the first page, which makes whoever comes first its administrator."
    )

    @Argument(help: "The name to sign in with.")
    var username: String

    @Option(help: "The name that others see. (default: the username)")
    var name: String?

    @Flag(help: "An account that administrates nothing.")
    var member = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        let (account, display): (Username, DisplayName)
        do {
            (account, display) = (try Username(username), try DisplayName(name ?? username))
        } catch {
            throw ValidationError(error.message)
        }
        try await Console.run(options, makesDatabase: true) { console in
            let made = try await console.chat.makePerson(
                username: account, name: display, role: member ? .member : .admin, by: Console.actor)
            Console.say(made.reset, for: made.user)
        }
    }
}
