internal import ChatDomain
internal import Crypto

/// The chain of hashes that ties each entry of the audit log to all before it.
///
/// An entry's hash is the SHA-256 of the line `parley audit 1`, the previous entry's hash, and the fields id, at, actor,
/// ip, action, target, data in this order; each field is the decimal count of its UTF-8 bytes, a colon, its bytes and a
/// line end, or `-` and a line end where there is none. The first entry follows 32 zeros. Whoever changes or removes an
/// entry has to rewrite all after it; a copy of one later hash proves that this happened.
enum AuditChain {
    /// What the first entry follows.
    static let start = [UInt8](repeating: 0, count: 32)

    static func hash(of row: AuditRow) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: Array("parley audit 1\n".utf8))
        hasher.update(data: row.previous)
        let fields: [String?] = [
            String(row.id), String(row.at.milliseconds), row.actor, row.ip, row.action, row.target, row.data,
        ]
        for field in fields {
            let text = field.map { "\($0.utf8.count):\($0)\n" } ?? "-\n"
            hasher.update(data: Array(text.utf8))
        }
        return Array(hasher.finalize())
    }

    /// The entry that follows `last`.
    static func next(
        after last: AuditRow?, at now: Timestamp, actor: UserID?, ip: String?, action: AuditAction,
        target: String?, data: String?
    ) -> AuditRow {
        let open = AuditRow(
            id: (last?.id ?? 0) &+ 1, at: now, actor: actor?.description, ip: ip, action: action.rawValue,
            target: target, data: data, previous: last?.hash ?? start, hash: [])
        return AuditRow(
            id: open.id, at: now, actor: open.actor, ip: ip, action: open.action, target: target, data: data,
            previous: open.previous, hash: hash(of: open))
    }

    /// What is wrong with `row` after `last`; nil when nothing is.
    static func problem(of row: AuditRow, after last: AuditRow?) -> String? {
        if row.id != (last?.id ?? 0) &+ 1 { return "entry \(row.id) does not follow \(last?.id ?? 0)" }
        if row.previous != last?.hash ?? start { return "entry \(row.id) does not continue the chain" }
        if row.hash != hash(of: row) { return "entry \(row.id) was changed" }
        return nil
    }
}
