package dev.resentry.model.encoding;

/** What became of an encoded body: its content, or why there is none. */
public sealed interface Decoded {

    /** The whole content; the array is handed over, not copied. */
    @SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
    record Content(byte[] bytes) implements Decoded {}

    /** Decoding was stopped because the content passed {@code limit} bytes. */
    record TooLarge(long limit) implements Decoded {}

    /** The bytes are not of the format; {@code offset} counts the decoded bytes that came before the fault. */
    record Malformed(String format, long offset, String cause) implements Decoded {}
}
