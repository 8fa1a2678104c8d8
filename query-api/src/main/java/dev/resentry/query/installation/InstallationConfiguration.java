package dev.resentry.query.installation;

import dev.resentry.query.QuerySettings;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.user.UserStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What a new installation is given. */
@Configuration(proxyBeanMethods = false)
public class InstallationConfiguration {

    /** Completed as soon as it is made, so that nobody meets an installation without an administrator. */
    @Bean(initMethod = "complete")
    Installation installation(
            UserStore users, ProjectStore projects, PasswordEncoder passwords, QuerySettings settings) {
        return new Installation(users, projects, passwords, settings, Clock.systemUTC());
    }
}
