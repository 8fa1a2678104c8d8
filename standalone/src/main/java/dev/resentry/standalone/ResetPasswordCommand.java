package dev.resentry.standalone;

import dev.resentry.query.auth.NewPassword;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Gives a user of the running installation a new password. */
@Command(name = "reset-password", description = "Give a user a new password and print it.")
final class ResetPasswordCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "EMAIL", description = "The user's address.")
    private String email = "";

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public void run() {
        Instance instance = Instance.running(data.directory());
        try (var api = new ApiClient()) {
            String url = api.post(instance, "/api/v1/users/" + userId(api, instance) + "/password-reset", Map.of())
                    .require(201, "The password was not changed")
                    .path("url")
                    .asString();
            String password = NewPassword.random();
            api.post(
                            instance,
                            "/api/v1/password-resets/accept",
                            Map.of("token", url.substring(url.lastIndexOf('/') + 1), "password", password))
                    .require(204, "The password was not changed");
            System.out.printf("Login %s  %s%n", email, password);
        }
    }

    private long userId(ApiClient api, Instance instance) {
        JsonNode users = api.get(instance, "/api/v1/users").require(200, "The users cannot be listed");
        return users.valueStream()
                .filter(user -> user.path("email").asString().equalsIgnoreCase(email))
                .findFirst()
                .orElseThrow(() -> new UserFacingException("There is no user %s".formatted(email)))
                .path("id")
                .asLong();
    }
}
