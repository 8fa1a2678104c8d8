package dev.resentry.standalone;

import dev.resentry.query.auth.NewPassword;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an administrator to the running installation. */
@Command(name = "create-admin", description = "Add an administrator and print their password.")
final class CreateAdminCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "EMAIL", description = "The administrator's address.")
    private String email = "";

    @Option(names = "--owner", description = "Make an owner, who may appoint owners and change the organization.")
    private boolean owner;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public void run() {
        Instance instance = Instance.running(data.directory());
        try (var api = new ApiClient()) {
            String url = api.post(
                            instance,
                            "/api/v1/invitations",
                            Map.of("email", email, "role", owner ? "owner" : "admin", "teams", List.of()))
                    .require(201, "The administrator was not made")
                    .path("url")
                    .asString();
            String password = NewPassword.random();
            api.post(
                            instance,
                            "/api/v1/invitations/accept",
                            Map.of("token", url.substring(url.lastIndexOf('/') + 1), "name", "", "password", password))
                    .require(201, "The administrator was not made");
            System.out.printf("Login %s  %s%n", email, password);
        }
    }
}
