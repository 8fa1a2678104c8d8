package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** sentry-cli and what it is run beside, in the directory of a build, with a home of their own. */
record SentryCli(Path build, Path home, String token, String project) {
    private static final Path PACKAGES =
            Path.of("sentry-cli", "node_modules").toAbsolutePath().normalize();

    enum Version {
        TWO("sentry-cli-2"),
        THREE("sentry-cli-3");

        private final String directory;

        Version(String directory) {
            this.directory = directory;
        }
    }

    /** Minifies the code of {@code sentry-cli/src} to {@code shop.js} and {@code shop.js.map}, and returns the former. */
    Path minify() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "node",
                PACKAGES.resolve("terser/bin/terser").toString(),
                "src/card.js",
                "src/shop.js",
                "--mangle",
                "toplevel",
                "--source-map",
                "includeSources,url='shop.js.map'",
                "--output",
                build.resolve("shop.js").toString()));
        run(command, PACKAGES.resolveSibling("."));
        return build.resolve("shop.js");
    }

    /** Runs a command of a version to its end, and returns what it printed. */
    String run(Version version, String... arguments) throws IOException, InterruptedException {
        return runIn(List.of(), version, arguments);
    }

    /** The same for a command that sends by a DSN. */
    String runFor(String dsn, Version version, String... arguments) throws IOException, InterruptedException {
        return runIn(List.of("SENTRY_DSN=" + dsn), version, arguments);
    }

    /** The same for a command that asks an installation by a token of a user, which does not say where it is. */
    String runAt(String url, Version version, String... arguments) throws IOException, InterruptedException {
        return runIn(List.of("SENTRY_URL=" + url, "SENTRY_ORG=default"), version, arguments);
    }

    /** The same with some variables in its environment. */
    String runIn(List<String> variables, Version version, String... arguments)
            throws IOException, InterruptedException {
        return runProgram(PACKAGES.resolve(version.directory).resolve("bin/sentry-cli"), variables, arguments);
    }

    /** Runs a command of the newer command line at an installation; it tells nobody else of it, and remembers nothing. */
    String runNewer(String url, String... arguments) throws IOException, InterruptedException {
        return runProgram(
                PACKAGES.resolve("sentry/dist/bin.cjs"),
                List.of(
                        "SENTRY_URL=" + url,
                        "SENTRY_ORG=default",
                        "SENTRY_CLI_NO_TELEMETRY=1",
                        "SENTRY_CLI_NO_UPDATE_CHECK=1",
                        "SENTRY_NO_CACHE=1"),
                arguments);
    }

    private String runProgram(Path program, List<String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(variables);
        command.addAll(List.of("node", program.toString()));
        command.addAll(List.of(arguments));
        return run(command, build);
    }

    String git(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com"));
        command.addAll(List.of(arguments));
        return run(command, build).strip();
    }

    private String run(List<String> command, Path directory) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "command", ".out");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of("HOME", home.toString(), "SENTRY_AUTH_TOKEN", token, "SENTRY_PROJECT", project));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the end of %s", command)
                .isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
        return printed;
    }
}
