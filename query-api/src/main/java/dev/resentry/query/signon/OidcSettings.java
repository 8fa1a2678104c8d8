package dev.resentry.query.signon;

import dev.resentry.query.access.Role;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The provider of OpenID Connect that people may log in with.
 *
 * @param issuer its address, below which its metadata is; empty for none
 * @param clientId as what Resentry is known to it
 * @param clientSecret empty for a public client, which PKCE alone protects
 * @param scopes what is asked for; always with {@code openid}
 * @param roleClaim the claim that names the roles or groups of a user, with dots between the names of nested ones; empty: roles are given
 *     here
 * @param roles which role comes of which value of that claim, as {@code value=role}; {@code *=role} for whoever has none of the others
 * @param autoCreate whether who is not known here yet becomes a user
 * @param name what the button says
 */
@Validated
@ConfigurationProperties("resentry.oidc")
public record OidcSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
        @DefaultValue("") String roleClaim,
        @DefaultValue List<String> roles,
        @DefaultValue("false") boolean autoCreate,
        @NotBlank @DefaultValue("single sign-on") String name) {

    public OidcSettings {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        if (!issuer.isBlank()) {
            requireAddress(issuer);
            if (clientId.isBlank()) {
                throw new IllegalArgumentException(
                        "OIDC_CLIENT_ID: empty (expected: what the provider calls Resentry)");
            }
            if (!scopes.contains("openid")) {
                throw new IllegalArgumentException("OIDC_SCOPES: %s (expected: openid among them)".formatted(scopes));
            }
            if (roleClaim.isBlank() != roles.isEmpty()) {
                throw new IllegalArgumentException(
                        "OIDC_ROLE_CLAIM and OIDC_ROLES: one is empty (expected: both or neither)");
            }
        }
        byValue(roles);
    }

    public boolean isOn() {
        return !issuer.isBlank();
    }

    /** The roles by the values of the claim, in the order in which they stand. */
    Map<String, Role> rolesByValue() {
        return byValue(roles);
    }

    private static Map<String, Role> byValue(List<String> roles) {
        Map<String, Role> byValue = new LinkedHashMap<>();
        for (String entry : roles) {
            int equals = entry.lastIndexOf('=');
            Role role = Role.of(entry.substring(equals + 1).strip())
                    .filter(_ -> equals > 0)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "OIDC_ROLES: '%s' (expected: value=role, with role one of owner, admin, member, viewer)"
                                    .formatted(entry)));
            byValue.put(entry.substring(0, equals).strip(), role);
        }
        return byValue;
    }

    private static void requireAddress(String issuer) {
        URI address = URI.create(issuer);
        if (address.getHost() == null || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
            throw new IllegalArgumentException("OIDC_ISSUER: '%s' (expected: https://host/path)".formatted(issuer));
        }
    }

    @Override
    public String toString() {
        return "OidcSettings[issuer=%s, clientId=%s]".formatted(issuer, clientId);
    }
}
