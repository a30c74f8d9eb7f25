package dev.keysmith.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.keysmith.core.platform.SystemSources;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.keysmith.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] FEATURES = {
    "..core.integration..",
    "..core.directory..",
    "..core.key..",
    "..core.passkey..",
    "..core.workflow..",
    "..core.session..",
    "..core.operator.."
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
      slices().matching("dev.keysmith.core.(*)..").should().beFreeOfCycles();

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
              "com.upokecenter.cbor..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule onlyTheWebApplicationKnowsTheWeb =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "jakarta.faces..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule timeAndRandomNumbersAreInjected =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SystemSources.class)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callConstructor(SecureRandom.class);

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|Service|Dto)");

  @ArchTest
  static final ArchRule transactionsAreNotAskedForInVain =
      methods().that().areAnnotatedWith(Transactional.class).should().notBePrivate();

  @ArchTest
  static final ArchRule anInterfaceHasMoreThanOneImplementation =
      classes().that().areInterfaces().should(haveTwoImplementationsOrBeFunctional());

  private static ArchCondition<JavaClass> haveTwoImplementationsOrBeFunctional() {
    return new ArchCondition<>("have two implementations or be functional") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long open =
            type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                .count();
        boolean ours = !type.isAnnotation() && !type.getSimpleName().equals("package-info");
        if (ours && open != 1 && type.getAllSubclasses().size() < 2) {
          events.add(SimpleConditionEvent.violated(type, type + " has one implementation"));
        }
      }
    };
  }
}
