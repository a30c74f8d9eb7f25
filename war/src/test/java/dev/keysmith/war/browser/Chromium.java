package dev.keysmith.war.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The browser of the tests: Chromium as the system has it. Where it is missing and the tests run as
 * root on Debian, they install it; where that is not possible they are skipped and say why, unless
 * {@code -Dkeysmith.browser=required}.
 */
final class Chromium {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int INSTALL_MINUTES = 10;

  /** How long tests wait for what a page is to show, in milliseconds: machines may be busy. */
  static final double PATIENCE = 60_000;

  private Chromium() {}

  /** Started once for all tests; ends with their process. */
  private static final class Holder {

    static final Optional<Browser> BROWSER = find().or(Chromium::install).map(Chromium::start);
  }

  static Browser get() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    if (Holder.BROWSER.isEmpty()) {
      String reason = "There is no Chromium here, and it cannot be installed by apt-get as root";
      if ("required".equals(System.getProperty("keysmith.browser"))) {
        throw new AssertionError(reason + ", but -Dkeysmith.browser=required");
      }
      Assumptions.abort(reason);
    }
    return Holder.BROWSER.get();
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> install() {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!root || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core")
              .redirectErrorStream(true)
              .redirectOutput(Files.createTempFile("chromium", ".log").toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      return find();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Browser start(Path executable) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(executable)
                .setArgs(
                    List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync")));
  }
}
