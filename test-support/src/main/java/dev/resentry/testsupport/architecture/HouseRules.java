package dev.resentry.testsupport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The rules that hold in every module. */
public final class HouseRules {
    private HouseRules() {}

    /** The production classes below a package. */
    public static JavaClasses production(String rootPackage) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(rootPackage);
    }

    /** Names, wiring, and no cycles between the packages below {@code rootPackage}. */
    public static List<ArchRule> all(String rootPackage) {
        return List.of(
                noClasses()
                        .should()
                        .haveNameMatching(".*(Utils|Util|Helper|Manager|Impl|Dto)$")
                        .because("a name tells what is in it; use the noun of the thing instead"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Autowired")
                        .because("dependencies come by constructor; use a @Bean method instead"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Value")
                        .because("settings are typed; use a @ConfigurationProperties record instead"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("org.springframework.context.annotation.ComponentScan")
                        .because("wiring is explicit; use @Import and @Bean instead"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.resentry.storage.blob.s3..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("software.amazon..")
                        .allowEmptyShould(true)
                        .because("one room speaks to buckets; use BlobStore instead"),
                slices().matching(rootPackage + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .allowEmptyShould(true)
                        .because("data goes one way through the rooms; move the shared type instead"));
    }
}
