internal import ArgumentParser
internal import ChatDomain
internal import ChatService

/// `parley admin reset`.
struct AdminReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Prints a link with which somebody sets a new password.",
        discussion: "The old password works until the link is used; then every session of the person ends.")

    @Argument(help: "The name to sign in with.")
    var username: String

    @Flag(help: "Sign in without the authenticator from now on.")
    var totpOff = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        try await Console.run(options) { console in
            let user = try await console.person(username)
            if totpOff {
                try await console.chat.endTOTP(of: user.id, by: Console.actor)
                print("The authenticator of \(user.username) is no longer asked for.")
            }
            Console.say(try await console.chat.makeReset(for: user.id, by: Console.actor), for: user)
        }
    }
}
