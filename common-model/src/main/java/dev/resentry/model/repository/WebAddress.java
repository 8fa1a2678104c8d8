package dev.resentry.model.repository;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * An address that people give and others follow as a link: of http or https, with a host, without a user name or password, in ASCII.
 *
 * @param text as a link has it
 */
public record WebAddress(String text) {
    public static final int MAX_LENGTH = 2_000;

    /** What {@link #parse} takes, for people. */
    public static final String RULE =
            "expected: an address that begins with http:// or https://, without a user name or password, of at most %d characters"
                    .formatted(MAX_LENGTH);

    /** Reads an address; empty for everything else, such as one of another scheme. */
    public static Optional<WebAddress> parse(String given) {
        try {
            URI uri = new URI(given.strip());
            String scheme = uri.getScheme();
            // Without a host that can be read, a user name could not be seen either.
            if (scheme == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            boolean isWeb = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
            String text = uri.toASCIIString();
            return isWeb && text.length() <= MAX_LENGTH ? Optional.of(new WebAddress(text)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    URI uri() {
        return URI.create(text);
    }
}
