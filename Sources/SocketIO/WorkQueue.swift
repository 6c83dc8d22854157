/// What waits for its turn, first in, first out; confined to an event loop.
struct WorkQueue<Element> {
    private var elements: [Element] = []
    private var head = 0
    /// Whether somebody takes the elements out.
    var isRunning = false

    var count: Int { elements.count - head }
    var isEmpty: Bool { head == elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func next() -> Element? {
        guard head < elements.count else { return nil }
        let element = elements[head]
        head += 1
        if head == elements.count {
            // A place is kept for those who wait one by one, not the room of a rush.
            elements.removeAll(keepingCapacity: head == 1)
            head = 0
        }
        return element
    }
}
