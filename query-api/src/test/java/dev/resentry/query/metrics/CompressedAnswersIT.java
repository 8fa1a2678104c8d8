package dev.resentry.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What answers weigh on their way. */
class CompressedAnswersIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void aLongAnswerIsCompressedForThoseWhoAskForIt() throws Exception {
        long project = ROWS.project("long-answers");
        for (int i = 0; i < 30; i++) {
            ROWS.issue(project, "Timeout " + i, SEEN.minusSeconds(i), "unresolved");
        }
        String list = "/api/v1/issues?project=long-answers";

        Reply plain = API.get(list);
        Reply compressed = compressed(list);

        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Vary")).containsIgnoringCase("Accept-Encoding");
        assertThat(compressed.bytes().length).isLessThan(plain.bytes().length / 4);
        try (var inflated = new GZIPInputStream(new ByteArrayInputStream(compressed.bytes()))) {
            assertThat(inflated.readAllBytes()).isEqualTo(plain.bytes());
        }
    }

    @Test
    void aShortAnswerIsSentAsItIs() {
        long issue = ROWS.issue(ROWS.project("short-answers"), "Timeout", SEEN, "unresolved");

        assertThat(compressed("/api/v1/issues/" + issue).header("Content-Encoding"))
                .isEmpty();
    }

    private static Reply compressed(String path) {
        return RunningApi.exchange(HttpRequest.newBuilder(API.uri(path))
                .header("Authorization", "Bearer " + API.token())
                .header("Accept-Encoding", "gzip"));
    }
}
