package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.testsupport.size.TestSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The shell commands of a page of the documentation. A block that begins with {@code ```sh run} is run by a test, all of a page in
 * one shell ({@code ```sh run campaign} in a campaign only); one with {@code ```sh check} needs what no test has, and is only read.
 */
record DocumentedCommands(Path page, List<Block> blocks) {
    static final List<Path> PAGES = List.of(
            Path.of("..", "docs", "install.md"),
            Path.of("..", "docs", "operate.md"),
            Path.of("..", "docs", "develop.md"));

    private static final String FENCE = "```";
    private static final String DOCUMENTED = "http://localhost:9000";

    /**
     * @param line of the page, on which the block begins
     * @param mark what stands behind {@code sh}
     */
    record Block(int line, String mark, String text) {
        boolean isToBeRun() {
            return mark.equals("run") || (mark.equals("run campaign") && Boolean.getBoolean(TestSize.PROPERTY));
        }
    }

    static DocumentedCommands of(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int begin = i++;
                var text = new StringBuilder();
                for (; !lines.get(i).startsWith(FENCE); i++) {
                    text.append(lines.get(i)).append('\n');
                }
                String language = lines.get(begin).substring(FENCE.length());
                if (language.startsWith("sh")) {
                    blocks.add(new Block(
                            begin + 1, language.substring("sh".length()).strip(), text.toString()));
                }
            }
        }
        return new DocumentedCommands(page, blocks);
    }

    /**
     * Runs what is to be run, in a directory with a program {@code resentry} in it.
     *
     * @param url in place of the one of the documentation
     */
    void run(Path directory, String url, String password) throws IOException, InterruptedException {
        var script = new StringBuilder("set -euo pipefail\n");
        for (Block block : blocks) {
            if (block.isToBeRun()) {
                script.append("echo '>>> %s:%d'%n".formatted(page, block.line()))
                        .append(block.text().replace(DOCUMENTED, url));
            }
        }
        Path file = Files.writeString(directory.resolve(page.getFileName() + ".sh"), script);
        Path printed = directory.resolve(page.getFileName() + ".out");
        var builder = new ProcessBuilder("bash", file.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().putAll(Map.of("RESENTRY_PASSWORD", password));
        Process bash = builder.start();
        assertThat(bash.waitFor(2, TimeUnit.MINUTES))
                .as("ends; it printed %s", Files.readString(printed))
                .isTrue();
        assertThat(bash.exitValue()).as(Files.readString(printed)).isZero();
    }
}
