package dev.resentry.query.signon;

import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Says how people may log in, to the page that asks them to. */
@NativeApi
@Tag(name = "Login")
class LoginMethodsController {
    private final OidcSettings settings;
    private final OidcProvider provider;
    private final boolean passwordLogin;

    LoginMethodsController(OidcSettings settings, OidcProvider provider, boolean passwordLogin) {
        this.settings = settings;
        this.provider = provider;
        this.passwordLogin = passwordLogin;
    }

    /**
     * How people may log in.
     *
     * @param password whether with an e-mail and a password
     * @param singleSignOn what the provider of OpenID Connect is called, to which a browser comes by /api/v1/auth/oidc; null if there is none
     * @param singleSignOnAvailable whether that provider answers, as far as is known; false if there is none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record LoginMethods(boolean password, @Nullable String singleSignOn, boolean singleSignOnAvailable) {}

    @GetMapping("/api/v1/auth/methods")
    @Operation(operationId = "listLoginMethods")
    @SecurityRequirements
    @AllowedToAnyone
    LoginMethods methods() {
        return settings.isOn()
                ? new LoginMethods(passwordLogin, settings.name(), provider.isAvailable())
                : new LoginMethods(passwordLogin, null, false);
    }
}
