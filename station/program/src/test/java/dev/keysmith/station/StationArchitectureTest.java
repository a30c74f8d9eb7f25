package dev.keysmith.station;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.keysmith.station.platform.Sources;
import java.security.SecureRandom;

@AnalyzeClasses(packages = "dev.keysmith.station", importOptions = DoNotIncludeTests.class)
class StationArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.keysmith.station.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule clocksAndRandomNumbersComeFromOnePlace =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Sources.class)
          .should()
          .callMethodWhere(
              target(nameMatching("now|systemUTC|systemDefaultZone|currentTimeMillis|nanoTime")))
          .orShould()
          .callConstructorWhere(target(owner(nameMatching(SecureRandom.class.getName()))));

  @ArchTest
  static final ArchRule theProgramDoesNotKnowTheServer =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.keysmith.core..", "dev.keysmith.war..");

  @ArchTest
  static final ArchRule nothingGoesAroundTheLog =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
