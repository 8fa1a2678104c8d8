package dev.resentry.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.testsupport.architecture.HouseRules;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.production("dev.resentry.gateway");

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.all("dev.resentry.gateway").forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void seesNoDatabaseAndNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.resentry.storage..",
                        "dev.resentry.processor..",
                        "dev.resentry.query..",
                        "java.sql..",
                        "javax.sql..",
                        "org.springframework.jdbc..",
                        "org.flywaydb..",
                        "org.postgresql..")
                .because("ingest goes on while the database is down; read topic projects instead")
                .check(CLASSES);
    }

    @Test
    void inflatesNothingButTheHeadOfABody() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("LimitedEnvelopes")
                .and()
                .haveSimpleNameNotEndingWith("StoreEventIds")
                .and()
                .resideOutsideOfPackage("dev.resentry.gateway.report")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.aayushatharva..", "com.github.luben..")
                .orShould()
                .dependOnClassesThat(inflaters())
                .orShould()
                .dependOnClassesThat(decoders())
                .because("a gateway's cost must not depend on what is inside a body; use EnvelopePreview instead")
                .check(CLASSES);
    }

    @Test
    void usesKafkaInFewPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.resentry.gateway.publish",
                        "dev.resentry.gateway.project",
                        "dev.resentry.gateway.limit",
                        "dev.resentry.gateway.outcome",
                        "dev.resentry.gateway.spool")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("the endpoint is plain Java; hand it an EnvelopePublisher or a ProjectDirectory instead")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> inflaters() {
        return DescribedPredicate.describe(
                "inflate", type -> type.getPackageName().equals("java.util.zip") && !type.isEquivalentTo(CRC32C.class));
    }

    private static DescribedPredicate<JavaClass> decoders() {
        return DescribedPredicate.describe(
                "are decoders or the envelope reader",
                type -> (type.getPackageName().equals("dev.resentry.model.encoding")
                                && !type.isEquivalentTo(ContentEncoding.class))
                        || type.isEquivalentTo(EnvelopeReader.class));
    }

    @Test
    void usesNettyInTwoPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.resentry.gateway.http", "dev.resentry.gateway.operations")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because(
                        "what a request means must not depend on who reads it; use IngestRequest and IngestResponse instead")
                .check(CLASSES);
    }
}
