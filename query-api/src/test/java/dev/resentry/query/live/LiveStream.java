package dev.resentry.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A listener as a browser is one, and all that it was told, as it stands on the wire. */
public final class LiveStream implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("(?m)^id: (\\S+)$");

    private final Socket socket;

    @SuppressWarnings("JdkObsolete") // one thread writes while others read
    private final StringBuffer text = new StringBuffer();

    public LiveStream(RunningApi api, String path, String lastEventId) {
        this(api, api.token(), path, lastEventId);
    }

    public LiveStream(RunningApi api, String token, String path, String lastEventId) {
        URI at = api.uri(path);
        try {
            socket = new Socket(at.getHost(), at.getPort());
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
                            .formatted(
                                    path,
                                    token,
                                    lastEventId == null ? "" : "Last-Event-ID: %s\r\n".formatted(lastEventId))
                            .getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var _ = Thread.ofVirtual().start(this::read);
        // What happens before the stream begins is not for it.
        await().atMost(Duration.ofSeconds(30)).until(() -> text().contains("event: ready"));
    }

    private void read() {
        byte[] buffer = new byte[8_192];
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                text.append(new String(buffer, 0, read, UTF_8));
            }
        } catch (IOException _) {
            // Closed by the test.
        }
    }

    /** The answer as it came, without the sizes of its pieces. */
    public String text() {
        return text.toString().replaceAll("(?m)^[0-9a-f]+\r\n", "").replace("\r\n", "\n");
    }

    String lastId() {
        Matcher ids = ID.matcher(text());
        String last = "";
        while (ids.find()) {
            last = ids.group(1);
        }
        return last;
    }

    LongStream numbers(String pattern) {
        return Pattern.compile(pattern).matcher(text()).results().mapToLong(found -> Long.parseLong(found.group(1)));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
