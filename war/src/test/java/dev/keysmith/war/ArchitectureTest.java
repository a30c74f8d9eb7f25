package dev.keysmith.war;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.keysmith.core.platform.SystemSources;
import dev.keysmith.testing.org.practice.KeyBench;
import jakarta.servlet.ServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The rules between the modules, which are all on the class path here. */
@AnalyzeClasses(packages = "dev.keysmith", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String SPI = "dev.keysmith.spi..";
  private static final String CORE = "dev.keysmith.core..";
  private static final String WAR = "dev.keysmith.war..";
  private static final String TESTING = "dev.keysmith.testing..";
  private static final String PRACTICE_ORG = "dev.keysmith.testing.org..";
  private static final String VIRTUAL_KEY = "dev.keysmith.testing.key..";
  private static final String[] PLUGINS = {
    "dev.keysmith.okta..",
    "dev.keysmith.usb..",
    "dev.keysmith.pcsc..",
    "dev.keysmith.testing.bench.."
  };

  private static final String WEBAUTHN_OF_THE_SERVER = "com.webauthn4j..";
  private static final String WEBAUTHN_OF_THE_PRACTICE_ORG = "com.yubico..";
  private static final String CBOR_OF_THE_SERVER = "com.upokecenter..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final Set<String> CLOCK_METHODS =
      Set.of("now", "systemUTC", "systemDefaultZone", "system", "currentTimeMillis");

  /** Jackson turns null into the text "null". The second class reads CBOR of security keys. */
  @ArchTest
  static final ArchRule whatOktaAnswersIsReadInOnePlace =
      noClasses()
          .that()
          .resideInAPackage("dev.keysmith.okta..")
          .and()
          .doNotHaveSimpleName("Json")
          .and()
          .doNotHaveSimpleName("AttestedCredential")
          .should()
          .callCodeUnitWhere(readsATree());

  /** Each rule fails when it finds no class to judge; this is for those that name many modules. */
  @ArchTest
  static void eachModuleIsThere(JavaClasses all) {
    Stream.concat(Stream.of(PLUGINS), Stream.of(SPI, CORE, WAR, PRACTICE_ORG, VIRTUAL_KEY))
        .forEach(
            module ->
                assertThat(all.that(resideInAPackage(module))).as(module).hasSizeGreaterThan(3));
  }

  @ArchTest
  static final ArchRule theSpiNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage(SPI)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", SPI);

  @ArchTest
  static final ArchRule aPluginKnowsTheServerByTheSpiAlone =
      noClasses()
          .that()
          .resideInAnyPackage(PLUGINS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE, WAR);

  @ArchTest
  static final ArchRule whatIsShippedKnowsNothingThatIsForTests =
      noClasses()
          .that()
          .resideOutsideOfPackage(TESTING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(TESTING);

  @ArchTest
  static final ArchRule whatIsForTestsDoesNotKnowTheServer =
      noClasses()
          .that()
          .resideInAPackage(TESTING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE, WAR);

  @ArchTest
  static final ArchRule onlyTheWebApplicationKnowsTheWeb =
      noClasses()
          .that()
          .resideOutsideOfPackage(WAR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "jakarta.faces..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule fieldsOfFormsAreAskedForWhereBodiesArrive =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.keysmith.war.body..", "dev.keysmith.war.login..")
          .should()
          .callMethodWhere(
              describe(
                  "fields of a request are asked for",
                  call ->
                      call.getTarget().getName().startsWith("getParameter")
                          && call.getTargetOwner().isAssignableTo(ServletRequest.class)));

  @ArchTest
  static final ArchRule timeAndRandomNumbersComeFromOnePlace =
      noClasses()
          .that(not(resideInAPackage(TESTING)))
          .and()
          .doNotBelongToAnyOf(SystemSources.class)
          .should()
          .callCodeUnitWhere(makesItsOwnTimeOrRandomNumbers());

  @ArchTest
  static final ArchRule thePracticeOrgVerifiesWithALibraryOfItsOwn =
      noClasses()
          .that()
          .resideInAnyPackage(PRACTICE_ORG)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WEBAUTHN_OF_THE_SERVER, CBOR_OF_THE_SERVER, VIRTUAL_KEY);

  @ArchTest
  static final ArchRule theServerDoesNotUseTheLibraryThatChecksIt =
      noClasses()
          .that(not(resideInAPackage(TESTING)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(WEBAUTHN_OF_THE_PRACTICE_ORG);

  @ArchTest
  static final ArchRule theVirtualKeySharesNoCborAndNoWebAuthnWithWhatItChecks =
      noClasses()
          .that()
          .resideInAPackage(VIRTUAL_KEY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              CBOR_OF_THE_SERVER,
              WEBAUTHN_OF_THE_SERVER,
              WEBAUTHN_OF_THE_PRACTICE_ORG,
              PRACTICE_ORG);

  @ArchTest
  static final ArchRule theCtapClientDoesNotUseTheCborOfTheVirtualKey =
      noClasses()
          .that()
          .resideInAPackage("dev.keysmith.core.ctap..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JACKSON, "tools.jackson..");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|Service|Dto)");

  @ArchTest
  static final ArchRule anInterfaceIsOfTheSpiOrFunctionalOrHasTwoImplementations =
      classes()
          .that()
          .areInterfaces()
          .and(not(resideInAnyPackage(SPI)))
          // Keeps the practice org free of the virtual key; practice mode joins the two.
          .and(not(equivalentTo(KeyBench.class)))
          .should(haveTwoImplementationsOrBeFunctional());

  private static DescribedPredicate<JavaCall<?>> readsATree() {
    return DescribedPredicate.describe(
        "read a JSON tree",
        call -> call.getTargetOwner().isAssignableTo("com.fasterxml.jackson.databind.JsonNode"));
  }

  private static DescribedPredicate<JavaCall<?>> makesItsOwnTimeOrRandomNumbers() {
    return DescribedPredicate.describe(
        "read the system clock or make random numbers",
        call -> {
          CodeUnitCallTarget target = call.getTarget();
          JavaClass owner = target.getOwner();
          boolean constructor = target.getName().equals("<init>");
          boolean bare = target.getRawParameterTypes().isEmpty();
          boolean clock =
              owner.getPackageName().equals("java.time") || owner.isEquivalentTo(System.class);
          boolean ofAClock =
              target.getRawParameterTypes().stream().anyMatch(it -> it.isEquivalentTo(Clock.class));
          return (clock && CLOCK_METHODS.contains(target.getName()) && !ofAClock)
              || (constructor && bare && owner.isEquivalentTo(Date.class))
              || (constructor && owner.isAssignableTo(Random.class))
              || (owner.isEquivalentTo(SecureRandom.class)
                  && target.getName().startsWith("getInstance"))
              || (owner.isEquivalentTo(Math.class) && target.getName().equals("random"))
              || owner.getName().equals("java.util.concurrent.ThreadLocalRandom");
        });
  }

  private static ArchCondition<JavaClass> haveTwoImplementationsOrBeFunctional() {
    return new ArchCondition<>("have two implementations or be functional") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long open =
            type.getAllMethods().stream()
                .filter(method -> !method.getOwner().isEquivalentTo(Object.class))
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
