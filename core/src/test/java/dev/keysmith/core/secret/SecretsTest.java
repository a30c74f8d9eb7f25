package dev.keysmith.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.seal.KeyRing;
import dev.keysmith.core.seal.TestMasterKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  private static final String MARKER = "s3cret-märker-ↄ";
  private static final Actor BOB = Actor.operator(2, "bob");

  @RegisterExtension final Core core = new Core();

  private final Secrets secrets = core.get(Secrets.class);

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void firstStart() {
    file = directory.resolve("keys").resolve("master-key.json");
    core.configure("keysmith.master-key.file", file.toString());
    restart();
  }

  /** New beans, as after a restart. */
  private void restart() {
    core.restart(KeyRing.class);
    core.get(MasterKeyCheck.class).run();
  }

  @Test
  void opensWhatItHasSealed() {
    String sealed = secrets.seal("integration:1:token", MARKER.toCharArray());

    assertThat(sealed).doesNotContain(MARKER);
    assertThat(secrets.open("integration:1:token", sealed)).isEqualTo(MARKER.toCharArray());
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    assertThat(secrets.seal("p", MARKER.toCharArray()))
        .isNotEqualTo(secrets.seal("p", MARKER.toCharArray()));
  }

  @Test
  void refusesToOpenForAnotherPurpose() {
    String sealed = secrets.seal("integration:1:token", MARKER.toCharArray());

    assertThatThrownBy(() -> secrets.open("integration:2:token", sealed))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("integration:2:token")
        .hasMessageContaining(file.toString());
  }

  @Test
  void refusesToOpenWhatWasChanged() {
    String sealed = secrets.seal("p", MARKER.toCharArray());
    char last = sealed.charAt(20) == 'A' ? 'B' : 'A';
    String changed = sealed.substring(0, 20) + last + sealed.substring(21);

    assertThatThrownBy(() -> secrets.open("p", changed)).isInstanceOf(SecretException.class);
    assertThatThrownBy(() -> secrets.open("p", "AQ"))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void makesAMasterKeyThatOnlyTheOwnerMayRead() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void keepsTheMasterKeyAcrossRestarts() {
    String sealed = secrets.seal("p", MARKER.toCharArray());
    restart();

    assertThat(secrets.open("p", sealed)).isEqualTo(MARKER.toCharArray());
  }

  @Test
  void refusesToStartWithoutTheMasterKeyOfTheDatabase() throws Exception {
    Files.delete(file);

    assertThatThrownBy(this::restart)
        .isInstanceOf(SecretException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Restore");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesToStartWithTheMasterKeyOfAnotherDatabase() {
    TestMasterKey.createAt(file);

    assertThatThrownBy(this::restart)
        .isInstanceOf(SecretException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void saysThatAFileIsNoKeysetWithoutShowingIt() throws Exception {
    Files.writeString(file, MARKER);

    assertThat(trace(catchThrowable(this::restart)))
        .contains("holds no keyset")
        .doesNotContain(MARKER);
  }

  @Test
  void opensOldSecretsAfterARotationAndSealsThemAgain() {
    String old = secrets.seal("p", MARKER.toCharArray());
    assertThat(secrets.resealed("p", old)).isEmpty();

    secrets.rotate(BOB);

    assertThat(secrets.open("p", old)).isEqualTo(MARKER.toCharArray());
    String renewed = secrets.resealed("p", old).orElseThrow();
    assertThat(secrets.resealed("p", renewed)).isEmpty();
    assertThat(secrets.open("p", renewed)).isEqualTo(MARKER.toCharArray());
    assertThatCode(this::restart).doesNotThrowAnyException();
    assertThat(core.get(Audit.class).list(PageRequest.first()).items())
        .extracting("action")
        .containsExactly("master-key.rotated");
  }

  @Test
  void opensWhatAnotherNodeHasSealedAfterARotation() {
    Secrets other = core.another(Secrets.class);
    other.keys = core.another(KeyRing.class);
    other.seal("p", MARKER.toCharArray());
    secrets.rotate(BOB);

    String sealed = secrets.seal("p", MARKER.toCharArray());

    assertThat(other.open("p", sealed)).isEqualTo(MARKER.toCharArray());
  }

  @Test
  void neverShowsASecretWhenItFails() {
    String sealed = secrets.seal("p", MARKER.toCharArray());
    TestMasterKey.createAt(file);
    Secrets wrong = core.another(Secrets.class);
    wrong.keys = core.another(KeyRing.class);

    assertThat(trace(catchThrowable(() -> wrong.open("p", sealed))))
        .contains("cannot be opened")
        .doesNotContain(MARKER)
        .doesNotContain(sealed);
    assertThat(secrets.toString()).doesNotContain(MARKER);
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
