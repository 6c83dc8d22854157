internal import Glibc
internal import Synchronization

/// Holds a file so that no other process opens the same database. The kernel lets go when the process ends, however
/// it ends.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock on `path`, which is made when missing. Throws `inUse`, or `notWritable` when the file cannot be
    /// made.
    init(_ path: String, database: String) throws(StoreOpenError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .notWritable(path: database, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path: database)
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        release()
    }

    /// Lets go.
    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }
}
