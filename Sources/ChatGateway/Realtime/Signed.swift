internal import ChatDomain

/// Who a socket belongs to: the state of every socket of the chat.
struct Signed: Sendable {
    let session: SessionID
    let account: Account

    var user: UserID { account.user.id }
}
