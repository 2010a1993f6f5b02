public import SondeJSON

extension Redactor {
    /// The value with every text in it redacted, keys too.
    ///
    /// A number whose digits are a secret becomes a text. Keys stay different from each other: of those that would read the same
    /// the later ones are numbered.
    public func redact(_ json: JSON) -> JSON {
        switch json {
        case .null, .bool: json
        case .integer, .number: redactedNumber(json)
        case .string(let text): .string(redact(text))
        case .array(let elements): .array(elements.map { redact($0) })
        case .object(let object): .object(redactedObject(object))
        }
    }

    private func redactedNumber(_ number: JSON) -> JSON {
        let text = number.text()
        let redacted = redact(text)
        return redacted == text ? number : .string(redacted)
    }

    private func redactedObject(_ object: JSON.Object) -> JSON.Object {
        let keys = object.members.map { redact($0.key) }
        var result = JSON.Object()
        guard zip(keys, object.members).contains(where: { $0 != $1.key }) else {
            for member in object.members { result.append(member.key, redact(member.value)) }
            return result
        }
        var used: Set<String> = []
        var numbers: [String: Int] = [:]
        for (key, member) in zip(keys, object.members) {
            var distinct = key
            while !used.insert(distinct).inserted {
                numbers[key, default: 1] += 1
                distinct = "\(key) \(numbers[key, default: 2])"
            }
            result.append(distinct, redact(member.value))
        }
        return result
    }
}
