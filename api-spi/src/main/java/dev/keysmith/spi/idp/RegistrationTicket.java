package dev.keysmith.spi.idp;

/**
 * Names a pending registration to the provider that began it. The server stores it, so that a
 * registration can be completed or cancelled after a restart.
 *
 * @param userId from {@link DirectoryUser#id()}
 * @param factorId of the pending factor, see {@link Factor#id()}
 */
public record RegistrationTicket(String userId, String factorId) {}
