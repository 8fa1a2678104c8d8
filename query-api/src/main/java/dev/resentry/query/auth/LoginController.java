package dev.resentry.query.auth;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Login by e-mail and password. */
@NativeApi
@Tag(name = "Login")
class LoginController {
    private final UserStore users;
    private final PasswordEncoder passwords;
    private final AccessTokens tokens;
    private final Duration lifetime;
    private final String nobodysHash;

    LoginController(UserStore users, PasswordEncoder passwords, AccessTokens tokens, Duration lifetime) {
        this.users = users;
        this.passwords = passwords;
        this.tokens = tokens;
        this.lifetime = lifetime;
        this.nobodysHash = String.valueOf(passwords.encode("nobody's password"));
    }

    /** An unknown address takes as long as a wrong password, so that addresses cannot be found out. */
    @PostMapping("/api/v1/auth/login")
    @SecurityRequirements
    LoginAnswer login(@Valid @RequestBody LoginRequest request) {
        User user = users.find(request.email()).orElse(null);
        boolean matches = passwords.matches(request.password(), user == null ? nobodysHash : user.passwordHash());
        if (user == null || !matches) {
            throw ApiException.unauthorized("The e-mail or the password is wrong");
        }
        return new LoginAnswer(tokens.issue(user.email(), lifetime), "bearer", lifetime.toSeconds());
    }

    record LoginRequest(@NotBlank String email, @NotBlank String password) {}

    /**
     * A token.
     *
     * @param expiresIn in seconds
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record LoginAnswer(String accessToken, String tokenType, long expiresIn) {}
}
