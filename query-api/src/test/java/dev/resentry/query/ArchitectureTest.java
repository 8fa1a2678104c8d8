package dev.resentry.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.testsupport.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.production("dev.resentry.query");

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all("dev.resentry.query").forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void speaksToKafkaInOneRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.resentry.query.project")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("only changes of projects are published; use the outbox instead")
                .check(CLASSES);
    }

    @Test
    void seesNoSqlAndNoOtherService() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.resentry.query.error")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "org.springframework.jdbc..",
                        "jakarta.persistence..",
                        "dev.resentry.processor..",
                        "dev.resentry.gateway..")
                .because("SQL lives in storage; add a query there instead")
                .check(CLASSES);
    }
}
