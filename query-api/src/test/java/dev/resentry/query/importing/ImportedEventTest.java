package dev.resentry.query.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is shown by {@code /api/0} becomes what an SDK sends. */
class ImportedEventTest {

    @Test
    void anEventKeepsIdTimeTagsAndFrames() {
        JsonNode event = ImportedEvent.ofOne(UntrustedJson.STRICT.tree("""
                        {"eventID": "0123456789abcdef0123456789abcdef", "dateCreated": "2026-11-01T10:00:00Z", "platform": "python",
                         "release": {"version": "shop@1.2"}, "context": {"cart": 7}, "fingerprints": ["0123456789abcdef0123456789abcdef"],
                         "user": {"id": "7", "email": null},
                         "tags": [{"key": "level", "value": "warning"}, {"key": "environment", "value": "prod"},
                                  {"key": "browser", "value": "Firefox"}],
                         "entries": [{"type": "exception", "data": {"values": [{"type": "KeyError", "value": "x", "threadId": 3,
                           "stacktrace": {"frames": [{"function": "pay", "lineNo": 7, "inApp": true, "absPath": "/a/b.py",
                             "context": [[6, "before"], [7, "here"], [8, "behind"]]}]}}]}}]}
                        """))
                .orElseThrow()
                .json();

        assertThat(event.path("event_id").asString()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(event.path("timestamp").asString()).isEqualTo("2026-11-01T10:00:00Z");
        assertThat(event.path("level").asString()).isEqualTo("warning");
        assertThat(event.path("environment").asString()).isEqualTo("prod");
        assertThat(event.path("release").asString()).isEqualTo("shop@1.2");
        assertThat(event.path("user").toString()).isEqualTo("{\"id\":\"7\"}");
        assertThat(event.at("/extra/cart").intValue()).isEqualTo(7);
        assertThat(event.path("tags").toString()).isEqualTo("[[\"browser\",\"Firefox\"]]");
        assertThat(event.has("fingerprint")).isFalse();
        JsonNode exception = event.at("/exception/values/0");
        assertThat(exception.path("thread_id").intValue()).isEqualTo(3);
        JsonNode frame = exception.at("/stacktrace/frames/0");
        assertThat(frame.path("abs_path").asString()).isEqualTo("/a/b.py");
        assertThat(frame.path("lineno").intValue()).isEqualTo(7);
        assertThat(frame.path("pre_context").toString()).isEqualTo("[\"before\"]");
        assertThat(frame.path("context_line").asString()).isEqualTo("here");
        assertThat(frame.path("post_context").toString()).isEqualTo("[\"behind\"]");
    }

    @Test
    void anEventWithoutIdIsNone() {
        assertThat(ImportedEvent.ofOne(UntrustedJson.STRICT.tree("{\"title\": \"x\"}")))
                .isEmpty();
    }
}
