package dev.resentry.processor.symbolicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.processing.symbolicate.EventSymbolication;
import dev.resentry.processing.symbolicate.ReadFiles;
import dev.resentry.processing.symbolicate.Symbolicator;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MissedFilesTest {
    private static final ProjectId SHOP = new ProjectId(1);
    private static final String RELEASE = "shop@1";
    private static final String URL = "~/app.js.map";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final MissedFiles missed = new MissedFiles(Duration.ofSeconds(5), now::get);
    private final Uploaded uploaded = new Uploaded();

    @Test
    void aFloodOfMinifiedEventsWithoutMapsAsksOnce() {
        var symbolication = new EventSymbolication(
                new Symbolicator(new ReadFiles(1 << 20, SourceMapLimits.DEFAULT)), (_, failure) -> {
                    throw failure;
                });

        for (int i = 0; i < 1_000; i++) {
            NormalizedEvent event = event(i);
            symbolication.apply(event, missed.leavingOut(SHOP, 7, uploaded));
            assertThat(event.json().at("/errors/0/type").asString()).isEqualTo("js_missing_source");
        }

        assertThat(uploaded.questions).as("by debug id and by URL").isEqualTo(2);
    }

    @Test
    void whatWasMissedIsAskedAgainBehindAnUploadAndSoonAnyway() {
        assertThat(find(SHOP, 7)).isEmpty();
        uploaded.urls.add(URL);
        assertThat(find(SHOP, 7)).as("nobody knows of the upload yet").isEmpty();
        assertThat(uploaded.questions).isEqualTo(1);

        assertThat(find(SHOP, 8)).as("behind an upload").hasSize(1);
        assertThat(find(SHOP, 8)).as("what is there is asked for").hasSize(1);
        assertThat(uploaded.questions).isEqualTo(3);

        now.updateAndGet(at -> at.plusSeconds(5));
        assertThat(find(SHOP, 7)).as("later").hasSize(1);
    }

    @Test
    void projectsReleasesAndDistsAreToldApart() {
        CodeFiles files = missed.leavingOut(SHOP, 7, uploaded);
        files.byUrls(RELEASE, null, List.of(URL));
        uploaded.urls.add(URL);

        assertThat(find(new ProjectId(2), 7)).hasSize(1);
        assertThat(files.byUrls("shop@2", null, List.of(URL))).hasSize(1);
        assertThat(files.byUrls(RELEASE, "web", List.of(URL))).hasSize(1);
        assertThat(files.byUrls(RELEASE, null, List.of(URL))).isEmpty();
    }

    @Test
    void ofSeveralNamesOnlyThoseAreAskedForThatAreNotMissed() {
        find(SHOP, 7);

        missed.leavingOut(SHOP, 7, uploaded).byUrls(RELEASE, null, List.of(URL, "~/b.js.map"));

        assertThat(uploaded.asked).containsExactly("~/b.js.map");
    }

    private List<CodeFile> find(ProjectId project, long newest) {
        return missed.leavingOut(project, newest, uploaded).byUrls(RELEASE, null, List.of(URL));
    }

    private static NormalizedEvent event(int number) {
        String json = """
                {"platform":"javascript","release":"shop@1","exception":[{"type":"TypeError","value":"x %d","stacktrace":{"frames":[
                {"abs_path":"https://shop.example/a.js","function":"t","lineno":1,"colno":%d,"debug_id":"85314830-023f-4cf1-a267-535f4e37bb17"},
                {"abs_path":"https://shop.example/b.js","function":"u","lineno":1,"colno":9}]}}]}
                """.formatted(number, 1 + number);
        return EventNormalizer.normalize(
                (ObjectNode) UntrustedJson.STRICT.tree(json),
                NormalizationContext.of(new EventId(new UUID(1, number)), Instant.parse("2026-11-20T12:00:00Z")));
    }

    private static final class Uploaded implements CodeFiles {
        private final Set<String> urls = new HashSet<>();
        private List<String> asked = List.of();
        private int questions;

        @Override
        public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
            questions++;
            return List.of();
        }

        @Override
        public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> names) {
            questions++;
            asked = List.copyOf(names);
            return names.stream()
                    .filter(urls::contains)
                    .map(url -> new CodeFile(CodeFile.Kind.SOURCE_MAP, url, url, null, null, null, "0", 2))
                    .toList();
        }

        @Override
        public Optional<byte[]> content(CodeFile file) {
            return Optional.empty();
        }
    }
}
