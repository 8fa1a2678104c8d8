package dev.resentry.query.webui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.core.io.Resource;

/** The entity tag of a file: of its bytes, as the times of files in a reproducible jar are all the same. */
final class ContentTag implements Function<Resource, String> {
    /** The files of a jar do not change while it runs. */
    private final Map<URI, String> known = new ConcurrentHashMap<>();

    @Override
    public String apply(Resource file) {
        try {
            return known.computeIfAbsent(file.getURI(), _ -> hash(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Resource file) {
        try (InputStream in = file.getInputStream()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return "\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(digest)
                            .substring(0, 22) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
