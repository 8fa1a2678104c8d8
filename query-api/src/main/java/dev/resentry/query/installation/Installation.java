package dev.resentry.query.installation;

import dev.resentry.model.project.Dsn;
import dev.resentry.model.project.ProjectId;
import dev.resentry.query.QuerySettings;
import dev.resentry.query.auth.NewPassword;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.user.NewUser;
import dev.resentry.storage.user.UserStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * What a new installation is given when it first starts: an administrator and a project. Of several processes that start at
 * once, one makes each of them.
 */
public final class Installation {
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final UserStore users;
    private final ProjectStore projects;
    private final PasswordEncoder passwords;
    private final QuerySettings settings;
    private final Clock clock;
    private @Nullable String generatedPassword;

    public Installation(
            UserStore users, ProjectStore projects, PasswordEncoder passwords, QuerySettings settings, Clock clock) {
        this.users = users;
        this.projects = projects;
        this.passwords = passwords;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes what is missing. */
    public void complete() {
        if (users.isEmpty()) {
            addAdministrator();
        }
        if (projects.isEmpty()) {
            addProject();
        }
    }

    /** The first administrator's address. */
    public String adminEmail() {
        return settings.adminEmail();
    }

    /** The password that this start made up; empty if it made none, or was given one. It is kept nowhere. */
    public Optional<String> generatedPassword() {
        return Optional.ofNullable(generatedPassword);
    }

    /** The DSN of the oldest project that has an active key. */
    public Optional<Dsn> firstDsn() {
        return projects.list().stream()
                .flatMap(project -> project.keys().stream()
                        .filter(key -> key.active())
                        .map(key -> new Dsn(settings.publicUrl(), key.publicKey(), new ProjectId(project.id()))))
                .findFirst();
    }

    private void addAdministrator() {
        boolean made = settings.adminPassword().isBlank();
        String password = made ? NewPassword.random() : settings.adminPassword();
        try {
            users.add(
                    new NewUser(settings.adminEmail(), "", "owner", String.valueOf(passwords.encode(password)), made),
                    clock.instant());
        } catch (DataIntegrityViolationException _) {
            // Another process was first; its password counts.
            return;
        }
        if (made) {
            generatedPassword = password;
            LOG.warn("First start: log in as {} with password {} (printed this once)", settings.adminEmail(), password);
        }
    }

    private void addProject() {
        try {
            Project project = projects.add("default", "Default project", null);
            LOG.atInfo().addKeyValue("projectId", project.id()).log("First start: a project was made");
        } catch (DataIntegrityViolationException _) {
            LOG.debug("Another process made the first project");
        }
    }
}
