package dev.resentry.processor.regroup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.scrub.ScrubSettings;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.processing.symbolicate.EventSymbolication;
import dev.resentry.processing.symbolicate.ReadFiles;
import dev.resentry.processing.symbolicate.Symbolicator;
import dev.resentry.storage.regroup.EventGrouping.Grouped;
import dev.resentry.storage.regroup.EventGrouping.ReadablePayload;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ReadableEventGroupingTest {
    private static final EventId ID = new EventId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
    private final Uploads uploads = new Uploads();
    private final EventSymbolication symbolication =
            new EventSymbolication(new Symbolicator(new ReadFiles(1 << 20, SourceMapLimits.DEFAULT)), (_, failure) -> {
                throw failure;
            });
    private final ReadableEventGrouping grouping = new ReadableEventGrouping(
            new ProjectId(1),
            new StoredEventGrouping(GroupingRules.NONE),
            (event, _) -> symbolication.apply(event, uploads),
            new Scrubber(ScrubSettings.DEFAULT));
    private final StoredEventGroupings groupings = new StoredEventGroupings((_, _) -> {}, _ -> {
        throw new IllegalStateException("not asked");
    });

    @Test
    void aMinifiedEventBecomesReadableAndMinifiedAgain() {
        String minified = stored(frame("a") + "," + frame("b"), "");
        uploads.put("a", "a");

        ReadablePayload inPart = readable(group(minified));
        uploads.put("b", "b");
        ReadablePayload whole = readable(group(String.valueOf(inPart.payloadJson())));

        assertThat(functions(inPart.payloadJson())).containsExactly("pay", "t");
        assertThat(inPart.needsMore()).isTrue();
        assertThat(functions(whole.payloadJson())).containsExactly("pay", "pay");
        assertThat(whole.needsMore()).isFalse();
        assertThat(UntrustedJson.STORED.tree(groupings.minified(String.valueOf(whole.payloadJson()))))
                .isEqualTo(UntrustedJson.STORED.tree(minified));
    }

    @Test
    void anEventThatIsReadableStaysWhatItIsWhateverWasUploadedSince() {
        uploads.put("a", "a");
        String readable = String.valueOf(readable(group(stored(frame("a"), ""))).payloadJson());
        uploads.put("a", "another");

        Grouped grouped = group(readable);

        assertThat(readable(grouped)).isEqualTo(new ReadablePayload(null, false));
        assertThat(grouped.hash())
                .isEqualTo(new StoredEventGrouping(GroupingRules.NONE)
                        .group(ID, AT, readable)
                        .hash());
    }

    @Test
    void noFrameIsMadeMinifiedAgainBecauseItsMapWasDeleted() {
        uploads.put("a", "a");
        String inPart = String.valueOf(
                readable(group(stored(frame("a") + "," + frame("b"), ""))).payloadJson());
        uploads.contents.clear();
        uploads.put("b", "b");

        assertThat(readable(group(inPart))).isEqualTo(new ReadablePayload(null, true));
    }

    @Test
    void aRawStackTraceOfTheSenderIsNotTakenForOurs() {
        uploads.put("a", "a");
        String sent = stored(frame("a"), ",\"raw_stacktrace\":{\"frames\":[" + frame("b") + "]}");

        assertThat(readable(group(sent))).isEqualTo(new ReadablePayload(null, false));
        assertThat(UntrustedJson.STORED.tree(groupings.minified(sent))).isEqualTo(UntrustedJson.STORED.tree(sent));
    }

    private Grouped group(String payload) {
        return grouping.group(ID, AT, payload);
    }

    private static ReadablePayload readable(Grouped grouped) {
        assertThat(grouped.readable()).isNotNull();
        return grouped.readable();
    }

    private static List<String> functions(@Nullable String payload) {
        return UntrustedJson.STORED
                .tree(String.valueOf(payload))
                .at("/exception/values/0/stacktrace/frames")
                .valueStream()
                .map(frame -> frame.path("function").asString())
                .toList();
    }

    private static String frame(String file) {
        return "{\"abs_path\":\"https://shop.example/%s.js\",\"function\":\"t\",\"lineno\":1,\"colno\":1,\"in_app\":true}"
                .formatted(file);
    }

    private static String stored(String frames, String more) {
        JsonNode json = UntrustedJson.STRICT.tree("""
                {"platform":"javascript","release":"shop@1","exception":[{"type":"TypeError","value":"x","stacktrace":{"frames":[%s]}%s}]}
                """.formatted(frames, more));
        return EventNormalizer.normalize((ObjectNode) json, NormalizationContext.of(ID, AT))
                .json()
                .toString();
    }

    /** Source maps of one release, by the names of their files. */
    private static final class Uploads implements CodeFiles {
        private final Map<String, String> contents = new HashMap<>();

        void put(String file, String source) {
            contents.put("~/%s.js.map".formatted(file), """
                    {"version":3,"sources":["webpack://shop/./src/%s.js"],"names":[],"mappings":"AAEA",
                     "sourcesContent":["function pay() {\\n  check();\\n  send();\\n}"]}
                    """.formatted(source));
        }

        @Override
        public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
            return List.of();
        }

        @Override
        public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
            return urls.stream()
                    .filter(contents::containsKey)
                    .map(url -> new CodeFile(
                            CodeFile.Kind.SOURCE_MAP,
                            url,
                            url,
                            null,
                            null,
                            null,
                            String.valueOf(contents.get(url)),
                            String.valueOf(contents.get(url)).length()))
                    .toList();
        }

        @Override
        public Optional<byte[]> content(CodeFile file) {
            return Optional.of(file.contentHash().getBytes(UTF_8));
        }
    }
}
