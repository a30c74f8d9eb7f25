package dev.keysmith.core.passkey;

import dev.keysmith.core.directory.UserLeft;
import dev.keysmith.core.directory.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Withdraws what was promised to people who have left. Their active passkeys stay: the identity
 * provider no longer lets them in, and they may come back.
 */
@ApplicationScoped
class Leavers {

  @Inject Passkeys passkeys;
  @Inject Users users;

  void onUserLeft(@Observes UserLeft event) {
    if (users.hasLeft(event.userId())) {
      passkeys.withdrawFrom(event.userId());
    }
  }
}
