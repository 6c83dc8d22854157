internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func totp(of user: UserKey) throws -> TOTPRecord? {
        try first("SELECT secret, confirmed, last_step FROM totp WHERE user_id = ?", [user.rawValue]) {
            TOTPRecord(secret: try $0.bytes(), isConfirmed: try $0.int() == 1, lastStep: try $0.int())
        }
    }

    func insertTOTP(of user: UserKey, secret: [UInt8], at now: Timestamp) throws {
        try run("DELETE FROM totp WHERE user_id = ? AND confirmed = 0", [user.rawValue])
        try run(
            "INSERT INTO totp (user_id, secret, created_at) VALUES (?, ?, ?)",
            [user.rawValue, Data(secret), now.milliseconds])
    }

    func useTOTP(of user: UserKey, step: Int64) throws {
        try run("UPDATE totp SET confirmed = 1, last_step = ? WHERE user_id = ?", [step, user.rawValue])
    }

    func deleteTOTP(of user: UserKey) throws -> Bool {
        let wasConfirmed = try totp(of: user)?.isConfirmed ?? false
        try run("DELETE FROM totp WHERE user_id = ?", [user.rawValue])
        try run("DELETE FROM recovery_codes WHERE user_id = ?", [user.rawValue])
        return wasConfirmed
    }

    func replaceRecoveryCodes(of user: UserKey, hashes: [[UInt8]]) throws {
        try run("DELETE FROM recovery_codes WHERE user_id = ?", [user.rawValue])
        for hash in hashes {
            try run(
                "INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)", [user.rawValue, Data(hash)])
        }
    }

    func useRecoveryCode(of user: UserKey, hash: [UInt8]) throws -> Bool {
        try run(
            "DELETE FROM recovery_codes WHERE user_id = ? AND code_hash = ?", [user.rawValue, Data(hash)]) > 0
    }
}
