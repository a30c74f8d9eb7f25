package dev.keysmith.core.apitoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.harness.Core;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirstApiTokenTest {

  @RegisterExtension final Core core = new Core();

  private final ApiTokens tokens = core.get(ApiTokens.class);
  private final FirstApiToken first = core.get(FirstApiToken.class);
  private final Path file = core.data().resolve("first-api-token");

  @BeforeEach
  void removeFile() throws IOException {
    Files.deleteIfExists(file);
  }

  private char[] text() throws IOException {
    return Files.readString(file).toCharArray();
  }

  private void createAdministrator() {
    tokens.create(Actor.operator(1, "ann"), new NewApiToken("ann", Role.ADMINISTRATOR, null));
    core.deliver();
  }

  @Test
  void letsTheReaderOfTheFileInAsAdministrator() throws IOException {
    first.issueIfNeeded();

    assertThat(tokens.authenticate(text())).map(ApiToken::role).contains(Role.ADMINISTRATOR);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isTheSameAfterARestart() throws IOException {
    first.issueIfNeeded();
    char[] before = text();
    first.issueIfNeeded();

    assertThat(text()).isEqualTo(before);
    assertThat(tokens.list()).hasSize(1);
  }

  @Test
  void expiresAndIsMadeAnewAtTheNextStart() throws IOException {
    first.issueIfNeeded();
    char[] before = text();
    core.clock().advance(FirstApiToken.LIFETIME);
    assertThat(tokens.authenticate(before)).isEmpty();

    first.issueIfNeeded();

    assertThat(tokens.authenticate(text())).isPresent();
  }

  @Test
  void replacesOneWithoutAnEnd() throws IOException {
    char[] forEver =
        tokens
            .create(Actor.system(), new NewApiToken("first-api-token", Role.ADMINISTRATOR, null))
            .text();
    Files.writeString(file, new String(forEver));

    first.issueIfNeeded();

    assertThat(tokens.authenticate(forEver)).isEmpty();
    assertThat(tokens.authenticate(text())).isPresent();
  }

  @Test
  void revokesOneWithoutAnEndOnceAnAdministratorHasAnotherToken() {
    char[] forEver =
        tokens
            .create(Actor.system(), new NewApiToken("first-api-token", Role.ADMINISTRATOR, null))
            .text();
    createAdministrator();

    first.issueIfNeeded();

    assertThat(tokens.authenticate(forEver)).isEmpty();
  }

  @Test
  void isReplacedIfTheFileIsLost() throws IOException {
    first.issueIfNeeded();
    char[] lost = text();
    Files.delete(file);
    first.issueIfNeeded();

    assertThat(tokens.authenticate(text())).isPresent();
    assertThat(tokens.authenticate(lost)).isEmpty();
  }

  @Test
  void leavesNoFileOnceAnAdministratorHasAnotherToken() {
    first.issueIfNeeded();
    createAdministrator();

    assertThat(file).doesNotExist();
    first.issueIfNeeded();
    assertThat(file).doesNotExist();
  }

  @Test
  void leavesTheOneOfAnotherNodeAlone() throws IOException {
    first.issueIfNeeded();
    char[] ofMain = text();
    core.configure("keysmith.node", "second");
    Files.delete(file);
    first.issueIfNeeded();
    char[] ofSecond = text();
    first.issueIfNeeded();

    assertThat(text()).isEqualTo(ofSecond);
    assertThat(tokens.authenticate(ofMain)).isPresent();
    assertThat(tokens.authenticate(ofSecond)).isPresent();
    createAdministrator();
    assertThat(file).doesNotExist();
  }

  @Test
  void staysWhileOnlyLesserTokensAreMade() {
    first.issueIfNeeded();
    tokens.create(Actor.operator(1, "ann"), new NewApiToken("desk", Role.OPERATOR, null));
    core.deliver();

    assertThat(file).exists();
  }
}
