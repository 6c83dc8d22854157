/// Somebody at the admin UI.
struct AdminAccess: Sendable {
    /// To be told to the UI, which presents it the next time; nil when it was presented now.
    var newSession: String?
}
