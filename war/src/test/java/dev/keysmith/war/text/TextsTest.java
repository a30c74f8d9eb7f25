package dev.keysmith.war.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.key.KeyMessage;
import dev.keysmith.core.message.MessageCode;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.war.menu.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

  /** What pages put together: the beginning that is written down. */
  private static final Pattern BEGINNING_IN_PAGES = Pattern.compile("'([a-z.-]+)'\\.concat\\(");

  /** What pages put together: the end that is written down. */
  private static final Pattern END_IN_PAGES = Pattern.compile("\\.concat\\('(-[a-z]+)'\\)");

  private static final Pattern IN_PAGES =
      Pattern.compile("t\\['([^']+)'\\]|viewer\\.text\\('([^']+)'");

  /** What scripts put together, for instance <code>`station.is-${phase}`</code>. */
  private static final Pattern BEGINNING_IN_SCRIPTS =
      Pattern.compile("word\\(`([a-z]+\\.[a-z-]+)\\$\\{");

  @Test
  void saysTheSameInAllLanguages() {
    Set<String> english = keys(Locale.ENGLISH);

    assertThat(english).hasSizeGreaterThan(50);
    for (Locale language : Language.ALL) {
      assertThat(keys(language)).as(language.toString()).isEqualTo(english);
      assertThat(words(language).values()).as(language.toString()).noneMatch(String::isBlank);
      english.forEach(
          key ->
              assertThat(gaps(words(language).get(key)))
                  .as(language + " " + key)
                  .isEqualTo(gaps(words(Locale.ENGLISH).get(key))));
    }
  }

  @Test
  void hasEachTextThatIsAskedFor() throws IOException {
    Set<String> asked = new TreeSet<>();
    Matcher used = IN_PAGES.matcher(sources("src/main/webapp", ".xhtml"));
    while (used.find()) {
      asked.add(used.group(1) == null ? used.group(2) : used.group(1));
    }
    Arrays.stream(Page.values()).map(Page::title).forEach(asked::add);
    Arrays.stream(Role.values()).map(role -> "role." + role).forEach(asked::add);
    asked.removeIf(key -> key.endsWith(".") || key.endsWith("-"));

    assertThat(asked).hasSizeGreaterThan(30);
    assertThat(keys(Locale.ENGLISH)).containsAll(asked);
  }

  @Test
  void hasNoUnusedText() throws IOException {
    String sources =
        sources("src/main/webapp", ".xhtml")
            + sources("src/main/webapp", ".js")
            + sources("src/main/java", ".java")
            + sources("../core/src/main/java", ".java");
    Stream<String> titles = Arrays.stream(Page.values()).map(Page::title);
    Stream<String> roles = Arrays.stream(Role.values()).map(role -> "role." + role);
    Set<String> known = Stream.concat(titles, roles).collect(Collectors.toSet());
    List<String> beginnings = found(BEGINNING_IN_SCRIPTS, sources);
    List<String> inPages = found(BEGINNING_IN_PAGES, sources);
    List<String> ends = found(END_IN_PAGES, sources);
    Set<String> messages = ofMessages();

    assertThat(keys(Locale.ENGLISH))
        .allMatch(
            key ->
                known.contains(key)
                    || isError(key)
                    || beginnings.stream().anyMatch(key::startsWith)
                    || inPages.stream().anyMatch(key::startsWith)
                    || ends.stream().anyMatch(end -> isLonger(sources, key, end))
                    || sources.contains("'" + key + "'")
                    || isOfAPlugin(key)
                    || isFilter(key)
                    || isReason(key)
                    || messages.contains(key)
                    || isCode(sources, key.replaceFirst("^(message|action)\\.", "")));
  }

  private static List<String> found(Pattern pattern, String sources) {
    return pattern.matcher(sources).results().map(it -> it.group(1)).toList();
  }

  private static boolean isLonger(String sources, String key, String end) {
    return key.endsWith(end) && isCode(sources, key.substring(0, key.length() - end.length()));
  }

  private static boolean isCode(String sources, String code) {
    return sources.contains('"' + code + '"') || sources.contains("'" + code + "'");
  }

  /** Put together by the error page from these two. */
  private static boolean isError(String key) {
    return key.matches("error\\.((forbidden|not-found|fault)\\.(title|text)|problem\\.title)");
  }

  /** The codes of all messages, of core and of this module. */
  private static List<MessageCode> codes() {
    return new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("dev.keysmith")
            .that(JavaClass.Predicates.assignableTo(MessageCode.class))
            .stream()
            .filter(JavaClass::isEnum)
            .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
            .map(MessageCode.class::cast)
            .toList();
  }

  private static Set<String> ofMessages() {
    return codes().stream().map(it -> "message." + it.code()).collect(Collectors.toSet());
  }

  @Test
  void saysEachMessageInEachLanguage() {
    assertThat(codes()).hasSizeGreaterThan(50);
    assertThat(codes()).extracting(MessageCode::code).doesNotHaveDuplicates();
    for (Locale language : Language.ALL) {
      for (MessageCode each : codes()) {
        String text = words(language).get("message." + each.code());
        assertThat(text).as(language + " " + each.code()).isNotNull();
        assertThat(numbers(text))
            .as(language + " " + each.code() + " takes " + each.parameters())
            .allMatch(number -> number < each.parameters().size());
      }
    }
  }

  private static List<Integer> numbers(String text) {
    return Pattern.compile("\\{(\\d+)[,}]")
        .matcher(text)
        .results()
        .map(it -> Integer.valueOf(it.group(1)))
        .toList();
  }

  @Test
  void fillsTheGapsOfMessages() {
    ProblemException wrong = ProblemException.invalid(KeyMessage.PIN_WRONG, 7);

    assertThat(Texts.in(Locale.GERMAN).problem(wrong)).contains("Verbleibende Versuche: 7.");
    assertThat(Texts.in(Locale.ENGLISH).problem(wrong)).contains("7 attempts are left.");
  }

  /** Asked for when the form of the plugin is drawn. */
  private static boolean isOfAPlugin(String key) {
    return key.startsWith("plugin.okta.");
  }

  /** Asked for by the name of a filter that came by a link. */
  private static boolean isFilter(String key) {
    return key.startsWith("filter.");
  }

  /** Asked for by the reason of a plugin's failure. */
  private static boolean isReason(String key) {
    return Arrays.stream(PluginException.Reason.values())
        .anyMatch(reason -> key.equals("integration.check-" + reason));
  }

  private static Set<String> keys(Locale language) {
    return words(language).keySet();
  }

  private static java.util.Map<String, String> words(Locale language) {
    var bundle = java.util.ResourceBundle.getBundle(Texts.BUNDLE, language);
    assertThat(bundle.getLocale()).isEqualTo(language);
    return bundle.keySet().stream()
        .collect(
            Collectors.toMap(key -> key, bundle::getString, (a, b) -> a, java.util.TreeMap::new));
  }

  private static List<String> gaps(String text) {
    return Pattern.compile("\\{\\d*}")
        .matcher(text)
        .results()
        .map(it -> it.group())
        .sorted()
        .toList();
  }

  private static String sources(String root, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(it -> it.toString().endsWith(suffix)).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }
}
