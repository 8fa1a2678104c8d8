package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Writes HTTP to a socket, so that a test knows what was sent on a connection before it broke. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    /** What was answered. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int status, Map<String, String> headers, byte[] body) {
        boolean closes() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    /** @throws IOException if nobody takes the connection; nothing was sent then */
    RawConnection(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
    }

    /** Whether an answer, or the end, has arrived. */
    boolean hasReply() throws IOException {
        return in.available() > 0;
    }

    /** Whether the other side has not closed it, as far as has been heard. */
    boolean isOpen() throws IOException {
        socket.setSoTimeout(1);
        try {
            return in.read() >= 0;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    Reply exchange(byte[] request) throws IOException {
        write(request);
        return reply();
    }

    /** Waits for an answer with a length; those that only say to go on are passed over. */
    Reply reply() throws IOException {
        while (true) {
            String[] first = line().split(" ", 3);
            int status = Integer.parseInt(first[1]);
            Map<String, String> headers = new HashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            if (status != 100) {
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                return new Reply(status, headers, in.readNBytes(length));
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed after '%s'".formatted(line));
            }
            if (next != '\r') {
                line.append(new String(new byte[] {(byte) next}, ISO_8859_1));
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
