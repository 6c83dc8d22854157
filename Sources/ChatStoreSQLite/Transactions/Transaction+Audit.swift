internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func lastAuditRow() throws -> AuditRow? {
        try first("SELECT \(Self.auditColumns) FROM audit ORDER BY id DESC LIMIT 1") { try $0.auditRow() }
    }

    func auditRows(after id: Int64, limit: Int) throws -> [AuditRow] {
        try all("SELECT \(Self.auditColumns) FROM audit WHERE id > ? ORDER BY id LIMIT ?", [id, limit]) {
            try $0.auditRow()
        }
    }

    func auditEntries(before id: Int64?, action: AuditAction?, actor: UserID?, limit: Int) throws
        -> [AuditEntry]
    {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if let id {
            conditions.append("a.id < ?")
            arguments += [id]
        }
        if let action {
            conditions.append("a.action = ?")
            arguments += [action.rawValue]
        }
        if let actor {
            conditions.append("a.actor = ?")
            arguments += [actor.description]
        }
        arguments += [limit]
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        return try all(
            """
            SELECT a.id, a.at, a.ip, a.action, a.target, a.data, \(Self.userColumns("u"))
            FROM audit a LEFT JOIN users u ON u.pub = a.actor \(filter) ORDER BY a.id DESC LIMIT ?
            """, arguments
        ) { try $0.auditEntry() }
    }

    func insertAuditRow(_ row: AuditRow) throws {
        try run(
            """
            INSERT INTO audit (id, at, actor, ip, action, target, data, prev_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.id, row.at.milliseconds, row.actor, row.ip, row.action, row.target, row.data,
                Data(row.previous), Data(row.hash),
            ])
    }

    private static let auditColumns = "id, at, actor, ip, action, target, data, prev_hash, hash"
}

extension Columns {
    fileprivate mutating func auditRow() throws -> AuditRow {
        AuditRow(
            id: try int(), at: try time(), actor: try optionalText(), ip: try optionalText(),
            action: try text(), target: try optionalText(), data: try optionalText(),
            previous: try bytes(), hash: try bytes())
    }

    fileprivate mutating func auditEntry() throws -> AuditEntry {
        let (id, at, ip, word) = (try int(), try time(), try optionalText(), try text())
        guard let action = AuditAction(rawValue: word) else {
            throw CorruptRow(column: "audit.action", value: word)
        }
        let (target, data) = (try optionalText(), try optionalText())
        return AuditEntry(
            id: id, at: at, actor: isNull ? nil : try user(), ip: ip, action: action, target: target,
            data: data)
    }
}
