package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/** A connection on which a test writes bytes and reads responses. */
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Wire(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Says text, a byte for each of its characters. */
    Wire say(String text) throws IOException {
        return say(text.getBytes(ISO_8859_1));
    }

    Wire say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Closes this side; the other may still be heard. */
    Wire sayNothingMore() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    WireResponse response() throws IOException {
        return WireResponse.read(in, false);
    }

    WireResponse answerWithoutBody() throws IOException {
        return WireResponse.read(in, true);
    }

    /** Whether something of an answer is there. */
    boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /** Whether the other side ends the connection without another word. */
    boolean ends() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException _) {
            // It had not read everything.
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
