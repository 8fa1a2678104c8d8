package dev.resentry.query.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.query.access.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OidcSettingsTest {

    @Test
    void isOffByDefault() {
        OidcSettings settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("resentry.oidc", OidcSettings.class);

        assertThat(settings.isOn()).isFalse();
        assertThat(settings.scopes()).containsExactly("openid", "profile", "email");
        assertThat(settings.name()).isEqualTo("single sign-on");
    }

    @Test
    void namesTheVariableThatIsWrong() {
        refuses(
                Map.of("issuer", "accounts.example.com"),
                "OIDC_ISSUER: 'accounts.example.com' (expected: https://host/path)");
        refuses(Map.of("client-id", ""), "OIDC_CLIENT_ID: empty");
        refuses(Map.of("scopes", "email"), "OIDC_SCOPES: [email] (expected: openid among them)");
        refuses(Map.of("role-claim", "groups"), "OIDC_ROLE_CLAIM and OIDC_ROLES: one is empty");
        refuses(Map.of("role-claim", "groups", "roles", "ops=king"), "OIDC_ROLES: 'ops=king' (expected: value=role");
        refuses(Map.of("role-claim", "groups", "roles", "admin"), "OIDC_ROLES: 'admin' (expected: value=role");
    }

    @Test
    void keepsItsSecretOutOfItsText() {
        assertThat(bind(Map.of("client-secret", "hush")).toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({"staff, MEMBER", "staff ops, ADMIN", "ops staff, ADMIN", "others, VIEWER", "'', VIEWER", "*, VIEWER"})
    void givesTheMostPowerfulOfTheClaimedRoles(String groups, Role role) {
        var roles = new ClaimedRole(bind(Map.of("role-claim", "groups", "roles", "staff=member,ops=admin,*=viewer")));

        assertThat(roles.of(Map.of("groups", List.of(groups.split(" "))))).hasValue(role);
    }

    @Test
    void readsATextAListAndWhatIsNested() {
        var roles = new ClaimedRole(bind(Map.of("role-claim", "realm_access.roles", "roles", "cn=ops=admin")));

        assertThat(roles.of(Map.of("realm_access", Map.of("roles", List.of("cn=ops")))))
                .hasValue(Role.ADMIN);
        assertThat(roles.of(Map.of("realm_access.roles", "cn=ops"))).hasValue(Role.ADMIN);
        assertThat(roles.of(Map.of("realm_access", "cn=ops"))).isEmpty();
        assertThat(roles.of(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com",
                "//evil.example.com",
                "/\\evil.example.com",
                "releases",
                "/a b",
                "/a\r\nSet-Cookie:x"
            })
    void goesOnToPagesOfOurOwnOnly(String next) {
        assertThat(SignOnController.insideOnly(next)).isEqualTo("/ui/issues");
    }

    @Test
    void goesOnWhereSomebodyWantedTo() {
        assertThat(SignOnController.insideOnly("/releases?project=shop")).isEqualTo("/ui/releases?project=shop");
        assertThat(SignOnController.insideOnly("/ui/issues/7")).isEqualTo("/ui/issues/7");
        String escaped = "/ui/issues?query=is%3Aunresolved%20level%3Aerror";
        assertThat(SignOnController.insideOnly(escaped)).isEqualTo(escaped);
        assertThat(SignOnController.insideOnly("/%25zz")).isEqualTo("/ui/%25zz");
        assertThat(SignOnController.insideOnly("/%zz")).isEqualTo("/ui/issues");
        assertThat(SignOnController.insideOnly(null)).isEqualTo("/ui/issues");
    }

    private static void refuses(Map<String, String> settings, String message) {
        assertThatThrownBy(() -> bind(settings)).rootCause().hasMessageContaining(message);
    }

    private static OidcSettings bind(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("issuer", "https://accounts.example.com", "client-id", "resentry"));
        settings.putAll(more);
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("resentry.oidc." + name, value));
        return new Binder(new MapConfigurationPropertySource(named)).bindOrCreate("resentry.oidc", OidcSettings.class);
    }
}
