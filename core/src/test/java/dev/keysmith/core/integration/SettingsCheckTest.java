package dev.keysmith.core.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.Setting.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

  private static final List<Setting> DECLARED =
      List.of(
          Setting.required("origin", Kind.URL, "Origin", ""),
          Setting.required("api-token", Kind.SECRET, "API token", ""),
          Setting.optional("timeout", Kind.DURATION, "Timeout", "").withDefault("PT30S"),
          new Setting(
              "mode", Kind.CHOICE, "Mode", "", false, Optional.empty(), List.of("fast", "slow")),
          Setting.optional("note", Kind.TEXT, "Note", ""));

  private final Map<String, String> texts = new HashMap<>(Map.of("origin", "https://a.example"));
  private final Map<String, char[]> secrets =
      new HashMap<>(Map.of("api-token", "s3cret".toCharArray()));

  @Test
  void takesWhatIsDeclaredAndLeavesBlanksOut() {
    texts.put("note", "  hello ");
    texts.put("mode", " ");
    assertThat(check(Set.of()))
        .containsExactlyInAnyOrderEntriesOf(Map.of("origin", "https://a.example", "note", "hello"));
  }

  @Test
  void namesEveryFieldThatIsWrongAtOnce() {
    texts.putAll(Map.of("origin", "a.example", "timeout", "30", "mode", "medium", "color", "red"));
    texts.put("note", "two\nlines");
    secrets.clear();
    secrets.put("password", "s3cret".toCharArray());
    ProblemException problem = problem(Set.of());
    assertThat(problem.kind()).isEqualTo(ProblemException.Kind.INVALID);
    assertThat(problem.fields())
        .containsOnlyKeys("origin", "timeout", "mode", "color", "note", "password", "api-token");
    assertThat(problem.fields().get("mode"))
        .isEqualTo(Message.of(ProblemMessage.FIELD_ONE_OF, "fast, slow"));
    assertThat(problem.fields().toString() + problem.getMessage()).doesNotContain("s3cret");
  }

  @Test
  void asksForWhatIsRequired() {
    texts.clear();
    secrets.put("api-token", new char[0]);
    assertThat(problem(Set.of()).fields()).containsOnlyKeys("origin", "api-token");
  }

  @Test
  void doesNotAskAgainForASecretThatIsKept() {
    secrets.clear();
    assertThat(check(Set.of("api-token"))).containsKey("origin");
  }

  @Test
  void doesNotTakeASecretAsAText() {
    texts.put("api-token", "s3cret");
    assertThat(problem(Set.of()).fields()).containsOnlyKeys("api-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://a.example:8443/x", "http://localhost:1080", "http://127.0.0.1:1080"})
  void takesAddressesThatAreEncryptedOrLocal(String address) {
    texts.put("origin", address);
    assertThat(check(Set.of())).containsEntry("origin", address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a.example", "ftp://a.example", "https:///x", "/x", "https://a b", "x:y"})
  void refusesOtherAddresses(String address) {
    texts.put("origin", address);
    assertThat(problem(Set.of()).fields()).containsOnlyKeys("origin");
  }

  @ParameterizedTest
  @CsvSource({
    "https://A.Example/, https://a.example",
    "HTTPS://a.example:443/x?y, https://a.example",
    "https://a.example:8443, https://a.example:8443",
    "http://localhost:80, http://localhost"
  })
  void tellsTheSameOriginHoweverItIsWritten(String address, String origin) {
    assertThat(SettingsCheck.origin(DECLARED, Map.of("origin", address))).contains(origin);
  }

  @Test
  void hasNoOriginIfThePluginHasNoAddress() {
    assertThat(SettingsCheck.origin(DECLARED.subList(1, 5), texts)).isEmpty();
  }

  private Map<String, String> check(Set<String> kept) {
    return SettingsCheck.texts(
        DECLARED, new IntegrationDraft("Example", "fake", texts, secrets), kept);
  }

  private ProblemException problem(Set<String> kept) {
    return catchThrowableOfType(ProblemException.class, () -> check(kept));
  }
}
