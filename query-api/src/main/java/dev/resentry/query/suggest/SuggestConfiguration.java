package dev.resentry.query.suggest;

import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.suggest.SuggestionQueries;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of what can be typed next into a search bar. */
@Configuration(proxyBeanMethods = false)
public class SuggestConfiguration {

    @Bean
    SuggestController suggestController(
            SuggestionQueries suggestions,
            BoundedReads reads,
            ProjectSelection selection,
            UserStore users,
            TeamStore teams,
            ProjectStore projects) {
        InstantSource clock = InstantSource.system();
        var keys = new KeySuggestions(suggestions, reads, clock);
        return new SuggestController(
                keys, new ValueSuggestions(suggestions, reads, keys, users, teams, projects, clock), selection);
    }
}
