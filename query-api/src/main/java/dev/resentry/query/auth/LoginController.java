package dev.resentry.query.auth;

import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.user.User;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Login by e-mail and password, for programs: the answer is a signed token. */
@NativeApi
@Tag(name = "Login")
class LoginController {
    private final Login login;
    private final AccessTokens tokens;
    private final Duration lifetime;

    LoginController(Login login, AccessTokens tokens, Duration lifetime) {
        this.login = login;
        this.tokens = tokens;
        this.lifetime = lifetime;
    }

    /** @param code of the authenticator app, or a recovery code, for users who have a second factor */
    record LoginRequest(
            @NotBlank String email,
            @NotBlank String password,
            @Nullable @Size(max = SecondFactors.MAX_CODE) String code) {}

    /**
     * A token.
     *
     * @param expiresIn in seconds
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record LoginAnswer(String accessToken, String tokenType, long expiresIn) {}

    /**
     * Gives a token that ends after its time, or when the user changes the password, logs out everywhere, or is deactivated. Where the
     * user has a second factor and the code is missing, the answer is 401 with the error second_factor_required.
     */
    @PostMapping("/api/v1/auth/login")
    @Operation(operationId = "login")
    @SecurityRequirements
    @AllowedToAnyone
    LoginAnswer login(@Valid @RequestBody LoginRequest request, HttpServletRequest http) {
        User user = login.logIn(request.email(), request.password(), request.code(), http.getRemoteAddr());
        return new LoginAnswer(tokens.issue(user, lifetime), "bearer", lifetime.toSeconds());
    }
}
