public import ChatDomain

/// What a check of the audit log found.
public struct AuditVerdict: Hashable, Sendable {
    /// How many entries follow each other as they must.
    public let entries: Int64
    /// The hash of the last of them, in hexadecimal digits: note it elsewhere to prove later that nothing before it was
    /// changed.
    public let hash: String
    /// What is wrong with the entry after them; nil when nothing is.
    public let problem: String?
}

extension Chat {
    /// Entries of the audit log, the newest first: `GET /api/admin/audit`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func auditEntries(
        before id: Int64?, action: AuditAction?, actor: UserID?, limit: Int, by user: UserID
    ) async throws(ChatError) -> [AuditEntry] {
        let limit = min(max(limit, 1), Limits.searchResultsMaximum)
        return try await store.read { store in
            try store.requireAdministrator(user)
            return try store.auditEntries(before: id, action: action, actor: actor, limit: limit)
        }
    }

    /// Checks the chain of the audit log from its beginning.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func verifyAudit() async throws(ChatError) -> AuditVerdict {
        var last: AuditRow?
        while true {
            let place = last?.id ?? 0
            let rows = try await store.read { try $0.auditRows(after: place, limit: 1_000) }
            for row in rows {
                if let problem = AuditChain.problem(of: row, after: last) {
                    return AuditVerdict(entries: last?.id ?? 0, hash: hex(last), problem: problem)
                }
                last = row
            }
            guard !rows.isEmpty else {
                return AuditVerdict(entries: last?.id ?? 0, hash: hex(last), problem: nil)
            }
        }
    }

    private func hex(_ row: AuditRow?) -> String {
        (row?.hash ?? AuditChain.start).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
