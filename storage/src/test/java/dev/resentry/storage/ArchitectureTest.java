package dev.resentry.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.testsupport.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.resentry.storage";
    private static final JavaClasses CLASSES = HouseRules.production(ROOT);

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all(ROOT).forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void knowsNoServiceAndNoKafka() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.resentry.gateway..",
                        "dev.resentry.processor..",
                        "dev.resentry.query..",
                        "org.apache.kafka..",
                        "org.springframework.web..")
                .because("storage keeps and finds; hand in an interface for what is to be done in between")
                .check(CLASSES);
    }

    @Test
    void showsRecordsAndNoEntities() {
        classes()
                .that()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .or()
                .areAssignableTo("org.springframework.data.repository.Repository")
                .should()
                .bePackagePrivate()
                .because("an entity lives in a session; give out a record instead")
                .check(CLASSES);
    }

    @Test
    void onlyRollUpsSketch() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".rollup..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.dynatrace.hash4j..")
                .because("sets of users have one form in the database; use storage.rollup instead")
                .check(CLASSES);
    }
}
