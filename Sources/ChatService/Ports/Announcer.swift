public import ChatDomain

/// Tells people what happened.
public protocol Announcer: Sendable {
    /// Takes an announcement; called after its commit, in commit order, one at a time, on the store's writing thread.
    ///
    /// The call must return at once and must not wait for anything: all writing waits for it.
    func announce(_ announcement: Announcement)
}
