package dev.resentry.query.sentry;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;

/** URLs of this installation as the caller knows it: tools send their token to no other origin than that. */
final class SentryLinks {
    private SentryLinks() {}

    /** Where the caller reaches this installation, without a slash at its end. */
    static String root() {
        UriComponents here =
                ServletUriComponentsBuilder.fromCurrentContextPath().build();
        String host = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest()
                .getHeader(HttpHeaders.HOST);
        // Behind a proxy that says no port, the port of the request is taken for the scheme's own; what the caller
        // wrote is right.
        return host == null ? here.toUriString() : here.getScheme() + "://" + host;
    }

    /**
     * A page of a list with its header {@code Link}.
     *
     * @param next null if there is no page behind this one
     */
    static <T> ResponseEntity<T> page(T body, @Nullable String next) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.LINK,
                        link("previous", "0:0:1", false) + ", "
                                + link("next", next == null ? "0:0:0" : next, next != null))
                .body(body);
    }

    private static String link(String rel, String cursor, boolean results) {
        UriComponents here = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam("cursor", cursor)
                .build();
        return "<%s%s?%s>; rel=\"%s\"; results=\"%s\"; cursor=\"%s\""
                .formatted(root(), here.getPath(), here.getQuery(), rel, results, cursor);
    }

    /** A cursor that a client sends; tools send an empty one for the first page, and the one of {@link #page} for none. */
    static @Nullable String cursor(@Nullable String sent) {
        return sent == null || sent.isEmpty() || sent.equals("0:0:0") || sent.equals("0:0:1") ? null : sent;
    }
}
