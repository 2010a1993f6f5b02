// Random texts are drawn from lists that are not empty.
// swift-format-ignore-file: NeverForceUnwrap

import Foundation
import Sonde
import SondeJSON
import TestSupport

/// One way to write a secret into a text.
struct Encoder: Sendable {
    let name: String
    let encoding: SecretEncoding
    let encode: @Sendable (String, inout SeededGenerator) -> String

    /// Every encoding that the tool promises to know, and mixtures of them.
    static let all: [Encoder] =
        [
            Encoder(name: "plain", encoding: .plain) { key, _ in key },
            Encoder(name: "percent, all, upper case", encoding: .percent) { key, _ in percent(key, "%02X") { true } },
            Encoder(name: "percent, all, lower case", encoding: .percent) { key, _ in percent(key, "%02x") { true } },
            Encoder(name: "percent, in part", encoding: .percent) { key, generator in
                percent(key, "%02X") { Int.random(in: 0..<3, using: &generator) == 0 }
            },
            Encoder(name: "percent, twice", encoding: .percent) { key, _ in percent(percent(key, "%02X") { true }, "%02x") { true }
            },
            Encoder(name: "JSON, nested twice", encoding: .json) { key, _ in nested(nested(nested(key + "\""))) },
            Encoder(name: "JSON, \\u", encoding: .json) { key, _ in key.utf16.map { String(format: "\\u%04x", $0) }.joined() },
            Encoder(name: "JSON, \\u, nested", encoding: .json) { key, _ in
                nested(key.utf16.map { String(format: "\\u%04X", $0) }.joined())
            },
            Encoder(name: "HTML, decimal", encoding: .html) { key, _ in key.unicodeScalars.map { "&#\($0.value);" }.joined() },
            Encoder(name: "HTML, hexadecimal", encoding: .html) { key, generator in
                key.unicodeScalars.map {
                    Bool.random(using: &generator) ? String($0) : "&#x" + String($0.value, radix: 16) + ";"
                }.joined()
            },
            Encoder(name: "HTML, named", encoding: .html) { key, _ in
                key.replacing("&", with: "&amp;").replacing("_", with: "&lowbar;").replacing("<", with: "&lt;")
                    .replacing("\"", with: "&quot;")
            },
            Encoder(name: "hex, lower case", encoding: .hex) { key, _ in key.utf8.map { String(format: "%02x", $0) }.joined() },
            Encoder(name: "hex, upper case", encoding: .hex) { key, _ in key.utf8.map { String(format: "%02X", $0) }.joined() },
        ]
        + ["", ":", "Bearer ", "user:"].flatMap { front in
            [
                Encoder(name: "base64 of \(front)KEY", encoding: .base64) { key, _ in base64(front + key) },
                Encoder(name: "base64url of \(front)KEY", encoding: .base64) { key, _ in urlSafe(base64(front + key)) },
                Encoder(name: "base64 within more, after \(front)", encoding: .base64) { key, generator in
                    base64(String(repeating: "?", count: Int.random(in: 0...2, using: &generator)) + front + key + "\",\"x\":1")
                },
                Encoder(name: "percent of base64 of \(front)KEY", encoding: .base64) { key, _ in
                    percent(base64(front + key), "%02X") { true }
                },
            ]
        }

    private static func percent(_ text: String, _ format: String, isEncoded: () -> Bool) -> String {
        text.utf8.map { $0 >= 0x80 || isEncoded() ? "%" + String(format: format, $0) : String(decoding: [$0], as: UTF8.self) }
            .joined()
    }

    private static func nested(_ text: String) -> String { String(JSON.string(text).text().dropFirst().dropLast()) }

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func urlSafe(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// A key as services issue them, or a password with everything in it.
func randomKey(using generator: inout SeededGenerator) -> (key: String, publicPrefix: Int) {
    let prefix = ["", "sk-", "sk-proj-", "vck_"].randomElement(using: &generator)!
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let signs = Array("!\"#$&'()*+,./:;<=>?@[\\]^`{|}~é")
    let usesSigns = prefix.isEmpty && Bool.random(using: &generator)
    let length = Int.random(in: 8...64, using: &generator)
    let body = (0..<length).map { _ in
        usesSigns && Int.random(in: 0..<4, using: &generator) == 0
            ? signs.randomElement(using: &generator)! : letters.randomElement(using: &generator)!
    }
    return (prefix + String(body), prefix.utf8.count)
}

/// Foreign words around a secret, which end without a character that could belong to it.
func surroundings(using generator: inout SeededGenerator) -> (before: String, after: String) {
    let words = [
        "Incorrect key: ", "{\"error\":\"", "Authorization: Basic ", "https://h.test/?k=", "<p>", "\n", "", "é → ", "(", "x=",
    ]
    let ends = [" is wrong", "\"}", "&next=1", "</p>", "\r\n", "", ".", ")", " → é"]
    return (words.randomElement(using: &generator)!, ends.randomElement(using: &generator)!)
}

/// Says whether eight bytes in a row of a secret can be read from a text, judged by decoders of its own.
func survives(_ secret: some Collection<UInt8>, in text: String) -> Bool {
    let secret = Array(secret)
    guard secret.count >= 8 else { return false }
    let windows = Set((0...(secret.count - 8)).map { Array(secret[$0..<($0 + 8)]) })
    func holds(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 8 && (0...(bytes.count - 8)).contains { windows.contains(Array(bytes[$0..<($0 + 8)])) }
    }
    var layer = text
    for _ in 0..<4 {
        if holds(Array(layer.utf8)) { return true }
        for run in layer.utf8.split(whereSeparator: { !isBase64($0) }) {
            for offset in 0..<4 {
                let quads = String(decoding: run.dropFirst(offset), as: UTF8.self).replacing("-", with: "+").replacing(
                    "_", with: "/")
                let padded = quads.padding(toLength: (quads.count + 3) / 4 * 4, withPad: "A", startingAt: 0)
                if let data = Data(base64Encoded: padded), holds(Array(data)) { return true }
            }
        }
        for run in layer.utf8.split(whereSeparator: { Character(UnicodeScalar($0)).hexDigitValue == nil }) {
            let digits = run.map { UInt8(Character(UnicodeScalar($0)).hexDigitValue!) }
            for offset in 0..<2 {
                let pairs = stride(from: offset, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
                if holds(pairs) { return true }
            }
        }
        layer = decodedOnce(layer)
    }
    return false
}

private func isBase64(_ byte: UInt8) -> Bool {
    Character(UnicodeScalar(byte)).isASCII && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
        || "+/-_".utf8.contains(byte)
}

private func decodedOnce(_ text: String) -> String {
    var text = text
    text = text.replacing(#/&#x([0-9A-Fa-f]+);/#) { String(UnicodeScalar(UInt32($0.1, radix: 16)!)!) }
    text = text.replacing(#/&#([0-9]+);/#) { String(UnicodeScalar(UInt32($0.1)!)!) }
    text = text.replacing("&lowbar;", with: "_").replacing("&lt;", with: "<").replacing("&quot;", with: "\"")
        .replacing("&amp;", with: "&")
    text = text.replacing(#/%([0-9A-Fa-f]{2})/#) { String(UnicodeScalar(UInt8($0.1, radix: 16)!)) }
    text = text.replacing(#/\\u00([0-9A-Fa-f]{2})/#) { String(UnicodeScalar(UInt8($0.1, radix: 16)!)) }
    return text.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\").replacing("\\/", with: "/")
}
