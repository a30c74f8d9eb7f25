package dev.keysmith.war.login.setup;

import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.platform.OwnerOnly;
import dev.keysmith.core.server.ServerStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The way into the panel: while no administrator can sign in there, a one-time link lies beside the
 * database, in a file that only the account of the server may read.
 */
@ApplicationScoped
public class FirstSetUp {

  private static final Logger LOG = System.getLogger(FirstSetUp.class.getName());
  private static final String FILE = "first-set-up-link";

  @Inject Operators operators;
  @Inject SetUps setUps;
  @Inject Links links;
  @Inject Configuration configuration;

  void onStart(@Observes ServerStarted started) {
    tidy();
    if (!operators.hasAdministrator()
        && !(setUps.hasFirst(configuration.node()) && Files.exists(file()))) {
      issue();
    }
  }

  private void issue() {
    byte[] content =
        links.address(setUps.issueFirst(configuration.node())).getBytes(StandardCharsets.US_ASCII);
    try {
      OwnerOnly.write(file(), content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
    LOG.log(
        Level.INFO,
        "The link that sets up the first account of the panel is in the file {0}",
        file());
  }

  /** Removes link and file once an administrator has signed in. */
  public void tidy() {
    if (!operators.hasAdministrator()) {
      return;
    }
    setUps.endFirst();
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Remove the file " + file() + ": it is not needed any more", e);
    }
  }

  private Path file() {
    return configuration.data().resolve(FILE);
  }
}
