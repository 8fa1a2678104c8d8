package dev.resentry.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.testsupport.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.production("dev.resentry.processor");

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all("dev.resentry.processor").forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void usesKafkaOnlyWhereItIsReadOrWritten() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.resentry.processor.alert",
                        "dev.resentry.processor.consume",
                        "dev.resentry.processor.deadletter",
                        "dev.resentry.processor.ledger",
                        "dev.resentry.processor.publish",
                        "dev.resentry.processor.replay",
                        "dev.resentry.processor.webhook")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
                .because("the core is plain Java; hand it what it needs instead")
                .check(CLASSES);
    }

    @Test
    void sendsByOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.resentry.processor.notification")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                .because("who has something to say adds a delivery; requests are made by SafeHttp")
                .check(CLASSES);
    }

    @Test
    void knowsNoSqlAndNoOtherService() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.resentry.processor.consume")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "org.springframework.jdbc..", "dev.resentry.query..", "dev.resentry.gateway..")
                .because("SQL lives in storage; add a verb to a store there instead")
                .check(CLASSES);
    }
}
