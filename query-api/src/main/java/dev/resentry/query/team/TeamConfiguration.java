package dev.resentry.query.team;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of teams. */
@Configuration(proxyBeanMethods = false)
public class TeamConfiguration {

    @Bean
    TeamController teamController(
            TeamStore teams, UserStore users, ProjectStore projects, ProjectAccess access, AuditLog audit) {
        return new TeamController(teams, users, projects, access, audit, InstantSource.system());
    }
}
