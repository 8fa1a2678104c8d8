package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.admission.BytesInFlight.Lease;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a body as it comes, whatever its content type, up to a limit and within the bytes there is room for. */
final class BodyReader {
    private static final int FIRST = 16 * 1024;

    private final long maxBytes;

    BodyReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    sealed interface Read {
        @SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
        record Body(byte[] bytes) implements Read {}

        record TooLarge(long limit) implements Read {}

        record NoRoom() implements Read {}
    }

    /** Reads to the end of the body; what is declared too large is not read at all. */
    Read read(HttpServletRequest request, Lease lease) throws IOException, InterruptedException {
        long declared = request.getContentLengthLong();
        if (declared > maxBytes) {
            return new Read.TooLarge(maxBytes);
        }
        int capacity = (int) (declared > 0 ? declared : FIRST);
        if (!lease.growTo(capacity)) {
            return new Read.NoRoom();
        }
        byte[] buffer = new byte[capacity];
        int size = 0;
        InputStream in = request.getInputStream();
        while (true) {
            if (size == buffer.length) {
                int next = in.read();
                if (next < 0) {
                    return new Read.Body(buffer);
                }
                if (size >= maxBytes) {
                    return new Read.TooLarge(maxBytes);
                }
                int larger = (int) Math.min(maxBytes, Math.max(FIRST, buffer.length * 2L));
                if (!lease.growTo(larger)) {
                    return new Read.NoRoom();
                }
                buffer = Arrays.copyOf(buffer, larger);
                buffer[size++] = (byte) next;
            }
            int n = in.read(buffer, size, buffer.length - size);
            if (n < 0) {
                return new Read.Body(Arrays.copyOf(buffer, size));
            }
            size += n;
        }
    }
}
