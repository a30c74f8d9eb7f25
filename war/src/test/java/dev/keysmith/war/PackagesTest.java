package dev.keysmith.war;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Keeps packages small, and free of circles. */
@AnalyzeClasses(packages = "dev.keysmith", importOptions = DoNotIncludeTests.class)
class PackagesTest {

  private static final int MOST_CLASSES = 24;

  /** The roots below which every package obeys both rules. */
  private static final List<String> ROOTS =
      List.of("dev.keysmith.testing.key", "dev.keysmith.okta", "dev.keysmith.war");

  @ArchTest
  static final ArchRule noPackageUsesOneThatUsesIt =
      slices().assignedFrom(eachPackage()).should().beFreeOfCycles();

  @ArchTest
  static void noPackageIsTooWide(JavaClasses all) {
    Map<String, Long> sizes =
        StreamSupport.stream(all.spliterator(), false)
            .filter(type -> judged(type) && type.isTopLevelClass())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName, counting()));
    assertThat(ROOTS)
        .allSatisfy(root -> assertThat(sizes.keySet()).anyMatch(name -> name.startsWith(root)));
    assertThat(sizes)
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
  }

  private static boolean judged(JavaClass type) {
    return ROOTS.stream().anyMatch(root -> (type.getPackageName() + ".").startsWith(root + "."));
  }

  private static SliceAssignment eachPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return judged(type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages below " + ROOTS;
      }
    };
  }
}
