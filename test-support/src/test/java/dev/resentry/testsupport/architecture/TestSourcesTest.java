package dev.resentry.testsupport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the test sources of all modules, also of those that do not depend on this one. */
class TestSourcesTest {
    private static final Pattern SLEEP = Pattern.compile("\\bsleep\\(|\\bpark(Nanos|Until)\\(");

    @Test
    void noTestSleeps() throws IOException {
        List<Path> sources = sources();

        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(sources.stream().flatMap(TestSourcesTest::sleeps))
                .as(
                        "a sleep is too short on one machine and too long on all others; wait for a condition with Awaitility")
                .isEmpty();
    }

    @Test
    void aSleepWouldBeSeen() {
        assertThat(List.of("Thread.sleep(5);", "TimeUnit.SECONDS.sleep(1);", "LockSupport.parkNanos(1);"))
                .allMatch(line -> SLEEP.matcher(line).find());
        assertThat(List.of("// they sleep", "asleep(", "await().during(Duration.ofMillis(5))"))
                .noneMatch(line -> SLEEP.matcher(line).find());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(SourceTree.root())) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(TestSourcesTest::javaFiles)
                    // This one names what it looks for.
                    .filter(file -> !file.endsWith("TestSourcesTest.java"))
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> sleeps(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return IntStream.range(0, lines.size())
                    .filter(i -> SLEEP.matcher(lines.get(i)).find())
                    .mapToObj(i -> "%s:%d".formatted(SourceTree.root().relativize(file), i + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
