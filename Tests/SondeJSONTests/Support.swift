import SondeJSON

/// A small generator with a seed (SplitMix64), so that a failing case can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Any value, at most `levels` deep, with the texts and numbers that are hard to get right.
func randomJSON(using generator: inout SeededGenerator, levels: Int = 4) -> JSON {
    switch Int.random(in: 0..<(levels > 0 ? 8 : 6), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int64.random(in: .min ... .max, using: &generator))
    case 3:
        let number = Double(bitPattern: generator.next())
        return .number(number.isFinite ? number : 0.1)
    case 4, 5: return .string(randomText(using: &generator))
    case 6:
        return .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in randomJSON(using: &generator, levels: levels - 1) })
    default:
        var object = JSON.Object()
        for number in 0..<Int.random(in: 0...4, using: &generator) {
            let key = randomText(using: &generator).filter { $0 != "\0" }
            object.append("\(number)\(key)", randomJSON(using: &generator, levels: levels - 1))
        }
        return .object(object)
    }
}

func randomText(using generator: inout SeededGenerator) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
        // swift-format-ignore: NeverForceUnwrap
        let limit: UInt32 = [0x80, 0x100, 0x2100, 0x11_0000].randomElement(using: &generator)!
        scalars.append(Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) ?? "\u{FFFD}")
    }
    return String(scalars)
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The error that strict parsing ends with.
func fault(_ text: String) -> JSONError? { fault(bytes(text)) }

func fault(_ bytes: [UInt8]) -> JSONError? {
    do {
        _ = try JSON.parse(bytes)
        return nil
    } catch {
        return error
    }
}
