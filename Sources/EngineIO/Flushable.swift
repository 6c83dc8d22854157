/// Something on an event loop whose writes are given to the system at the end of the loop's tick.
protocol Flushable: AnyObject {
    /// Gives what was written to the system. On the loop.
    func flush()
}
