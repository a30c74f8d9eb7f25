package dev.keysmith.core.imports;

import dev.keysmith.core.message.Message;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.IdentityProvider;
import java.util.List;
import java.util.Optional;

/**
 * What an identity provider said about one user of a list.
 *
 * @param user empty if it has no such user, or refuses to show them
 * @param refusal what it said instead of showing the user
 */
record LookedUpUser(Optional<DirectoryUser> user, Optional<String> refusal) {

  /**
   * Asks for a user. A refusal of this user is an answer, for it says nothing about the others.
   *
   * @throws PluginException if the provider cannot answer for any user
   */
  static LookedUpUser at(IdentityProvider provider, String key) {
    try {
      return new LookedUpUser(provider.findUser(key), Optional.empty());
    } catch (PluginException e) {
      return switch (e.reason()) {
        case REJECTED, EXPIRED ->
            new LookedUpUser(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        case NOT_FOUND -> new LookedUpUser(Optional.empty(), Optional.empty());
        default -> throw e;
      };
    }
  }

  /** Why the user cannot be imported. */
  Optional<Message> problem() {
    if (refusal.isPresent()) {
      return refusal.map(said -> Message.of(ImportMessage.USER_REFUSED, said));
    }
    if (user.isEmpty()) {
      return Optional.of(Message.of(ImportMessage.USER_UNKNOWN));
    }
    if (user.get().status() == DirectoryUser.Status.LEFT) {
      return Optional.of(Message.of(ImportMessage.USER_LEFT));
    }
    return UserPage.of(List.of(user.get())).refused().stream()
        .map(UserPage.Refused::why)
        .findFirst();
  }
}
