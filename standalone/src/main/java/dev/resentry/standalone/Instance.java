package dev.resentry.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running installation, as it tells other commands of itself in its data directory. The file holds a token and the password of the
 * database, so only its owner reads it.
 *
 * @param databaseUrl of its PostgreSQL, as {@code DATABASE_URL} has it
 * @param bootstrapServers of its Kafka
 */
record Instance(long pid, String url, String dsn, String token, String databaseUrl, String bootstrapServers) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static Path file(Path dataDirectory) {
        return dataDirectory.resolve("run").resolve("instance.json");
    }

    void write(Path dataDirectory) throws IOException {
        Path file = file(dataDirectory);
        Path half = file.resolveSibling("instance.json.half");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var json = JSON.createObjectNode();
        json.put("pid", pid).put("url", url).put("dsn", dsn).put("token", token);
        json.put("database_url", databaseUrl).put("bootstrap_servers", bootstrapServers);
        Files.write(half, JSON.writeValueAsBytes(json));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The installation that runs on a data directory; empty if none does. */
    static Optional<Instance> find(Path dataDirectory) {
        Path file = file(dataDirectory);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            var instance = new Instance(
                    json.path("pid").asLong(-1),
                    json.path("url").asString(""),
                    json.path("dsn").asString(""),
                    json.path("token").asString(""),
                    json.path("database_url").asString(""),
                    json.path("bootstrap_servers").asString(""));
            return ProcessHandle.of(instance.pid()).isPresent() ? Optional.of(instance) : Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new UserFacingException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "Instance[pid=%d, url=%s]".formatted(pid, url);
    }

    static Instance running(Path dataDirectory) {
        return find(dataDirectory)
                .orElseThrow(() -> new UserFacingException("Resentry is not running on %s; start it with: ./resentry up"
                        .formatted(dataDirectory.toAbsolutePath().normalize())));
    }
}
