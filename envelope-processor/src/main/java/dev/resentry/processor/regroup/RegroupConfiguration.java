package dev.resentry.processor.regroup;

import dev.resentry.processing.group.Grouping;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.processor.symbolicate.Symbolication;
import dev.resentry.storage.regroup.EventGrouping;
import dev.resentry.storage.regroup.RegroupApply;
import dev.resentry.storage.regroup.RegroupPreview;
import dev.resentry.storage.regroup.RegroupUndo;
import dev.resentry.storage.regroup.SourceMapRepair;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers of regroups: previews, applying, undoing; and of uploads that may make stored events readable. */
@Configuration(proxyBeanMethods = false)
public class RegroupConfiguration {
    /** Far above the time within which processors look for changed rules, and have stored what they grouped by the former ones. */
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(10);

    /** Above the time within which processors notice an upload, and forget what they missed before, and have stored what they read. */
    private static final Duration UNTIL_ARTIFACTS_ARE_NOTICED = Duration.ofSeconds(10);

    @Bean
    EventGrouping.Source storedEventGrouping(Symbolication symbolication, ProjectRules.Source projects) {
        return new StoredEventGroupings(symbolication, projects);
    }

    @Bean
    SourceMapRepair sourceMapRepair(DataSource dataSource) {
        return new SourceMapRepair(dataSource, Grouping.STRATEGY, UNTIL_ARTIFACTS_ARE_NOTICED);
    }

    @Bean
    RegroupPreview regroupPreview(DataSource dataSource, EventGrouping.Source groupings) {
        return new RegroupPreview(dataSource, groupings);
    }

    @Bean
    RegroupApply regroupApply(DataSource dataSource, EventGrouping.Source groupings) {
        return new RegroupApply(dataSource, groupings, UNTIL_NOTICED);
    }

    @Bean
    RegroupUndo regroupUndo(DataSource dataSource, EventGrouping.Source groupings) {
        return new RegroupUndo(dataSource, groupings, UNTIL_NOTICED);
    }
}
