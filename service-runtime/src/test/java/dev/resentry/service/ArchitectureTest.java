package dev.resentry.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.testsupport.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.resentry.service";
    private static final JavaClasses CLASSES = HouseRules.production(ROOT);

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all(ROOT).forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void usesKafkaInTwoPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".topic", ROOT + ".kafka")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("work and health are plain Java; use TopicReader or TopicProvisioner instead")
                .check(CLASSES);
    }

    @Test
    void usesItsHttpClientInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .because("requests to other people's URLs are checked in one place; use SafeHttp instead")
                .check(CLASSES);
    }

    @Test
    void usesTheSdkInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sentry..")
                .because("what is logged as an error is reported; log it instead")
                .check(CLASSES);
    }

    @Test
    void knowsNoServiceAndNoDatabase() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.resentry.gateway..",
                        "dev.resentry.processor..",
                        "dev.resentry.query..",
                        "dev.resentry.storage..",
                        "java.sql..")
                .because("every service stands on this; hand in an interface instead")
                .check(CLASSES);
    }
}
