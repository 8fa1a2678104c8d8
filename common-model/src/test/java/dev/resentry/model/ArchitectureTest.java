package dev.resentry.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.resentry.model");

    @Test
    void seesNoFramework() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "org.apache.kafka..", "java.sql..", "javax.sql..", "jakarta..")
                .because("every service shares these types; put what needs a framework into the service instead")
                .check(CLASSES);
    }

    @Test
    void inflatesInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.resentry.model.encoding")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.aayushatharva..",
                        "com.github.luben..",
                        "java.util.zip..",
                        "org.apache.commons.compress..",
                        "org.tukaani..")
                .because("every inflation is bounded; use BoundedDecoder instead")
                .check(CLASSES);
    }

    @Test
    void readsCrontabsInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.resentry.model.cron")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.cronutils..")
                .because("when clocks change, its answers are put right; use CronSchedule instead")
                .check(CLASSES);
    }

    @Test
    void runsOnTheReleaseItIsWrittenFor() {
        assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
    }
}
