package dev.resentry.testsupport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code .env.example} lists exactly the settings that the services read, with their defaults. */
class EnvExampleTest {
    private static final Path TREE = SourceTree.root();

    /** A commented setting counts: it is one whose default differs from service to service. */
    private static final Pattern LISTED = Pattern.compile("^(#?)([A-Z][A-Z0-9_]*)=(.*)$", Pattern.MULTILINE);

    private static final Pattern READ = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::-?([^}]*))?}");

    @Test
    void listsAllSettingsThatAreReadAndNoOthers() throws IOException {
        assertThat(listed().keySet())
                .isEqualTo(new TreeSet<>(placeholders(Stream.concat(settingsFiles(), Stream.of(launcher())))
                        .map(read -> read.group(1))
                        .toList()));
    }

    /** Except where everything runs in one process, which has some defaults of its own. */
    @Test
    void saysTheDefaultsThatTheServicesHave() throws IOException {
        Map<String, String> listed = listed();
        placeholders(settingsFiles().filter(file -> !file.startsWith(TREE.resolve("standalone"))))
                .filter(read -> !listed.getOrDefault(read.group(1), "").startsWith("#"))
                .forEach(read ->
                        assertThat(listed).containsEntry(read.group(1), read.group(2) == null ? "" : read.group(2)));
    }

    /** The value by the name; with a {@code #} before it if the line is commented out. */
    private static Map<String, String> listed() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        LISTED.matcher(text(TREE.resolve(".env.example")))
                .results()
                .forEach(line -> assertThat(settings.put(line.group(2), line.group(1) + line.group(3)))
                        .as("%s is listed once", line.group(2))
                        .isNull());
        return settings;
    }

    private static Stream<MatchResult> placeholders(Stream<Path> files) {
        return files.flatMap(file -> READ.matcher(text(file)).results());
    }

    private static Stream<Path> settingsFiles() throws IOException {
        try (Stream<Path> modules = Files.list(TREE)) {
            List<Path> files = modules.map(module -> module.resolve("src/main/resources"))
                    .filter(Files::isDirectory)
                    .flatMap(EnvExampleTest::files)
                    .filter(file -> file.getFileName().toString().matches("(resentry-.*|application.*)\\.ya?ml"))
                    .toList();
            assertThat(files).hasSizeGreaterThan(5);
            return files.stream();
        }
    }

    private static Path launcher() {
        return TREE.resolve("standalone/src/main/launch/launch.sh");
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            // The script also reads what every machine has; its own settings are those with its name.
            return file.equals(launcher()) ? text.replaceAll("\\$\\{(?!RESENTRY_)", "") : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
