package dev.keysmith.war.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the tests of the script modules, on the Node.js that Playwright brings. */
class ScriptModulesTest {

  private static final Path PAGES = Path.of("src/main/webapp");
  private static final Path TESTS = Path.of("src/test/scripts");
  private static final Pattern PASSED = Pattern.compile("(?m)^# pass (\\d+)$");
  private static final Pattern IMPORT = Pattern.compile("(?m)(?:from|^import) '([^']+)';");
  private static final int MOST_LINES = 200;

  @Test
  void passesTheTestsOfTheScripts() throws IOException, InterruptedException {
    List<Path> tests = files(TESTS, ".test.js");
    List<String> command = new ArrayList<>(List.of(node(), "--test", "--test-reporter=tap"));
    tests.forEach(test -> command.add(test.toString()));

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    Matcher passed = PASSED.matcher(said);
    assertThat(passed.find()).as(said).isTrue();
    assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(tests.size());
  }

  private static String node() {
    return Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
        .createProcessBuilder()
        .command()
        .get(0);
  }

  @Test
  void keepsScriptsShort() throws IOException {
    List<Path> scripts = new ArrayList<>(files(PAGES.resolve("scripts"), ".js"));
    scripts.addAll(files(TESTS, ".js"));

    assertThat(scripts).isNotEmpty();
    for (Path script : scripts) {
      assertThat(Files.readAllLines(script).size())
          .as("lines of " + script)
          .isLessThanOrEqualTo(MOST_LINES);
    }
  }

  @Test
  void importsModulesThatThereAre() throws IOException {
    for (Path script : files(PAGES.resolve("scripts"), ".js")) {
      Matcher imported = IMPORT.matcher(Files.readString(script));
      while (imported.find()) {
        assertThat(script.resolveSibling(imported.group(1))).as(script.toString()).exists();
      }
    }
  }

  private static List<Path> files(Path root, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
