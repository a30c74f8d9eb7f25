package dev.keysmith.core.activation;

import dev.keysmith.core.directory.User;
import java.util.Arrays;
import java.util.Optional;

/**
 * A new activation code with its text, which can never be had again.
 *
 * @param code what is kept of it
 * @param user for whom it is
 * @param text as it is typed; the caller erases it
 * @param page address of the activation page, if it is configured: a link adds {@code #} and the
 *     text
 */
public record IssuedCode(ActivationCode code, User user, char[] text, Optional<String> page)
    implements AutoCloseable {

  /** The link to the activation page with the code in the fragment, which no server ever sees. */
  public Optional<String> link() {
    return page.map(address -> address + "#" + new String(text));
  }

  /** Erases the text. */
  @Override
  public void close() {
    Arrays.fill(text, '\0');
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "IssuedCode[" + code.id() + "]";
  }
}
