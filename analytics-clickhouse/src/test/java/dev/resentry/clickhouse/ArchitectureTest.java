package dev.resentry.clickhouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.testsupport.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.resentry.clickhouse";
    private static final JavaClasses CLASSES = HouseRules.production(ROOT);

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all(ROOT).forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void leavesPostgresToStorage() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.postgresql..")
                .because("the SQL here is ClickHouse's, which goes over HTTP; use AnalyticsRows for what is stored")
                .check(CLASSES);
    }

    @Test
    void knowsNoService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.resentry.gateway..", "dev.resentry.processor..", "dev.resentry.query..")
                .because("services include this module, and not the other way round")
                .check(CLASSES);
    }
}
