package dev.keysmith.war.rest.key;

import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.passkey.Passkey;
import java.util.Optional;

/** What a replacement has changed. */
public record Replaced(KeyView old, Optional<KeyView> replacement, Optional<Long> passkeyId) {

  static Replaced of(KeyLifecycle.Replaced replaced) {
    return new Replaced(
        KeyView.of(replaced.old()),
        replaced.replacement().map(KeyView::of),
        replaced.promised().map(Passkey::id));
  }
}
