package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.IngestRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway and the proxy in front of it agree with the list of ingest routes. */
class IngestRoutesTest {
    private static final Pattern LOCATION =
            Pattern.compile("location ~ (\\S+) \\{\\s*set \\$(?:gateway|service) http://ingest-gateway:8080;");

    /** Every listed path, and every path that differs from one in a segment more, less or other. */
    private static final Set<String> PATHS = paths();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT"})
    void theGatewayTakesWhatIsListedAndNothingElse(String method) {
        assertThat(PATHS)
                .allSatisfy(path ->
                        assertThat(takes(method, path)).as(path).isEqualTo(IngestRoutes.contains(method, path)));
    }

    @Test
    void everyListedPathIsTakenWithAndWithoutItsLastSlashAndWithSlashesDoubled() {
        assertThat(IngestRoutes.patterns())
                .allSatisfy(pattern -> assertThat(Stream.of(pattern, pattern + "/", pattern.replace("/", "//") + "//"))
                        .allSatisfy(
                                path -> assertThat(takes("POST", path)).as(path).isTrue())
                        .allSatisfy(path -> assertThat(IngestRoutes.contains("POST", path))
                                .as(path)
                                .isTrue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT"})
    void theProxySendsWhatIsListedToTheGatewayAndNothingElse(String method) throws IOException {
        Map<Pattern, String> locations = locations();

        assertThat(locations).hasSize(4);
        assertThat(PATHS)
                .allSatisfy(path -> assertThat(proxied(locations, method, path))
                        .as(path)
                        .isEqualTo(IngestRoutes.contains(method, path)));
    }

    private static boolean takes(String method, String path) {
        return IngestRoute.of(path).filter(route -> !route.isReadByApi(method)).isPresent();
    }

    /** As nginx does it: the first location whose expression is found decides. */
    private static boolean proxied(Map<Pattern, String> locations, String method, String path) {
        for (Map.Entry<Pattern, String> location : locations.entrySet()) {
            if (location.getKey().matcher(path).find()) {
                Matcher readers = Pattern.compile(
                                "request_method ~ (\\S+)\\) \\{\\s*set \\$service http://query-api:8080;")
                        .matcher(location.getValue());
                return !(readers.find()
                        && Pattern.compile(readers.group(1)).matcher(method).find());
            }
        }
        return false;
    }

    /** The expressions of the locations that lead to the gateway, each with its block. */
    private static Map<Pattern, String> locations() throws IOException {
        String conf = Files.readString(Path.of("..", "docker", "proxy.conf"), UTF_8);
        Map<Pattern, String> locations = new LinkedHashMap<>();
        for (String block : conf.split("(?=location )")) {
            Matcher location = LOCATION.matcher(block);
            if (location.find()) {
                locations.put(Pattern.compile(location.group(1)), block);
            }
        }
        return locations;
    }

    private static Set<String> paths() {
        List<List<String>> listed = IngestRoutes.patterns().stream()
                .map(pattern -> Arrays.asList(pattern.substring(1).split("/")))
                .toList();
        Set<String> words = new TreeSet<>(Set.of("42", "x"));
        listed.forEach(words::addAll);
        Set<String> paths = new TreeSet<>(Set.of("/", "/api", "/api/", "/api/v1/"));
        for (List<String> segments : listed) {
            add(paths, segments);
            for (int at = 0; at < segments.size(); at++) {
                List<String> shorter = new ArrayList<>(segments);
                shorter.remove(at);
                add(paths, shorter);
                for (String word : words) {
                    List<String> other = new ArrayList<>(segments);
                    other.set(at, word);
                    add(paths, other);
                    List<String> longer = new ArrayList<>(segments);
                    longer.add(at + 1, word);
                    add(paths, longer);
                }
            }
        }
        return paths;
    }

    private static void add(Set<String> paths, List<String> segments) {
        paths.add("/" + String.join("/", segments));
        paths.add("//" + String.join("//", segments) + "/");
    }
}
