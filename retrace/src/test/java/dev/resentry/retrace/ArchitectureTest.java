package dev.resentry.retrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.testsupport.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.resentry.retrace";
    private static final JavaClasses CLASSES = HouseRules.production(ROOT);

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all(ROOT).forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void seesTheLibraryOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "..", "com.android.tools.r8..", "org.jspecify..", "java..")
                .because("it knows names of classes and nothing of events; hand it those")
                .check(CLASSES);
    }
}
