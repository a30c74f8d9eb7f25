package dev.keysmith.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules within this module; those between the modules are in {@code war}. */
@AnalyzeClasses(packages = "dev.keysmith.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] FEATURES = {
    "..core.integration..",
    "..core.directory..",
    "..core.imports..",
    "..core.userlist..",
    "..core.key..",
    "..core.pin..",
    "..core.passkey..",
    "..core.webauthn..",
    "..core.enrolment..",
    "..core.custody..",
    "..core.bulk..",
    "..core.workflow..",
    "..core.session..",
    "..core.station..",
    "..core.activation..",
    "..core.overview..",
    "..core.operator..",
    "..core.apitoken.."
  };

  @ArchTest
  static final ArchRule whatFeaturesShareKnowsNoFeature =
      noClasses()
          .that()
          .resideOutsideOfPackages(FEATURES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FEATURES);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.keysmith.core.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theCtapClientNeedsNoServer =
      classes()
          .that()
          .resideInAPackage("..core.ctap..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "dev.keysmith.spi..",
              "dev.keysmith.core.ctap..",
              "dev.keysmith.core.message..",
              "com.upokecenter.cbor..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule transactionsAreNotAskedForInVain =
      methods().that().areAnnotatedWith(Transactional.class).should().notBePrivate();

  @ArchTest
  static void packagesAreNarrow(JavaClasses all) {
    Map<String, Long> classes =
        all.stream()
            .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(classes)
        .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(24));
  }
}
