internal import ArgumentParser

/// `parley admin`: what administrators do, for who owns the machine and cannot sign in.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Makes administrators, resets passwords, checks the audit log.",
        discussion: """
            Works beside a running server. Everything that is done here is in the audit log, with no person and the \
            address "console".
            """,
        subcommands: [AdminCreate.self, AdminReset.self, AdminPromote.self, AdminAudit.self])
}
