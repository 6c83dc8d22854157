/// Something that waits in a `TimerWheel`: a session, a connection.
///
/// The links of the wheel's lists are fields of the waiting object itself, so that arming and cancelling
/// allocate nothing and a closed connection leaves nothing behind. Confined to one event loop.
public class WheelTimer {
    fileprivate(set) var deadline: Int64 = .max
    fileprivate var next: WheelTimer?
    fileprivate unowned(unsafe) var previous: WheelTimer?
    fileprivate var slot: Int = -1

    /// Whether the object waits in a wheel.
    final var isArmed: Bool { slot >= 0 }

    /// The deadline came. The object is not armed any more.
    ///
    /// - Parameter now: the current time in milliseconds.
    func deadlineReached(now: Int64) {}

    init() {}
}

/// Deadlines of many objects of one event loop, with one scheduled task for all of them.
///
/// A hashed wheel: an object waits in the slot of its deadline's tick; objects of later turns stay when
/// the wheel passes. Arming and cancelling are O(1). Deadlines are kept to the next tick, never early.
struct TimerWheel {
    /// Milliseconds a tick takes.
    static let tick: Int64 = 1

    private var slots: [WheelTimer?]
    /// The tick that was handled last.
    private var handled: Int64
    private(set) var count = 0

    /// - Parameters:
    ///   - now: the current time in milliseconds.
    ///   - size: how many slots; a power of two.
    init(now: Int64, size: Int = 4096) {
        slots = Array(repeating: nil, count: size)
        handled = now / Self.tick
    }

    /// Lets `timer` wait until `deadline`, in place of whatever it waited for before.
    mutating func arm(_ timer: WheelTimer, at deadline: Int64) {
        cancel(timer)
        let tick = max(Self.tick(of: deadline), handled + 1)
        let slot = Int(tick & Int64(slots.count - 1))
        timer.deadline = deadline
        timer.slot = slot
        timer.previous = nil
        timer.next = slots[slot]
        timer.next?.previous = timer
        slots[slot] = timer
        count += 1
    }

    /// Takes `timer` out; nothing happens when it does not wait.
    mutating func cancel(_ timer: WheelTimer) {
        guard timer.isArmed else { return }
        let next = timer.next
        next?.previous = timer.previous
        if let previous = timer.previous {
            previous.next = next
        } else {
            slots[timer.slot] = next
        }
        timer.next = nil
        timer.previous = nil
        timer.slot = -1
        timer.deadline = .max
        count -= 1
    }

    /// When the wheel has to be turned next; nil while nobody waits.
    func nextTurn() -> Int64? {
        guard count > 0 else { return nil }
        for step in 1...Int64(slots.count) where slots[Int((handled + step) & Int64(slots.count - 1))] != nil
        {
            return (handled + step) * Self.tick
        }
        return nil
    }

    /// Takes out everything that is due.
    ///
    /// The caller tells each of them; they may arm themselves again at once.
    mutating func turn(to now: Int64) -> [WheelTimer] {
        let target = now / Self.tick
        guard target > handled else { return [] }
        var due: [WheelTimer] = []
        // After a long pause one turn of the wheel visits every slot there is.
        let first = max(handled + 1, target - Int64(slots.count) + 1)
        handled = target
        for tick in first...target {
            var entry = slots[Int(tick & Int64(slots.count - 1))]
            while let timer = entry {
                entry = timer.next
                if Self.tick(of: timer.deadline) <= target {
                    cancel(timer)
                    due.append(timer)
                }
            }
        }
        return due
    }

    private static func tick(of deadline: Int64) -> Int64 {
        let (rounded, overflow) = deadline.addingReportingOverflow(tick - 1)
        return (overflow ? deadline : rounded) / tick
    }
}
