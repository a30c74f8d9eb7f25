package dev.keysmith.war.panel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PagesTest {

  private static final Path ROOT = Path.of("src/main/webapp");

  private static final int MOST_CHARACTERS = 160;

  /** Tells who is looking, and is on every page. */
  private static final List<String> ON_EVERY_PAGE = List.of(Viewer.class.getName());

  @Test
  void knowsEachPageThatThereIsAndNoOther() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("panel"))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".xhtml"))
                  .map(file -> "/" + ROOT.relativize(file)))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Page.values()).map(page -> page.path() + ".xhtml").toList());
    }
  }

  @Test
  void keepsPagesOutsideThePanelOutOfReach() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      assertThat(files.filter(file -> file.toString().endsWith(".xhtml")))
          .allMatch(
              file ->
                  file.startsWith(ROOT.resolve("panel")) || file.toString().contains("WEB-INF"));
    }
  }

  @Test
  void keepsLinesReadable() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".xhtml")).toList()) {
        assertThat(Files.readAllLines(file))
            .as(file.toString())
            .allMatch(line -> line.length() <= MOST_CHARACTERS);
      }
    }
  }

  @Test
  void saysOfEachBeanWhoMayCallIt() {
    Stream<JavaClass> beans =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackages("dev.keysmith.war").stream()
                .filter(type -> type.isAnnotatedWith(Named.class))
                .filter(type -> !ON_EVERY_PAGE.contains(type.getName()));

    assertThat(beans.toList())
        .isNotEmpty()
        .allSatisfy(bean -> assertThat(bean.isAnnotatedWith(OnlyFor.class)).isTrue());
  }

  @Test
  void findsPagesByTheirAddressWithAndWithoutSuffixAlone() {
    assertThat(Page.at("/panel/operators")).contains(Page.OPERATORS);
    assertThat(Page.at("/panel/operators.xhtml")).contains(Page.OPERATORS);
    assertThat(Page.at("/panel/operators/")).isEmpty();
    assertThat(Page.at("/panel/operators.xhtml.xhtml")).isEmpty();
    assertThat(Page.at("/panel/")).isEmpty();
  }

  @Test
  void hidesWhatIsNotForTheRole() {
    assertThat(Page.menu(Role.AUDITOR)).contains(Page.DASHBOARD).doesNotContain(Page.OPERATORS);
    assertThat(Page.menu(Role.ADMINISTRATOR)).contains(Page.OPERATORS).doesNotContain(Page.SIGN_IN);
  }
}
