import Foundation

/// What the tests read in Markdown files.
enum Markdown {
    /// The words in backticks in the first cells of the tables below a heading, down to the next heading of any level.
    static func firstCells(of path: String, under heading: String) throws -> [String] {
        section(of: try Repository.text(path), under: heading).filter { $0.hasPrefix("|") }.flatMap { row in
            let cell = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().first ?? ""
            return cell.matches(of: /`([^`]+)`/).map { String($0.1) }
        }
    }

    /// Targets of links to files beside the document; those to other places and within the page are left out.
    static func relativeLinks(in text: String) -> [String] {
        text.matches(of: /\]\(([^)#\s]+)(#[^)]*)?\)/).map { String($0.1) }.filter { !$0.contains("://") && !$0.hasPrefix("mailto:") }
    }

    private static func section(of text: String, under heading: String) -> ArraySlice<String> {
        let lines = text.components(separatedBy: "\n")
        guard let start = lines.firstIndex(where: { $0.hasPrefix("#") && $0.drop { $0 == "#" }.dropFirst() == heading }) else { return [] }
        let rest = lines[(start + 1)...]
        return rest[..<(rest.firstIndex { $0.hasPrefix("#") } ?? rest.endIndex)]
    }
}
