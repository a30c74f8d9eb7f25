package dev.keysmith.spi.idp;

/**
 * Names a pending registration to the provider that began it. The server stores it, so that a
 * registration can be completed or cancelled after a restart.
 *
 * @param userId from {@link DirectoryUser#id()}
 * @param factorId of the pending factor, see {@link Factor#id()}
 */
public record RegistrationTicket(String userId, String factorId) {

  /**
   * Checks the ids.
   *
   * @param userId see {@link #userId()}
   * @param factorId see {@link #factorId()}
   * @throws IllegalArgumentException if one breaks the bounds of {@link DirectoryUser#id()} or
   *     {@link Factor#id()}
   */
  public RegistrationTicket {
    Texts.id("user", userId);
    Texts.id("factor", factorId);
  }
}
