package dev.resentry.query.importing;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.auth.InstallationSecret;
import dev.resentry.query.auth.SealedBytes;
import dev.resentry.query.project.ProjectRegistry;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.http.TargetSettings;
import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.importing.ImportTokens;
import dev.resentry.storage.importing.ImportedIssues;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.user.UserStore;
import java.net.InetAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The API of imports, and their job. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TargetSettings.class)
public class ImportConfiguration {
    /** Pages of whole events are long. */
    static final int MOST_OF_AN_ANSWER = 32 * 1024 * 1024;

    private static final SafeHttp.Limits LIMITS =
            new SafeHttp.Limits(Duration.ofSeconds(3), Duration.ofSeconds(20), MOST_OF_AN_ANSWER);

    @Bean
    SealedTokens sealedImportTokens(ImportTokens tokens, InstallationSecret secret) {
        return new SealedTokens(tokens, new SealedBytes(secret, "import-token"));
    }

    @Bean
    ImportController importController(JobStore jobs, SealedTokens tokens, ProjectAccess access, AuditLog audit) {
        return new ImportController(jobs, tokens, access, audit);
    }

    @Bean
    ImportJob importJob(
            TargetSettings targets,
            KafkaSettings kafka,
            SealedTokens tokens,
            ImportedIssues imported,
            ProjectStore projects,
            ProjectRegistry registry,
            EventQueries events,
            IssueStore issues,
            IssueActivityStore activity,
            UserStore users,
            AuditLog audit,
            PlatformTransactionManager transactions) {
        return new ImportJob(
                new SafeHttp(targets.rules(), InetAddress::getAllByName, LIMITS),
                new OwnEnvelopes(kafka),
                tokens,
                projects,
                registry,
                events,
                new ImportedStates(imported, issues, activity, users, new TransactionTemplate(transactions)),
                new ImportAudit(audit, tokens, users));
    }
}
