package dev.resentry.query.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.artifact.Sha1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle as tools build it: a head of eight bytes and a zip archive. */
public final class Bundle {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder manifest = new StringBuilder();

    /**
     * Adds a file that the manifest names.
     *
     * @param type as manifests have it
     * @param headers a JSON object
     */
    public Bundle file(String path, String type, String url, String headers, byte[] content) {
        manifest.append(manifest.isEmpty() ? "" : ",")
                .append("\"%s\": {\"type\": \"%s\", \"url\": \"%s\", \"headers\": %s}"
                        .formatted(path, type, url, headers));
        files.put(path, content);
        return this;
    }

    /** Leaves the bytes of a file out that the manifest names. */
    public Bundle without(String path) {
        files.remove(path);
        return this;
    }

    /**
     * The bytes that are uploaded.
     *
     * @param about further fields of the manifest
     */
    public byte[] bytes(String about) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("SYSB\2\0\0\0".getBytes(UTF_8));
        try (var zip = new ZipOutputStream(bytes)) {
            add(
                    zip,
                    "manifest.json",
                    "{\"files\": {%s} %s}".formatted(manifest, about).getBytes(UTF_8));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        // The same files are the same bytes, whenever they are put together.
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    public static String sha1(byte[] content) {
        return Sha1.of(content).hex();
    }
}
