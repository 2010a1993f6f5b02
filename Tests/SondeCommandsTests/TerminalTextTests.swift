import Testing

@testable import SondeCommands

struct TerminalTextTests {
    @Test(arguments: [
        ("plain ünïcödé 漢字", "plain ünïcödé 漢字"),
        ("a\u{1B}[31mb", #"a\x1B[31mb"#),
        ("\u{1B}]0;title\u{07}", #"\x1B]0;title\x07"#),
        ("a\0b\u{7F}\u{9B}31m", #"a\x00b\x7F\x9B31m"#),
        ("a\r\nb\tc", #"a\r\nb\tc"#),
        ("\u{202E}txt.exe", #"\u{202E}txt.exe"#),
        ("\u{2066}a\u{2069}\u{200F}", #"\u{2066}a\u{2069}\u{200F}"#),
        ("a\u{2028}b\u{FEFF}\u{200B}c", #"a\u{2028}b\u{FEFF}\u{200B}c"#),
        ("\u{E0041}", #"\u{E0041}"#),
        ("👩\u{200D}💻", "👩\u{200D}💻"),
    ])
    func `what would act on a terminal is shown instead`(_ text: String, _ shown: String) {
        #expect(TerminalText.escaped(text).unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test func `every control character is caught`() {
        for value in Array(0x00...0x1f) + Array(0x7f...0x9f) + Array(0x202a...0x202e) + Array(0x2066...0x2069) {
            let scalar = Unicode.Scalar(UInt32(value))!
            #expect(!TerminalText.escaped("a\(scalar)b").unicodeScalars.contains(scalar))
        }
    }

    @Test func `lines are escaped one by one`() {
        #expect(TerminalText.escapedLines("a\r\n\u{1B}b\n\nc") == ["a", #"\x1Bb"#, "", "c"])
    }

    @Test(arguments: [
        ("abc", 3), ("", 0), ("漢字", 4), ("e\u{301}", 1), ("한국", 4), ("😀", 2), ("👩\u{200D}💻", 2), ("❤\u{FE0F}", 2), ("🇩🇪", 2), ("é", 1),
        ("ｆｕｌｌ", 8), ("\u{1B}[1;31mred\u{1B}[0m", 3), ("✓", 1), ("…", 1),
    ])
    func `columns are counted as a terminal shows them`(_ text: String, _ columns: Int) {
        #expect(TerminalText.width(text) == columns)
    }

    @Test func `text is cut and filled by columns`() {
        #expect(TerminalText.truncated("漢字漢字", to: 6) == "漢字…")
        #expect(TerminalText.truncated("abcdef", to: 6) == "abcdef")
        #expect(TerminalText.truncated("abcdef", to: 5) == "abcd…")
        #expect(TerminalText.truncated("abc", to: 0) == "")
        #expect(TerminalText.padded("漢", to: 4) == "漢  ")
        #expect(TerminalText.padded("abcde", to: 4) == "abcde")
    }

    @Test func `lines break at blanks and hang`() {
        #expect(TerminalText.wrapped("one two three four", to: 11, indent: 0, hanging: 2) == ["one two", "  three", "  four"])
        #expect(TerminalText.wrapped("one two", to: 7) == ["one two"])
        #expect(TerminalText.wrapped("one two", to: 6) == ["one", "two"])
        #expect(TerminalText.wrapped("", to: 6) == [""])
        #expect(TerminalText.wrapped("a\n\n  kept  as it is, however long\nb", to: 8) == ["a", "", "  kept  as it is, however long", "b"])
    }

    @Test func `a word longer than the line stays in one piece`() {
        #expect(
            TerminalText.wrapped("see https://example.com/a/long/path now", to: 12, indent: 2) == [
                "  see", "  https://example.com/a/long/path", "  now",
            ])
    }

    @Test func `wide characters count twice when lines break`() {
        #expect(TerminalText.wrapped("漢字 漢字", to: 8) == ["漢字", "漢字"])
        #expect(TerminalText.wrapped("漢字 漢字", to: 9) == ["漢字 漢字"])
    }
}
