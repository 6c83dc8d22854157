/// The end of a run, in numbers.
struct LoadReport: Sendable {
    var wanted = 0
    var seconds = 0.0
    var connects: [Duration] = []
    var refused: [String: Int] = [:]
    var lost: [String: Int] = [:]
    var answers: [Duration] = []
    var unanswered: [String: Int] = [:]

    var hasFailures: Bool {
        connects.count < wanted || !lost.isEmpty || !unanswered.isEmpty
    }

    var text: String {
        var lines = ["connected     \(connects.count) of \(wanted), \(Self.spread(connects))"]
        if !answers.isEmpty {
            let rate = Int((Double(answers.count) / max(seconds, 1)).rounded())
            lines.append("answers       \(answers.count), \(rate) a second, \(Self.spread(answers))")
        }
        for (what, counts) in [("refused", refused), ("disconnected", lost), ("no answer", unanswered)] {
            for (why, count) in counts.sorted(by: { $0.value > $1.value }) {
                lines.append(
                    what + String(repeating: " ", count: 14 - what.count) + "\(count): \(why)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The median, and what one of twenty, of a hundred and the slowest waited.
    private static func spread(_ times: [Duration]) -> String {
        guard !times.isEmpty else { return "nobody" }
        let sorted = times.sorted()
        func part(_ share: Double) -> String {
            let time = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
            let hundredths = Int((time / .milliseconds(1) * 100).rounded())
            return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) ms"
        }
        return "median \(part(0.5)), 95 % \(part(0.95)), 99 % \(part(0.99)), longest \(part(1))"
    }
}
