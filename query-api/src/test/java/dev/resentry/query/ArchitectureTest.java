package dev.resentry.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.testsupport.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.resentry.query";
    private static final JavaClasses CLASSES = HouseRules.production(ROOT);

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all(ROOT).forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void leavesSqlToStorage() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "jakarta.persistence..",
                        "org.springframework.jdbc..",
                        "org.springframework.data..",
                        "org.hibernate..",
                        "org.postgresql..",
                        "com.zaxxer..")
                .because("only the module storage speaks SQL; use one of its stores instead")
                .check(CLASSES);
    }

    @Test
    void usesKafkaInTwoPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".project..", ROOT + ".live..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because(
                        "this service publishes projects and follows topic events; use ProjectChanges or LiveFeed instead")
                .check(CLASSES);
    }

    @Test
    void givesEveryControllerADialect() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".error..")
                .should()
                .beAnnotatedWith("org.springframework.web.bind.annotation.RestController")
                .because("a dialect's advice answers the errors of its controllers; use NativeApi instead")
                .check(CLASSES);
    }

    @Test
    void keepsControllersToTheirFeature() {
        classes()
                .that()
                .areMetaAnnotatedWith("org.springframework.stereotype.Controller")
                .and()
                .areNotAnnotations()
                .or()
                .areMetaAnnotatedWith("org.springframework.web.bind.annotation.ControllerAdvice")
                .should()
                .bePackagePrivate()
                .because("the feature's configuration makes them; use what they use instead")
                .check(CLASSES);
    }

    @Test
    void decodesNothingByItself() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.zip..", "com.aayushatharva..", "com.github.luben..")
                .because("nothing is inflated without a bound; use BoundedDecoder instead")
                .check(CLASSES);
    }

    @Test
    void knowsNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.resentry.gateway..", "dev.resentry.processor..", "dev.resentry.storage.ingest..")
                .because("services meet in topics and tables; use what common-model or storage offer instead")
                .check(CLASSES);
    }
}
