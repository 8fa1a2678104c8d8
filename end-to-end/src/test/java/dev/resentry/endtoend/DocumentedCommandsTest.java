package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.endtoend.DocumentedCommands.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of documented commands can be seen without running them: that bash reads them, and that the files which they name are there. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");

    /** Files of the sources that a command names; what is made first is not among them. */
    private static final Pattern FILE = Pattern.compile(
            "(?<![\\w/.-])(?:\\./)?((?:deploy|docs|docker|examples|benchmarks|web-ui|\\.ci)/[\\w./-]*\\w|docker-compose\\.yml|\\.env\\.example)");

    private static Stream<Path> pages() {
        return DocumentedCommands.PAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockIsRunOrChecked(Path page) throws IOException {
        List<Block> blocks = DocumentedCommands.of(page).blocks();

        assertThat(blocks)
                .isNotEmpty()
                .allSatisfy(block ->
                        assertThat(block.mark()).as("%s:%d", page, block.line()).isIn("run", "run campaign", "check"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bashReadsEveryBlock(Path page) throws IOException, InterruptedException {
        for (Block block : DocumentedCommands.of(page).blocks()) {
            Process bash =
                    new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
            try (var in = bash.outputWriter()) {
                in.write(block.text());
            }
            String printed = new String(bash.getInputStream().readAllBytes(), UTF_8);
            assertThat(bash.waitFor())
                    .as("%s:%d %s", page, block.line(), printed)
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theFilesThatCommandsNameAreThere(Path page) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Block block : DocumentedCommands.of(page).blocks()) {
            FILE.matcher(block.text())
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !Files.exists(ROOT.resolve(name)))
                    .forEach(missing::add);
        }
        assertThat(missing).as("named in %s", page).isEmpty();
    }
}
