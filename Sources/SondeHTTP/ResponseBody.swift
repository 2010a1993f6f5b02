import Sonde

/// The decompressed body of an answer up to its limit, and when its pieces came.
struct ResponseBody {
    /// Pieces beyond this many are added to the last one, so that a body of single bytes stays small too.
    private static let mostChunks = 16_384

    private(set) var bytes: [UInt8] = []
    private(set) var chunks: [Response.Chunk] = []
    /// Says whether there was more than the limit lets us keep.
    private(set) var isCut = false

    /// Takes in one piece; false when it had to be cut, and nothing more is wanted.
    mutating func take(_ piece: UnsafeRawBufferPointer, at offset: Duration, atMost limit: Int) -> Bool {
        let count = min(piece.count, limit - bytes.count)
        if count > 0 {
            unsafe bytes.append(contentsOf: piece.prefix(count))
            if chunks.count < Self.mostChunks {
                chunks.append(Response.Chunk(at: offset, count: count))
            } else {
                chunks[chunks.count - 1].count += count
            }
        }
        isCut = count < piece.count
        return !isCut
    }
}
