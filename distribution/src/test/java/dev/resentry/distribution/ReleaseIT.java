package dev.resentry.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is released: what is in it, and that it runs where there is a JDK, a shell with the tools of every system, and nothing else. */
@Timeout(300)
class ReleaseIT {
    /** The last four are for PostgreSQL, which must not know that a root starts it. */
    private static final List<String> TOOLS =
            List.of("bash", "env", "dirname", "readlink", "sed", "mktemp", "rm", "kill", "setsid", "unshare", "true");

    @TempDir
    private static Path directory;

    private static Path zip;
    private static Path release;
    private static Path tools;

    @BeforeAll
    static void unpack() throws IOException {
        zip = only(Path.of("target"), ".zip");
        try (var inside = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> paths = Files.walk(inside.getPath("/"))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path there = directory.resolve(path.toString().substring(1));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(path, there);
                    Files.setPosixFilePermissions(there, Files.getPosixFilePermissions(path));
                }
            }
        }
        release = only(directory, zip.getFileName().toString().replace(".zip", ""));
        tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        Files.createSymbolicLink(tools.resolve("java"), java());
    }

    @AfterAll
    static void letNothingRun() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }

    @Test
    void everyFileIsTheOneThatItsChecksumSays() throws Exception {
        List<String> listed = new ArrayList<>();
        for (String line : Files.readAllLines(release.resolve("SHA256SUMS"))) {
            String file = line.substring(66);
            assertThat(sha256(release.resolve(file))).as(file).isEqualTo(line.substring(0, 64));
            listed.add(file);
        }
        try (Stream<Path> files = Files.walk(release)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> release.relativize(file).toString())
                            .filter(file -> !file.equals("SHA256SUMS")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(Files.readString(Path.of(zip + ".sha256")))
                .isEqualTo("%s  %s%n".formatted(sha256(zip), zip.getFileName()));
    }

    @Test
    void saysWhatItIsMadeOf() throws IOException {
        assertThat(Files.readString(release.resolve("sbom/resentry.cdx.json")))
                .contains("\"bomFormat\"", "pkg:maven/org.apache.kafka/kafka-clients@")
                .doesNotContain("\"timestamp\"");
        assertThat(Files.readString(release.resolve("sbom/web-ui.cdx.json")))
                .contains("\"bomFormat\"", "pkg:npm/react@")
                .doesNotContain("pkg:npm/vite@");
        String licences = Files.readString(release.resolve("THIRD-PARTY.md"));
        try (Stream<Path> jars = Files.list(release.resolve("app/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())
                            .filter(jar -> !jar.endsWith("-%s.jar".formatted(version())) && !isListed(jar, licences)))
                    .as("jars that are not listed")
                    .isEmpty();
        }
        assertThat(Files.readString(release.resolve("licences/web-ui.txt")))
                .contains("Permission is hereby granted", "SIL OPEN FONT LICENSE");
    }

    @Test
    void hasTheTextsTheExamplesAndTheBrowserClient() throws IOException {
        for (String name : List.of(
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "postman/resentry.postman_collection.json",
                "examples/react/package.json",
                "packages/client/package.json",
                "packages/client/upload_sourcemap.mjs",
                "packages/client/dist/index.js",
                "packages/client/dist/index.d.ts",
                "packages/client/dist/resentry.min.js")) {
            assertThat(release.resolve(name)).isRegularFile();
        }
        try (Stream<Path> files = Files.walk(release)) {
            assertThat(files).noneMatch(file -> file.endsWith("node_modules"));
        }
    }

    @Test
    void runsByALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("by-a-link"), release.resolve("bin/resentry"));
        Path printed = directory.resolve("link.out");
        Process process = start(link, printed, Map.of(), "version");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(printed)).contains("resentry " + version());
    }

    private static boolean isListed(String jar, String licences) {
        return licences.lines()
                .map(line -> line.split(" \\| "))
                .filter(cells -> cells.length == 3 && cells[0].contains(":"))
                .anyMatch(cells -> jar.startsWith(cells[0].substring(cells[0].indexOf(':') + 1) + "-" + cells[1]));
    }

    private static String version() {
        return release.getFileName().toString().replace("resentry-", "");
    }

    @Test
    void startsWithAJdkAloneAndTakesAnEvent() throws Exception {
        int port = freePort();
        Path printed = directory.resolve("up.out");
        Process up = start(printed, Map.of(), "up", "--port", Integer.toString(port));
        await("it is up").atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(up.isAlive()).as(Files.readString(printed)).isTrue();
            return Files.readString(printed).contains("Ctrl-C stops it");
        });

        assertThat(run("send-test-event")).containsPattern("as part of issue \\d+");
        assertThat(run("doctor")).doesNotContain("FAIL");
        assertThat(run("version")).contains("resentry " + version());
        assertThat(get(port, "/ui/").body()).contains("<html");
        up.destroy();
        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aServiceStartsAsAProcessOfItsOwn() throws Exception {
        int port = freePort();
        Path printed = directory.resolve("gateway.out");
        Map<String, String> settings = Map.of(
                "PORT",
                Integer.toString(port),
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:1",
                "RESENTRY_SPOOL_DIR",
                directory.resolve("spool").toString());
        Process gateway = start(printed, settings, "ingest-gateway");
        await("it lives")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> get(port, "/health/live").statusCode() == 200);
        gateway.destroy();
        assertThat(gateway.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.exitValue()).isEqualTo(143);
    }

    private static String run(String command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(directory, command, ".out");
        Process process = start(printed, Map.of(), command);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }

    private static Process start(Path printed, Map<String, String> settings, String... arguments) throws IOException {
        return start(release.resolve("bin/resentry"), printed, settings, arguments);
    }

    private static Process start(Path program, Path printed, Map<String, String> settings, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(directory.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(UTF_8));
        }
    }

    private static Path java() throws IOException {
        return Path.of(ProcessHandle.current().info().command().orElseThrow()).toRealPath();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path only(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(end))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no %s in %s".formatted(end, directory)));
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
