export interface WrittenFile {
  bytes: number
  /** Hexadecimal. */
  sha256: string
}

/** Where files are left for others to fetch. */
export interface ExportTarget {
  /** For people: a folder, or `gs://bucket/prefix`. */
  readonly place: string
  /** Writes a whole file. Whoever looks meanwhile finds the one that was there under this name, or this one; never a part. */
  write(name: string, content: AsyncIterable<Buffer>): Promise<WrittenFile>
}
