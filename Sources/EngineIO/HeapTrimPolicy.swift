/// Decides when memory that nobody uses goes back to the system.
///
/// An allocator keeps what is freed for the next time, and after a burst that is most of a small server. Giving it back
/// costs a walk over the heap, and a page fault for each page that is wanted again: so only when much is free, and
/// seldom when it was wanted again at once.
struct HeapTrimPolicy {
    /// Free bytes below which nothing is given back.
    static let least = 8 << 20
    /// Looks between two trims at most, when what was given back is always wanted again.
    static let mostPause = 32

    /// Looks to be left out now.
    private var waiting = 0
    /// Looks that are left out after the next trim.
    private var pause = 1
    private var hasJustTrimmed = false

    /// Whether to trim now.
    ///
    /// - Parameters:
    ///   - resident: bytes of the process's own memory.
    ///   - used: bytes of them that are given out.
    mutating func shouldTrim(resident: Int, used: Int) -> Bool {
        let free = resident > used ? resident - used : 0
        let isMuch = free >= Self.least && free >= resident / 4
        if hasJustTrimmed {
            // What is free so soon again is used again and again, or cannot be given back because of what lies between.
            hasJustTrimmed = false
            pause = isMuch ? min(pause * 2, Self.mostPause) : 1
            waiting = isMuch ? pause : 0
        }
        guard isMuch else { return false }
        guard waiting == 0 else {
            waiting -= 1
            return false
        }
        hasJustTrimmed = true
        return true
    }
}
