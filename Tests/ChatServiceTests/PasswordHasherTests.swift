import ChatDomain
import Dispatch
import Testing

@testable import ChatService

@Suite("Hashing passwords")
struct PasswordHasherTests {
    @Test("Hashes of the reference command are understood")
    func reference() async throws {
        // echo -n "horse battery 9" | argon2 saltsaltsaltsalt -id -t 2 -k 19456 -p 1 -l 32 -e
        let hash = PasswordHash(
            encoded:
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$dln45q9pDoZVlGLK7YBk5LGpO2Q8UFzcT1hF3eU2fpU"
        )
        let hasher = Argon2PasswordHasher()
        #expect(try await hasher.verify(Password("horse battery 9"), against: hash))
        #expect(try await !hasher.verify(Password("horse battery 8"), against: hash))
        #expect(!hasher.isOutdated(hash))
    }

    @Test("The default is argon2id with 19 MiB, two passes, one lane, and a salt of its own each time")
    func defaults() async throws {
        let hasher = Argon2PasswordHasher()
        let password = try Password("horse battery 9")
        let one = try await hasher.hash(password)
        let other = try await hasher.hash(password)
        #expect(one.encoded.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(one != other)
        #expect(try await hasher.verify(password, against: one))
    }

    @Test("Other parameters are outdated")
    func outdated() async throws {
        let weak = Argon2PasswordHasher(cost: .init(memory: 8, passes: 1))
        let hash = try await weak.hash(Password("horse battery 9"))
        #expect(!weak.isOutdated(hash))
        #expect(Argon2PasswordHasher().isOutdated(hash))
        #expect(try await Argon2PasswordHasher().verify(Password("horse battery 9"), against: hash))
    }

    @Test("Nobody's password is never right")
    func nobody() async throws {
        let hasher = Argon2PasswordHasher(cost: .init(memory: 8, passes: 1))
        #expect(try await !hasher.verify(Password("horse battery 9"), against: nil))
    }

    @Test("A damaged hash is no answer", arguments: ["", "$argon2id$", "$2b$10$abcdefghijklmnopqrstuv"])
    func damaged(encoded: String) async throws {
        let hasher = Argon2PasswordHasher(cost: .init(memory: 8, passes: 1))
        await expectError(.unavailable) {
            try await hasher.verify(Password("horse battery 9"), against: PasswordHash(encoded: encoded))
        }
    }

    @Test("Memory that is not to be had is an outage, not a crash")
    func noMemory() async throws {
        let hasher = Argon2PasswordHasher(cost: .init(memory: .max, passes: 1))
        await expectError(.unavailable) { try await hasher.hash(Password("horse battery 9")) }
    }

    @Test("More work than the queue holds is refused, and accepted work is done")
    func bounded() async throws {
        let gate = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
        let running = DispatchSemaphore(value: 0)
        let threads = WorkerThreads(count: 1, limit: 2, name: "test")
        let work: @Sendable () -> Void = {
            running.signal()
            gate.wait()
            done.signal()
        }
        #expect(threads.submit(work))
        await onThread { running.wait() }
        #expect(threads.submit(work))
        #expect(threads.submit(work))
        #expect(!threads.submit(work))
        for _ in 0..<3 { gate.signal() }
        await onThread { for _ in 0..<3 { done.wait() } }
        #expect(threads.submit {})
    }

    @Test("Work that was accepted before the end is still done")
    func end() async throws {
        let count = Gathered<Int>()
        let done = DispatchSemaphore(value: 0)
        do {
            let threads = WorkerThreads(count: 3, limit: 100, name: "test")
            for number in 0..<100 {
                let accepted = threads.submit {
                    count.add(number)
                    done.signal()
                }
                #expect(accepted)
            }
        }
        await onThread { for _ in 0..<100 { done.wait() } }
        #expect(Set(count.all) == Set(0..<100))
    }
}

/// Waits for something blocking without holding a thread of Swift's concurrency.
private func onThread(_ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            body()
            continuation.resume()
        }
    }
}
