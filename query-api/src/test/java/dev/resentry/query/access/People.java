package dev.resentry.query.access;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.auth.AccessTokens;
import dev.resentry.query.auth.SecretToken;
import dev.resentry.storage.user.ApiToken;
import dev.resentry.storage.user.ApiTokenStore;
import dev.resentry.storage.user.NewUser;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Makes users of any role, with the same password, and speaks for them. */
public final class People {
    public static final String PASSWORD = "a password of many words";

    private final RunningApi api;
    private final UserStore users;
    private final String passwordHash;

    public People(RunningApi api) {
        this.api = api;
        this.users = api.bean(UserStore.class);
        this.passwordHash = api.bean(PasswordEncoder.class).encode(PASSWORD);
    }

    /** A new user. */
    public User user(Role role) {
        String email = role.wireName() + "-" + UUID.randomUUID() + "@example.com";
        long id = users.add(new NewUser(email, "Some One", role.wireName(), passwordHash, false), Instant.now());
        return now(id);
    }

    /** A user as they are now. */
    public User now(long id) {
        return users.find(id).orElseThrow();
    }

    /** A signed token of a user as they are now. */
    public String jwt(User user) {
        return api.bean(AccessTokens.class).issue(now(user.id()), Duration.ofHours(1));
    }

    /** A token for programs. */
    public String apiToken(User user, Set<String> scopes) {
        SecretToken secret = SecretToken.random("resentry_");
        api.bean(ApiTokenStore.class)
                .add(
                        new ApiToken(0, user.id(), "", "a program", scopes, "resentry_", Instant.now(), null, null),
                        secret.hash());
        return secret.text();
    }

    public Reply as(User user, String method, String path, String json) {
        return withToken(jwt(user), method, path, json);
    }

    public Reply get(User user, String path) {
        return as(user, "GET", path, null);
    }

    public Reply withToken(String token, String method, String path, String json) {
        return RunningApi.exchange(request(method, path, json).header("Authorization", "Bearer " + token));
    }

    public Reply anonymously(String method, String path, String json) {
        return RunningApi.exchange(request(method, path, json));
    }

    public HttpRequest.Builder request(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri(path))
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return json == null ? request : request.header("Content-Type", "application/json");
    }
}
