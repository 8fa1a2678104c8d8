package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of another project: that of this machine, or one that Go builds from its proxy, once for the machine. */
final class GoTool {
    private GoTool() {}

    /** Where it is; empty, and said in words, if this machine has neither the program nor what builds it. */
    static Optional<String> find(String name, String module) throws IOException, InterruptedException {
        if (works(name, "version")) {
            return Optional.of(name);
        }
        Path bin = Path.of(System.getProperty("user.home"), ".cache", "resentry", "bin");
        Path program = bin.resolve(name);
        if (Files.isExecutable(program)) {
            return Optional.of(program.toString());
        }
        Path log = Files.createDirectories(Path.of("target", "logs")).resolve("go-%s.log".formatted(name));
        var builder = new ProcessBuilder("go", "install", module)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GOBIN", Files.createDirectories(bin).toString());
        try {
            Process go = builder.start();
            if (go.waitFor(15, TimeUnit.MINUTES) && go.exitValue() == 0) {
                Path built = bin.resolve(module.replaceAll("@.*", "").replaceAll(".*/", ""));
                if (!built.equals(program)) {
                    Files.move(built, program);
                }
                return Optional.of(program.toString());
            }
            go.destroy();
            System.out.printf("%s cannot be had: go install %s failed; see %s%n", name, module, log);
        } catch (IOException _) {
            System.out.printf("%s cannot be had: it is not on the PATH, and there is no Go to build it with%n", name);
        }
        return Optional.empty();
    }

    static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** Runs a program to its end, with all that it printed. */
    static String run(int exitCode, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, printed).isEqualTo(exitCode);
        return printed;
    }
}
