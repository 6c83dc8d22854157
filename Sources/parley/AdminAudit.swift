internal import ArgumentParser
internal import ChatService

/// `parley admin audit`.
struct AdminAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Checks that nothing in the audit log was changed or removed.",
        discussion: """
            Prints how many entries there are and the hash of the last one, and ends with status 1 when the chain is \
            broken. That the newest entries were cut off shows only by comparing with a hash that was noted before.
            """)

    @Flag(help: "Check the chain of hashes.")
    var verify = false

    @OptionGroup var options: DataOptions

    func validate() throws {
        guard verify else { throw ValidationError("Say what to do: --verify") }
    }

    func run() async throws {
        try await Console.run(options) { console in
            let verdict = try await console.chat.verifyAudit()
            print("\(verdict.entries) entries, the last one with the hash \(verdict.hash)")
            if let problem = verdict.problem { throw CommandFailure("The audit log is broken: \(problem).") }
        }
    }
}
