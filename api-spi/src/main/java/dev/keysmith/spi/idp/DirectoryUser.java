package dev.keysmith.spi.idp;

import java.util.Objects;
import java.util.Optional;

/**
 * A user as the identity provider knows them.
 *
 * @param id stable identifier at the provider: 1 to 255 characters of printable ASCII without
 *     spaces
 * @param login what they sign in with, 1 to 255 characters; an import passes over a user whose
 *     login is longer, because a cut login could be another user's
 * @param displayName for people, 1 to 255 characters; the login where the provider has no name;
 *     what is longer is cut
 * @param email empty if the provider shows none
 * @param status whether a passkey can be registered for them
 */
public record DirectoryUser(
    String id, String login, String displayName, Optional<String> email, Status status) {

  /**
   * Checks the id and cuts the name.
   *
   * @param id see {@link #id()}
   * @param login see {@link #login()}
   * @param displayName see {@link #displayName()}
   * @param email see {@link #email()}
   * @param status see {@link #status()}
   * @throws IllegalArgumentException if the id breaks its bounds
   */
  public DirectoryUser {
    Texts.id("user", id);
    Objects.requireNonNull(login);
    Objects.requireNonNull(email);
    Objects.requireNonNull(status);
    displayName = Texts.shown(displayName);
  }

  /** Whether a passkey can be registered for a user. */
  public enum Status {
    /** Yes. */
    ACTIVE,
    /** Not yet: the account has not been activated. */
    STAGED,
    /** Not now: the account is suspended or locked. */
    SUSPENDED,
    /** Never again: the account was deactivated. */
    LEFT
  }

  /** Without personal data, so that it may appear in logs. */
  @Override
  public String toString() {
    return "DirectoryUser[id=" + id + ", status=" + status + "]";
  }
}
