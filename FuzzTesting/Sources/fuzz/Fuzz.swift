internal import FuzzDriver
internal import FuzzTargets
internal import Glibc

/// Fuzzes the target that `FUZZ_TARGET` names; the arguments are libFuzzer's.
@main
struct Fuzz {
    static func main() {
        guard let name = getenv("FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name))
        else {
            print("FUZZ_TARGET is one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
            exit(2)
        }
        FuzzDriver.run(target.test)
    }
}
