package dev.resentry.query.signon;

import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.auth.BrowserSessions;
import dev.resentry.query.auth.SealedBytes;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.user.User;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** The addresses that a browser passes on its way to the provider and back. Each answers by sending it on. */
@NativeApi
@Hidden
class SignOnController {
    static final String PATH = "/api/v1/auth/oidc";
    static final String CALLBACK = PATH + "/callback";

    private static final Logger LOG = LoggerFactory.getLogger(SignOnController.class);
    private static final String COOKIE = "resentry_sign_on";
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final String LOGIN_PAGE = "/ui/login";
    private static final String FIRST_PAGE = "/ui/issues";

    private final OidcSettings settings;
    private final OidcProvider provider;
    private final SignOnAccounts accounts;
    private final BrowserSessions sessions;
    private final SealedBytes seal;
    private final JsonMapper json;
    private final URI publicUrl;
    private final InstantSource clock;

    SignOnController(
            OidcSettings settings,
            OidcProvider provider,
            SignOnAccounts accounts,
            BrowserSessions sessions,
            SealedBytes seal,
            JsonMapper json,
            URI publicUrl,
            InstantSource clock) {
        this.settings = settings;
        this.provider = provider;
        this.accounts = accounts;
        this.sessions = sessions;
        this.seal = seal;
        this.json = json;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Sends a browser to the provider. */
    @GetMapping(PATH)
    @AllowedToAnyone
    ResponseEntity<Void> begin(@RequestParam(required = false) @Nullable String next, HttpServletRequest http) {
        requireOn();
        OAuth2AuthorizationRequest begun;
        try {
            begun = provider.begin(http);
        } catch (SignOnException e) {
            return refused(e, http);
        }
        var attempt = new SignOnAttempt(
                String.valueOf(begun.getState()),
                String.valueOf(begun.<Object>getAttribute(OidcParameterNames.NONCE)),
                String.valueOf(begun.<Object>getAttribute(PkceParameterNames.CODE_VERIFIER)),
                insideOnly(next),
                clock.instant().plus(GOOD_FOR).getEpochSecond());
        return to(URI.create(begun.getAuthorizationRequestUri()), cookie(attempt.sealed(seal, json), GOOD_FOR, http));
    }

    /** Where the provider sends a browser back to. */
    @GetMapping(CALLBACK)
    @AllowedToAnyone
    ResponseEntity<Void> finish(
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String error,
            @CookieValue(name = COOKIE, required = false) @Nullable String kept,
            HttpServletRequest http) {
        requireOn();
        Instant now = clock.instant();
        try {
            SignOnAttempt attempt = SignOnAttempt.open(String.valueOf(kept), seal, json, now)
                    .filter(one -> one.state().equals(state))
                    .orElseThrow(() -> new SignOnException(SignOnFault.EXPIRED, "no such attempt is known"));
            if (error != null || code == null) {
                throw new SignOnException(SignOnFault.REFUSED, "the provider answered " + error);
            }
            User user = accounts.of(provider.finish(attempt, code), http.getRemoteAddr());
            BrowserSessions.Begun begun = sessions.begin(user, true, http);
            return ResponseEntity.status(HttpStatus.FOUND)
                    .header(HttpHeaders.SET_COOKIE, noCookie(http).toString())
                    .header(
                            HttpHeaders.SET_COOKIE,
                            sessions.cookie(begun.token(), http).toString())
                    .location(publicUrl.resolve(attempt.next()))
                    .build();
        } catch (SignOnException e) {
            return refused(e, http);
        }
    }

    /** Ends the session that the provider keeps, once the one here has ended, so that the next login asks who it is. */
    @GetMapping(PATH + "/logout")
    @AllowedToAnyone
    ResponseEntity<Void> logOut(HttpServletRequest http) {
        URI back = publicUrl.resolve(LOGIN_PAGE);
        if (!settings.isOn()) {
            // Sessions may be older than the settings.
            return to(back, noCookie(http));
        }
        URI target = back;
        try {
            target = provider.endOfSession()
                    .map(end -> UriComponentsBuilder.fromUri(end)
                            .queryParam("client_id", "{client}")
                            .queryParam("post_logout_redirect_uri", "{back}")
                            .build(settings.clientId(), back.toString()))
                    .orElse(back);
        } catch (SignOnException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("The session at the provider could not be ended");
        }
        return to(target, noCookie(http));
    }

    private void requireOn() {
        if (!settings.isOn()) {
            throw ApiException.notFound("single sign-on", "here; OIDC_ISSUER is not set");
        }
    }

    private ResponseEntity<Void> refused(SignOnException e, HttpServletRequest http) {
        LOG.atWarn()
                .addKeyValue("fault", e.fault().wireName())
                .addKeyValue("error", e.getMessage())
                .addKeyValue("address", http.getRemoteAddr())
                .log("A sign-on failed");
        return to(publicUrl.resolve(LOGIN_PAGE + "?fault=" + e.fault().wireName()), noCookie(http));
    }

    private static ResponseEntity<Void> to(URI address, ResponseCookie cookie) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .location(address)
                .build();
    }

    /** A path of our pages, and never an address that somebody put into a link. */
    static String insideOnly(@Nullable String next) {
        if (next == null || !next.matches("/(?![/\\\\])[^\\\\\\s\\p{Cntrl}]*")) {
            return FIRST_PAGE;
        }
        String path = next.equals("/ui") || next.startsWith("/ui/") ? next : "/ui" + next;
        try {
            // What is written as escapes stays so, and what is not ASCII becomes escapes.
            return new URI(path).toASCIIString();
        } catch (URISyntaxException _) {
            return FIRST_PAGE;
        }
    }

    private static ResponseCookie noCookie(HttpServletRequest http) {
        return cookie("", Duration.ZERO, http);
    }

    /** Comes along when the provider sends the browser back, which is a link from another site. */
    private static ResponseCookie cookie(String value, Duration maxAge, HttpServletRequest http) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .secure(http.isSecure())
                .sameSite("Lax")
                .path(PATH)
                .maxAge(maxAge)
                .build();
    }
}
