package dev.resentry.storage.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;

/**
 * Where a database is and who enters it.
 *
 * @param parameters further connection parameters as a query string, such as {@code sslmode=require}; may be empty
 */
public record DatabaseAddress(String host, int port, String name, String user, String password, String parameters) {
    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads {@code postgresql://user:password@host:port/name?parameters}; {@code postgres://} and a leading {@code jdbc:}
     * are understood too.
     *
     * @throws IllegalArgumentException if it is not one; the message never holds the password
     */
    public static DatabaseAddress parse(String url) {
        URI uri;
        try {
            uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("DATABASE_URL: not a URL at position %d (expected: %s)"
                    .formatted(e.getIndex(), "postgresql://user:password@host:port/name"));
        }
        boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!postgres
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "DATABASE_URL: no scheme, host or name (expected: postgresql://user:password@host:port/name)");
        }
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        return new DatabaseAddress(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                uri.getPath().substring(1),
                decoded(colon < 0 ? userInfo : userInfo.substring(0, colon)),
                decoded(colon < 0 ? "" : userInfo.substring(colon + 1)),
                uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /** The address as the driver wants it, without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s%s".formatted(host, port, name, parameters.isEmpty() ? "" : "?" + parameters);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    @Override
    public String toString() {
        return "%s@%s:%d/%s".formatted(user, host, port, name);
    }
}
