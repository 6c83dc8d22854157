public import ChatDomain

/// A new session: the answer to setting up, signing up and signing in.
public struct SignedIn: Sendable {
    /// Who.
    public let account: Account
    /// The session.
    public let session: SessionID
    /// The secret for the cookie; it is not kept anywhere else.
    public let token: SessionToken
    /// When the session ends if it is not used again.
    public let expiresAt: Timestamp

    init(account: Account, session: SessionID, token: SessionToken, expiresAt: Timestamp) {
        self.account = account
        self.session = session
        self.token = token
        self.expiresAt = expiresAt
    }
}
