package dev.resentry.query.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.model.event.EventId;
import dev.resentry.query.sentry.SpanTree.ErrorNode;
import dev.resentry.query.sentry.SpanTree.SpanNode;
import dev.resentry.storage.performance.TraceError;
import dev.resentry.storage.span.StoredSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Each span is told once, whatever was said of who began it. */
class SpanTreeTest {
    private static final Instant AT = Instant.parse("2026-11-18T12:00:00.250Z");
    private static final EventId TRANSACTION = new EventId(UUID.randomUUID());

    @Test
    void spansAreWithinThoseThatBeganThemAndErrorsInTheirSpans() {
        List<Object> roots = tree(
                List.of(span("a", null), span("c", "b"), span("b", "a"), span("d", "elsewhere")),
                List.of(error("b"), error(null), error("gone")));

        assertThat(roots).hasSize(4);
        SpanNode a = (SpanNode) roots.getFirst();
        assertThat(a.transaction()).isEqualTo("pay");
        assertThat(a.startTimestamp()).isEqualTo(AT.toEpochMilli() / 1e3);
        assertThat(a.endTimestamp() - a.startTimestamp()).isCloseTo(0.005, within(1e-4));
        SpanNode b = a.children().getFirst();
        assertThat(b.errors()).extracting(ErrorNode::title).containsExactly("in b");
        assertThat(b.children()).extracting(SpanNode::spanId).containsExactly("c");
        assertThat(((SpanNode) roots.get(1)).spanId()).isEqualTo("d");
        assertThat(roots.subList(2, 4)).allSatisfy(error -> assertThat(error).isInstanceOf(ErrorNode.class));
    }

    @Test
    void spansThatBeganEachOtherAreToldAllTheSame() {
        List<Object> roots = tree(List.of(span("a", "b"), span("b", "a"), span("self", "self")), List.of());

        assertThat(roots).extracting(root -> ((SpanNode) root).spanId()).containsExactly("a", "self");
        assertThat(((SpanNode) roots.getFirst()).children()).hasSize(1);
    }

    @Test
    void aChainOfAnyLengthCanBeWritten() {
        List<StoredSpan> chain = new ArrayList<>(List.of(span("0", null)));
        for (int i = 1; i < 5_000; i++) {
            chain.add(span(Integer.toString(i), Integer.toString(i - 1)));
        }

        String json = JsonMapper.shared().writeValueAsString(tree(chain, List.of()));

        assertThat(json.split("\"span_id\"")).hasSize(5_001);
    }

    private static List<Object> tree(List<StoredSpan> spans, List<TraceError> errors) {
        return new SpanTree(Map.of(TRANSACTION, "pay"), id -> "project-" + id).of(spans, errors);
    }

    private static StoredSpan span(String id, @Nullable String parent) {
        return new StoredSpan(
                1,
                UUID.randomUUID(),
                id,
                parent,
                TRANSACTION,
                parent == null,
                "db",
                null,
                "ok",
                null,
                AT,
                5,
                "{}",
                null);
    }

    private static TraceError error(@Nullable String span) {
        return new TraceError(new EventId(UUID.randomUUID()), 1, 7, "in " + span, "error", AT, span);
    }
}
